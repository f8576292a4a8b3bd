"""The outside world behind small interfaces: pictures, labels, paper."""

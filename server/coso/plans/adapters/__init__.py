"""The outside world: files that units hand in."""

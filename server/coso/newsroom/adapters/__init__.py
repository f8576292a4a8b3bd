"""The outside world of the newsroom: voices and sound."""

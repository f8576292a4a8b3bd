"""Pages of the look itself: the patterns, the errors, the language."""

"""The page of one's notices."""

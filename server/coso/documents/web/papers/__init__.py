"""Pages of the papers that we write."""

"""Staff pages of the newsroom."""

"""Staff pages of feedback."""

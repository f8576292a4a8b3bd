"""Staff pages of tasks."""

"""Staff pages of official documents."""

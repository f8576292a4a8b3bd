"""Staff pages of agencies, accounts and posts."""

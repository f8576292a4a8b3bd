"""Staff pages of the schedule and of reach."""

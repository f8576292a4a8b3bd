"""Staff pages of places, stations and speaker clusters."""

"""Pages of facilities, equipment, transfers and use."""

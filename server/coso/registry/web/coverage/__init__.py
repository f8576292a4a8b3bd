"""Pages of coverage and the map."""

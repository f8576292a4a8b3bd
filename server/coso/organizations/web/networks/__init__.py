"""Pages of the three networks."""

"""Pages of inspections and defects."""

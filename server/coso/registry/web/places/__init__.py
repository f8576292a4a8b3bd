"""Pages of places; `places` itself stands below the door of staff pages and has none."""

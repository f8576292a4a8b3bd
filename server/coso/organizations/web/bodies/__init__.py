"""Pages that change bodies, and the setting of who leads the field."""

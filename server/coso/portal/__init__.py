"""Every public page."""

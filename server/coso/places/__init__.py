"""Dated administrative units: where something is, then and now."""

"""Registers in and out: every list of records as an .xlsx file, with preview, errors by cell, and undo."""

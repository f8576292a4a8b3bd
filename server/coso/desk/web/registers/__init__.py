"""Registers in and out: the pages of the engine that stands below organizations and knows no person."""

"""Who is told what, and when they saw it."""

"""Small things that every app stands on; no app is known here."""

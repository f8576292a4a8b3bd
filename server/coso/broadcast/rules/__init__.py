"""What is true on air without a database: schedules, manifests, plays, reach."""

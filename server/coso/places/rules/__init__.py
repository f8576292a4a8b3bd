"""What is true of places without a database: spans of time, names, successors, points in an outline."""

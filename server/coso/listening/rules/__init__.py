"""What is true of feedback without a database."""

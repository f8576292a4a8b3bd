"""What is true of bulletins without a database."""

"""What people say back: feedback, replies, deadlines."""

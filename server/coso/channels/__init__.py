"""What every channel owes a bulletin, and the simple channels."""

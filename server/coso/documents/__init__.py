"""Official documents: read them into structure, keep them, write them."""

"""Bulletins, from the first draft to what each channel says."""

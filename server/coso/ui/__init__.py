"""What every page is made of: theme, shells, parts, lists, forms. Knows nothing of the other apps."""

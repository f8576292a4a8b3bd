"""Tasks that a plan orders, who does them, by when, with which evidence."""

"""What is true of deliveries without a database: when they are tried again, and when they are given up."""

from datetime import timedelta

WAITS = (1, 5, 15, 60, 240)
"""Minutes between one try and the next; after the last the delivery is given up: some five hours in all."""


def wait_after(tries: int) -> timedelta | None:
    """Give how long to wait after so many failed tries (1 or more); None when it is given up."""
    return timedelta(minutes=WAITS[tries - 1]) if 1 <= tries <= len(WAITS) else None

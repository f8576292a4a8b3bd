"""When a bulletin counts as played."""

# "Played" means that one cluster serving the village, by itself, played at least nine tenths of the seconds.
PARTS, OF = 9, 10

WHOLE_KINDS = ("end", "cut")
"""Reports and log entries that say how much was heard; a cut near the end counts by its seconds."""
TROUBLE_KINDS = ("cut", "missed", "refused", "media_bad")


def least_ms(duration_ms: int) -> int:
    """Give the fewest milliseconds that count as played."""
    return -(-duration_ms * PARTS // OF)

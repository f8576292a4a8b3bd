"""Identifiers: sortable ids for records, codes that people read aloud."""

import os
import secrets
import threading
import time
import uuid

# No letter or figure that is mistaken for another when read over a loud line.
READABLE = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"


_lock = threading.Lock()
_last = (0, 0)


def new_id() -> uuid.UUID:
    """Make a UUID of version 7 (RFC 9562): time first, so that rows sort by birth.

    Within a millisecond a counter goes on (section 6.2, method 1): what one process makes sorts in the order of making.
    """
    stamp, count = _next(time.time_ns() // 1_000_000, int.from_bytes(os.urandom(2), "big") & 0x7FF)
    tail = bytearray(os.urandom(8))
    tail[0] = 0x80 | (tail[0] & 0x3F)
    return uuid.UUID(bytes=stamp.to_bytes(6, "big") + (0x7000 | count).to_bytes(2, "big") + bytes(tail))


def _next(stamp: int, first: int) -> tuple[int, int]:
    """Give a millisecond and a count of 12 bits, later than any before, also when the clock stands or goes back."""
    global _last
    with _lock:
        last, count = _last
        if stamp > last:
            _last = (stamp, first)
        elif count < 0xFFF:
            _last = (last, count + 1)
        else:
            _last = (last + 1, first)
        return _last


def readable_code(groups: int = 2, size: int = 4) -> str:
    """Make a random code such as 'K7MP-3XQ9', easy to read and to type."""
    return "-".join("".join(secrets.choice(READABLE) for _ in range(size)) for _ in range(groups))


def tidy_code(typed: str) -> str:
    """Give a typed code its stored form: capitals, groups joined by hyphens, no spaces."""
    letters = "".join(c for c in typed.upper() if c.isalnum())
    return "-".join(letters[i : i + 4] for i in range(0, len(letters), 4))

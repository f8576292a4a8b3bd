"""Identifiers: sortable ids for records, codes that people read aloud."""

import os
import secrets
import time
import uuid

# No letter or figure that is mistaken for another when read over a loud line.
READABLE = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"


def new_id() -> uuid.UUID:
    """Make a UUID of version 7 (RFC 9562): time first, so that rows sort by birth."""
    stamp = time.time_ns() // 1_000_000
    tail = bytearray(os.urandom(10))
    tail[0] = 0x70 | (tail[0] & 0x0F)
    tail[2] = 0x80 | (tail[2] & 0x3F)
    return uuid.UUID(bytes=stamp.to_bytes(6, "big") + bytes(tail))


def readable_code(groups: int = 2, size: int = 4) -> str:
    """Make a random code such as 'K7MP-3XQ9', easy to read and to type."""
    return "-".join("".join(secrets.choice(READABLE) for _ in range(size)) for _ in range(groups))


def tidy_code(typed: str) -> str:
    """Give a typed code its stored form: capitals, groups joined by hyphens, no spaces."""
    letters = "".join(c for c in typed.upper() if c.isalnum())
    return "-".join(letters[i : i + 4] for i in range(0, len(letters), 4))

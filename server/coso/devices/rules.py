"""What is true of boxes without a database: who is silent, which codes are good, how a secret rests."""

import hashlib
from datetime import datetime, timedelta

from nacl.exceptions import CryptoError
from nacl.secret import SecretBox

# A device asks at least every 55 s; after three asks that did not come it is silent.
SILENT_AFTER = timedelta(minutes=3)
# Being heard is written down this often at most, unless the device says something new of itself.
HEARD_EVERY = timedelta(seconds=30)

CODE_GROUPS = 3
CODE_HOURS = 24
LONGEST_CODE_HOURS = 14 * 24

# Wrong codes from one address before it has to wait.
MISSES_ALLOWED = 10
MISSES_WITHIN = timedelta(minutes=15)

# What changes with every ask says nothing new.
_RESTLESS = ("clock_ms", "free_bytes")


def is_silent(heard_at: datetime | None, now: datetime) -> bool:
    """Tell whether a device is silent: never heard, or not for three minutes."""
    return heard_at is None or now - heard_at > SILENT_AFTER


def is_worth_writing(
    *, written_at: datetime | None, written: dict[str, object], now: datetime, state: dict[str, object]
) -> bool:
    """Tell whether being heard must be written: half a minute has gone by, or the device says something new."""
    if written_at is None or now - written_at >= HEARD_EVERY:
        return True
    return _steady(written) != _steady(state)


def _steady(state: dict[str, object]) -> dict[str, object]:
    return {name: value for name, value in state.items() if name not in _RESTLESS}


def digest_of(code: str) -> str:
    """Give the form in which an enrolment code is kept: its SHA-256 (it is random, so it needs no salt)."""
    return hashlib.sha256(code.encode()).hexdigest()


def seal(data: bytes, *, key: bytes) -> bytes:
    """Encrypt and authenticate a secret for the database; 40 bytes longer than the secret."""
    return bytes(SecretBox(key).encrypt(data))


def unseal(sealed: bytes, *, key: bytes) -> bytes:
    """Give a secret back. Raise ValueError when another key sealed it or it was changed."""
    try:
        return SecretBox(key).decrypt(sealed)
    except CryptoError as error:
        raise ValueError("the secret was sealed with another key") from error

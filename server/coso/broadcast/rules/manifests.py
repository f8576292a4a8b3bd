"""What a manifest says, when it must be made anew, and how versions only grow."""

import hashlib
from collections.abc import Sequence
from datetime import datetime, timedelta

from coso_wire import Item, canonical

LIFE = timedelta(hours=72)
"""How long a device obeys a manifest without hearing of a newer one."""
HORIZON = timedelta(days=7)
"""How far ahead its items go; the line may be down for days."""
RENEW_AFTER = timedelta(hours=24)
"""After this a manifest is made anew even when it says the same."""
LATE_S = 60
"""How late an item may start."""
ALERT_LIFE = timedelta(hours=6)
"""How long an emergency is played by devices that come back, unless its bulletin ends sooner."""


def area_key(*, code: str, place_id: int) -> str:
    """Name a place for devices. Codes are used again over time (18073), so the row's id stands with the code."""
    return f"{code}/{place_id}"


def version_after(last: int, now: datetime) -> int:
    """Give the next version: it grows, also after the server was restored from an old backup."""
    return max(last + 1, int(now.timestamp()))


def number_after(last: int, now: datetime) -> int:
    """Give the next number in the order of signing: it grows, also after a restore."""
    return max(last + 1, int(now.timestamp() * 1000))


def alert_end(now: datetime, expires_at: datetime | None) -> datetime:
    """Give until when an alert is played: some hours, or to the end of its bulletin when that comes sooner.

    A bulletin may stand on the portal for years; a box that comes back must not sound the siren of last spring, and
    a device refuses an answer with too many alerts in it.
    """
    latest = now + ALERT_LIFE
    return latest if expires_at is None else min(latest, expires_at)


def content_digest(*, areas: Sequence[str], items: Sequence[Item], quiet_hours: Sequence[tuple[str, str]]) -> str:
    """Give a digest of what a manifest says, without when it was made."""
    said = [sorted(areas), [item.to_json() for item in items], [list(hours) for hours in quiet_hours]]
    return hashlib.sha256(canonical(said)).hexdigest()


def told_hours(quiet_hours: Sequence[tuple[str, str]]) -> str:
    """Write quiet hours in one line, to find the manifests that tell others."""
    return " ".join(f"{begin}-{end}" for begin, end in quiet_hours)


def must_be_new(
    *, content: str, last_content: str | None, last_made_at: datetime | None, was_refused: bool, now: datetime
) -> bool:
    """Tell whether a device needs a new manifest: it says something else, the last was refused or grows old."""
    if last_content != content or last_made_at is None or was_refused:
        return True
    return now - last_made_at >= RENEW_AFTER

"""Who plays when: slots painted by rank over time, and when a slot may be made."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum

from coso_wire import Rank

GRACE = timedelta(minutes=15)
"""How long after its slot a cut item may still go on."""
FURTHEST = timedelta(days=366)
"""How far ahead a slot may be made."""

_WEIGHT = {Rank.NORMAL: 0, Rank.PRIORITY: 1, Rank.EMERGENCY: 2}


@dataclass(frozen=True)
class Planned:
    """One slot as a cluster sees it."""

    slot_id: str
    bulletin_id: str
    rank: Rank
    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True)
class Stretch:
    """A stretch of time in which one slot has the air."""

    starts_at: datetime
    ends_at: datetime
    slot_id: str


class Problem(StrEnum):
    """Why a slot can't be made."""

    IN_THE_PAST = "in_the_past"
    TOO_FAR = "too_far"
    AFTER_EXPIRY = "after_expiry"
    QUIET = "quiet"


def slot_end(starts_at: datetime, duration_ms: int) -> datetime:
    """Give the end of a slot from the length of its sound, rounded up to a whole second."""
    return starts_at + timedelta(seconds=max(1, -(-duration_ms // 1000)))


def touches_quiet_hours(starts_at: datetime, ends_at: datetime, hours: Iterable[tuple[str, str]]) -> bool:
    """Tell whether any of a stretch of time lies in one of the daily spans ('21:30', '05:00').

    A span may go past midnight. The stretch is told by the clocks of the place, its end is no part of it.
    """
    # A span of the day before may still last when the stretch begins.
    for ago in range(-1, (ends_at.date() - starts_at.date()).days + 1):
        day = starts_at.date() + timedelta(days=ago)
        for begin, end in hours:
            opens = datetime.combine(day, time.fromisoformat(begin), starts_at.tzinfo)
            closes = datetime.combine(day, time.fromisoformat(end), starts_at.tzinfo)
            if end < begin:
                closes += timedelta(days=1)
            if max(opens, starts_at) < min(closes, ends_at):
                return True
    return False


def problem_of(
    *,
    starts_at: datetime,
    ends_at: datetime,
    now: datetime,
    expires_at: datetime | None,
    quiet_hours: Sequence[tuple[str, str]] = (),
) -> Problem | None:
    """Tell why a slot can't be made; None when it can. Its start and end are told by the clocks of the place."""
    if starts_at < now:
        return Problem.IN_THE_PAST
    if starts_at > now + FURTHEST:
        return Problem.TOO_FAR
    if expires_at is not None and starts_at >= expires_at:
        return Problem.AFTER_EXPIRY
    if touches_quiet_hours(starts_at, ends_at, quiet_hours):
        return Problem.QUIET
    return None


def before(one: Planned) -> tuple[int, datetime, str]:
    """Order slots that want the air at once: the higher rank, then the earlier start, then the id."""
    return -_WEIGHT[one.rank], one.starts_at, one.slot_id


def once(slots: Iterable[Planned]) -> list[Planned]:
    """Leave out a slot whose bulletin is on the air already: province and commune may both have asked for it."""
    kept: list[Planned] = []
    busy_until: dict[str, datetime] = {}
    for slot in sorted(slots, key=lambda one: (one.starts_at, one.slot_id)):
        until = busy_until.get(slot.bulletin_id)
        if until is None or until <= slot.starts_at:
            kept.append(slot)
            busy_until[slot.bulletin_id] = slot.ends_at
    return kept


def paint(slots: Sequence[Planned]) -> list[Stretch]:
    """Give the stretches in which one cluster plays, in order of time, at most one slot at each moment.

    Slots are painted over the sorted boundaries from the lowest rank to the highest, so the one that goes first
    lies on top. Emergencies by alert are apart: they cut whatever is here.
    """
    edges = sorted({edge for slot in slots for edge in (slot.starts_at, slot.ends_at)})
    index = {edge: i for i, edge in enumerate(edges)}
    owner: list[str | None] = [None] * max(0, len(edges) - 1)
    for slot in sorted(slots, key=before, reverse=True):
        first, last = index[slot.starts_at], index[slot.ends_at]
        owner[first:last] = [slot.slot_id] * (last - first)
    stretches: list[Stretch] = []
    for i, slot_id in enumerate(owner):
        if slot_id is None:
            continue
        if stretches and stretches[-1].slot_id == slot_id and stretches[-1].ends_at == edges[i]:
            stretches[-1] = Stretch(stretches[-1].starts_at, edges[i + 1], slot_id)
        else:
            stretches.append(Stretch(edges[i], edges[i + 1], slot_id))
    return stretches

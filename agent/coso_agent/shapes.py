"""How moments, plays and reports are written down in the database of the loudspeaker."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

from coso_agent.rules import Play
from coso_wire import Media, PlayReport, Rank, ReportKind

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def to_ms(at: datetime) -> int:
    """Give milliseconds since 1970."""
    return (at - _EPOCH) // timedelta(milliseconds=1)


def from_ms(value: int) -> datetime:
    """Give the moment of so many milliseconds since 1970."""
    return _EPOCH + timedelta(milliseconds=value)


def make_report(kind: ReportKind, play: Play, *, at: datetime, played_ms: int, reason: str | None) -> PlayReport:
    """Make a report with a name of its own, by which the server acknowledges it."""
    return PlayReport(
        report_id=uuid4().hex,
        item_id=play.item_id,
        bulletin_id=play.bulletin_id,
        revision=play.revision,
        kind=kind,
        at=at,
        played_ms=played_ms,
        media_sha256=play.media.sha256,
        reason=reason,
    )


def play_to_json(play: Play) -> dict[str, Any]:
    """Give a play as JSON."""
    return {
        "key": play.key,
        "item_id": play.item_id,
        "bulletin_id": play.bulletin_id,
        "revision": play.revision,
        "rank": play.rank.value,
        "media": play.media.to_json(),
        "since_ms": to_ms(play.since),
        "is_alert": play.is_alert,
    }


def play_from_json(raw: dict[str, Any]) -> Play:
    """Read a play from its JSON."""
    return Play(
        raw["key"],
        raw["item_id"],
        raw["bulletin_id"],
        raw["revision"],
        Rank(raw["rank"]),
        Media.from_json(raw["media"]),
        from_ms(raw["since_ms"]),
        raw["is_alert"],
    )

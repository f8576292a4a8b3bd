"""Writing a calendar for other programs: RFC 5545, whole days only."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

LONGEST_LINE = 75
"""Octets of one line, without its end (RFC 5545, 3.1)."""


@dataclass(frozen=True)
class Day:
    """One thing that falls on one day."""

    uid: str
    on: date
    changed_at: datetime
    summary: str
    description: str = ""
    url: str = ""
    done: bool = False


def escaped(text: str) -> str:
    """Write a text value (3.3.11): backslash, comma, semicolon and line breaks stand behind a backslash."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    # A blank that is none of ours, such as U+00A0 of "5 km", stays a blank: words are never glued together.
    text = "".join(" " if c.isspace() and c not in "\n\t" else c for c in text)
    text = "".join(letter for letter in text if letter in "\n\t" or letter.isprintable())
    for plain, written in (("\\", "\\\\"), (";", "\\;"), (",", "\\,"), ("\n", "\\n")):
        text = text.replace(plain, written)
    return text


def folded(line: str) -> str:
    """Break a line into pieces of at most 75 octets; the next ones begin with a blank. No letter is cut in two."""
    pieces, piece, size = [], "", 0
    for letter in line:
        width = len(letter.encode())
        if size + width > LONGEST_LINE:
            pieces.append(piece)
            # The blank at the beginning counts.
            piece, size = "", 1
        piece += letter
        size += width
    return "\r\n ".join([*pieces, piece])


def calendar(name: str, days: Iterable[Day]) -> str:
    """Write a whole calendar."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Co So//Co So//VI",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        f"X-WR-CALNAME:{escaped(name)}",
        *(line for day in days for line in _event(day)),
        "END:VCALENDAR",
    ]
    return "".join(f"{folded(line)}\r\n" for line in lines)


def _event(day: Day) -> list[str]:
    lines = [
        "BEGIN:VEVENT",
        f"UID:{day.uid}",
        f"DTSTAMP:{day.changed_at.astimezone(UTC):%Y%m%dT%H%M%SZ}",
        f"DTSTART;VALUE=DATE:{day.on:%Y%m%d}",
        f"DTEND;VALUE=DATE:{day.on + timedelta(days=1):%Y%m%d}",
        f"SUMMARY:{escaped(day.summary)}",
        "TRANSP:TRANSPARENT",
    ]
    if day.description:
        lines.append(f"DESCRIPTION:{escaped(day.description)}")
    if day.url:
        lines.append(f"URL:{day.url}")
    return [*lines, "END:VEVENT"]

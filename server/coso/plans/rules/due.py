"""Until when an occurrence is to be done: the day that the document names within its period, else the period's end.

What ends with a month, a quarter or a year and falls on a day off ends with the next working day (Bộ luật Dân sự 2015,
Điều 148, khoản 5). A day that the document names itself stays as it is; a week ends with its last working day.
"""

import re
from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from coso.kit.dates import last_day
from coso.kit.text import fold
from coso.plans.rules.periods import Pace, Period

Working = Callable[[date], date]
"""Gives the first working day on or after a day."""

# The first of several days is written with its word, those after it often are not: "ngày 15/6 và 15/12".
_DAY_AND_MONTH = re.compile(r"(?:\bngay|\bva|[,;]) ?(?P<day>\d{1,2})(?: ?[/.\-] ?| thang )(?P<month>\d{1,2})\b")
_DAY = re.compile(r"\bngay (?P<day>\d{1,2})\b(?! ?[/.\-] ?\d| thang \d)")
_MONTH = re.compile(r"(?<!ngay \d )(?<!ngay \d\d )\bthang (?P<month>\d{1,2})\b(?! ?[/\-] ?\d{1,2}\b)")
_ISO = re.compile(r"\d{4}-(?P<month>\d{2})(?:-(?P<day>\d{2}))?", re.ASCII)


@dataclass(frozen=True)
class Anchor:
    """A day of a period as a document names it: 15/12, the 20th, the end of June; 0 where it names none."""

    month: int = 0
    day: int = 0


def anchors(*, due: str, time_text: str) -> list[Anchor]:
    """Find the days within a period that a time phrase ("trước ngày 15/6 và 15/12 hằng năm") or a deadline names."""
    text = fold(time_text)
    dates = _DAY_AND_MONTH.finditer(text) if "ngay " in text else ()
    found = [Anchor(int(hit["month"]), int(hit["day"])) for hit in dates]
    found = found or [Anchor(0, int(hit["day"])) for hit in _DAY.finditer(text)]
    found = found or [Anchor(int(hit["month"]), 0) for hit in _MONTH.finditer(text)]
    if given := _ISO.fullmatch(due):
        found = [Anchor(int(given["month"]), int(given["day"] or 0))]
    return [one for one in found if one.month <= 12 and one.day <= 31]


def due_once(due: str, working: Working) -> date | None:
    """Give the last day of what is done once; None where the document names none."""
    day = last_day(due)
    if day is None or len(due) == len("2025-12-15"):
        return day
    return working(day)


def due_in(period: Period, pace: Pace, *, due: str, time_text: str, working: Working) -> date:
    """Give the last day on which one occurrence is done in time."""
    if pace is Pace.DAILY:
        return period.last
    if pace is Pace.WEEKLY:
        return _last_working(period, working)
    named = [day for anchor in anchors(due=due, time_text=time_text) if (day := _day_in(period, anchor))]
    if named:
        latest, is_exact = max(named)
        return latest if is_exact else working(latest)
    return working(period.last)


def _last_working(period: Period, working: Working) -> date:
    days = (period.last - timedelta(days=back) for back in range(7))
    return next((day for day in days if working(day) == day), period.last)


def _day_in(period: Period, anchor: Anchor) -> tuple[date, bool] | None:
    """Give the day of an anchor in a period and whether the document names it itself."""
    year, month = period.last.year, anchor.month or period.last.month
    length = monthrange(year, month)[1]
    day = date(year, month, min(anchor.day or length, length))
    return (day, bool(anchor.day)) if period.first <= day <= period.last else None

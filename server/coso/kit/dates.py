"""Dates at the precision that a paper gives them: a day, a month, a quarter, a year."""

import re
from calendar import monthrange
from datetime import date

_GIVEN = re.compile(r"(?P<year>\d{4})(?:-Q(?P<quarter>[1-4])|-(?P<month>\d{2})(?:-(?P<day>\d{2}))?)?", re.ASCII)


def last_day(given: str) -> date | None:
    """Give the last day of a date at its own precision: '2017-06' → 30/6/2017, '2027-Q2' → 30/6/2027.

    None when nothing is given. Raise ValueError when it is no such date.
    """
    if not given:
        return None
    found = _GIVEN.fullmatch(given)
    if not found:
        raise ValueError(given)
    year = int(found["year"])
    if found["day"]:
        return date(year, int(found["month"]), int(found["day"]))
    month = int(found["quarter"]) * 3 if found["quarter"] else int(found["month"] or 12)
    if not 1 <= month <= 12:
        raise ValueError(given)
    return date(year, month, monthrange(year, month)[1])


def words(given: str) -> str:
    """Write a date at its own precision as Vietnamese papers do: 15/12/2025, 6/2017, quý II/2027, 2030."""
    found = _GIVEN.fullmatch(given or "")
    if not found:
        return given or ""
    if found["day"]:
        return f"{found['day']}/{found['month']}/{found['year']}"
    if found["month"]:
        return f"{int(found['month'])}/{found['year']}"
    if found["quarter"]:
        return f"quý {['I', 'II', 'III', 'IV'][int(found['quarter']) - 1]}/{found['year']}"
    return found["year"]


_TYPED_QUARTER = re.compile(r"(?:q|quy|quý)?\s*(?P<quarter>[1-4]|iv|i{1,3})\s*[/\-. ]\s*(?P<year>\d{4})", re.IGNORECASE)


def typed(text: str) -> str:
    """Read a date as people type it, at its own precision: '6/2017' → '2017-06', 'quý II/2027' → '2027-Q2'.

    An empty text gives ''. Raise ValueError when it cannot be understood.
    """
    text = " ".join(text.split())
    if not text or _GIVEN.fullmatch(text):
        last_day(text)
        return text
    if re.match(r"q", text, re.IGNORECASE) and (quarter := _TYPED_QUARTER.fullmatch(text)):
        number = {"i": 1, "ii": 2, "iii": 3, "iv": 4}.get(quarter["quarter"].lower()) or int(quarter["quarter"])
        return f"{quarter['year']}-Q{number}"
    parts = [int(part) for part in re.split(r"[/\-.]", text)]
    if len(parts) == 3:
        return date(parts[2], parts[1], parts[0]).isoformat()
    if len(parts) == 2 and 1 <= parts[0] <= 12 and 1000 <= parts[1] <= 9999:
        return f"{parts[1]}-{parts[0]:02d}"
    raise ValueError(text)

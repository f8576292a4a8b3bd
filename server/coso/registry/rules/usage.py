"""How an institution is used: months, counts, and when it stands unused (Kế hoạch 82/KH-UBND, IV.2)."""

from collections.abc import Collection
from datetime import date

from coso.registry.rules.kinds import OPEN_TO_PEOPLE

UNUSED_MONTHS = 3
"""So many closed months without anything told, and an institution counts as unused."""

SHOWN_MONTHS = 12

MOST_COUNTED = 100_000
"""No institution of a commune counts more in a month: whoever types more has slipped."""


def counts(group: str) -> bool:
    """Tell whether facilities of a group count activities, visits and loans by month."""
    return group in OPEN_TO_PEOPLE


def month_of(day: date) -> date:
    """Give the first day of a day's month."""
    return day.replace(day=1)


def month_before(month: date, many: int = 1) -> date:
    """Give the first day of the month so many months before."""
    number = month.year * 12 + month.month - 1 - many
    return date(number // 12, number % 12 + 1, 1)


def closed_months(today: date, many: int = UNUSED_MONTHS) -> list[date]:
    """List the last months that are over, oldest first."""
    return [month_before(today, back) for back in range(many, 0, -1)]


def shown_months(today: date) -> list[date]:
    """List the twelve months up to this one, oldest first."""
    return [month_before(today, back) for back in range(SHOWN_MONTHS - 1, -1, -1)]


def is_unused(
    *, used: Collection[date], opened_on: date | None, today: date, registered_on: date | None = None
) -> bool:
    """Tell whether an institution had no activity in the last closed months, nor since.

    `used` holds the months in which something was told. One that opened within these months is not judged yet; nor is
    one that was entered here so lately that no whole month went by since, in which somebody could have told anything.
    """
    first, *_between, last = closed_months(today)
    if (opened_on is not None and opened_on > first) or (registered_on is not None and registered_on > last):
        return False
    return not any(first <= month <= today for month in used)


def may_be_told(month: date, today: date) -> bool:
    """Tell whether counts of a month may be entered: it has begun, and is not older than five years."""
    return month.day == 1 and month_before(month_of(today), 60) <= month <= today

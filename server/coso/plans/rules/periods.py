"""The periods of work that comes again and again: a year, a half-year, a quarter, a month, a week, a day."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum


class Pace(StrEnum):
    """How often something is to be done; but for `ONCE` the values are those of `documents.models.Recurrence`."""

    ONCE = "once"
    ANNUAL = "annual"
    HALF_YEARLY = "half_yearly"
    QUARTERLY = "quarterly"
    MONTHLY = "monthly"
    WEEKLY = "weekly"
    DAILY = "daily"


MONTHS: dict[Pace, int] = {Pace.ANNUAL: 12, Pace.HALF_YEARLY: 6, Pace.QUARTERLY: 3, Pace.MONTHLY: 1}
MOST_AT_ONCE = 12
"""So many periods that nobody opened while the system stood still are made up for; older ones only on purpose."""

CONTINUOUS = "continuous"


@dataclass(frozen=True, order=True)
class Period:
    """From a first day to a last one, both within."""

    first: date
    last: date


def pace_of(*, recurrence: str, rhythm: str, due: str) -> Pace | None:
    """Say how often a task comes up; None for a continuous one whose owner has set no rhythm yet.

    A rhythm counts where the document itself names neither a recurrence nor a deadline.
    """
    if recurrence and recurrence != CONTINUOUS:
        return Pace(recurrence)
    if rhythm and takes_rhythm(recurrence=recurrence, due=due):
        return Pace(rhythm)
    return None if recurrence == CONTINUOUS else Pace.ONCE


def takes_rhythm(*, recurrence: str, due: str) -> bool:
    """Tell whether the owner may say how often a task is reported on: the document does not."""
    return recurrence == CONTINUOUS or not (recurrence or due)


def period_of(pace: Pace, day: date) -> Period:
    """Give the period in which a day lies; weeks begin on Monday. Raise ValueError for what is done once."""
    if pace is Pace.DAILY:
        return Period(day, day)
    if pace is Pace.WEEKLY:
        first = day - timedelta(days=day.weekday())
        return Period(first, first + timedelta(days=6))
    if pace is Pace.ONCE:
        raise ValueError(pace)
    months = MONTHS[pace]
    begins = (day.month - 1) // months * months + 1
    ends = begins + months - 1
    return Period(date(day.year, begins, 1), date(day.year, ends, monthrange(day.year, ends)[1]))


def following(pace: Pace, period: Period) -> Period:
    """Give the period after another one."""
    return period_of(pace, period.last + timedelta(days=1))


def to_open(pace: Pace, *, today: date, begins: date, known_until: date | None) -> list[Period]:
    """List the periods of which an occurrence is missing: up to the present one and the one after it.

    `begins` is the first day on which the work exists at all; `known_until` the last day of the latest occurrence
    that was opened. Without any, the present period is the first: what lies before it is opened on purpose only.
    Opening what is listed and asking again gives nothing.
    """
    present = period_of(pace, max(today, begins))
    wanted = [present, following(pace, present)]
    if known_until is None:
        return wanted
    found = []
    # After a change of the rhythm the present period may have begun before the last one of the old rhythm ended.
    here = period_of(pace, known_until + timedelta(days=1))
    if here.first <= known_until:
        here = following(pace, here)
    while here <= wanted[-1]:
        found.append(here)
        here = following(pace, here)
    return found[-MOST_AT_ONCE:]


def shape_of(first: date, last: date) -> Pace | None:
    """Say of which pace two days make a period; None when of none."""
    return next(
        (pace for pace in Pace if pace is not Pace.ONCE and period_of(pace, first) == Period(first, last)), None
    )

"""When a part is reminded of, without a database: by the rules of the owner, in working hours, once for each rule."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

BEGINS, ENDS = time(7, 30), time(17, 0)
"""Nobody is reminded at night: offices work from 7:30 to 17:00."""

FURTHEST = 60
"""A rule lies at most so many days before or after the deadline."""

Working = Callable[[date], date]


@dataclass(frozen=True)
class Rule:
    """A day before (negative) or after the deadline, and whom it reaches: 1 the unit, 2 its leader, 3 the owner."""

    days: int
    level: int


def day_of(rule: Rule, deadline: date, working: Working) -> date:
    """Give the day on which a rule sounds.

    Up to the deadline it sounds on the working day before a day off, while something can still be done in time; later
    ones sound on the working day after it.
    """
    day = deadline + timedelta(days=rule.days)
    if rule.days > 0:
        return working(day)
    while working(day) != day:
        day -= timedelta(days=1)
    return day


def rule_due(rules: Iterable[Rule], *, deadline: date, today: date, working: Working) -> Rule | None:
    """Give the latest rule whose day has come; earlier ones that were missed are not made up for."""
    come = [rule for rule in rules if day_of(rule, deadline, working) <= today]
    return max(come, key=lambda rule: rule.days, default=None)


def may_sound(moment: datetime, working: Working) -> bool:
    """Tell whether reminders go out at a moment of Vietnam's time: on a working day, in working hours."""
    day = moment.date()
    return working(day) == day and BEGINS <= moment.time() < ENDS

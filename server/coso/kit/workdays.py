"""Deadlines in working days: Saturdays, Sundays and public holidays do not count (Bộ luật Lao động 2019, Điều 112)."""

from collections.abc import Container
from datetime import date, timedelta

import holidays


def add_working_days(start: date, days: int, *, closed: Container[date], made_up: Container[date] = ()) -> date:
    """Give the last day of a span of working days that begins the day after `start`.

    `made_up` are Saturdays or Sundays worked in exchange for a day off; they count.
    """
    day = start
    while days > 0:
        day += timedelta(days=1)
        if day in made_up or (day.weekday() < 5 and day not in closed):
            days -= 1
    return day


def in_vietnam(start: date, days: int) -> date:
    """Give the last day of a span of working days with Vietnam's public holidays, those of the lunar year too."""
    # 252 working days are a year; the span may run into the next.
    years = range(start.year, start.year + days // 240 + 2)
    return add_working_days(start, days, closed=holidays.country_holidays("VN", years=years))

"""Where spans of days stand on a strip of months or quarters, and the weeks of a month's grid."""

from calendar import monthcalendar
from dataclasses import dataclass
from datetime import date

MONTHS, QUARTERS = "thang", "quy"


@dataclass(frozen=True)
class Strip:
    """Columns of time: twelve months of one year, or the twelve quarters of three years."""

    first: date
    last: date
    columns: tuple[tuple[int, int], ...]
    """(year, month or quarter) of each column."""
    by: str

    def place(self, day: date) -> float:
        """Give where a day stands on the strip, 0 to 1; days outside stand at its ends."""
        whole = (self.last - self.first).days + 1
        return min(max((day - self.first).days / whole, 0.0), 1.0)

    def bar(self, begins: date, ends: date) -> tuple[float, float] | None:
        """Give the beginning and the length of a span within the strip, both 0 to 1; None when it lies outside."""
        if ends < self.first or begins > self.last:
            return None
        left, right = self.place(begins), self.place(date.fromordinal(min(ends, self.last).toordinal() + 1))
        return left, max(right - left, 0.004)


def strip(year: int, by: str) -> Strip:
    """Make the strip that begins with a year."""
    if by == QUARTERS:
        columns = tuple((year + step // 4, step % 4 + 1) for step in range(12))
        return Strip(date(year, 1, 1), date(year + 2, 12, 31), columns, by)
    return Strip(date(year, 1, 1), date(year, 12, 31), tuple((year, month) for month in range(1, 13)), MONTHS)


def weeks(year: int, month: int) -> list[list[date | None]]:
    """Give the weeks of a month, from Monday; None where a day belongs to another month."""
    return [[date(year, month, day) if day else None for day in week] for week in monthcalendar(year, month)]

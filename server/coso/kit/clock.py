"""The only clock: what is stored is UTC, what people read is Vietnam's time."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")


def now() -> datetime:
    """Give the present moment, in UTC."""
    return datetime.now(UTC)  # noqa: TID251 the one place that asks the machine


def today() -> date:
    """Give today's date in Vietnam."""
    return local(now()).date()


def local(moment: datetime) -> datetime:
    """Give the same moment as clocks in Vietnam show it."""
    return moment.astimezone(VIETNAM)


def start_of_day(day: date) -> datetime:
    """Give the moment, in UTC, at which a day begins in Vietnam."""
    return datetime(day.year, day.month, day.day, tzinfo=VIETNAM).astimezone(UTC)


def iso(moment: datetime) -> str:
    """Write a moment as machines exchange it: UTC, milliseconds, 'Z'."""
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def days(count: int) -> timedelta:
    """Give a span of days."""
    return timedelta(days=count)

"""In quiet hours only an emergency sounds; a span may go past midnight, and so may a slot."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coso.broadcast.rules.schedule import Problem, problem_of, touches_quiet_hours

NIGHT = [("21:30", "05:00")]
NOON = [("11:30", "13:00")]
DAY = datetime.fromisoformat("2026-11-24T00:00")


def _touches(start, seconds, hours=NIGHT):
    begins = datetime.fromisoformat(f"2026-11-24T{start}")
    return touches_quiet_hours(begins, begins + timedelta(seconds=seconds), hours)


@pytest.mark.parametrize(
    ("moment", "quiet"),
    [("21:29", False), ("21:30", True), ("23:59", True), ("00:00", True), ("04:59", True), ("05:00", False)],
)
def test_a_span_past_midnight_holds_both_sides_of_it(moment, quiet):
    assert _touches(moment, 1) is quiet


@pytest.mark.parametrize(("moment", "quiet"), [("11:29", False), ("11:30", True), ("13:00", False)])
def test_a_span_by_day(moment, quiet):
    assert _touches(moment, 1, NOON) is quiet


@pytest.mark.parametrize(("minutes", "quiet"), [(1, False), (20, True)])
def test_what_begins_before_them_may_not_run_into_them(minutes, quiet):
    assert _touches("21:29", minutes * 60) is quiet


def test_what_begins_before_and_ends_after_them_lies_in_them_too():
    assert _touches("11:00", 3 * 3600, NOON)


def test_no_hours_are_quiet_where_a_span_ends_as_it_begins():
    assert not _touches("00:00", 86_400, [("12:00", "12:00")])


_minute = st.integers(0, 24 * 60 - 1)


@given(_minute, st.integers(1, 3000), _minute, _minute)
def test_a_stretch_is_quiet_when_one_of_its_minutes_is(start, length, begin, end):
    def told(minute):
        return f"{minute // 60:02d}:{minute % 60:02d}"

    def is_quiet(minute):
        return begin <= minute < end if begin <= end else minute >= begin or minute < end

    begins = DAY + timedelta(minutes=start)

    assert touches_quiet_hours(begins, begins + timedelta(minutes=length), [(told(begin), told(end))]) == any(
        is_quiet((start + passed) % 1440) for passed in range(length)
    )


def test_a_slot_in_quiet_hours_is_a_problem_and_without_a_rule_is_not():
    now = datetime(2026, 11, 24, 10, tzinfo=UTC)

    def ask(hours):
        starts_at = datetime.fromisoformat("2026-11-24T21:29:00+07:00")
        return problem_of(
            starts_at=starts_at,
            ends_at=starts_at + timedelta(minutes=20),
            now=now,
            expires_at=None,
            quiet_hours=hours,
        )

    assert ask(NIGHT) is Problem.QUIET
    assert ask([]) is None

"""In quiet hours only an emergency sounds; a span may go past midnight."""

from datetime import UTC, datetime, time

import pytest

from coso.broadcast.rules.schedule import Problem, in_quiet_hours, problem_of

NIGHT = [("21:30", "05:00")]


@pytest.mark.parametrize(
    ("moment", "quiet"),
    [("21:29", False), ("21:30", True), ("23:59", True), ("00:00", True), ("04:59", True), ("05:00", False)],
)
def test_a_span_past_midnight_holds_both_sides_of_it(moment, quiet):
    assert in_quiet_hours(time.fromisoformat(moment), NIGHT) is quiet


@pytest.mark.parametrize(("moment", "quiet"), [("11:29", False), ("11:30", True), ("13:00", False)])
def test_a_span_by_day(moment, quiet):
    assert in_quiet_hours(time.fromisoformat(moment), [("11:30", "13:00")]) is quiet


def test_a_slot_in_quiet_hours_is_a_problem_and_without_a_rule_is_not():
    now = datetime(2026, 11, 24, 10, tzinfo=UTC)

    def ask(hours):
        return problem_of(
            starts_at=datetime(2026, 11, 24, 16, tzinfo=UTC),
            now=now,
            expires_at=None,
            time_of_day=time(23),
            quiet_hours=hours,
        )

    assert ask(NIGHT) is Problem.QUIET
    assert ask([]) is None

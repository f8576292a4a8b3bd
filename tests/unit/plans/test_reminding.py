"""When a rule of reminders sounds, without a database."""

from datetime import date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from coso.kit import clock
from coso.plans.rules import Rule, day_of, may_sound, rule_due

DEFAULTS = (Rule(-7, 1), Rule(0, 1), Rule(3, 2), Rule(7, 3))
DAYS = st.dates(date(2020, 1, 1), date(2035, 12, 31))


def at(*moment):
    return datetime(*moment, tzinfo=clock.VIETNAM)


def working(day):
    """Take Monday to Friday as working days."""
    while day.weekday() > 4:
        day += timedelta(days=1)
    return day


def test_a_rule_before_a_deadline_on_sunday_sounds_on_friday_and_one_after_it_on_monday():
    sunday = date(2026, 11, 29)

    assert day_of(Rule(0, 1), sunday, working) == date(2026, 11, 27)
    assert day_of(Rule(6, 2), sunday, working) == date(2026, 12, 7)


def test_of_several_rules_whose_day_has_come_only_the_latest_sounds():
    assert rule_due(DEFAULTS, deadline=date(2017, 6, 30), today=date(2026, 11, 24), working=working) == Rule(7, 3)
    assert rule_due(DEFAULTS, deadline=date(2027, 6, 30), today=date(2026, 11, 24), working=working) is None


@given(DAYS, st.integers(-60, 60))
def test_every_rule_sounds_on_a_working_day_and_those_before_the_deadline_never_late(deadline, days):
    sounds = day_of(Rule(days, 1), deadline, working)

    assert working(sounds) == sounds
    assert (sounds <= deadline + timedelta(days=days)) == (days <= 0 or sounds == deadline + timedelta(days=days))


@given(DAYS, DAYS)
def test_the_level_never_sinks_as_days_pass(deadline, today):
    one = rule_due(DEFAULTS, deadline=deadline, today=today, working=working)
    later = rule_due(DEFAULTS, deadline=deadline, today=today + timedelta(days=1), working=working)

    assert one is None or (later is not None and later.level >= one.level)


def test_nothing_sounds_at_night_or_on_days_off():
    assert may_sound(at(2026, 11, 24, 7, 30), working)
    assert not may_sound(at(2026, 11, 24, 7, 29), working)
    assert not may_sound(at(2026, 11, 24, 17, 0), working)
    assert not may_sound(at(2026, 11, 28, 9, 0), working)

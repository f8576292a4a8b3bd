"""Deadlines count working days."""

from datetime import date, timedelta

import holidays
from hypothesis import given
from hypothesis import strategies as st

from coso.kit.workdays import add_working_days, in_vietnam

VIETNAM = holidays.country_holidays("VN", years=range(2025, 2028))


def test_a_weekend_does_not_count():
    friday = date(2026, 10, 16)

    assert add_working_days(friday, 5, closed=VIETNAM) == date(2026, 10, 23)


def test_the_lunar_new_year_does_not_count():
    before_tet = date(2026, 2, 13)

    assert add_working_days(before_tet, 1, closed=VIETNAM) > date(2026, 2, 20)


def test_a_saturday_worked_in_exchange_counts():
    friday, saturday = date(2026, 11, 20), date(2026, 11, 21)

    assert add_working_days(friday, 1, closed=VIETNAM, made_up={saturday}) == saturday


@given(st.dates(min_value=date(2026, 1, 1), max_value=date(2026, 12, 1)), st.integers(1, 20))
def test_a_deadline_is_a_working_day_and_more_days_end_later(start, count):
    due = add_working_days(start, count, closed=VIETNAM)

    assert due.weekday() < 5
    assert due not in VIETNAM
    assert due >= start + timedelta(days=count)
    assert add_working_days(start, count + 1, closed=VIETNAM) > due


def test_vietnam_keeps_the_second_of_september():
    assert in_vietnam(date(2026, 8, 31), 1) == date(2026, 9, 3)

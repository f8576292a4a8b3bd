"""An occurrence is due on the day that the document names within its period, else at the period's end."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coso.kit.workdays import in_vietnam
from coso.plans.rules import Pace, due_in, due_once, period_of

DAYS = st.dates(min_value=date(2000, 1, 1), max_value=date(2060, 12, 31))


def working(day):
    """Give the first day from Monday to Friday on or after a day."""
    while day.weekday() > 4:
        day += timedelta(days=1)
    return day


def vietnam(day):
    """Give the first working day on or after a day, public holidays left out."""
    return in_vietnam(day - timedelta(days=1), 1)


@pytest.mark.parametrize(
    ("due", "day"),
    [
        ("2017-06", date(2017, 6, 30)),
        # 30/4 and 1/5 are holidays, and 2022 made up for the Sunday and the Saturday after them.
        ("2022-04", date(2022, 5, 4)),
        ("2028", date(2029, 1, 2)),
        ("2025-12-14", date(2025, 12, 14)),
        ("", None),
    ],
)
def test_a_month_or_a_year_that_ends_on_a_day_off_ends_with_the_next_working_day(due, day):
    assert due_once(due, vietnam) == day


@pytest.mark.parametrize(
    ("pace", "due", "said", "day"),
    [
        (Pace.ANNUAL, "", "Hằng năm", date(2026, 12, 31)),
        (Pace.ANNUAL, "", "Trước ngày 15/12 hằng năm", date(2026, 12, 15)),
        (Pace.ANNUAL, "", "định kỳ hằng năm (trước ngày 20 tháng 11)", date(2026, 11, 20)),
        (Pace.ANNUAL, "", "Hằng năm, trong tháng 6", date(2026, 6, 30)),
        (Pace.ANNUAL, "2017-06", "", date(2026, 6, 30)),
        (Pace.ANNUAL, "2017-12-05", "", date(2026, 12, 5)),
        (Pace.HALF_YEARLY, "", "trước ngày 15/6 và 15/12 hằng năm", date(2026, 12, 15)),
        (Pace.QUARTERLY, "", "Hằng quý, trước ngày 20 của tháng cuối quý", date(2026, 12, 20)),
        (Pace.MONTHLY, "", "trước ngày 25 hằng tháng", date(2026, 11, 25)),
        (Pace.MONTHLY, "", "Hằng tháng", date(2026, 11, 30)),
        (Pace.WEEKLY, "", "Hằng tuần", date(2026, 11, 27)),
        (Pace.DAILY, "", "Hằng ngày", date(2026, 11, 24)),
    ],
)
def test_the_day_named_in_the_document_is_found_in_each_period(pace, due, said, day):
    period = period_of(pace, date(2026, 11, 24))

    assert due_in(period, pace, due=due, time_text=said, working=working) == day


def test_a_day_that_a_month_lacks_is_its_last_one():
    period = period_of(Pace.MONTHLY, date(2026, 2, 3))

    assert due_in(period, Pace.MONTHLY, due="", time_text="ngày 31 hằng tháng", working=working) == date(2026, 2, 28)


@given(DAYS, st.sampled_from([pace for pace in Pace if pace is not Pace.ONCE]), st.text(max_size=60))
def test_whatever_is_written_the_deadline_lies_near_its_period(day, pace, said):
    period = period_of(pace, day)

    due = due_in(period, pace, due="", time_text=said, working=working)

    assert period.first <= due <= period.last + timedelta(days=2)


@given(DAYS)
def test_the_end_of_a_month_quarter_or_year_is_a_working_day(day):
    for pace in (Pace.ANNUAL, Pace.HALF_YEARLY, Pace.QUARTERLY, Pace.MONTHLY, Pace.WEEKLY):
        due = due_in(period_of(pace, day), pace, due="", time_text="", working=working)
        assert working(due) == due


@pytest.mark.parametrize("due", ["2026-99", "9999-01-01", "2026-Q2"])
def test_a_strange_deadline_within_a_recurrence_leaves_the_end_of_the_period(due):
    period = period_of(Pace.MONTHLY, date(2026, 11, 24))

    assert due_in(period, Pace.MONTHLY, due=due, time_text="ngày 77/55", working=working) == date(2026, 11, 30)

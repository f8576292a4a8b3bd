"""What recurs comes up in periods that follow one another, two at a time, never hundreds at once."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coso.plans.rules import Pace, Period, following, pace_of, period_of, shape_of, takes_rhythm, to_open
from coso.plans.rules.periods import MOST_AT_ONCE

PACES = st.sampled_from([pace for pace in Pace if pace is not Pace.ONCE])
DAYS = st.dates(min_value=date(1990, 1, 1), max_value=date(2090, 12, 31))


@pytest.mark.parametrize(
    ("pace", "first", "last"),
    [
        (Pace.ANNUAL, date(2026, 1, 1), date(2026, 12, 31)),
        (Pace.HALF_YEARLY, date(2026, 7, 1), date(2026, 12, 31)),
        (Pace.QUARTERLY, date(2026, 10, 1), date(2026, 12, 31)),
        (Pace.MONTHLY, date(2026, 11, 1), date(2026, 11, 30)),
        (Pace.WEEKLY, date(2026, 11, 23), date(2026, 11, 29)),
        (Pace.DAILY, date(2026, 11, 24), date(2026, 11, 24)),
    ],
)
def test_a_day_lies_in_one_period_of_each_pace(pace, first, last):
    assert period_of(pace, date(2026, 11, 24)) == Period(first, last)
    assert shape_of(first, last) is pace


@given(PACES, DAYS)
def test_periods_follow_one_another_without_gap_or_overlap(pace, day):
    here = period_of(pace, day)
    then = following(pace, here)

    assert here.first <= day <= here.last
    assert then.first == here.last + timedelta(days=1)
    assert all(period_of(pace, edge) == here for edge in (here.first, here.last))


@given(PACES, DAYS, DAYS)
def test_of_new_work_the_present_period_and_the_next_are_opened(pace, today, begins):
    opened = to_open(pace, today=today, begins=begins, known_until=None)

    assert opened == [period_of(pace, max(today, begins)), following(pace, opened[0])]


@given(PACES, DAYS, DAYS)
def test_opening_twice_opens_nothing_more(pace, today, begins):
    opened = to_open(pace, today=today, begins=begins, known_until=None)

    assert to_open(pace, today=today, begins=begins, known_until=opened[-1].last) == []


@given(PACES, DAYS, st.integers(0, 4000))
def test_what_was_missed_is_made_up_for_but_never_hundreds_at_once(pace, begins, gap):
    known = to_open(pace, today=begins, begins=begins, known_until=None)[-1]
    today = begins + timedelta(days=gap)

    opened = to_open(pace, today=today, begins=begins, known_until=known.last)

    assert len(opened) <= MOST_AT_ONCE
    assert opened == sorted(opened)
    assert all(period.first > known.last for period in opened)
    assert (opened or [known])[-1] >= following(pace, period_of(pace, today))


@given(PACES, PACES, DAYS)
def test_after_a_change_of_rhythm_no_two_periods_overlap(before, after, today):
    known = period_of(before, today)

    opened = to_open(after, today=today, begins=today, known_until=known.last)

    assert all(period.first > known.last for period in opened)


@pytest.mark.parametrize(
    ("recurrence", "rhythm", "due", "pace"),
    [
        ("annual", "", "", Pace.ANNUAL),
        ("annual", "monthly", "", Pace.ANNUAL),
        ("continuous", "", "", None),
        ("continuous", "quarterly", "", Pace.QUARTERLY),
        ("", "", "2017-06", Pace.ONCE),
        ("", "monthly", "2017-06", Pace.ONCE),
        ("", "", "", Pace.ONCE),
        ("", "monthly", "", Pace.MONTHLY),
    ],
)
def test_the_rhythm_of_the_owner_counts_where_the_document_names_none(recurrence, rhythm, due, pace):
    assert pace_of(recurrence=recurrence, rhythm=rhythm, due=due) == pace
    assert takes_rhythm(recurrence=recurrence, due=due) == (recurrence in {"continuous", ""} and not due)


def test_what_is_done_once_has_no_period():
    with pytest.raises(ValueError):
        period_of(Pace.ONCE, date(2026, 1, 1))


def test_a_span_that_is_no_period_has_no_shape():
    assert shape_of(date(2026, 1, 2), date(2026, 12, 31)) is None

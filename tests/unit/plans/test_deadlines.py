"""A deadline keeps the precision that the document gives."""

from calendar import monthrange
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coso.kit.dates import last_day, typed, words
from coso.plans.rules import NEXT, State, is_overdue, may_move


@pytest.mark.parametrize(
    ("due", "day"),
    [
        ("2017-06", date(2017, 6, 30)),
        ("2027-Q2", date(2027, 6, 30)),
        ("2030", date(2030, 12, 31)),
        ("2025-12-15", date(2025, 12, 15)),
        ("2024-02", date(2024, 2, 29)),
    ],
)
def test_a_deadline_ends_with_the_last_day_it_names(due, day):
    assert last_day(due) == day


@pytest.mark.parametrize(
    ("due", "said"),
    [("2017-06", "6/2017"), ("2027-Q2", "quý II/2027"), ("2030", "2030"), ("2025-12-15", "15/12/2025"), ("", "")],
)
def test_a_deadline_reads_as_papers_write_it(due, said):
    assert words(due) == said


@pytest.mark.parametrize("due", ["2017-13", "6/2017", "2017-Q5", "soon", "2017-02-30", "2017-00"])
def test_what_is_no_deadline_is_refused(due):
    with pytest.raises(ValueError):
        last_day(due)


@given(st.dates(min_value=date(1990, 1, 1), max_value=date(2100, 1, 1)))
def test_a_coarser_deadline_never_ends_sooner(day):
    quarter = (day.month + 2) // 3

    ends = [
        last_day(day.isoformat()),
        last_day(f"{day:%Y-%m}"),
        last_day(f"{day.year}-Q{quarter}"),
        last_day(f"{day.year}"),
    ]

    assert ends == sorted(ends)
    assert ends[1] == date(day.year, day.month, monthrange(day.year, day.month)[1])


def test_a_task_is_late_only_when_not_done_and_past_its_last_day():
    day = date(2017, 6, 30)

    assert not is_overdue(state=State.OPEN, due_on=day, today=day)
    assert is_overdue(state=State.OPEN, due_on=day, today=date(2017, 7, 1))
    assert not is_overdue(state=State.DONE, due_on=day, today=date(2017, 7, 1))
    assert not is_overdue(state=State.OPEN, due_on=None, today=day)


def test_no_state_leads_to_itself_and_every_state_can_be_left():
    assert all(not may_move(state, state) and NEXT[state] for state in State)


@pytest.mark.parametrize("given", ["2017-06", "2027-Q2", "2030", "2025-12-15", ""])
def test_what_is_written_can_be_typed_back(given):
    assert typed(words(given)) == given


@pytest.mark.parametrize("text", ["32/1/2026", "tháng sáu", "13/2026", "1/2/3/4", "quý V/2026"])
def test_what_cannot_be_understood_is_refused(text):
    with pytest.raises(ValueError):
        typed(text)

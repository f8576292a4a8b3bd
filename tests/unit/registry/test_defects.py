"""Defects and rounds without a database: states, deadlines, levels, which checklist fits."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coso.kit.workdays import in_vietnam
from coso.registry.rules import defects, rounds
from coso.registry.rules.defects import Level, State
from coso.registry.rules.rounds import Fit


def test_a_settled_defect_is_taken_back_by_opening_it_again() -> None:
    assert {to for to in State if defects.may_move(State.MENDED, to)} == {State.OPEN, State.IN_REPAIR}
    assert {to for to in State if defects.may_move(State.OPEN, to)} == {State.IN_REPAIR, State.MENDED, State.DROPPED}


@given(st.sampled_from(State))
def test_no_state_leads_to_itself_and_every_state_leads_on(state: State) -> None:
    assert not defects.may_move(state, state)
    assert any(defects.may_move(state, to) for to in State)


@pytest.mark.parametrize(
    ("days", "level"),
    [
        (-3, Level.NOBODY),
        (0, Level.NOBODY),
        (1, Level.OFFICER),
        (7, Level.OFFICER),
        (8, Level.LEADER),
        (14, Level.LEADER),
        (15, Level.PROVINCE),
        (400, Level.PROVINCE),
    ],
)
def test_a_defect_climbs_with_the_days_it_is_overdue(days: int, level: Level) -> None:
    assert defects.level_due(days) == level


def test_a_mended_defect_is_never_overdue() -> None:
    due, today = date(2026, 11, 1), date(2026, 11, 24)

    assert defects.is_overdue(State.IN_REPAIR, due, today)
    assert not defects.is_overdue(State.MENDED, due, today)
    assert not defects.is_overdue(State.OPEN, today, today)


def test_thirty_working_days_leave_out_weekends_and_the_lunar_new_year() -> None:
    # 2026: Tết holidays 16–20 February fall on working days.
    assert in_vietnam(date(2026, 11, 24), 30) == date(2027, 1, 6)
    assert in_vietnam(date(2026, 2, 13), 1) == date(2026, 2, 23)


OLD = Fit("qd52", ["commune_station", "district_station"], date(2017, 2, 1), date(2024, 6, 30))
NEW = Fit("nd49", ["commune_station"], date(2024, 7, 1))
ALL = Fit("chung", [], date(2017, 3, 13))


@pytest.mark.parametrize(
    ("kind", "day", "code"),
    [
        ("commune_station", date(2024, 6, 30), "qd52"),
        ("commune_station", date(2024, 7, 1), "nd49"),
        ("district_station", date(2024, 7, 1), "chung"),
        ("library", date(2026, 1, 1), "chung"),
    ],
)
def test_the_checklist_of_the_day_made_for_the_kind_is_taken(kind: str, day: date, code: str) -> None:
    found = rounds.best_fit([ALL, OLD, NEW], kind, day)

    assert found is not None
    assert found.code == code


def test_before_any_checklist_there_is_none() -> None:
    assert rounds.best_fit([ALL, OLD, NEW], "library", date(2016, 1, 1)) is None


def test_an_opened_round_never_becomes_a_draft_again() -> None:
    assert not any(rounds.may_move(state, rounds.State.DRAFT) for state in rounds.State)
    assert rounds.may_move(rounds.State.CLOSED, rounds.State.OPEN)
    assert [state for state in rounds.State if rounds.takes_answers(state)] == [rounds.State.OPEN]

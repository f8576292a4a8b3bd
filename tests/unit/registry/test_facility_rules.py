"""What is true of kinds, codes, licences, the life of equipment, use and labels."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coso.registry.rules import codes, equipment, kinds, labels, licences, usage
from coso.registry.rules.equipment import Life
from coso.registry.rules.licences import Licence

TODAY = date(2026, 11, 24)
days = st.dates(date(2016, 1, 1), date(2035, 12, 31))


def test_every_kind_has_a_group_that_forms_know_and_every_group_a_kind():
    assert {kind.group for kind in kinds.KINDS.values()} == set(kinds.GROUPS)


def test_every_kind_but_the_other_one_names_its_document():
    assert [code for code, kind in kinds.KINDS.items() if not kind.source] == ["other"]


@pytest.mark.parametrize("code", ["TC1", "TC99", "AB", "nvh-01", "NVH 01", "-NVH"])
def test_such_codes_are_not_a_facilitys(code):
    assert not codes.is_facility_code(code)


@given(st.integers(1, 10**17))
def test_a_code_made_of_a_number_gives_the_number_back_and_is_nobodys_own(number):
    made = codes.code_on_label("", number)

    assert codes.number_on_label(made) == number
    assert not codes.is_facility_code(made)


@given(st.text(max_size=12))
def test_whatever_is_scanned_gives_a_number_or_none(text):
    assert codes.number_on_label(text) >= 0


# Licences


@pytest.mark.parametrize(
    ("mode", "number", "ends", "stands"),
    [
        ("ip", "", None, Licence.NONE_NEEDED),
        ("wired", "", None, Licence.NONE_NEEDED),
        ("fm", "", TODAY, Licence.MISSING),
        ("fm", "12/GP", None, Licence.MISSING),
        ("mixed", "12/GP", TODAY - timedelta(1), Licence.EXPIRED),
        ("fm", "12/GP", TODAY, Licence.ENDING),
        ("fm", "12/GP", TODAY + timedelta(60), Licence.ENDING),
        ("fm", "12/GP", TODAY + timedelta(61), Licence.IN_FORCE),
    ],
)
def test_a_station_stands_so_with_its_frequency(mode, number, ends, stands):
    assert licences.licence_of(mode=mode, number=number, expires_on=ends, today=TODAY) == stands


# The life of equipment

lives = st.sampled_from(list(Life))


@given(st.lists(lives, max_size=30))
def test_whoever_only_takes_allowed_steps_never_returns_to_received_and_never_leaves_written_off(wished):
    now, walked = Life.RECEIVED, [Life.RECEIVED]
    for to in wished:
        if equipment.may_step(now, to):
            now = to
            walked.append(to)

    assert walked.count(Life.RECEIVED) == 1
    assert walked.count(Life.WRITTEN_OFF) <= 1
    assert Life.WRITTEN_OFF not in walked[:-1]


@given(lives, lives)
def test_what_is_offered_is_what_may_be_done(current, to):
    assert (to in equipment.steps_from(current)) == equipment.may_step(current, to)
    assert not equipment.may_step(current, current)


@given(lives)
def test_only_what_exists_is_moved_and_each_such_piece_may_be_written_off_by_a_decision(current):
    exists = current != Life.WRITTEN_OFF

    assert equipment.may_move(current) == exists
    assert equipment.may_step(current, Life.WRITTEN_OFF) == exists
    assert equipment.needs_decision(Life.WRITTEN_OFF)


# Use


@given(days, st.integers(0, 40))
def test_months_before_are_whole_months_apart(day, many):
    month = usage.month_of(day)
    before = usage.month_before(month, many)

    assert (month.year - before.year) * 12 + month.month - before.month == many
    assert before.day == 1


@given(days)
def test_the_months_that_are_over_end_before_this_one(today):
    months = usage.closed_months(today)

    assert len(months) == usage.UNUSED_MONTHS
    assert months[-1] == usage.month_before(usage.month_of(today))
    assert usage.shown_months(today)[-1] == usage.month_of(today)
    assert len(usage.shown_months(today)) == 12


@pytest.mark.parametrize(
    ("used", "opened", "unused"),
    [
        ([], None, True),
        ([date(2026, 7, 1)], None, True),
        ([date(2026, 8, 1)], None, False),
        ([date(2026, 10, 1)], None, False),
        ([date(2026, 11, 1)], None, False),
        ([], date(2026, 8, 1), True),
        ([], date(2026, 8, 2), False),
        ([], date(2019, 9, 2), True),
    ],
)
def test_an_institution_is_unused_when_three_closed_months_went_by(used, opened, unused):
    assert usage.is_unused(used=used, opened_on=opened, today=TODAY) is unused


@pytest.mark.parametrize(
    ("registered", "unused"),
    [(None, True), (date(2026, 10, 1), True), (date(2026, 10, 2), False), (TODAY, False), (date(2020, 1, 1), True)],
)
def test_what_was_entered_lately_is_not_called_unused_before_a_whole_month_is_over(registered, unused):
    assert usage.is_unused(used=[], opened_on=None, today=TODAY, registered_on=registered) is unused
    assert not usage.is_unused(used=[date(2026, 10, 1)], opened_on=None, today=TODAY, registered_on=registered)


@given(st.lists(days.map(usage.month_of), max_size=20), days)
def test_one_more_month_of_use_never_makes_an_institution_unused(used, today):
    if not usage.is_unused(used=used, opened_on=None, today=today):
        assert not usage.is_unused(used=[*used, date(2020, 1, 1)], opened_on=None, today=today)
    assert not usage.is_unused(used=[*used, usage.month_of(today)], opened_on=None, today=today)


@pytest.mark.parametrize(
    ("month", "told"),
    [
        (date(2026, 11, 1), True),
        (date(2026, 12, 1), False),
        (date(2021, 11, 1), True),
        (date(2021, 10, 1), False),
        (date(2026, 10, 2), False),
    ],
)
def test_counts_are_told_of_months_that_have_begun(month, told):
    assert usage.may_be_told(month, TODAY) is told


# Labels


@given(st.integers(0, 200), st.integers(0, 60))
def test_every_label_stands_on_a_sheet_once_and_in_order(many, skip):
    sheets = labels.sheets(list(range(many)), skip)

    assert [one for sheet in sheets for one in sheet if one is not None] == list(range(many))
    assert all(len(sheet) <= labels.ON_A_SHEET for sheet in sheets)
    assert all(len(sheet) == labels.ON_A_SHEET for sheet in sheets[:-1])

"""Lists of units become units with a first and a last day."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coso.places.rules.spans import Snapshot, Span, Unit, is_valid, spans

DAYS = [date(2017, 1, 1), date(2020, 1, 1), date(2025, 1, 1), date(2025, 7, 1)]
ROOT = Unit("42", "Tỉnh", "province", None)


@st.composite
def snapshots(draw: st.DrawFn) -> list[Snapshot]:
    made = []
    for day in DAYS[: draw(st.integers(1, 4))]:
        districts = [Unit(c, f"Huyện {c}", "district", "42") for c in draw(st.sets(st.sampled_from("AB"), min_size=1))]
        codes = draw(st.sets(st.sampled_from("abcde")))
        communes = [
            Unit(c, draw(st.sampled_from(["Xã Đông", "Xã Tây"])), "commune", draw(st.sampled_from(districts)).code)
            for c in sorted(codes)
        ]
        made.append(Snapshot(day, [ROOT, *districts, *communes], verified=draw(st.booleans())))
    return made


def _as_units(found: list[Span], day: date) -> set[Unit]:
    return {
        Unit(s.code, s.name, s.level, s.parent.code if s.parent else None)
        for s in found
        if is_valid(s.begins, s.ends, day)
    }


@given(snapshots(), st.integers(0, 200))
def test_on_any_day_exactly_the_units_of_the_list_in_force_are_valid(lists: list[Snapshot], later: int) -> None:
    found = spans(lists)

    for index, snapshot in enumerate(lists):
        last = lists[index + 1].begins - timedelta(days=1) if index + 1 < len(lists) else date.max
        day = min(snapshot.begins + timedelta(days=later), last)
        assert _as_units(found, day) == set(snapshot.units)
    assert _as_units(found, lists[0].begins - timedelta(days=1)) == set()


@given(snapshots())
def test_spans_of_one_code_never_overlap_and_a_parent_lasts_as_long_as_its_children(lists: list[Snapshot]) -> None:
    found = spans(lists)

    for one in found:
        end = one.ends or date.max
        assert one.begins <= end
        if one.parent:
            assert one.parent.begins <= one.begins
            assert (one.parent.ends or date.max) >= end
        for other in found:
            if other is not one and other.code == one.code:
                assert end < other.begins or (other.ends or date.max) < one.begins


def test_a_unit_that_stays_the_same_is_one_span_and_a_renamed_one_is_two() -> None:
    lists = [
        Snapshot(DAYS[0], [ROOT, Unit("a", "Xã Đông", "commune", "42"), Unit("b", "Xã Tây", "commune", "42")]),
        Snapshot(DAYS[1], [ROOT, Unit("a", "Xã Đông", "commune", "42"), Unit("b", "Phường Tây", "commune", "42")]),
    ]

    found = [(s.code, s.name, s.begins, s.ends) for s in spans(lists)]

    assert found == [
        ("42", "Tỉnh", DAYS[0], None),
        ("a", "Xã Đông", DAYS[0], None),
        ("b", "Xã Tây", DAYS[0], date(2019, 12, 31)),
        ("b", "Phường Tây", DAYS[1], None),
    ]


def test_a_day_that_is_only_taken_marks_both_the_unit_it_ends_and_the_one_it_begins() -> None:
    lists = [
        Snapshot(DAYS[0], [ROOT, Unit("a", "Xã Đông", "commune", "42"), Unit("b", "Xã Tây", "commune", "42")]),
        Snapshot(DAYS[1], [ROOT, Unit("a", "Xã Bắc", "commune", "42"), Unit("b", "Xã Tây", "commune", "42")], False),
    ]

    found = {(s.code, s.name): s.verified for s in spans(lists)}

    assert found == {("42", "Tỉnh"): True, ("a", "Xã Đông"): False, ("a", "Xã Bắc"): False, ("b", "Xã Tây"): True}


@pytest.mark.parametrize(
    "lists",
    [
        [Snapshot(DAYS[1], [ROOT]), Snapshot(DAYS[0], [ROOT])],
        [Snapshot(DAYS[0], [ROOT, ROOT])],
        [Snapshot(DAYS[0], [Unit("a", "Xã Đông", "commune", "42"), ROOT])],
    ],
    ids=["out of order", "a code twice", "a child before its parent"],
)
def test_a_list_that_contradicts_itself_is_refused(lists: list[Snapshot]) -> None:
    with pytest.raises(ValueError, match=r"list"):
        spans(lists)

"""Counts over a change and back: nobody is lost, and what is an estimate is said to be one."""

from hypothesis import given
from hypothesis import strategies as st

from coso.places.rules.changes.counts import Way, carried, given_back, total

MERGER = [Way(1, 9), Way(2, 9)]
DIVISION = [Way(1, 8, False, 0.7), Way(1, 9, False, 0.3)]
PART = [Way(1, 8, False, 0.7), Way(1, 9, False, 0.3), Way(2, 9)]
SHAPES = st.sampled_from([[Way(1, 9)], MERGER, DIVISION, PART])


def test_counts_come_together_and_apart() -> None:
    assert carried(MERGER, {1: 100, 2: 200}) == {9: {1: 100, 2: 200}}
    assert carried(DIVISION, {1: 101}) == {8: {1: 71}, 9: {1: 30}}
    assert carried(PART, {1: 100, 2: 50}) == {8: {1: 70}, 9: {1: 30, 2: 50}}
    assert total({1: 30, 2: None}) is None


def test_what_was_told_of_a_merged_unit_goes_back_in_the_proportion_in_which_it_came_as_an_estimate() -> None:
    back = given_back(MERGER, {1: 100, 2: 200}, {9: 330})

    assert (back.counts, back.estimated) == ({1: 110, 2: 220}, {1, 2})
    assert back.told == back.inexact == {9}


def test_where_no_proportion_is_known_the_old_units_keep_their_own_and_the_count_is_kept_apart() -> None:
    back = given_back(MERGER, {1: 100, 2: None}, {9: 330})

    assert (back.counts, back.estimated) == ({}, set())
    assert back.inexact == {9}


def test_a_divided_unit_gets_the_sum_of_its_parts() -> None:
    counted = given_back(DIVISION, {1: 1000}, {8: 720, 9: 310})
    half_counted = given_back(DIVISION, {1: 1000}, {8: 720, 9: 300})

    assert (counted.counts, counted.estimated) == ({1: 1030}, set())
    assert (half_counted.counts, half_counted.estimated) == ({1: 1020}, {1})
    assert half_counted.inexact == {8}


def test_what_was_told_of_one_unit_that_went_on_alone_comes_back_as_it_was_told() -> None:
    back = given_back([Way(1, 9)], {1: None}, {9: 330})

    assert (back.counts, back.estimated, back.inexact) == ({1: 330}, set(), set())
    assert back.told == {9}


def test_an_undone_part_gives_the_rest_back_exactly_and_the_receiver_by_proportion() -> None:
    back = given_back(PART, {1: 1000, 2: 700}, {8: 700, 9: 1100})

    assert back.counts == {1: 1030, 2: 770}
    assert back.estimated == {1, 2}


@given(SHAPES, st.integers(0, 9999), st.integers(0, 9999))
def test_without_anything_told_nothing_changes(ways: list[Way], first: int, second: int) -> None:
    old: dict[int, int | None] = {1: first, 2: second}
    new = {unit: total(parts) for unit, parts in carried(ways, old).items()}

    back = given_back(ways, old, new)

    assert (back.counts, back.told, back.inexact) == ({}, set(), set())
    assert sum(count or 0 for count in new.values()) == sum(old[unit] or 0 for unit in {way.old for way in ways})


@given(SHAPES, st.integers(1, 9999), st.integers(1, 9999), st.data())
def test_everybody_told_meanwhile_is_given_back(ways: list[Way], first: int, second: int, data: st.DataObject) -> None:
    old: dict[int, int | None] = {1: first, 2: second}
    new = {unit: data.draw(st.integers(0, 20_000)) for unit in {way.new for way in ways}}

    back = given_back(ways, old, new)

    after = [back.counts.get(unit, old[unit]) for unit in {way.old for way in ways}]
    assert sum(count or 0 for count in after) == sum(new.values())
    assert back.estimated <= set(back.counts)
    assert back.inexact <= back.told

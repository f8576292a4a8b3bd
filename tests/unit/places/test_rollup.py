"""A figure followed through mergers and divisions keeps its sum, and says where it is not sure."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coso.places.rules.rollup import Link, follow, up

A, B, C, D, E = 1, 2, 3, 4, 5


def test_what_stands_keeps_its_figure():
    found = follow({A: 7}, [Link(A, B)], standing={A})

    assert (found.by_unit, found.untraced, found.doubtful) == ({A: 7}, {}, {})


def test_two_units_that_merged_are_counted_together():
    assert follow({A: 7, B: 5}, [Link(A, C), Link(B, C)], standing={C}).by_unit == {C: 12}


def test_a_unit_that_was_renamed_twice_is_followed_to_its_last_name():
    assert follow({A: 7}, [Link(A, B), Link(B, C)], standing={C}).by_unit == {C: 7}


def test_a_unit_divided_by_known_shares_is_divided_in_whole_numbers():
    links = [Link(A, B, whole=False, share=2 / 3), Link(A, C, whole=False, default=False, share=1 / 3)]

    found = follow({A: 10}, links, standing={B, C})

    assert (found.by_unit, found.doubtful) == ({B: 7, C: 3}, {})


def test_a_unit_divided_by_unknown_shares_goes_to_the_default_part_and_says_so():
    links = [Link(A, B, whole=False, default=False), Link(A, C, whole=False, default=True)]

    found = follow({A: 10, D: 4}, [*links, Link(D, C)], standing={B, C})

    assert (found.by_unit, found.doubtful) == ({C: 14}, {C: 10})


def test_a_doubt_goes_on_with_the_figure():
    links = [Link(A, B, whole=False, default=False), Link(A, C, whole=False), Link(C, D), Link(E, D)]

    found = follow({A: 10, E: 1}, links, standing={B, D})

    assert (found.by_unit, found.doubtful) == ({D: 11}, {D: 10})


def test_a_unit_of_which_nobody_knows_what_followed_keeps_its_figure_in_a_row_of_its_own():
    found = follow({A: 7, B: 5}, [Link(B, C)], standing={C})

    assert (found.by_unit, found.untraced, found.total) == ({C: 5}, {A: 7}, 12)


def test_a_unit_of_which_only_a_part_was_traced_keeps_the_rest():
    found = follow({A: 10}, [Link(A, B, whole=False, share=0.6)], standing={B})

    assert (found.by_unit, found.untraced) == ({B: 6}, {A: 4})


def test_a_divided_unit_without_a_default_is_untraced():
    links = [Link(A, B, whole=False, default=False), Link(A, C, whole=False, default=False)]

    assert follow({A: 3}, links, standing={B, C}).untraced == {A: 3}


def test_a_circle_loses_nothing_and_ends():
    found = follow({A: 3, B: 4, C: 5}, [Link(A, B), Link(B, A), Link(C, A)], standing={D})

    assert (found.by_unit, found.total) == ({}, 12)


def test_fractions_are_divided_as_they_are():
    links = [Link(A, B, whole=False, share=0.25), Link(A, C, whole=False, share=0.75)]

    assert follow({A: 1.0}, links, standing={B, C}).by_unit == {B: 0.25, C: 0.75}


def test_villages_sum_up_to_communes_and_communes_to_the_province():
    assert up({A: 1, B: 2, C: 4}, {A: D, B: D, C: E}) == {D: 3, E: 4}
    assert up({D: 3, E: 4}, {D: None, E: None}) == {None: 7}


@st.composite
def histories(draw):
    """Make generations of units, each unit of one going whole, by shares, by default or nowhere into the next."""
    sizes = draw(st.lists(st.integers(1, 6), min_size=2, max_size=4))
    generations, first = [], 1
    for size in sizes:
        generations.append(list(range(first, first + size)))
        first += size
    links = []
    for old, new in pairwise(generations):
        for unit in old:
            heirs = draw(st.lists(st.sampled_from(new), unique=True, max_size=3))
            kind = draw(st.sampled_from(["shares", "unknown", "part"]))
            weights = [draw(st.integers(1, 9)) for _heir in heirs]
            for place, heir in enumerate(heirs):
                share = None if kind == "unknown" else weights[place] / (sum(weights) + (3 if kind == "part" else 0))
                alone = len(heirs) == 1 and kind == "unknown"
                links.append(Link(unit, heir, whole=alone, default=place == 0, share=None if alone else share))
    units = [unit for generation in generations for unit in generation]
    figures = draw(st.dictionaries(st.sampled_from(units), st.integers(0, 10_000)))
    return generations, draw(st.permutations(links)), figures


@given(histories())
def test_no_figure_is_lost_or_made_up_on_the_way(history):
    generations, links, figures = history

    found = follow(figures, links, standing=set(generations[-1]))

    assert found.total == sum(figures.values())
    assert all(isinstance(part, int) and part >= 0 for part in [*found.by_unit.values(), *found.untraced.values()])
    assert all(0 < part <= found.by_unit[unit] for unit, part in found.doubtful.items())


@given(histories())
def test_followed_in_two_steps_is_followed_at_once(history):
    generations, links, figures = history
    figures = {unit: figure for unit, figure in figures.items() if unit in generations[0]}

    once = follow(figures, links, standing=set(generations[-1]))
    for middle in generations[1:-1]:
        half = follow(figures, links, standing=set(middle))
        twice = follow(half.by_unit, links, standing=set(generations[-1]))
        assert twice.by_unit == once.by_unit
        lost = [*half.untraced.items(), *twice.untraced.items()]
        assert sorted(lost) == sorted(once.untraced.items())


@given(histories(), st.randoms())
def test_the_order_of_the_links_does_not_matter(history, chance):
    generations, links, figures = history
    standing = set(generations[-1])

    shuffled = list(links)
    chance.shuffle(shuffled)

    assert follow(figures, shuffled, standing) == follow(figures, links, standing)


@given(histories())
def test_a_level_that_is_abolished_keeps_its_sum_above(history):
    generations, links, figures = history
    found = follow(figures, links, standing=set(generations[-1]))

    assert sum(up(found.by_unit, {}).values()) + sum(found.untraced.values()) == pytest.approx(sum(figures.values()))

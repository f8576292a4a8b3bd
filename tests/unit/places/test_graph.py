"""What became of what: no way is lost, none is walked for ever, and nobody disappears in a merger."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coso.places.rules import graph
from coso.places.rules.graph import Life
from coso.places.rules.spans import is_valid

ONE_DAY = timedelta(days=1)
DAYS = [date(2017, 1, 1), date(2020, 1, 1), date(2025, 1, 1), date(2025, 7, 1)]


@st.composite
def histories(draw: st.DrawFn) -> tuple[dict[int, Life], dict[int, list[int]]]:
    """Make units that begin on four days; each goes on, is merged or is divided on the next one."""
    lives: dict[int, Life] = {}
    links: dict[int, list[int]] = {}
    now: list[int] = []
    for turn, day in enumerate(DAYS):
        fresh = [100 * turn + n for n in range(draw(st.integers(1, 4)))]
        staying = []
        for unit in now:
            if draw(st.booleans()):
                staying.append(unit)
                continue
            lives[unit] = Life(lives[unit].begins, day - ONE_DAY)
            links[unit] = draw(st.lists(st.sampled_from(fresh), max_size=3, unique=True))
        lives |= {unit: Life(day, None) for unit in fresh}
        now = staying + fresh
    return lives, links


@given(histories(), st.sampled_from(DAYS), st.sampled_from(DAYS))
def test_the_successor_of_the_successor_is_the_direct_successor(made, one: date, other: date) -> None:  # type: ignore[no-untyped-def]
    lives, links = made
    first, later = sorted([one, other])

    halfway, direct = graph.heirs_on(first, lives, links), graph.heirs_on(later, lives, links)

    for unit, life in lives.items():
        if life.begins <= first:
            assert direct[unit] == set().union(*(direct[heir] for heir in halfway[unit]))


@given(histories(), st.sampled_from(DAYS))
def test_heirs_are_units_of_the_day_and_a_unit_that_lasts_is_its_own(made, day: date) -> None:  # type: ignore[no-untyped-def]
    lives, links = made

    for unit, heirs in graph.heirs_on(day, lives, links).items():
        assert all(is_valid(lives[heir].begins, lives[heir].ends, day) for heir in heirs)
        if is_valid(lives[unit].begins, lives[unit].ends, day):
            assert heirs == {unit}


@given(st.dictionaries(st.integers(0, 6), st.lists(st.integers(0, 6), max_size=4), max_size=7))
def test_circles_are_never_walked_for_ever(links: dict[int, list[int]]) -> None:
    ended = {unit: Life(date(2017, 1, 1), date(2019, 12, 31)) for unit in range(7)}

    heirs = graph.heirs_on(date(2026, 1, 1), ended, links)

    assert heirs == {unit: set() for unit in range(7)}


@given(st.lists(st.tuples(st.integers(0, 6), st.integers(0, 6)), max_size=20))
def test_links_of_which_none_made_a_circle_make_none_together(asked: list[tuple[int, int]]) -> None:
    links: dict[int, list[int]] = {}

    for old, new in asked:
        if graph.makes_circle(links, old, new):
            assert graph.circles({**links, old: [*links.get(old, []), new]})
        else:
            links.setdefault(old, []).append(new)

    assert graph.circles(links) == set()


@pytest.mark.parametrize(
    ("spells", "twice"),
    [
        ([("a", date(2017, 1, 1), date(2019, 12, 31)), ("a", date(2020, 1, 1), None)], set()),
        ([("a", date(2017, 1, 1), date(2020, 1, 1)), ("a", date(2020, 1, 1), None)], {"a"}),
        ([("a", date(2017, 1, 1), None), ("b", date(2017, 1, 1), None)], set()),
        (
            [("a", date(2017, 1, 1), None), ("a", date(2018, 1, 1), date(2018, 1, 2)), ("a", date(2019, 1, 1), None)],
            {"a"},
        ),
    ],
    ids=["one after another", "one day together", "two codes", "inside a longer one"],
)
def test_a_code_borne_twice_on_one_day_is_told(spells, twice: set[str]) -> None:  # type: ignore[no-untyped-def]
    assert graph.twice_on_one_day(spells) == twice


@given(st.integers(0, 100_000), st.lists(st.integers(1, 1000), min_size=1, max_size=8))
def test_nobody_is_lost_or_won_when_a_count_is_divided(total: int, weights: list[int]) -> None:
    shares = [weight / sum(weights) for weight in weights]

    parts = graph.divided(total, shares)

    assert sum(parts) == total
    assert all(abs(part - total * share) <= 1.000001 for part, share in zip(parts, shares, strict=True))


def test_an_abolished_level_leaves_its_heirs_to_what_lay_under_it() -> None:
    last, first = date(2025, 6, 30), date(2025, 7, 1)
    lives = {
        1: Life(date(2017, 1, 1), None),
        2: Life(date(2017, 1, 1), last, parent=1),
        3: Life(date(2017, 1, 1), last, parent=2),
        4: Life(date(2017, 1, 1), date(2019, 12, 31), parent=2),
        5: Life(first, None, parent=1),
    }

    heirs = graph.heirs_on(date(2026, 1, 1), lives, {3: [5], 4: [3]})

    assert heirs == {1: {1}, 2: {5}, 3: {5}, 4: {5}, 5: {5}}

"""Where a cluster would help: distances, circles, and a greedy choice that never does harm."""

import itertools
import math
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coso.registry.rules.spots import Listener, Spot, best_spots, distance_m, within

LATITUDES = st.floats(17.9, 18.8)
LONGITUDES = st.floats(105.1, 106.5)
SPOTS = st.builds(Spot, LATITUDES, LONGITUDES)
RANGES = st.sampled_from([50.0, 300.0, 500.0, 2000.0, 5000.0])


@st.composite
def villages(draw, most=25):
    # Close together, so that circles overlap.
    count = draw(st.integers(0, most))
    north, east = st.floats(18.40, 18.46), st.floats(105.20, 105.26)
    people = st.none() | st.integers(0, 1500)
    return [Listener(n, draw(north), draw(east), draw(people), draw(st.booleans()), f"{n:03}") for n in range(count)]


def gained_by(chosen, found, range_m):
    """Count the people who gain from clusters at these villages, one by one over the whole list."""
    spots = [village for village in found if village.key in chosen]
    return sum(
        village.people or 0
        for village in found
        if not village.has_cluster and any(distance_m(spot, village) <= range_m for spot in spots)
    )


def test_the_way_from_ha_tinh_to_ha_noi_is_about_right():
    assert distance_m(Spot(18.343, 105.906), Spot(21.028, 105.854)) == pytest.approx(298_600, rel=0.005)


def test_a_minute_of_latitude_is_a_sea_mile():
    assert distance_m(Spot(18.0, 105.0), Spot(18.0 + 1 / 60, 105.0)) == pytest.approx(1852, rel=0.002)


@given(SPOTS, SPOTS, SPOTS)
def test_distances_are_those_of_a_plane_of_ways(one, other, third):
    assert distance_m(one, one) == 0
    assert distance_m(one, other) == pytest.approx(distance_m(other, one))
    assert distance_m(one, other) <= distance_m(one, third) + distance_m(third, other) + 1e-3


@given(SPOTS, RANGES, villages())
def test_a_circle_holds_exactly_what_is_near_enough_and_the_nearest_comes_first(spot, range_m, found):
    inside = within(spot, range_m, found)

    ways = [way for _village, way in inside]
    assert ways == sorted(ways)
    assert {village.key for village, _way in inside} == {v.key for v in found if distance_m(spot, v) <= range_m}


@given(SPOTS, villages())
def test_a_wider_circle_loses_nobody(spot, found):
    near = {village.key for village, _way in within(spot, 500, found)}
    far = {village.key for village, _way in within(spot, 1500, found)}

    assert near <= far


@given(villages(), RANGES, st.integers(0, 6))
def test_suggestions_help_only_who_has_nothing_each_once_and_each_less_than_the_one_before(found, range_m, most):
    suggested = best_spots(found, range_m, most)

    gained = [key for one in suggested for key in one.gained]
    without = {village.key for village in found if not village.has_cluster}
    assert len(suggested) <= most
    assert len(gained) == len(set(gained))
    assert set(gained) <= without
    assert all(one.gained and one.people >= 0 for one in suggested)
    assert [one.people for one in suggested] == sorted((one.people for one in suggested), reverse=True)
    # Squares of the map leave nobody out: counting everybody with everybody gives the same.
    assert sum(one.people for one in suggested) == gained_by({one.key for one in suggested}, found, range_m)


@given(villages(), RANGES)
def test_the_first_suggestion_is_the_best_single_spot(found, range_m):
    suggested = best_spots(found, range_m, 1)

    best = max((gained_by({v.key}, found, range_m) for v in found if not v.has_cluster), default=0)
    assert (suggested[0].people if suggested else 0) == best


@given(villages(most=9), st.integers(1, 3))
def test_together_they_reach_at_least_63_per_cent_of_the_best_choice(found, most):
    without = [v.key for v in found if not v.has_cluster]
    best = max(
        (gained_by(set(some), found, 1500.0) for some in itertools.combinations(without, min(most, len(without)))),
        default=0,
    )

    reached = sum(one.people for one in best_spots(found, 1500.0, most))

    assert (1 - 1 / math.e) * best - 1e-9 <= reached <= best


@given(villages(), RANGES, st.integers(0, 5))
def test_more_spots_never_reach_fewer_people(found, range_m, most):
    fewer = best_spots(found, range_m, most)
    more = best_spots(found, range_m, most + 1)

    assert more[: len(fewer)] == fewer


def test_a_village_whose_population_nobody_knows_is_helped_last_but_not_forgotten():
    found = [
        Listener(1, 18.40, 105.2, None, has_cluster=False),
        Listener(2, 18.45, 105.2, 10, has_cluster=False),
        Listener(3, 18.50, 105.2, 999, has_cluster=True),
    ]

    assert [(one.key, one.people) for one in best_spots(found, 500, 5)] == [(2, 10), (1, 0)]


def test_three_thousand_villages_are_weighed_within_two_seconds():
    found = [
        Listener(n, 18.0 + (n % 60) * 0.012, 105.2 + (n // 60) * 0.02, 100 + n % 900, has_cluster=n % 5 == 0)
        for n in range(3000)
    ]
    begun = time.perf_counter()

    suggested = best_spots(found, 5000, 10)

    assert len(suggested) == 10
    assert time.perf_counter() - begun < 2

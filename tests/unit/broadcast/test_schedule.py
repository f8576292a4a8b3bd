"""What a cluster plays is decided by rank, then by who began first; nothing plays twice at once."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coso.broadcast.rules.schedule import (
    FURTHEST,
    Planned,
    Problem,
    Stretch,
    before,
    once,
    paint,
    problem_of,
    slot_end,
)
from coso_wire import Rank

START = datetime(2026, 11, 24, 5, 0, tzinfo=UTC)


def at(minute: int) -> datetime:
    return START + timedelta(minutes=minute)


def slot(name: str, first: int, last: int, rank: Rank = Rank.NORMAL, bulletin: str = "") -> Planned:
    return Planned(name, bulletin or f"b{name}", rank, at(first), at(last))


def plays(*slots: Planned) -> list[tuple[str, int, int]]:
    found = paint(slots)
    minute = timedelta(minutes=1)
    return [(s.slot_id, (s.starts_at - START) // minute, (s.ends_at - START) // minute) for s in found]


def test_slots_apart_play_in_order_of_time():
    assert plays(slot("b", 10, 20), slot("a", 0, 5)) == [("a", 0, 5), ("b", 10, 20)]


def test_a_higher_rank_cuts_a_lower_one_which_goes_on_afterwards():
    assert plays(slot("a", 0, 30), slot("p", 10, 20, Rank.PRIORITY)) == [("a", 0, 10), ("p", 10, 20), ("a", 20, 30)]


def test_of_equal_ranks_the_one_that_began_first_goes_on():
    assert plays(slot("z", 0, 20), slot("a", 10, 30)) == [("z", 0, 20), ("a", 20, 30)]


def test_an_emergency_goes_before_a_priority():
    assert plays(slot("p", 0, 10, Rank.PRIORITY), slot("e", 5, 8, Rank.EMERGENCY)) == [
        ("p", 0, 5),
        ("e", 5, 8),
        ("p", 8, 10),
    ]


def test_nothing_plays_where_nothing_is_scheduled():
    assert plays() == []


slots = st.lists(
    st.builds(
        lambda i, first, length, rank, bulletin: slot(f"s{i:03d}", first, first + length, rank, f"b{bulletin}"),
        st.integers(0, 999),
        st.integers(0, 60),
        st.integers(1, 40),
        st.sampled_from(Rank),
        st.integers(0, 5),
    ),
    max_size=12,
    unique_by=lambda one: one.slot_id,
)


@given(slots)
def test_at_each_minute_the_slot_that_goes_first_has_the_air(planned):
    stretches = paint(planned)

    for minute in range(101):
        moment = at(minute) + timedelta(seconds=30)
        wanting = [one for one in planned if one.starts_at <= moment < one.ends_at]
        playing = [one.slot_id for one in stretches if one.starts_at <= moment < one.ends_at]
        assert playing == ([min(wanting, key=before).slot_id] if wanting else [])


@given(slots)
def test_stretches_are_in_order_apart_and_as_long_as_they_can_be(planned):
    stretches = paint(planned)

    for one, following in pairwise(stretches):
        assert one.ends_at <= following.starts_at
        assert not (one.ends_at == following.starts_at and one.slot_id == following.slot_id)
    assert all(isinstance(one, Stretch) and one.starts_at < one.ends_at for one in stretches)


def test_a_bulletin_that_two_levels_scheduled_at_once_plays_once():
    province, commune = slot("p", 0, 10, bulletin="b"), slot("c", 5, 15, bulletin="b")

    assert once([commune, province]) == [province]


def test_a_bulletin_may_play_again_once_it_is_over():
    first, again = slot("a", 0, 10, bulletin="b"), slot("b", 10, 20, bulletin="b")

    assert once([again, first]) == [first, again]


@given(slots)
def test_no_bulletin_is_on_the_air_twice_at_once_and_none_is_lost(planned):
    kept = once(planned)

    assert {one.bulletin_id for one in kept} == {one.bulletin_id for one in planned}
    for i, one in enumerate(kept):
        for other in kept[i + 1 :]:
            if one.bulletin_id == other.bulletin_id:
                assert one.ends_at <= other.starts_at or other.ends_at <= one.starts_at


@pytest.mark.parametrize(("duration_ms", "seconds"), [(1, 1), (999, 1), (1000, 1), (1001, 2), (61_000, 61)])
def test_a_slot_ends_when_its_sound_does(duration_ms, seconds):
    assert slot_end(START, duration_ms) == START + timedelta(seconds=seconds)


@pytest.mark.parametrize(
    ("starts_at", "expires_at", "problem"),
    [
        (START, None, None),
        (START - timedelta(seconds=1), None, Problem.IN_THE_PAST),
        (START + FURTHEST, None, None),
        (START + FURTHEST + timedelta(seconds=1), None, Problem.TOO_FAR),
        (at(10), at(10), Problem.AFTER_EXPIRY),
        (at(10), at(11), None),
    ],
)
def test_when_a_slot_can_be_made(starts_at, expires_at, problem):
    ends_at = starts_at + timedelta(seconds=1)

    assert problem_of(starts_at=starts_at, ends_at=ends_at, now=START, expires_at=expires_at) == problem

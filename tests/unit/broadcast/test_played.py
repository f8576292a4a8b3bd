"""Played means nine tenths of the seconds, by one cluster alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coso.broadcast.rules.played import is_played, least_ms

durations = st.integers(1, 4 * 3600 * 1000)


@pytest.mark.parametrize(
    ("played_ms", "duration_ms", "counts"),
    [(9_000, 10_000, True), (8_999, 10_000, False), (10_000, 10_000, True), (0, 0, False), (5, 0, False), (1, 1, True)],
)
def test_nine_tenths_count(played_ms, duration_ms, counts):
    assert is_played(played_ms, duration_ms) is counts


@given(st.integers(0, 10**9), durations)
def test_the_least_is_where_playing_begins_to_count(played_ms, duration_ms):
    assert (
        is_played(played_ms, duration_ms) == (played_ms >= least_ms(duration_ms)) == (played_ms * 10 >= duration_ms * 9)
    )

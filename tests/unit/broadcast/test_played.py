"""Played means nine tenths of the seconds, by one cluster alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coso.broadcast.rules.played import least_ms


@pytest.mark.parametrize(("duration_ms", "least"), [(10_000, 9_000), (10_001, 9_001), (1, 1), (20_000, 18_000)])
def test_nine_tenths_count(duration_ms, least):
    assert least_ms(duration_ms) == least


@given(st.integers(0, 10**9), st.integers(1, 4 * 3600 * 1000))
def test_the_least_is_where_playing_begins_to_count(played_ms, duration_ms):
    assert (played_ms >= least_ms(duration_ms)) == (played_ms * 10 >= duration_ms * 9)

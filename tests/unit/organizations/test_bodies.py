"""Who followed whom: every chain ends, none leads back into itself, and codes are what they should be."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coso.organizations import rules

DAY = date(2026, 6, 1)


@st.composite
def histories(draw: st.DrawFn) -> tuple[dict[int, int], dict[int, date]]:
    """Make up to twelve bodies; some ended, and are followed by any other, or by themselves, or by nobody."""
    count = draw(st.integers(1, 12))
    ids = list(range(count))
    ended = draw(st.dictionaries(st.sampled_from(ids), st.dates(date(2017, 1, 1), date(2030, 1, 1))))
    followed = draw(st.dictionaries(st.sampled_from(ids), st.sampled_from(ids)))
    return followed, ended


@given(histories(), st.dates(date(2017, 1, 1), date(2030, 1, 1)))
def test_an_heir_lasts_on_the_day_or_there_is_none(history, day):
    followed, ended = history

    for start in range(12):
        heir = rules.heir(start, followed, ended, day)
        assert heir is None or ended.get(heir, day) >= day


@given(histories(), st.dates(date(2017, 1, 1), date(2030, 1, 1)))
def test_the_heir_of_the_successor_is_the_heir(history, day):
    followed, ended = history

    for start, successor in followed.items():
        if start in ended and ended[start] < day and not rules.would_circle([start], successor, followed):
            assert rules.heir(start, followed, ended, day) == rules.heir(successor, followed, ended, day)


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), max_size=30))
def test_what_refuses_circles_lets_no_chain_lead_back(wishes):
    followed: dict[int, int] = {}

    for old, new in wishes:
        if old not in followed and not rules.would_circle([old], new, followed):
            followed[old] = new

    for start in followed:
        seen = {start}
        here = followed[start]
        while here in followed:
            assert here not in seen
            seen.add(here)
            here = followed[here]


def test_a_body_that_lasts_is_its_own_heir():
    assert rules.heir(1, {1: 2}, {}, DAY) == 1
    assert rules.heir(1, {1: 2}, {1: DAY}, DAY) == 1
    assert rules.heir(1, {1: 2}, {1: DAY - timedelta(days=1)}, DAY) == 2


def test_a_chain_that_leads_back_ends_with_nobody():
    long_ago = DAY - timedelta(days=400)

    assert rules.heir(1, {1: 2, 2: 1}, {1: long_ago, 2: long_ago}, DAY) is None


@pytest.mark.parametrize(
    ("one", "other", "shared"),
    [
        ((None, None), (None, None), True),
        ((None, date(2025, 2, 28)), (date(2025, 3, 1), None), False),
        ((None, date(2025, 3, 1)), (date(2025, 3, 1), None), True),
        ((date(2026, 1, 1), None), (None, date(2025, 12, 31)), False),
    ],
)
def test_spans_share_a_day_or_not(one, other, shared):
    assert rules.overlap(one, other) is shared
    assert rules.overlap(other, one) is shared


@given(st.text())
def test_a_code_made_from_a_name_is_a_code_or_too_little(name):
    code = rules.code_from(name)

    assert len(code) <= 40
    assert rules.is_body_code(code) or not code[:1].isalpha() or len(code) < 2


def test_a_code_is_made_of_whole_words():
    assert rules.code_from("Sở Dân tộc và Tôn giáo") == "so-dan-toc-va-ton-giao"
    assert rules.code_from("Trung tâm Văn hóa, Thể thao và Truyền thông tỉnh Hà Tĩnh") == (
        "trung-tam-van-hoa-the-thao-va-truyen"
    )

"""Coverage added up: villages and people are counted once, whatever they are sorted by."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coso.registry.rules.coverage import HARDEST_FIRST, Channel, Group, Tally, by_hardness, tallies, tally

CHANNELS = st.frozensets(st.sampled_from(Channel))


@st.composite
def groups(draw):
    villages = draw(st.integers(1, 50))
    known = draw(st.integers(0, villages))
    return Group(
        commune=draw(st.integers(1, 4)),
        rank=draw(st.integers(0, 3)),
        channels=draw(CHANNELS),
        is_silent=draw(st.booleans()),
        villages=villages,
        people=draw(st.integers(0, 900)) * known,
        known=known,
    )


def test_one_channel_is_enough_and_unknown_people_are_in_no_sum():
    counted = [
        Group(1, 0, frozenset({Channel.SIGNAL}), is_silent=True, villages=2, people=700, known=1),
        Group(1, 0, frozenset(), is_silent=False, villages=1, people=300, known=1),
        Group(2, 1, frozenset({Channel.SPEAKER, Channel.BOARD}), is_silent=False, villages=4, people=1000, known=4),
    ]

    told = tally(counted)

    assert (told.villages, told.covered, told.missing) == (7, 6, 1)
    assert (told.people, told.people_covered, told.unknown, told.silent) == (2000, 1700, 1, 2)
    assert told.by_channel == {Channel.SPEAKER: 4, Channel.BOARD: 4, Channel.COMMUNICATOR: 0, Channel.SIGNAL: 2}
    assert told.share == pytest.approx(0.85)
    assert told.share_of(Channel.SPEAKER) == pytest.approx(0.5)


def test_where_no_population_is_known_there_is_no_share():
    told = tally([Group(1, 0, frozenset({Channel.BOARD}), is_silent=False, villages=3, people=0, known=0)])

    assert (told.share, told.share_of(Channel.BOARD), told.unknown) == (None, None, 3)
    assert (Tally().share, Tally().missing) == (None, 0)


@given(st.lists(groups(), max_size=12))
def test_the_parts_add_up_to_the_whole_by_commune_and_by_class(counted):
    whole = tally(counted)

    for key in (lambda group: group.commune, lambda group: group.rank):
        parts = tallies(counted, key).values()
        for name in ("villages", "covered", "missing", "people", "people_covered", "unknown", "silent"):
            assert sum(getattr(part, name) for part in parts) == getattr(whole, name)
        for channel in Channel:
            assert sum(part.by_channel[channel] for part in parts) == whole.by_channel[channel]


@given(st.lists(groups(), max_size=12))
def test_a_share_lies_between_nothing_and_all_and_a_channel_reaches_no_more_than_all_do(counted):
    told = tally(counted)

    assert told.share is None or 0 <= told.share <= 1
    assert all(told.people_by_channel[channel] <= told.people_covered <= told.people for channel in Channel)
    assert max(told.by_channel.values()) <= told.covered <= sum(told.by_channel.values())


def test_a_class_that_a_province_adds_comes_behind_those_we_know():
    codes = ["moi", "ven-bien", "bien-gioi", "dac-biet-kho-khan", "a-moi"]

    ordered = sorted(codes, key=lambda code: by_hardness(code, 10))

    assert ordered == ["dac-biet-kho-khan", "bien-gioi", "ven-bien", "a-moi", "moi"]
    assert len(set(HARDEST_FIRST)) == 5

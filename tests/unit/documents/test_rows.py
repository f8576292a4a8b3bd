"""Splitting a row and joining two loses no word, no unit and no place in the text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coso.documents.rules.rows import NothingToSplit, cut, join, merged, split

SPANS = st.lists(
    st.tuples(st.integers(0, 50), st.integers(1, 9)).map(lambda one: [one[0], one[0] + one[1]]), max_size=6
)


def _covered(spans):
    return {place for start, end in spans for place in range(start, end)}


@given(SPANS, st.integers(0, 60))
def test_places_are_neither_lost_nor_made(spans, at):
    before, after = cut(merged(spans), at)

    assert _covered(before) | _covered(after) >= _covered(spans)
    assert not _covered(before) & _covered(after)


@given(st.lists(st.text("abcđê ", min_size=1).filter(str.strip), min_size=2, max_size=4))
def test_what_is_split_and_joined_again_has_every_word(lines):
    row = {"ref": "II.1", "title": "\n".join(lines), "lead": ["Sở A"], "source": [], "read": 0}

    parted = split({"tasks": [row]}, "tasks", 0, "")
    whole = join(parted, "tasks", 0)["tasks"]

    assert len(parted["tasks"]) == 2
    assert len(whole) == 1
    assert whole[0]["title"].split() == " ".join(lines).split()
    assert (whole[0]["lead"], whole[0]["ref"], whole[0]["read"]) == (["Sở A"], "II.1", 0)


def test_one_sentence_is_not_split_by_guessing():
    with pytest.raises(NothingToSplit):
        split({"tasks": [{"ref": "1", "title": "Một việc"}]}, "tasks", 0, "")

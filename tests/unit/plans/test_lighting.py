"""A text cut into runs loses nothing."""

from hypothesis import given
from hypothesis import strategies as st

from coso.plans.rules import Run, lit

SPANS = st.dictionaries(st.integers(1, 5), st.lists(st.tuples(st.integers(-3, 60), st.integers(-3, 60)), max_size=3))


@given(st.text(max_size=50), SPANS)
def test_whatever_the_spans_the_text_stays_whole_and_each_key_begins_once(text, spans):
    runs = lit(text, spans)

    assert "".join(run.text for run in runs) == text
    begun = [run.key for run in runs if run.begins]
    assert len(begun) == len(set(begun))


def test_where_two_lie_over_each_other_the_shorter_one_is_lit():
    assert lit("abcdef", {1: [[0, 6]], 2: [[2, 4]]}) == [Run("ab", 1, True), Run("cd", 2, True), Run("ef", 1, False)]

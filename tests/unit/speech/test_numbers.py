"""Numbers in words can be read back to the same number."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coso.newsroom.rules.speech.numbers import DIGITS, read_digits, read_integer, read_number, roman_value

UNITS = {word: value for value, word in enumerate(DIGITS)} | {"mốt": 1, "tư": 4, "lăm": 5}


def _read_back(words: str) -> int:
    """Add up a number from its words, by another way than it was made."""
    if " tỷ" in words:
        head, _, tail = words.rpartition(" tỷ")
        return _read_back(head) * 10**9 + (_read_back(tail.strip()) if tail.strip() else 0)
    total, group, units = 0, 0, 0
    for word in words.split():
        if word in UNITS:
            units = UNITS[word]
        elif word == "trăm":
            group, units = units * 100, 0
        elif word == "mươi":
            group, units = group + units * 10, 0
        elif word == "mười":
            group, units = group + 10, 0
        elif word in ("nghìn", "triệu"):
            total += (group + units) * (1_000 if word == "nghìn" else 1_000_000)
            group, units = 0, 0
        else:
            assert word == "linh"
    return total + group + units


@given(st.integers(min_value=0, max_value=10**18 - 1))
def test_a_number_in_words_is_the_same_number(value):
    words = read_integer(str(value))

    assert _read_back(words) == value


@given(st.integers(min_value=1_000, max_value=10**15))
def test_grouping_by_points_changes_nothing(value):
    grouped = f"{value:,}".replace(",", ".")

    assert read_number(grouped) == read_integer(str(value))


@pytest.mark.parametrize(
    ("written", "said"),
    [("007", "không không bảy"), ("01", "không một"), ("9" * 19, " ".join(["chín"] * 19)), ("", "")],
)
def test_codes_are_read_digit_by_digit(written, said):
    read = read_integer(written) if written else read_digits(written)

    assert read == said


@pytest.mark.parametrize(
    ("written", "value"),
    [("I", 1), ("IV", 4), ("IX", 9), ("XIV", 14), ("XIX", 19), ("XL", 40), ("IIX", None), ("VV", None), ("", None)],
)
def test_only_well_formed_roman_numerals_have_a_value(written, value):
    assert roman_value(written) == value

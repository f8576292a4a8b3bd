"""Vietnamese text is searched without marks and sorted as a dictionary does."""

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from coso.kit.ids import new_id, readable_code, tidy_code
from coso.kit.text import fold, sort_key


def test_folding_takes_off_every_mark_and_turns_d_with_stroke_into_d():
    assert fold("Đường dây NÓNG của  Ủy ban") == "duong day nong cua uy ban"


def test_names_sort_as_in_a_vietnamese_dictionary():
    words = ["Đức", "Dân", "Ân", "Ăn", "An", "Đa", "Xã Kỳ Hoa", "Thôn 10", "Thôn 2"]

    assert sorted(words, key=sort_key) == ["An", "Ăn", "Ân", "Dân", "Đa", "Đức", "Thôn 2", "Thôn 10", "Xã Kỳ Hoa"]


def test_tones_decide_only_between_equal_letters():
    assert sorted(["má", "ma", "mạ", "mà", "mã", "mả", "mát"], key=sort_key) == [
        "ma", "mà", "mả", "mã", "má", "mạ", "mát",
    ]  # fmt: skip


@given(st.text())
def test_folding_twice_changes_nothing_and_the_normal_form_does_not_matter(text):
    assert fold(fold(text)) == fold(text)
    assert fold(unicodedata.normalize("NFD", text)) == fold(unicodedata.normalize("NFC", text))


def test_ids_sort_by_birth_and_codes_survive_careless_typing():
    first, second = new_id(), new_id()
    code = readable_code()

    assert str(first)[:13] <= str(second)[:13]
    assert tidy_code(code.lower().replace("-", " ")) == code

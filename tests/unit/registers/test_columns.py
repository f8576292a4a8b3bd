"""Matching a file's columns to a register's fields."""

from hypothesis import given
from hypothesis import strategies as st

from coso.registers.rules.columns import Heading, Matched, find_header, match

VILLAGES = [
    Heading("code", ["Mã thôn", "mã"], required=True),
    Heading("name", ["Tên thôn, tổ dân phố", "tên thôn", "tên đơn vị"], required=True),
    Heading("commune", ["Xã, phường", "tên xã"], required=True),
    Heading("population", ["Dân số", "số nhân khẩu"]),
    Heading("households", ["Số hộ"]),
]


def _matched(*headers: str) -> Matched:
    return match(dict(zip("ABCDEFGH", headers, strict=False)), VILLAGES)


def test_headers_match_with_and_without_accents_case_and_punctuation() -> None:
    assert _matched("MÃ THÔN", "ten thon", "Xã/Phường", "dan so", "Số hộ:").columns == {
        "A": "code", "B": "name", "C": "commune", "D": "population", "E": "households",
    }  # fmt: skip


def test_words_in_another_order_with_more_beside_them_or_a_slip_match_too() -> None:
    assert _matched("Thôn: mã", "Tên thôn (theo quyết định)", "Phường xã", "Số nhân khâuu").columns == {
        "A": "code", "B": "name", "C": "commune", "D": "population",
    }  # fmt: skip


def test_what_means_nothing_here_is_unknown_and_what_is_missing_is_told() -> None:
    found = _matched("STT", "Tên thôn", "Ghi chú")

    assert list(found.unknown) == ["A", "C"]
    assert found.missing(VILLAGES) == ["code", "commune"]


def test_a_field_takes_only_the_first_of_two_columns() -> None:
    found = _matched("Dân số", "Dân số")

    assert found.columns == {"A": "population"}
    assert list(found.unknown) == ["B"]


def test_a_header_that_fits_two_fields_alike_fits_none() -> None:
    headings = [Heading("north", ["Cụm loa phía bắc"]), Heading("bac", ["Cụm loa phía bắp"])]

    assert match({"A": "Cụm loa phía bằn"}, headings).columns == {}


def test_the_header_is_the_row_that_names_the_most_fields() -> None:
    rows = [
        {"A": "ỦY BAN NHÂN DÂN XÃ"},
        {},
        {"A": "Danh sách thôn", "B": "Mã"},
        {"A": "Mã thôn", "B": "Tên thôn", "C": "Dân số"},
        {"A": "01", "B": "Thôn 1", "C": "300"},
    ]

    assert find_header(rows, VILLAGES) == 3


def test_without_any_known_word_the_first_row_with_words_is_the_header() -> None:
    assert find_header([{}, {"A": "Cột một"}, {"A": "x"}], VILLAGES) == 1


@given(st.lists(st.text(max_size=20), max_size=8))
def test_each_field_is_matched_at_most_once(headers: list[str]) -> None:
    found = _matched(*headers)

    assert len(set(found.columns.values())) == len(found.columns)
    assert not set(found.columns) & set(found.unknown)

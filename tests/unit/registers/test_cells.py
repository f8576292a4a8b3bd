"""Cells of a sheet as values: what is read, what is refused."""

import contextlib
import unicodedata
from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coso.kit.text import squeeze
from coso.registers.rules import cells
from coso.registers.rules.cells import Broken, Formula, Raw, Reason, Shape, Unreadable, convert


def _reason(raw: Raw, shape: Shape) -> Reason:
    with pytest.raises(Unreadable) as refused:
        convert(raw, shape)
    return refused.value.reason


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("1.234,5", 1234.5),
        ("1,234.5", 1234.5),
        ("1 234,5", 1234.5),
        ("1 234", 1234),
        ("1.234.567", 1234567),
        ("1,234,567", 1234567),
        ("3,5", 3.5),
        ("3.5", 3.5),
        ("1,234", 1.234),
        ("18.34208", 18.34208),
        ("-105,5", -105.5),
        ("−7", -7),
        ("+7", 7),
        (12, 12),
        (18.342, 18.342),
    ],
)
def test_a_number_is_read_as_vietnamese_and_machines_write_it(written: Raw, value: float) -> None:
    assert convert(written, Shape("number")) == value


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        ("18.342", Reason.TWO_WAYS),
        ("5 km", Reason.HAS_UNIT),
        ("50%", Reason.HAS_UNIT),
        ("3,5 triệu", Reason.HAS_UNIT),
        ("1.23.4", Reason.NOT_NUMBER),
        ("1.2345,6", Reason.NOT_NUMBER),
        ("1e5", Reason.NOT_NUMBER),
        ("năm", Reason.NOT_NUMBER),
        ("٣", Reason.NOT_NUMBER),
        (True, Reason.NOT_NUMBER),
        (date(2026, 1, 5), Reason.NOT_NUMBER),
        (float("nan"), Reason.NOT_NUMBER),
        (float("inf"), Reason.NOT_NUMBER),
        (10**400, Reason.NOT_NUMBER),
    ],
)
def test_what_is_no_number_or_two_is_refused(written: Raw, reason: Reason) -> None:
    assert _reason(written, Shape("number")) == reason


@pytest.mark.parametrize(
    ("written", "value"),
    [(12.0, 12), ("12.0", 12), ("1.234", 1234), ("1.234,0", 1234), ("0", 0), (2_147_483_647, 2_147_483_647)],
)
def test_a_whole_number_may_be_written_with_a_nought_behind_or_points_between(written: Raw, value: int) -> None:
    found = convert(written, Shape("whole"))

    assert (found, type(found)) == (value, int)


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        (12.5, Reason.NOT_WHOLE),
        ("12,5", Reason.NOT_WHOLE),
        (-1, Reason.NEGATIVE),
        ("-1.234", Reason.NEGATIVE),
        ("1,234", Reason.TWO_WAYS),
        (2_147_483_648, Reason.TOO_LARGE),
        ("ba", Reason.NOT_NUMBER),
    ],
)
def test_what_is_no_whole_number_is_refused(written: Raw, reason: Reason) -> None:
    assert _reason(written, Shape("whole")) == reason


@pytest.mark.parametrize("written", ["1.500.000", "1.500.000 đ", "1500000 đồng", "1,500,000 VNĐ", 1_500_000.0])
def test_money_is_whole_dong(written: Raw) -> None:
    assert convert(written, Shape("money")) == 1_500_000


@given(st.integers(0, cells.LARGEST_WHOLE))
def test_every_whole_number_comes_back_however_it_is_grouped(value: int) -> None:
    grouped = f"{value:,}"
    ways = [value, float(value), str(value), grouped.replace(",", "."), grouped.replace(",", " "), f"{value},0"]

    assert [convert(way, Shape("whole")) for way in ways] == [value] * len(ways)


@given(st.floats(-1e9, 1e9, allow_nan=False).map(lambda number: round(number, 4)))
def test_every_number_comes_back_from_the_vietnamese_way_of_writing(value: float) -> None:
    written = f"{value:,.4f}".translate(str.maketrans(",.", ".,"))

    assert convert(written, Shape("number")) == pytest.approx(value, abs=1e-9)


@pytest.mark.parametrize(
    "written",
    [
        "24/11/2026", "24-11-2026", "24.11.2026", "2026-11-24", "2026-11-24 00:00:00", date(2026, 11, 24),
        datetime(2026, 11, 24, 8, 30),  # noqa: DTZ001 a sheet knows no time zone
    ],
)  # fmt: skip
def test_a_day_is_read_from_a_real_date_or_from_text(written: Raw) -> None:
    assert convert(written, Shape("date")) == date(2026, 11, 24)


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        ("24/11/26", Reason.SHORT_YEAR),
        ("11/24/2026", Reason.NOT_DATE),
        ("30/2/2026", Reason.NOT_DATE),
        ("24/11-2026", Reason.NOT_DATE),
        ("tháng 11", Reason.NOT_DATE),
        ("1/1/1066", Reason.NOT_DATE),
        (45000, Reason.NOT_DATE),
        (2026, Reason.NOT_DATE),
        (date(1899, 12, 31), Reason.NOT_DATE),
    ],
)
def test_what_is_no_day_is_refused(written: Raw, reason: Reason) -> None:
    assert _reason(written, Shape("date")) == reason


@given(st.dates(date(1900, 1, 1), date(2100, 12, 31)))
def test_every_day_comes_back(value: date) -> None:
    ways: list[Raw] = [
        value,
        value.isoformat(),
        f"{value.day}/{value.month}/{value.year}",
        f"{value:%d-%m}-{value.year}",
    ]

    assert [convert(way, Shape("date")) for way in ways] == [value] * len(ways)


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("Có", True),
        ("co", True),
        ("x", True),
        ("X", True),
        (1, True),
        (True, True),
        ("Không", False),
        (0.0, False),
        ("-", False),
    ],
)
def test_yes_and_no_are_read_from_the_words_of_daily_use(written: Raw, value: bool) -> None:
    assert convert(written, Shape("yes_no")) is value


def test_another_word_is_neither_yes_nor_no() -> None:
    assert _reason("có lẽ", Shape("yes_no")) == Reason.NOT_YES_NO


KINDS = (("wired", "Có dây"), ("fm", "Sóng FM"), ("ip", "Internet, viễn thông (IP)"))


@pytest.mark.parametrize(
    ("written", "value"),
    [("Sóng FM", "fm"), ("song fm", "fm"), ("fm", "fm"), ("CO DAY", "wired"), ("internet viễn thông IP", "ip")],
)
def test_a_choice_is_read_by_its_label_or_its_value(written: str, value: str) -> None:
    assert convert(written, Shape("choice", choices=KINDS)) == value


def test_an_unknown_choice_names_what_may_be_chosen() -> None:
    with pytest.raises(Unreadable) as refused:
        convert("AM", Shape("choice", choices=KINDS))

    assert refused.value.reason == Reason.NOT_CHOICE
    assert refused.value.about == {"value": "AM", "labels": ["Có dây", "Sóng FM", "Internet, viễn thông (IP)"]}


def test_a_list_is_read_with_semicolons_each_once() -> None:
    assert convert("Thôn 1; Thôn  2;;Thôn 1", Shape("list")) == ["Thôn 1", "Thôn 2"]
    assert convert("song fm\nip", Shape("list", choices=KINDS)) == ["fm", "ip"]


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("  Thôn \t 1\n", "Thôn 1"),
        (18073.0, "18073"),
        (5, "5"),
        (date(2026, 11, 4), "04/11/2026"),
        ("Tho\u0302n", "Thôn"),
    ],
)
def test_a_text_is_squeezed_and_a_number_is_what_it_looks_like(written: Raw, value: str) -> None:
    assert convert(written, Shape("text")) == value


@pytest.mark.parametrize("written", ["a\0b", "a\x07b", "\ud800", "\ue000"])
def test_characters_that_cannot_be_shown_are_refused(written: str) -> None:
    assert _reason(written, Shape("text")) == Reason.CONTROL


def test_a_text_that_is_too_long_says_how_long_it_may_be() -> None:
    with pytest.raises(Unreadable) as refused:
        convert("a" * 21, Shape("text", max_length=20))

    assert refused.value.about == {"length": 21, "most": 20}


@given(st.text(max_size=200))
def test_a_text_comes_back_squeezed_or_is_refused(written: str) -> None:
    if any(unicodedata.category(char) in {"Cc", "Cs", "Co"} for char in squeeze(written)):
        assert _reason(written, Shape("text")) == Reason.CONTROL
    else:
        assert (convert(written, Shape("text")) or "") == squeeze(written)


TYPES = {
    "text": str, "whole": int, "number": float, "money": int, "date": date, "yes_no": bool, "choice": str, "list": list,
}  # fmt: skip
ANY_CELL = st.one_of(
    st.none(), st.text(max_size=30), st.integers(), st.floats(), st.booleans(), st.dates(), st.datetimes(), st.times()
)


@pytest.mark.parametrize("kind", TYPES)
@given(raw=ANY_CELL)
def test_whatever_stands_in_a_cell_is_read_or_refused(kind: str, raw: Raw) -> None:
    with contextlib.suppress(Unreadable):
        found = convert(raw, Shape(kind, choices=KINDS if kind == "choice" else ()))
        assert found is None or type(found) is TYPES[kind]


@pytest.mark.parametrize("kind", ["text", "whole", "date"])
def test_a_formula_and_an_error_of_the_sheet_are_refused(kind: str) -> None:
    assert _reason(Formula("5"), Shape(kind)) == Reason.FORMULA
    assert _reason(Broken("#REF!"), Shape(kind)) == Reason.BROKEN


def test_an_empty_cell_is_none_and_missing_only_where_it_is_required() -> None:
    assert [convert(raw, Shape("whole")) for raw in (None, "", "  ")] == [None, None, None]
    assert _reason(" ", Shape("text", required=True)) == Reason.MISSING

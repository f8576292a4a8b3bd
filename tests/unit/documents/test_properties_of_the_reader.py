"""What holds for any text."""

import unicodedata
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from time import process_time

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from coso.documents.rules import Found, NotAnOfficialDocument, plain, read_document, to_gold
from coso.documents.rules.document import Warning

from .texts import PLAN

LINES = [
    *PLAN.splitlines(),
    "|", "| a | b | c |", "1", "\f", "**", "ĐẾN", "Số: 573", "- + Sở Y tế: Làm việc", "a) Sở Nội vụ", "ø) Công an tỉnh",
    "của", "nhà nước.", "PHỤ LỤC", "Trần Văn Nam", "Thời gian: tháng 13/2024", "- Đơn vị chủ trì:", "e\u0301", "1.",
]  # fmt: skip
SHUFFLED = st.lists(st.sampled_from(LINES), max_size=80).map("\n".join)
DISTURBED = st.lists(st.sampled_from(LINES), max_size=12).map("\n".join).map(
    lambda noise: PLAN[: len(PLAN) // 2] + noise + PLAN[len(PLAN) // 2 :]
)  # fmt: skip


def found_in(value: object) -> Iterator[Found]:
    if isinstance(value, Found):
        yield value
    elif isinstance(value, tuple):
        for one in value:
            yield from found_in(one)
    elif is_dataclass(value) and not isinstance(value, Warning):
        for field in fields(value):
            yield from found_in(getattr(value, field.name))


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.one_of(st.text(), SHUFFLED, DISTURBED))
def test_any_text_is_read_or_refused(text):
    try:
        document = read_document(text)
    except NotAnOfficialDocument:
        return

    assert to_gold(document)["doc_type"] or to_gold(document)["symbol"]


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.one_of(DISTURBED, SHUFFLED.map(lambda lines: PLAN + lines)))
def test_the_text_at_its_spans_is_what_a_value_says(text):
    document = read_document(text)

    for found in found_in(document):
        assert found.spans
        assert all(0 <= start < end <= len(text) for start, end in found.spans)
        if found.verbatim:
            assert plain(" ".join(text[start:end] for start, end in found.spans)) == found.value


@settings(deadline=None)
@given(st.integers(1, 999), st.integers(1, 28), st.integers(1, 12), st.integers(1990, 2090))
def test_number_and_date_come_out_as_they_went_in(number, day, month, year):
    text = PLAN.replace("15/KH", f"{number}/KH").replace(
        "ngày 03 tháng 4 năm 2024", f"ngày {day} tháng {month} năm {year}"
    )

    header = read_document(text).header

    assert header.number.value == str(number)
    assert header.issued_on.value.isoformat() == f"{year:04d}-{month:02d}-{day:02d}"


PIECES = [
    "a", "A ", "Sở, ", "Sở Y tế và ", "Căn cứ Luật số 1/2020/QH14; ", "(", "1.1.1. ", "1. ", "- ", "| a ", "\n",
    "ngày ", "tháng 1/2020 ", "UBND các xã: An, ", "Các Sở: A và B, ", "Sở A chủ trì, phối hợp với ", "; ",
    "báo cáo ", "Nơi nhận: ", "hoàn thành trước ngày ", "Trách nhiệm của ", "ĐỘC LẬP - TỰ DO - HẠNH PHÚC\n",
    "Số: 1/KH-", "a) Sở Y tế\n",
    "Đơn vị chủ trì: Sở Y tế\n", "| 1 | b | c |\n", "KẾ HOẠCH\n", "e\u0301", "phải ", "* ", "Viện, Trường, ", "\f",
]  # fmt: skip
PLACES = [
    "{}",
    PLAN.replace("Bổ sung sách", "{}", 1),
    PLAN.replace("Căn cứ Luật Thư viện", "{} Căn cứ Luật Thư viện", 1),
    PLAN.replace("Bố trí kinh phí", "{}", 1),
    PLAN.replace("Lưu: VT", "{}", 1),
]
SECONDS = 10


@settings(deadline=None, max_examples=60)
@given(st.sampled_from(PIECES), st.sampled_from(PLACES), st.integers(1, 3_000))
def test_no_repetition_makes_the_reader_hang(piece, place, times):
    text = place.replace("{}", piece * times)

    begin = process_time()
    try:
        read_document(text)
    except NotAnOfficialDocument:
        assert not text.startswith(PLAN[:20])

    assert process_time() - begin < SECONDS


@settings(deadline=None, max_examples=40)
@given(DISTURBED)
def test_decomposed_letters_are_read_as_composed_ones(text):
    composed = unicodedata.normalize("NFC", text)

    read = to_gold(read_document(unicodedata.normalize("NFD", text)))

    assert read | {"warnings": []} == to_gold(read_document(composed)) | {"warnings": []}

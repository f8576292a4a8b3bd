"""What holds for any text."""

from collections.abc import Iterator
from dataclasses import fields, is_dataclass

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

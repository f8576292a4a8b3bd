"""Whatever is written, something speakable comes out, and it stays as it is."""

from hypothesis import given, settings
from hypothesis import strategies as st

from coso.newsroom.rules.speech import speak_text

PIECES = [
    "ngày", "tháng", "số", "Số:", "TT", "UBND", "KH", "/", "-", " - ", ".", ",", "5", "05", "2017", "1.000", "I", "II",
    "V", "a)", "1.", "(", "\n", "\n- ", "**", "%", "°C", "m2", "km/h", "A", "B", "TU", "CA", "x", "và", "QĐ-TTg", "đ",
    "*", "[1]", "|", "…", "₁", "²", "0912345678", "h", "Tỉnh ủy", ":", "+", "=", "www.a.vn", "@", "TP.", "TM.", " ",
    "½", "①", "٣", "#",
]  # fmt: skip
TEXTS = st.one_of(
    st.text(max_size=40),
    st.lists(st.sampled_from(PIECES), max_size=9).map("".join),
    st.lists(st.sampled_from(PIECES), max_size=9).map(" ".join),
)


@settings(deadline=None, max_examples=300)
@given(TEXTS)
def test_no_digit_and_no_slash_is_left(text):
    spoken = speak_text(text)

    assert [c for c in spoken.text if c.isdigit() or c == "/"] == []


@settings(deadline=None, max_examples=300)
@given(TEXTS)
def test_reading_what_was_read_changes_nothing(text):
    once = speak_text(text).text

    assert speak_text(once).text == once


@settings(deadline=None, max_examples=200)
@given(TEXTS)
def test_replacements_lie_in_order_inside_the_source(text):
    spoken = speak_text(text)

    edges = [(r.start, r.end) for r in spoken.replacements]
    assert edges == sorted(edges)
    assert all(0 <= start < end <= len(text) for start, end in edges)
    assert all(text[d.start : d.end] == d.written and d.said for d in spoken.doubts)

"""Names of units as people type them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coso.places.rules.typed import read, take_apart


@pytest.mark.parametrize(
    ("typed", "bare", "kinds"),
    [
        ("Phường Nam Hà", "nam ha", {"phuong"}),
        ("P.Nam Hà", "nam ha", {"phuong"}),
        ("Thị xã Kỳ Anh", "ky anh", {"thi xa"}),
        ("TX. Kỳ Anh", "ky anh", {"thi xa"}),
        ("TT Thạch Hà", "thach ha", {"thi tran"}),
        ("TP Hà Tĩnh", "ha tinh", {"thanh pho"}),
        ("TDP số 05", "5", {"to dan pho"}),
        ("X. Đồng Lộc", "dong loc", {"xa", "xom"}),
        ("Đồng Lộc", "dong loc", set()),
        ("Xã", "xa", set()),
        ("Thôn 10", "10", {"thon"}),
        ("", "", set()),
    ],
)
def test_a_name_is_taken_apart(typed: str, bare: str, kinds: set[str]) -> None:
    name = take_apart(typed)

    assert (name.bare, set(name.kinds)) == (bare, kinds)


@pytest.mark.parametrize(
    ("typed", "name", "above"),
    [
        ("Phường Nam Hà (TP Hà Tĩnh)", "Phường Nam Hà", ["TP Hà Tĩnh"]),
        ("Thôn 1, xã Sơn Kim 1, huyện Hương Sơn", "Thôn 1", ["xã Sơn Kim 1", "huyện Hương Sơn"]),
        ("Xã Sơn Kim 1", "Xã Sơn Kim 1", []),
        ("(…)", "", []),
    ],
)
def test_what_stands_in_brackets_or_after_a_comma_is_above(typed: str, name: str, above: list[str]) -> None:
    asked = read(typed)

    assert (asked.name.written, [one.written for one in asked.above]) == (name, above)


@given(st.text(max_size=60))
def test_any_text_can_be_read_and_means_itself(text: str) -> None:
    asked = read(text)

    assert asked.name.means(asked.name)

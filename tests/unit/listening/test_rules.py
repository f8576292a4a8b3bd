"""What could tell who somebody is gets pointed at, and a feedback goes its way step by step."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coso.listening.rules.private import find_private, holds_contact, mask
from coso.listening.rules.states import NEXT, State, may_move


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("Gọi cho tôi số 0912 345 678 nhé", "Gọi cho tôi số […] nhé"),
        ("Số +84.912.345.678 không ai nghe", "Số […] không ai nghe"),
        ("Nhà ông Nguyễn Văn Tám đổ rác ra mương", "Nhà ông […] đổ rác ra mương"),
        ("Căn cước 042090001234 bị sai", "Căn cước […] bị sai"),
        ("Gửi về hoa.le@example.com", "Gửi về […]"),
        ("Ở số nhà 12/5 ngõ 3 mất nước", "Ở […] […] mất nước"),
        ("Xe 38A-123.45 chở đất rơi vãi", "Xe […] chở đất rơi vãi"),
        ("Đường vào Thôn 5 ngập 3 ngày, 24 hộ không đi được", "Đường vào Thôn 5 ngập 3 ngày, 24 hộ không đi được"),
    ],
)
def test_what_could_tell_who_somebody_is_is_masked(text, masked):
    assert mask(text) == masked


@given(st.text())
def test_pointing_never_overlaps_and_masking_touches_nothing_else(text):
    pieces = find_private(text)
    edges = [0, *(edge for piece in pieces for edge in (piece.start, piece.end)), len(text)]

    assert edges == sorted(edges)
    assert mask(text) == "[…]".join(text[edges[i] : edges[i + 1]] for i in range(0, len(edges), 2))


def test_nothing_becomes_new_again():
    assert not any(may_move(state, State.NEW) for state in State)
    assert NEXT[State.CLOSED] == frozenset()


@pytest.mark.parametrize(
    ("text", "contact", "held"),
    [
        ("Gọi 0912.345.678 giúp tôi.", "0912 345 678", True),
        ("Gọi 0912345678 giúp tôi.", "0912 345 678", True),
        ("Viết cho LE.HOA@hatinh.vn", "le.hoa@hatinh.vn", True),
        ("Loa rè từ 05/12/2026, sửa hết 1.200.000 đồng.", "0912 345 678", False),
        ("Nhà ở thôn 5.", "thôn 55", False),
        ("Số 12345.", "1234567", False),
        ("Không có gì.", "  ", False),
    ],
)
def test_a_contact_is_found_however_it_is_written(text, contact, held):
    assert holds_contact(text, contact) is held

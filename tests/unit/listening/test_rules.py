"""Deadlines count working days, and what could tell who somebody is gets pointed at."""

from datetime import date, timedelta

import holidays
import pytest
from hypothesis import given
from hypothesis import strategies as st

from coso.listening.rules.deadlines import add_working_days
from coso.listening.rules.private import find_private, holds_contact, mask
from coso.listening.rules.states import NEXT, State, may_move

VIETNAM = holidays.country_holidays("VN", years=range(2025, 2028))


def test_a_weekend_does_not_count():
    friday = date(2026, 10, 16)

    assert add_working_days(friday, 5, holidays=VIETNAM) == date(2026, 10, 23)


def test_the_lunar_new_year_does_not_count():
    before_tet = date(2026, 2, 13)

    assert add_working_days(before_tet, 1, holidays=VIETNAM) > date(2026, 2, 20)


def test_a_saturday_worked_in_exchange_counts():
    friday, saturday = date(2026, 11, 20), date(2026, 11, 21)

    assert add_working_days(friday, 1, holidays=VIETNAM, made_up={saturday}) == saturday


@given(st.dates(min_value=date(2026, 1, 1), max_value=date(2026, 12, 1)), st.integers(1, 20))
def test_a_deadline_is_a_working_day_and_more_days_end_later(start, count):
    due = add_working_days(start, count, holidays=VIETNAM)

    assert due.weekday() < 5
    assert due not in VIETNAM
    assert due >= start + timedelta(days=count)
    assert add_working_days(start, count + 1, holidays=VIETNAM) > due


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

"""To whom a document goes, why and in which form; who hears that an answer did not come."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coso.documents.rules.delivery import (
    LONGEST_NAME,
    Climb,
    RecipientLine,
    bare,
    climb_due,
    form_of_copy,
    purpose_of,
    recipient_lines,
)

DUE = date(2026, 2, 15)
# What plan 82/KH-UBND of Hà Tĩnh says under its list.
FORMS = ["paper", "electronic"]
DELIVERY = {"paper": "TP không nhận được bản ĐT", "electronic": "Các thành phần khác"}


@pytest.mark.parametrize(
    ("name", "purpose"),
    [
        ("Bộ Thông tin và Truyền thông (b/c)", "report"),
        ("Thường trực Tỉnh ủy, HĐND tỉnh (để báo cáo);", "report"),
        ("UBND các huyện, thành phố, thị xã (t/h)", "act"),
        ("Các sở, ban, ngành cấp tỉnh (để phối hợp)", "act"),
        ("Như trên", "act"),
        ("Như Điều 3", "act"),
        ("Chủ tịch, các PCT UBND tỉnh", "know"),
        ("Ban Báo cáo viên Tỉnh ủy", "know"),
        ("Lưu: VT, VX", "file"),
        ("LƯU VT", "file"),
        ("  ", ""),
        ("", ""),
    ],
)
def test_a_line_says_itself_why_it_gets_the_document(name, purpose):
    assert purpose_of(name) == purpose


def test_each_line_gets_its_purpose_and_form():
    names = ["Bộ Nội vụ  (để b/c)", "UBND xã Sơn Kim 1", "", "Lưu: VT"]

    assert recipient_lines(names, {"paper": "Bộ Nội vụ", "electronic": "Các thành phần khác"}) == [
        RecipientLine("Bộ Nội vụ (để b/c)", "report", "paper"),
        RecipientLine("UBND xã Sơn Kim 1", "know", "electronic"),
        RecipientLine("Lưu: VT", "file", "paper"),
    ]


@pytest.mark.parametrize(
    ("delivery", "form"),
    [
        (None, "electronic"),
        ({}, "electronic"),
        (DELIVERY, "electronic"),
        ({"paper": "Các thành phần khác", "electronic": "Bộ Nội vụ"}, "paper"),
        ({"paper": "Bộ Nội vụ"}, "electronic"),
        ({"paper": "Sở Tài chính, Sở Y tế"}, "paper"),
        ({"paper": "Các đơn vị còn lại", "electronic": "Sở Tài chính"}, "electronic"),
    ],
)
def test_the_document_s_own_words_choose_the_form(delivery, form):
    assert recipient_lines(["Sở Tài chính (t/h)"], delivery)[0].form == form


@pytest.mark.parametrize(
    ("form", "delivery", "is_reached", "got"),
    [
        ("electronic", DELIVERY, False, "paper"),
        ("electronic", DELIVERY, True, "electronic"),
        ("paper", DELIVERY, True, "paper"),
        ("electronic", {"paper": "Bộ Nội vụ"}, False, "electronic"),
        ("electronic", None, False, "electronic"),
    ],
)
def test_paper_is_for_those_who_cannot_be_reached_where_the_document_says_so(form, delivery, is_reached, got):
    assert form_of_copy(form, delivery, is_reached=is_reached) == got


def test_a_remark_is_left_out_of_a_name():
    assert bare("Bộ Tài chính (để b/c);") == "Bộ Tài chính"
    assert bare("  UBND xã  Sơn Kim 1 ") == "UBND xã Sơn Kim 1"


@given(st.lists(st.text(max_size=400), max_size=8), st.dictionaries(st.sampled_from(FORMS), st.text()))
def test_any_list_is_read_in_its_order_and_what_is_filed_stays_on_paper(names, delivery):
    lines = recipient_lines(names, delivery)

    assert len(lines) <= len(names)
    for line in lines:
        assert line.name
        assert len(line.name) <= LONGEST_NAME
        assert line.purpose in {"act", "report", "know", "file"}
        assert line.form == "paper" if line.purpose == "file" else line.form in {"paper", "electronic"}
        assert line == recipient_lines([line.name], delivery)[0]


@pytest.mark.parametrize(
    ("days", "level"),
    [
        (-30, Climb.NOBODY), (0, Climb.NOBODY), (1, Climb.RECEIVER), (2, Climb.RECEIVER), (3, Climb.LEADER),
        (4, Climb.LEADER), (5, Climb.SENDER), (400, Climb.SENDER),
    ],
)  # fmt: skip
def test_a_late_answer_climbs_by_days(days, level):
    assert climb_due(DUE, DUE + timedelta(days=days)) == level


@given(st.integers(-1000, 1000), st.integers(0, 1000))
def test_it_never_climbs_down_again(days, later):
    day = DUE + timedelta(days=days)

    assert climb_due(DUE, day) <= climb_due(DUE, day + timedelta(days=later))

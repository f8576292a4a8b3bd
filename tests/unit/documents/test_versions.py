"""A later document beside the earlier one: what stays, what changed and how, what is new, what is gone."""

from hypothesis import given
from hypothesis import strategies as st

from coso.documents.rules.versions import Difference, Kind, compare, likely_amended

ONE = {"ref": "II.1", "title": "Tuyên truyền pháp luật trên hệ thống loa truyền thanh cơ sở", "lead": ["Sở A"]}
TWO = {"ref": "II.2", "title": "Tập huấn nghiệp vụ cho đội ngũ tuyên truyền viên cấp xã", "due": "2026-06"}
THREE = {"ref": "II.3", "title": "Đầu tư, nâng cấp đài truyền thanh ứng dụng viễn thông", "lead": ["Sở B"]}


def test_what_changed_is_named_and_the_rest_is_left_alone():
    later = [
        ONE,
        {**THREE, "ref": "II.2", "lead": ["Sở B", "Sở C"]},
        {"ref": "II.3", "title": "Xây dựng bản tin điện tử công cộng"},
    ]

    assert compare([ONE, TWO, THREE], later) == [
        Difference(Kind.SAME, 0, 0),
        Difference(Kind.CHANGED, 2, 1, ("lead",)),
        Difference(Kind.NEW, None, 2),
        Difference(Kind.GONE, 1, None),
    ]


def test_the_order_of_units_and_their_capitals_are_no_change():
    before = {**ONE, "lead": ["Sở A", "Sở B"]}

    assert compare([before], [{**ONE, "lead": ["SỞ B", "Sở A"]}])[0].kind == Kind.SAME


ROWS = st.lists(st.sampled_from([ONE, TWO, THREE]), max_size=5)


@given(ROWS, ROWS)
def test_every_task_of_both_documents_is_accounted_for_once(before, after):
    found = compare(before, after)

    assert sorted(one.after for one in found if one.after is not None) == list(range(len(after)))
    assert sorted(one.before for one in found if one.before is not None) == list(range(len(before)))


@given(ROWS)
def test_a_document_beside_itself_has_no_difference(rows):
    assert {one.kind for one in compare(rows, rows)} <= {Kind.SAME}


def test_the_document_that_is_amended_is_known_by_its_number_or_its_title():
    known = [
        ("82", "KH-UBND", "Công tác thông tin cơ sở trong tình hình mới"),
        ("15", "KH-UBND", "Phòng chống thiên tai"),
    ]

    assert likely_amended("Kế hoạch khác", "Sửa đổi, bổ sung Kế hoạch số 15/KH-UBND ngày 5/1/2026", known) == 1
    assert likely_amended("Công tác thông tin cơ sở trong tình hình mới", "", known) == 0
    assert likely_amended("Kế hoạch khác", "Căn cứ Kế hoạch số 15/KH-UBND", known) is None
    assert likely_amended("Kế hoạch khác", "Thay thế Kế hoạch số 115/KH-UBND", known) is None

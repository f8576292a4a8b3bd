"""Documents of other shapes, made up here."""

import pytest

from coso.documents.rules import MOST_CHARACTERS, NotAnOfficialDocument, TextTooLong, read_document, to_gold

from .texts import BODY, FOOT, HEAD, NEWS, PLAN, POEM


def read(text: str) -> dict:
    return to_gold(read_document(text))


def test_a_plain_plan_is_read_whole():
    read_plan = read(PLAN)

    assert read_plan["doc_type"] == "Kế hoạch"
    assert (read_plan["number"], read_plan["symbol"]) == ("15", "KH-UBND")
    assert (read_plan["issued_on"], read_plan["place"]) == ("2024-04-03", "Bình Minh")
    assert read_plan["issuer"] == "Ủy ban nhân dân tỉnh Bình Minh"
    assert read_plan["title"] == "Nâng cao chất lượng đọc sách ở cơ sở"
    assert read_plan["bases"] == [
        "Luật Thư viện số 46/2019/QH14 ngày 21/11/2019",
        "Quyết định số 1520/QĐ-TTg ngày 08 tháng 10 năm 2020 của Thủ tướng Chính phủ",
    ]
    assert read_plan["tasks"] == [
        {
            "ref": "II.1",
            "title": "Bổ sung sách cho các xã miền núi",
            "lead": ["Sở Văn hóa, Thể thao và Du lịch"],
            "coordinating": ["Sở Giáo dục và Đào tạo", "UBND các huyện, thành phố"],
            "time_text": "Hoàn thành trước ngày 15/12/2025",
            "due": "2025-12-15",
            "recurrence": None,
        },
        {
            "ref": "II.2",
            "title": "Tập huấn người trông coi tủ sách",
            "lead": ["Thư viện tỉnh"],
            "coordinating": [],
            "time_text": "Quý II năm 2024",
            "due": "2024-Q2",
            "recurrence": None,
        },
    ]
    assert read_plan["funding"] == ["Từ ngân sách địa phương."]
    assert read_plan["duties"] == [
        {
            "ref": "IV.1",
            "unit": ["Sở Tài chính"],
            "items": ["Bố trí kinh phí hằng năm.", "Hướng dẫn thanh toán."],
        },
        {
            "ref": "IV.2",
            "unit": ["Hội Phụ nữ tỉnh"],
            "items": ["Vận động đọc sách"],
            "request": True,
            "report": {
                "text": "định kỳ hằng quý báo cáo kết quả về UBND tỉnh qua Thư viện tỉnh",
                "recurrence": "quarterly",
                "to": "UBND tỉnh",
                "via": "Thư viện tỉnh",
            },
        },
    ]
    assert read_plan["recipients"] == [
        "Bộ Văn hóa, Thể thao và Du lịch",
        "Các sở, ban, ngành tỉnh",
        "Lưu: VT, KGVX",
    ]
    assert read_plan["signer"] == "Trần Thị Bình An"
    assert read_plan["signer_role"] == "TM. ỦY BAN NHÂN DÂN; KT. CHỦ TỊCH; PHÓ CHỦ TỊCH"
    assert read_plan["warnings"] == []


@pytest.mark.parametrize("text", ["", "   \n\n", POEM, NEWS, "xin chào " * 400, "I. A\n1. B\n- c"])
def test_what_is_no_document_is_refused(text):
    with pytest.raises(NotAnOfficialDocument):
        read_document(text)


def test_a_text_beyond_measure_is_refused():
    with pytest.raises(TextTooLong):
        read_document("a" * (MOST_CHARACTERS + 1))


def test_marks_of_markdown_change_nothing():
    marked = PLAN.replace("1. Bổ sung sách cho các xã miền núi", "- 1. **Bổ sung sách cho các xã miền núi**")

    tasks = read(marked.replace("- Đơn vị", " - **Đơn vị").replace("chủ trì:", "chủ trì:**"))["tasks"]

    assert tasks == read(PLAN)["tasks"]


def test_windows_line_ends_change_nothing():
    assert read(PLAN.replace("\n", "\r\n")) == read(PLAN) | {"warnings": []}


def test_a_document_in_two_columns_of_a_table_is_read():
    head = HEAD.replace(
        "\nỦY BAN NHÂN DÂN\nTỈNH BÌNH MINH\n",
        "|\n**ỦY BAN NHÂN DÂN**\nTỈNH BÌNH MINH\n-------\n|\nCỘNG HÒA XÃ HỘI\nCHỦ NGHĨA VIỆT NAM\n|\n|\n",
    ).replace("15/KH-UBND\n\nBình Minh, ngày 03", "15/KH-UBND\n|\n*Bình Minh, ngày 03\n")

    read_plan = read(head.replace("năm 2024\n\nKẾ", "năm 2024*\n|\n\nKẾ") + BODY + FOOT)

    assert read_plan["issuer"] == "Ủy ban nhân dân tỉnh Bình Minh"
    assert (read_plan["number"], read_plan["issued_on"]) == ("15", "2024-04-03")


def test_a_department_issues_under_its_own_name_and_not_its_superior():
    head = HEAD.replace("ỦY BAN NHÂN DÂN\nTỈNH BÌNH MINH", "UBND TỈNH BÌNH MINH\nSỞ NỘI VỤ").replace(
        "15/KH-UBND", "15/KH-SNV"
    )

    read_plan = read(head.replace("Ủy ban nhân dân tỉnh ban hành", "Sở Nội vụ ban hành") + BODY + FOOT)

    assert read_plan["issuer"] == "Sở Nội vụ"


def test_a_number_that_the_scan_lost_is_left_empty_and_doubted():
    read_plan = read(PLAN.replace("Số: 15/KH-UBND", "Số: Ô /KH-UBND").replace("ngày 03 tháng", "ngày #tháng"))

    assert (read_plan["number"], read_plan["symbol"], read_plan["issued_on"]) == (None, "KH-UBND", None)
    assert [warning["code"] for warning in read_plan["warnings"]][:2] == ["number_unreadable", "date_unreadable"]


def test_a_day_that_no_calendar_has_is_doubted():
    read_plan = read(PLAN.replace("ngày 03 tháng 4", "ngày 31 tháng 4"))

    assert read_plan["issued_on"] is None
    assert "date_unreadable" in [warning["code"] for warning in read_plan["warnings"]]


def test_a_hole_in_the_numbers_is_doubted():
    lost = PLAN.replace("III. KINH PHÍ", "").replace("Từ ngân sách địa phương.", "")

    holes = [warning for warning in read(lost)["warnings"] if warning["code"] == "numbering_hole"]

    assert [(hole["after"], hole["before"]) for hole in holes] == [("II", "IV")]


def test_a_deadline_before_the_document_and_a_missing_lead_are_doubted():
    changed = PLAN.replace("15/12/2025", "15/12/2023").replace("- Cơ quan chủ trì: Thư viện tỉnh\n", "")

    codes = {(w["code"], w.get("ref")) for w in read(changed)["warnings"]}

    assert {("due_before_issue", "II.1"), ("lead_missing", "II.2")} <= codes


def test_a_kind_that_contradicts_the_symbol_is_doubted():
    codes = [w["code"] for w in read(PLAN.replace("15/KH-UBND", "15/QĐ-UBND"))["warnings"]]

    assert codes == ["kind_contradicts_symbol"]


def test_a_table_of_tasks_is_read_row_by_row():
    table = """
| TT | Nhiệm vụ | Cơ quan chủ trì | Cơ quan phối hợp | Thời gian hoàn thành | Kết quả |
| --- | --- | --- | --- | --- | --- |
| I | Chuẩn bị | | | | |
| 1 | Khảo sát tủ sách | Sở Nội vụ | Các sở, ngành, UBND xã | Quý IV/2024 | Báo cáo |
| 2 | Mua sách | Thư viện tỉnh | | Năm 2025 - 2026 | |
"""
    text = PLAN.replace(BODY, "\nI. NHIỆM VỤ\n\nTheo bảng sau:\n" + table)

    tasks = read(text)["tasks"]

    assert tasks == [
        {
            "ref": "I.1",
            "title": "Khảo sát tủ sách",
            "lead": ["Sở Nội vụ"],
            "coordinating": ["Các sở, ngành", "UBND xã"],
            "time_text": "Quý IV/2024",
            "due": "2024-Q4",
            "recurrence": None,
            "deliverable": "Báo cáo",
        },
        {
            "ref": "I.2",
            "title": "Mua sách",
            "lead": ["Thư viện tỉnh"],
            "coordinating": [],
            "time_text": "Năm 2025 - 2026",
            "due": "2026",
            "recurrence": None,
            "start": "2025",
        },
    ]


def test_a_directive_without_sections_orders_and_shares_out():
    body = """
1. Kiểm tra kho sách, bảo đảm an toàn phòng cháy; lập sổ theo dõi theo mẫu đã ban hành cho toàn ngành.

2. Phân công cụ thể

a) Sở Nội vụ: Tổng hợp kết quả.

ø) Công an tỉnh:

- Kiểm tra việc phòng cháy.
"""
    text = (HEAD + body + FOOT).replace("KẾ HOẠCH", "CHỈ THỊ").replace("15/KH", "15/CT")

    directive = read(text)

    assert directive["doc_type"] == "Chỉ thị"
    assert [task["title"] for task in directive["tasks"]] == ["Kiểm tra kho sách, bảo đảm an toàn phòng cháy"]
    assert [(duty["ref"], duty["unit"]) for duty in directive["duties"]] == [
        ("2.a", ["Sở Nội vụ"]),
        ("2.b", ["Công an tỉnh"]),
    ]


def test_several_labels_on_one_line_are_told_apart():
    text = PLAN.replace(
        "- Cơ quan chủ trì: Thư viện tỉnh\n- Thời hạn: Quý II năm 2024",
        "- Đơn vị chủ trì: Thư viện tỉnh; đơn vị phối hợp: Báo Bình Minh; thời gian thực hiện: hằng tháng.",
    )

    task = read(text)["tasks"][1]

    assert (task["lead"], task["coordinating"], task["recurrence"]) == (["Thư viện tỉnh"], ["Báo Bình Minh"], "monthly")

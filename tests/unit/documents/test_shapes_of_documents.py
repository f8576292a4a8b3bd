"""Letters, notices, Party papers, decisions, directives in parts, annexes, spoilt scans: each is read by its shape."""

from coso.documents.rules import read_document, to_gold
from coso.documents.rules.doubts import doubts_of_past, doubts_of_units

from . import shapes
from .texts import FOOT, HEAD, PLAN


def read(text: str) -> dict:
    return to_gold(read_document(text))


def head_of(document: dict) -> tuple:
    return tuple(document[key] for key in ("doc_type", "number", "symbol", "issued_on", "place", "issuer"))


def duties_of(document: dict) -> list[tuple]:
    return [(duty["ref"], duty["unit"]) for duty in document["duties"]]


def test_a_letter_is_read_by_its_subject_and_its_orders():
    letter = read(shapes.LETTER)

    assert head_of(letter) == ("Công văn", "1234", "SYT-NVY", "2025-05-12", "Hải Lâm", "Sở Y tế")
    assert letter["title"] == "V/v tăng cường phòng, chống dịch bệnh mùa hè năm 2025"
    assert duties_of(letter) == [
        ("1", ["Trung tâm Kiểm soát bệnh tật tỉnh"]),
        ("2", ["Các bệnh viện trong tỉnh"]),
        ("3", ["Phòng Nghiệp vụ Y"]),
    ]
    assert letter["duties"][0]["report"] == {
        "text": "Chủ trì giám sát dịch tễ, báo cáo Sở Y tế trước ngày 05 hằng tháng",
        "recurrence": "monthly",
        "to": "Sở Y tế",
    }
    assert letter["duties"][0]["item_times"][0]["due"] == "2025-06-30"
    assert (letter["signer"], letter["tasks"]) == ("Y Thanh Hà Niê Kđăm", [])


def test_a_letter_without_numbers_still_orders():
    start, end = shapes.LETTER.index("\n1. Trung tâm"), shapes.LETTER.index("Nhận được")
    order = "\nGiao Phòng Nghiệp vụ Y theo dõi, đôn đốc các đơn vị, báo cáo Giám đốc Sở trước ngày 30/6/2025.\n\n"

    letter = read(shapes.LETTER[:start] + order + shapes.LETTER[end:])

    assert [duty["unit"] for duty in letter["duties"]] == [["Phòng Nghiệp vụ Y"]]
    assert letter["duties"][0]["item_times"][0]["due"] == "2025-06-30"


def test_a_notice_of_a_meeting_keeps_orders_and_leaves_praise_out():
    notice = read(shapes.NOTICE)

    assert head_of(notice) == (
        "Thông báo", "215", "TB-VP", "2025-06-03", "Hải Lâm", "Văn phòng Ủy ban nhân dân tỉnh Hải Lâm",
    )  # fmt: skip
    assert duties_of(notice) == [
        ("2", ["Sở Xây dựng"]),
        ("3", ["Ban Quản lý dự án đầu tư xây dựng tỉnh"]),
        ("4", ["Công an tỉnh", "Ủy ban nhân dân các xã: Cát Tân, Cát Hải"]),
    ]
    assert [time["due"] for duty in notice["duties"] for time in duty.get("item_times", [])] == [
        "2025-06-20",
        "2025-Q3",
    ]
    assert (notice["signer"], notice["signer_role"]) == ("NGUYỄN VĂN BÌNH", "TL. CHỦ TỊCH; CHÁNH VĂN PHÒNG")
    assert notice["tasks"] == []


def test_a_plan_of_the_party_is_read_with_leads_in_running_text():
    plan = read(shapes.PARTY_PLAN)

    assert head_of(plan) == ("Kế hoạch", "45", "KH/HU", "2024-01-15", "Cát Lâm", "Huyện ủy Cát Lâm")
    assert [(t["ref"], t["lead"], t["coordinating"], t["due"]) for t in plan["tasks"]] == [
        ("II.1", ["Ban Tuyên giáo Huyện ủy"], ["Văn phòng Huyện ủy"], "2024-03"),
        ("II.2", ["Ủy ban Kiểm tra Huyện ủy"], ["Ban Tổ chức Huyện ủy"], "2024-Q3"),
        ("II.3", ["Ủy ban Kiểm tra Huyện ủy"], ["Ban Dân vận Huyện ủy", "các cơ quan liên quan"], "2024-09"),
    ]
    assert plan["tasks"][2]["start"] == "2024-04"
    assert [duty.get("request", False) for duty in plan["duties"]] == [False, True, False]
    assert plan["signer_role"] == "T/M BAN THƯỜNG VỤ; PHÓ BÍ THƯ"


def test_a_decision_in_articles_gives_the_orders_and_no_names_of_members():
    decision = read(shapes.DECISION)

    assert head_of(decision) == (
        "Quyết định", "77", "QĐ-UBND", "2025-07-09", "Cát Hải", "Ủy ban nhân dân xã Cát Hải",
    )  # fmt: skip
    assert duties_of(decision) == [("Điều 2", ["Phòng Văn hóa - Xã hội"])]
    assert decision["duties"][0]["coordinating"] == ["Công an xã"]
    assert decision["tasks"] == []


def test_a_decision_is_itself_and_the_plan_attached_to_it_gives_the_work():
    attached = "\nKẾ HOẠCH\nĐọc sách năm 2025\n(Kèm theo Quyết định số 77/QĐ-UBND)\n\n" + shapes.PLAN_OF_UNITS

    decision = read(shapes.DECISION + attached)

    assert head_of(decision)[:3] == ("Quyết định", "77", "QĐ-UBND")
    assert duties_of(decision)[0] == ("II.1", ["Sở Nội vụ"])
    assert decision["signer"] == "Phạm Thị Thu Hà"


def test_a_spoilt_scan_is_restored_from_what_stands_around():
    plan = read(shapes.SPOILT_PLAN)

    assert head_of(plan) == ("Kế hoạch", "88", "KH-UBND", "2023-02-02", "Hải Lâm", "UBND tỉnh Hải Lâm")
    assert plan["title"] == "KẾ HOẠCH CHUYỂN ĐỔI SỐ TỈNH HẢI LÂM NĂM 2023"
    assert [section["ref"] for section in plan["sections"]] == ["I", "II", "III", "IV"]
    assert [(t["ref"], t["lead"], t["due"], t["recurrence"]) for t in plan["tasks"]] == [
        ("II.1.a", ["Sở Thông tin và Truyền thông"], "2023-11-30", None),
        ("II.1.b", ["Sở Thông tin và Truyền thông"], "2023-Q3", None),
        ("II.2", ["Sở Nội vụ"], "2023-10", None),
        ("II.3", [], None, "continuous"),
    ]
    assert plan["tasks"][3]["implementing"] == ["Báo Hải Lâm", "Đài Phát thanh và Truyền hình tỉnh"]
    assert duties_of(plan) == [
        ("IV.1", ["Sở Thông tin và Truyền thông"]),
        ("IV.2", ["Các sở, ban, ngành", "UBND các huyện, thành phố"]),
    ]


def test_a_number_that_a_scan_spoilt_is_restored_from_the_count():
    orders = [
        "1. Kiểm tra kho sách ở từng xã và lập sổ theo dõi đầy đủ.",
        "Z. Mua thêm sách cho các xã miền núi.",
        "3 Báo cáo kết quả cho huyện.",
    ]
    body = "\n" + "\n\n".join(orders) + "\n"

    directive = read((HEAD + body + FOOT).replace("KẾ HOẠCH", "CHỈ THỊ").replace("15/KH", "15/CT"))

    assert [task["ref"] for task in directive["tasks"]] == ["1", "2", "3"]


def test_a_directive_in_parts_shares_out_by_its_headings():
    directive = read(shapes.DIRECTIVE_IN_PARTS)

    assert directive["issuer"] == "Ủy ban nhân dân thành phố Hải Lâm"
    assert directive["bases"] == [
        "Chỉ thị số 13-CT/TW ngày 12/01/2017 của Ban Bí thư",
        "Công điện số 31/CĐ-TTg ngày 04/4/2025 của Thủ tướng Chính phủ",
    ]
    assert duties_of(directive) == [
        ("I", ["Các sở, ban, ngành, đoàn thể thành phố", "Ủy ban nhân dân các xã, phường"]),
        ("II", ["Sở Nông nghiệp và Môi trường"]),
        ("III", ["Công an thành phố"]),
        ("IV-1", ["Sở Nông nghiệp và Môi trường"]),
    ]


def test_a_table_in_an_annex_gives_the_tasks_with_their_helpers():
    plan = read(shapes.ANNEXED_PLAN)

    assert plan["issuer"] == "Sở Nội vụ"
    assert [(t["ref"], t["lead"], t["coordinating"], t["due"], t["recurrence"]) for t in plan["tasks"]] == [
        ("1.1", ["Văn phòng Sở"], ["Thanh tra Sở"], "2025-03-15", None),
        ("1.2", ["Thanh tra Sở"], ["Văn phòng Sở", "các phòng"], "2025-Q4", None),
        ("1.3", ["Văn phòng Sở"], [], None, "monthly"),
    ]


def test_duties_are_found_under_headings_that_do_not_say_so():
    plan = read(HEAD + shapes.PLAN_OF_UNITS + FOOT)

    assert [(duty["ref"], duty["unit"], len(duty["items"])) for duty in plan["duties"]] == [
        ("II.1", ["Sở Nội vụ"], 2),
        ("II.2", ["Kế hoạch và Đầu tư", "Tài chính"], 1),
        ("II.3", ["Ủy ban nhân dân các xã: An Bình, An Hòa"], 1),
        ("II.4", ["Sở Xây dựng"], 3),
        ("II.5", ["người đọc sách"], 1),
        ("III.1", ["các sở, ban, ngành tỉnh"], 1),
        ("III.2-1", ["Các xã"], 1),
        ("III.2-2", ["Sở Nội vụ"], 1),
    ]
    assert plan["duties"][0]["item_times"] == [
        {"item": 0, "time_text": "Tháng 11 - 12/2024", "due": "2024-12", "recurrence": None},
        {
            "item": 1,
            "time_text": "Từ tháng 5/2024 đến khi kết thúc",
            "due": None,
            "recurrence": None,
            "start": "2024-05",
        },
    ]


def test_two_documents_in_one_file_are_told_apart_and_the_second_is_doubted():
    both = read(PLAN + "\n\n" + shapes.DIRECTIVE_IN_PARTS)

    alone = read(PLAN)
    assert both | {"warnings": []} == alone | {"warnings": []}
    assert [warning["code"] for warning in both["warnings"]] == ["second_document"]


def test_a_section_number_that_comes_twice_is_doubted():
    text = PLAN.replace("IV. TỔ CHỨC", "III. TỔ CHỨC")

    assert [(w["code"], w["ref"]) for w in read(text)["warnings"]] == [("numbering_repeated", "III")]


def test_a_lead_that_is_no_body_is_doubted():
    text = PLAN.replace("- Cơ quan chủ trì: Thư viện tỉnh", "- Cơ quan chủ trì: sẽ thông báo sau")

    doubts = [(w["code"], w["ref"], w["text"]) for w in read(text)["warnings"] if w["code"] == "lead_not_a_body"]

    assert doubts == [("lead_not_a_body", "II.2", "sẽ thông báo sau")]


def test_units_that_no_register_knows_and_deadlines_gone_by_are_doubted_on_request():
    from datetime import date

    document = read_document(PLAN)

    unknown = list(doubts_of_units(document, lambda name: name.startswith("Sở")))
    past = list(doubts_of_past(document.tasks, date(2025, 1, 1)))

    assert [(w.code, w.parameters["unit"]) for w in unknown] == [
        ("unit_unknown", "Thư viện tỉnh"),
        ("unit_unknown", "Hội Phụ nữ tỉnh"),
    ]
    assert [(w.code, w.parameters["ref"], w.parameters["due"]) for w in past] == [
        ("due_in_the_past", "II.2", "2024-Q2"),
    ]


def test_footnotes_and_remarks_behind_the_signature_belong_to_no_duty():
    text = PLAN + "\n[1] Nghị quyết số 01/NQ-CP ngày 05/01/2024 của Chính phủ.\n"

    assert read(text)["duties"] == read(PLAN)["duties"]


def test_who_and_when_may_stand_one_level_deeper_or_in_a_closing_line():
    text = PLAN.replace(
        "- Cơ quan chủ trì: Thư viện tỉnh\n- Thời hạn: Quý II năm 2024",
        "- Phân công thực hiện:\n+ Cơ quan chủ trì: Thư viện tỉnh\n+ Phối hợp: Báo Bình Minh\n"
        "- Hoàn thành trong quý III/2024.",
    )

    task = read(text)["tasks"][1]

    assert (task["lead"], task["coordinating"], task["due"]) == (["Thư viện tỉnh"], ["Báo Bình Minh"], "2024-Q3")


def test_recipients_on_one_line_are_several():
    text = PLAN.replace("- Các sở, ban, ngành tỉnh;\n- Lưu: VT, KGVX.", "- Các sở, ban, ngành tỉnh; - Lưu: VT, KGVX.")

    assert read(text)["recipients"] == read(PLAN)["recipients"]


def test_what_a_plan_is_attached_to_is_not_its_title():
    title = "Nâng cao chất lượng đọc sách ở cơ sở"
    text = PLAN.replace(title, title + "\n(Ban hành kèm theo Quyết định số 5/QĐ-UBND ngày 03/4/2024)")

    assert read(text)["title"] == title


def test_a_plan_of_a_district_is_read_with_its_four_ways_to_name_who_does_it():
    plan = read(shapes.DISTRICT_PLAN)

    assert plan["issuer"] == "Ủy ban nhân dân huyện Đông Hải"
    assert len(plan["bases"]) == 3
    assert [(t["ref"], t["lead"], t.get("implementing"), t["due"], t["recurrence"]) for t in plan["tasks"]] == [
        ("II.1", ["Phòng Tư pháp"], None, "2021-Q2", None),
        (
            "II.2",
            [],
            ["Phòng Tư pháp", "Trung tâm Văn hóa - Thông tin và Thể thao huyện"],
            None,
            "continuous",
        ),
        ("II.3", ["Hội đồng phối hợp phổ biến, giáo dục pháp luật huyện"], None, "2021-11", None),
        ("II.4", ["Phòng Tư pháp"], None, "2021-09-30", None),
    ]
    assert plan["tasks"][3]["title"] == "Kiểm tra công tác phổ biến, giáo dục pháp luật"
    assert duties_of(plan)[2] == (
        "IV.3", ["Đài Truyền thanh - Truyền hình huyện", "Cổng Thông tin điện tử huyện"],
    )  # fmt: skip


def test_a_dense_page_whose_columns_run_together_is_read():
    plan = read(shapes.DENSE_PLAN)

    assert [(t["ref"], t["lead"], t["coordinating"], t["due"]) for t in plan["tasks"]] == [
        (
            "II.1.1",
            ["Sở Văn hóa, Thể thao và Du lịch"],
            ["Sở Xây dựng", "Sở Kế hoạch và Đầu tư", "các đơn vị liên quan"],
            "2022-Q4",
        ),
        ("II.1.2", ["Sở Tài nguyên và Môi trường"], ["UBND các huyện, thành phố"], "2023-03"),
        ("II.2.1", ["Sở Giao thông vận tải"], ["Ban Quản lý dự án tỉnh"], "2025"),
        ("II.2.2", ["UBND huyện Cù Lao"], [], "2024"),
    ]
    assert plan["signer_role"] == "TM. ỦY BAN NHÂN DÂN; KT. CHỦ TỊCH; PHÓ CHỦ TỊCH"
    assert plan["recipients"] == [
        "TT Tỉnh ủy, HĐND tỉnh (b/c)",
        "CT, các PCT UBND tỉnh",
        "Các sở, ban, ngành tỉnh",
        "UBND các huyện, TP",
        "Lưu: VT, KGVX",
    ]

"""Without JavaScript: an old phone or a strict office still signs in, lists, imports and replies."""

import re

import pytest

from tests.journeys.given import DESK, SMALL_PLAN

pytestmark = pytest.mark.journey

PLAN = SMALL_PLAN.replace("15/KH-UBND", "16/KH-UBND").replace("thiên tai năm 2026", "cháy rừng năm 2026")


def test_a_document_is_imported_and_found_without_scripts(visit, given):
    editor = visit("no-script", java_script_enabled=False)

    editor.sign_in("bientap", given.system.password, then=f"{DESK}/van-ban/")
    editor.press("Nhập văn bản")
    editor.page.locator("input[type=file]").set_input_files(
        {"name": "ke-hoach-16.txt", "mimeType": "text/plain", "buffer": PLAN.encode()}
    )
    editor.press("Đọc văn bản")
    editor.sees("Đã đọc xong văn bản", "16/KH-UBND", "Đọc được 1 nhiệm vụ")
    editor.shot("document")
    editor.page.locator("summary", has_text="II.1").click()
    editor.page.get_by_label("Thời gian, như văn bản ghi").fill("Hằng quý")
    editor.press("Lưu nội dung đã sửa")
    editor.sees("Đã lưu nội dung bạn sửa")

    editor.open(f"{DESK}/van-ban/")
    editor.fill("Tìm theo số, trích yếu hoặc cơ quan ban hành", "chay rung")
    editor.press("Tìm")
    editor.sees("1 kết quả", "16/KH-UBND")
    editor.shot("list")
    assert editor.page.locator("tbody tr").count() == 1


def test_a_question_is_sent_and_answered_without_scripts(visit, given):
    resident = visit("no-script-resident", size="phone", java_script_enabled=False)

    resident.open("/?q=son+kim+1")
    resident.press("Xã Sơn Kim 1")
    resident.press("Gửi ý kiến")
    resident.page.get_by_label("Đường sá").check()
    resident.page.get_by_label("Bạn ở thôn nào?").select_option("Thôn 2")
    resident.fill("Bạn muốn nói gì?", "Cầu qua suối hỏng lan can, xin xã cho sửa.")
    resident.shot("send")
    resident.page.get_by_role("button", name="Gửi", exact=True).click()
    resident.sees("Ý kiến của bạn đã đến nơi")
    code = resident.page.locator("#code").inner_text()

    officer = visit("no-script-officer", java_script_enabled=False)
    officer.sign_in("canbo.sonkim1", given.system.password, then=f"{DESK}/y-kien/")
    officer.press(code)
    officer.fill("Trả lời của bạn", "Xã đã giao thôn sửa lan can trước ngày 5 tháng sau.")
    officer.press("Gửi trả lời")
    officer.sees("Từ bây giờ người gửi mở được trả lời")
    officer.shot("answered")
    resident.press("Xem đã xử lý đến đâu")
    resident.sees("Xã đã giao thôn sửa lan can")
    assert re.fullmatch(r"[A-Z0-9-]{9}", code)


def test_a_bulletin_is_written_without_scripts(visit, given):
    officer = visit("no-script-bulletin", java_script_enabled=False)

    officer.sign_in("canbo.sonkim1", given.system.password, then=f"{DESK}/ban-tin/viet/")
    officer.fill("Tiêu đề", "Nhắc nộp phí rác")
    officer.fill("Nội dung", "Phí rác quý 4 nộp tại nhà văn hóa, mỗi hộ 25.000 đồng.")
    officer.press("Xem văn bản sẽ đọc")
    officer.sees("hai mươi lăm nghìn đồng", within="#spoken")
    officer.page.locator("[name=areas]").first.check()
    officer.press("Lưu và nghe thử")
    officer.sees("Đã lưu bản nháp", "Nhắc nộp phí rác")
    officer.shot("written")
    given.heard(given.officer("canbo.sonkim1"), "/" + officer.page.url.split("/", 3)[3])
    officer.page.reload()
    assert officer.page.locator("audio").count() == 1

"""An official document is sent on, received, read and answered; who has not is seen and reminded."""

from datetime import timedelta

import pytest

from coso.kit import clock
from tests.journeys.given import DESK

pytestmark = pytest.mark.journey
LETTER = """ỦY BAN NHÂN DÂN
TỈNH HÀ TĨNH
-------
Số: 431/UBND-VX
V/v rà soát cụm loa truyền thanh cấp xã
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Hà Tĩnh, ngày 03 tháng 02 năm 2026

Kính gửi:
- Ủy ban nhân dân xã Sơn Kim 1;
- Ủy ban nhân dân phường Thành Sen.

Ủy ban nhân dân tỉnh đề nghị các địa phương rà soát cụm loa đang hỏng và báo cáo kết quả.

Nơi nhận:
- Ủy ban nhân dân xã Sơn Kim 1;
- Ủy ban nhân dân phường Thành Sen;
- Bộ Nội vụ (để báo cáo);
- Lưu: VT, VX.

TM. ỦY BAN NHÂN DÂN
KT. CHỦ TỊCH
PHÓ CHỦ TỊCH
Nguyễn Văn An
"""


def confirmed(given) -> str:
    """Bring the letter in and confirm it; give its address."""
    read = given.officer("bientap").send(
        f"{DESK}/van-ban/nhap/", {"file": ("cong-van-431.txt", LETTER.encode(), "text/plain")}
    )
    approver = given.officer("duyet")
    page = approver.read(read.url.path)
    approver.send(f"{read.url.path}xac-nhan/", over=page.partition('name="over" value="')[2].partition('"')[0])
    return read.url.path


def test_a_letter_is_sent_on_received_read_and_answered_and_who_has_not_is_reminded(visit, given):
    letter = confirmed(given)
    sender = visit("copies-sender", as_="bientap")
    sender.open(letter)
    sender.sees("Đã xác nhận", "431/UBND-VX")
    sender.press("Nơi nhận")
    sender.sees("Ủy ban nhân dân xã Sơn Kim 1", "Không có trên hệ thống này: giao trực tiếp.")
    sender.look("recipients")
    blank = sender.page.get_by_label("Tên nơi nhận").last
    blank.fill("Ủy ban nhân dân xã Thạch Hà")
    sender.press("Lưu nơi nhận")
    sender.sees("Đã lưu nơi nhận", "Ủy ban nhân dân xã Thạch Hà")
    sender.press("Gửi văn bản đi")
    sender.sees("Văn bản gửi đến 3 cơ quan, đơn vị. 1 nơi nhận không có trên hệ thống này")
    sender.page.locator("#id_answer_due").fill("2020-01-01")
    sender.press("Gửi")
    sender.sees("Ngày này đã qua")
    sender.look("send")
    sender.page.locator("#id_answer_due").fill((clock.today() + timedelta(days=5)).isoformat())
    sender.press("Gửi")
    sender.sees("Đã gửi 4 bản", "4 bản đã gửi: 0 đã đến nơi, 0 đã đọc, 4 chưa nhận")
    standing = sender.page.url
    sender.look("sent")

    officer = visit("copies-officer", as_="canbo.sonkim1")
    officer.open(f"{DESK}/van-ban/den/")
    officer.sees("Văn bản đến", "431/UBND-VX", "Chưa đọc")
    officer.look("arrived")
    officer.press("Công văn 431/UBND-VX")
    officer.look("arrived-one")
    officer.fill("Số đến", "128")
    officer.press("Vào sổ")
    officer.sees("Số đến: 128", "Lê Thị Đào")
    officer.press("Tôi đã đọc")
    officer.sees("Đã ghi nhận là đã đọc")
    officer.press("Gửi trả lời")
    officer.look("no-words")
    officer.fill("Trả lời", "Xã có 12 cụm loa, 2 cụm đang hỏng.")
    officer.press("Gửi trả lời")
    officer.sees("Nội dung trả lời đã chuyển đến người gửi văn bản", "2 cụm đang hỏng")
    officer.look("answered")

    sender.open(standing)
    sender.sees("4 bản đã gửi: 1 đã đến nơi, 1 đã đọc, 3 chưa nhận", "2 cụm đang hỏng", "Còn chờ 2 nơi trả lời")
    sender.press("Đã giao")
    sender.sees("Đã ghi nhận là đã giao: Bộ Nội vụ (để báo cáo)")
    sender.press("Nhắc")
    sender.sees("Đã nhắc")
    sender.look("reminded")
    sender.open(f"{DESK}/van-ban/cho-tra-loi/")
    sender.sees("UBND phường Thành Sen", "431/UBND-VX")
    sender.look("awaited")
    assert "UBND xã Sơn Kim 1" not in sender.page.inner_text("main table")

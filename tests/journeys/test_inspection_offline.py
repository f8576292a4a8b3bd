"""An officer inspects without a network, sends when the line is back, and meets somebody else's answers."""

import io
import re
from datetime import timedelta
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import Error

from coso.kit import clock
from tests.journeys.given import DESK

pytestmark = pytest.mark.journey

ROUNDS = f"{DESK}/co-so-vat-chat/kiem-tra/"
ROUND = "Rà soát thiết chế văn hóa - thông tin cơ sở (mẫu)"
HOUSE = "Nhà văn hóa thôn 1"
PHONE: dict[str, Any] = {"size": "phone", "has_touch": True, "is_mobile": True}


def _photo() -> dict[str, Any]:
    file = io.BytesIO()
    Image.new("RGB", (1200, 900), "green").save(file, "JPEG")
    return {"name": "cua-khoa.jpg", "mimeType": "image/jpeg", "buffer": file.getvalue()}


def _tap(phone: Any, question: int, answer: str) -> None:
    phone.page.locator(f"[data-question='{question}']").get_by_label(answer, exact=True).tap()


def _open_house(phone: Any) -> None:
    phone.page.get_by_role("link", name=HOUSE).tap()
    phone.page.get_by_role("heading", name=HOUSE).wait_for()


def _round_on(phone: Any) -> None:
    phone.open(ROUNDS)
    phone.press(ROUND)
    phone.press("Điền trên điện thoại")
    phone.sees("Trang này nay dùng được cả khi mất mạng.")


def _go_online(phone: Any) -> None:
    phone.context.set_offline(False)
    phone.sees("Có mạng")


def _forgive(phone: Any, *causes: str) -> None:
    """Forget what a browser calls an error and is none: no network on purpose, a conflict as agreed."""
    phone.complaints = [one for one in phone.complaints if not any(cause in one for cause in causes)]


def test_an_inspection_is_filled_in_without_a_network_and_sent_later(visit):
    phone = visit("offline", as_="canbo.sonkim1", **PHONE)
    _round_on(phone)
    phone.look("list")

    phone.context.set_offline(True)
    phone.page.reload()
    phone.sees("Không có mạng. Nội dung bạn điền được giữ trên điện thoại này.")
    _open_house(phone)
    for question in (1, 3, 4, 5, 6):
        _tap(phone, question, "Có")
    _tap(phone, 2, "Không")
    phone.page.get_by_label("Ghi chú câu 2").fill("Cửa khóa trái trong giờ mở cửa")
    phone.page.locator("#p2").set_input_files(_photo())
    phone.page.locator("[data-question='7'] input[inputmode]").fill("24")
    _tap(phone, 8, "Dùng được")
    phone.sees("Đã trả lời đủ các câu.", "Còn 1 phiếu và 1 ảnh chưa gửi.")
    phone.look("filled")

    phone.page.reload()
    phone.sees("Còn 1 phiếu và 1 ảnh chưa gửi.")
    assert phone.page.get_by_label("Ghi chú câu 2").input_value() == "Cửa khóa trái trong giờ mở cửa"
    assert phone.page.get_by_alt_text("Ảnh 1 của câu 2").evaluate("one => one.decode().then(() => one.naturalWidth)")

    _go_online(phone)
    phone.sees("Đã gửi hết.", "Hệ thống đã nhận 1 ảnh.")
    phone.page.get_by_role("link", name="Về danh sách").first.tap()
    phone.look("sent")

    desk = visit("offline-desk", as_="bientap")
    desk.open(f"{ROUNDS}?q=ra+soat")
    desk.press(ROUND)
    desk.press("Kết quả")
    desk.page.get_by_label("Bộ câu hỏi").select_option(
        label="Nhà văn hóa, trung tâm văn hóa - học tập cộng đồng theo Kế hoạch 82"
    )
    desk.page.get_by_role("button", name="Tìm", exact=True).click()
    desk.sees(HOUSE, "1 tồn tại")
    desk.look("result")
    desk.press(HOUSE)
    desk.sees("Cửa khóa trái trong giờ mở cửa", "Chưa xử lý")
    assert (
        desk.page.get_by_alt_text("Ảnh của câu 2").evaluate("one => one.decode().then(() => one.naturalWidth)") == 1200
    )
    desk.look("inspection")
    phone.assert_calm()
    desk.assert_calm()


def test_two_people_answer_differently_and_one_chooses_on_the_phone(visit):
    phone = visit("two-versions", as_="canbo.sonkim1", **PHONE)
    _round_on(phone)
    phone.page.get_by_role("link", name="Nhà văn hóa thôn 4").tap()
    _tap(phone, 1, "Có")
    phone.press("Gửi ngay")
    phone.sees("Đã gửi hết.")

    phone.context.set_offline(True)
    _tap(phone, 1, "Không")
    phone.page.get_by_label("Ghi chú câu 1").fill("Nội quy đã bị gỡ")
    phone.sees("Đã lưu trên điện thoại lúc")
    desk = visit("two-versions-desk", as_="bientap")
    address = re.sub(r"dien-thoai/.*", "", phone.page.url)
    facility = phone.page.url.rsplit("#", 1)[1]
    desk.open(f"{address}co-so/{facility}/")
    desk.page.locator("fieldset", has_text="2. Mở cửa").get_by_label("Có", exact=True).check()
    desk.press("Lưu")
    desk.sees("Đã lưu câu trả lời; còn câu chưa trả lời.")

    _go_online(phone)
    phone.press("Về danh sách")
    phone.sees("Hai bản khác nhau")
    phone.page.get_by_role("link", name="Nhà văn hóa thôn 4").tap()
    phone.sees("Hai người trả lời khác nhau", "Nguyễn Thị Thu Hà đã gửi câu trả lời khác", "Nội quy đã bị gỡ")
    _forgive(phone, "status of 409")
    phone.look("side-by-side")
    desk.open(address)
    desk.sees("Hai người trả lời khác nhau", "Lê Thị Đào")
    desk.press("Nhà văn hóa thôn 4")
    desk.look("side-by-side")

    theirs = phone.page.locator("fieldset", has_text="2. Mở cửa").get_by_label("Nguyễn Thị Thu Hà")
    assert theirs.is_checked(), "an answer goes before none"
    phone.press("Lấy các câu trả lời này")
    phone.sees("Đã gửi hết.")
    desk.open(address)
    desk.misses("Hai người trả lời khác nhau")
    phone.assert_calm()


def test_whoever_was_signed_out_meanwhile_loses_nothing(visit, system):
    phone = visit("signed-out", **PHONE)
    phone.sign_in("canbo.sonkim1", system.password)
    _round_on(phone)
    phone.page.get_by_role("link", name="Tủ sách pháp luật xã Sơn Kim 1").tap()
    phone.context.clear_cookies()
    _tap(phone, 1, "Có")
    phone.press("Gửi ngay")
    phone.sees("Phiên đăng nhập đã hết. Không mất gì cả")
    phone.shot("told")

    phone.page.locator("main").get_by_role("link", name="Đăng nhập").tap()
    phone.page.locator("#id_login").fill("canbo.sonkim1")
    phone.page.locator("#id_password").fill(system.password)
    phone.page.locator("main form button.btn-primary").first.tap()
    phone.sees("Đã gửi hết.")
    phone.page.get_by_role("link", name="Tủ sách pháp luật xã Sơn Kim 1").tap()
    assert phone.page.locator("[data-question='1']").get_by_label("Có", exact=True).is_checked()


def test_a_phone_whose_clock_ran_ahead_sends_once_it_was_set(visit):
    phone = visit("clock-ahead", as_="canbo.sonkim1", **PHONE)
    _round_on(phone)
    phone.page.get_by_role("link", name="Điểm bưu điện - văn hóa").first.tap()
    phone.page.clock.set_fixed_time(clock.now() + timedelta(days=1))
    _tap(phone, 1, "Có")
    phone.press("Gửi ngay")
    phone.sees("hãy chỉnh lại đồng hồ điện thoại")
    _forgive(phone, "status of 422")

    phone.page.clock.set_fixed_time(clock.now())
    phone.press("Gửi ngay")

    phone.sees("Đã gửi hết.")
    phone.assert_calm()


def test_signing_out_takes_the_page_off_the_phone_and_keeps_what_was_not_sent(visit, system):
    phone = visit("sign-out", **PHONE)
    phone.sign_in("canbo.sonkim1", system.password)
    _round_on(phone)
    address = phone.page.url
    assert phone.page.evaluate("caches.keys()") == ["coso-inspection"]

    phone.open("/tai-khoan/logout/")
    phone.page.locator("main form button.btn-primary").tap()
    phone.page.wait_for_url(lambda url: "logout" not in url)
    phone.page.wait_for_load_state()

    assert phone.page.evaluate("caches.keys()") == []
    assert "coso-inspections" in phone.page.evaluate("indexedDB.databases().then((all) => all.map((one) => one.name))")
    phone.context.set_offline(True)
    with pytest.raises(Error, match="net::ERR_"):
        phone.page.goto(address)


def test_a_facility_is_filled_in_without_scripts(visit, system):
    officer = visit("inspection-no-script", size="phone", java_script_enabled=False)
    officer.sign_in("canbo.sonkim1", system.password, then=ROUNDS)
    officer.press(ROUND)
    officer.press("Điền trên điện thoại")
    officer.press("Bảng tin công cộng thôn 2")
    officer.page.locator("fieldset", has_text="1. Xác định được").get_by_label("Có", exact=True).check()
    officer.shot("form")
    officer.press("Lưu")
    officer.sees("Đã lưu câu trả lời; còn câu chưa trả lời.", "Đang điền")
    officer.page.locator("#photo").set_input_files(_photo())
    officer.press("Thêm các ảnh")

    officer.sees("Đã lưu ảnh, không kèm thông tin máy ảnh ghi.")
    assert officer.page.locator(".photo img").count() == 1

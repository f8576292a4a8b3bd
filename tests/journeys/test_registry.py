"""The registry: a culture house with all that is in it, its use, a piece in repair; a district that was dissolved."""

import pytest
from playwright.sync_api import expect

from tests.journeys.given import DESK

pytestmark = pytest.mark.journey
REGISTRY = f"{DESK}/co-so-vat-chat"


def test_an_officer_enters_a_culture_house_its_equipment_and_its_use(visit):
    officer = visit("registry", as_="canbo.sonkim1")

    officer.open(f"{REGISTRY}/")
    officer.sees("Thiết chế", "thiết chế đang hoạt động")
    officer.look("facilities")
    officer.press("Thêm thiết chế")
    officer.field("Đó là loại gì?").select_option("Nhà văn hóa")
    officer.look("what-and-where")
    officer.press("Tiếp tục")

    officer.fill("Tên thiết chế", "Nhà văn hóa thôn 6")
    officer.field("Đặt ở đâu?").select_option("Thôn 6")
    officer.page.get_by_label("Thôn 6", exact=True).check()
    officer.fill("Giờ mở cửa", "Tối thứ Tư và sáng Chủ nhật")
    officer.look("form-of-a-house")
    officer.press("Lưu")
    officer.sees("Đã thêm Nhà văn hóa thôn 6", "UBND xã Sơn Kim 1", "Tối thứ Tư và sáng Chủ nhật")
    officer.look("house")

    officer.press("Thêm trang thiết bị")
    officer.field("Đó là loại gì?").select_option("Tăng âm")
    officer.fill("Tên hoặc kiểu máy", "Tăng âm hội trường 700 W")
    officer.fill("Số máy", "SK1-NVH6-01")
    officer.fill("Đơn giá (đồng)", "12.500.000")
    officer.look("form-of-a-piece")
    officer.press("Lưu")
    officer.sees("Đã thêm Tăng âm hội trường 700 W", "Đang dùng")

    officer.open(f"{REGISTRY}/su-dung/")
    officer.look("use")
    officer.press("Nhập số liệu tháng")
    officer.fill("Số hoạt động, Nhà văn hóa thôn 6", "5")
    officer.fill("Lượt người đến, Nhà văn hóa thôn 6", "1.340")
    officer.look("month")
    officer.press("Lưu")
    officer.sees("Đã ghi số liệu tháng")
    officer.press("Nhà văn hóa thôn 6")
    officer.sees("1.340", "Đang hoạt động")
    officer.press("Theo từng tháng")
    officer.look("use-of-the-house")

    officer.open(f"{REGISTRY}/trang-thiet-bi/?q=tang+am+hoi+truong+700")
    officer.press("Tăng âm hội trường 700 W")
    officer.press("Ghi bước tiếp theo")
    officer.page.get_by_label("Đang sửa chữa").check()
    officer.fill("Ghi chú", "Cháy biến áp sau cơn dông")
    officer.look("next-step")
    officer.press("Lưu")
    officer.sees("Đã ghi nhận bước này", "Đang sửa chữa", "Cháy biến áp sau cơn dông", "12.500.000")
    officer.look("piece-in-repair")
    expect(officer.page.get_by_role("heading", level=1)).to_have_text("Tăng âm hội trường 700 W")


def test_an_administrator_looks_through_a_district_that_was_dissolved(visit):
    administrator = visit("transfer", as_="quantri")

    administrator.open(f"{REGISTRY}/chuyen-giao/")
    administrator.sees("còn thuộc đơn vị hoặc cơ quan trước đây")
    administrator.look("transfers")
    administrator.press("Chuyển giao thiết chế")
    administrator.look("units-of-then")
    administrator.press("Huyện Hương Sơn")
    administrator.fill("Quyết định", "1663/QĐ-UBND ngày 01/7/2025 của UBND tỉnh")
    for name, commune in [("Đài truyền thanh - truyền hình", "Xã Hương Sơn"), ("Thư viện", "Xã Hương Sơn")]:
        administrator.field(f"Chuyển về: {name} huyện Hương Sơn").select_option(commune)
    administrator.look("who-goes-where")
    administrator.press("Chuyển giao các thiết chế đã chọn")
    administrator.sees("Hãy chọn nơi tiếp nhận Đội tuyên truyền lưu động huyện Hương Sơn")
    administrator.look("a-line-is-missing")
    administrator.field("Chuyển về: Đội tuyên truyền lưu động huyện Hương Sơn").select_option("Xã Sơn Kim 1")
    administrator.press("Chuyển giao các thiết chế đã chọn")
    administrator.sees("Đã chuyển giao 3 thiết chế", "1663/QĐ-UBND", "Xã Hương Sơn")
    administrator.look("transferred")
    administrator.press("Hoàn tác chuyển giao")
    administrator.press("Hoàn tác chuyển giao")
    administrator.sees("Đã hoàn tác chuyển giao; mọi thiết chế về chỗ cũ.")
    expect(administrator.page.get_by_role("button", name="Hoàn tác chuyển giao")).to_have_count(0)


def test_a_resident_who_scans_a_label_learns_whom_to_ask(visit):
    officer, resident = visit("labels", as_="canbo.sonkim1"), visit("scanned", size="phone")

    officer.open(f"{REGISTRY}/nhan/")
    officer.sees("Nhà văn hóa thôn 1", "18196-NVH1")
    officer.look("labels")
    sheet = officer.context.request.get(f"{REGISTRY}/nhan/in.pdf?{_first_ticked(officer)}")
    resident.open("/t/18196-NVH1/")
    resident.sees("Nhà văn hóa thôn 1", "Gửi ý kiến tới UBND xã, phường")
    resident.look("label-for-residents")

    assert (sheet.status, sheet.body()[:5]) == (200, b"%PDF-")


def _first_ticked(officer) -> str:
    return f"f={officer.page.locator('input[name=f]').first.get_attribute('value')}"

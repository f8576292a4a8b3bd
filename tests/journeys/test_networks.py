"""The networks: a commune officer enters a communicator with the decision; bodies are merged, and it is taken back."""

import io

import pytest
from PIL import Image
from playwright.sync_api import expect

from tests.journeys.given import DESK

pytestmark = pytest.mark.journey

NETWORK = f"{DESK}/to-chuc/mang-luoi/tuyen-truyen-vien/"


def scan() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (600, 800), (250, 250, 245)).save(out, "JPEG")
    return out.getvalue()


def test_a_village_gets_its_communicator_and_leaves_the_list_of_those_without(visit):
    officer = visit("networks", as_="canbo.sonkim1")

    officer.open(f"{NETWORK}chua-co/")
    officer.sees("Thôn chưa có tuyên truyền viên", "2 thôn, tổ dân phố chưa có.", "Thôn 4")
    officer.look("without")
    officer.press("Thêm tuyên truyền viên")
    officer.fill("Họ và tên", "Phan Văn Mẫu")
    officer.fill("Điện thoại", "12")
    officer.field("Chức vụ ở thôn, tổ dân phố").select_option("village_head")
    officer.field("Thôn 4").check()
    officer.fill("Số quyết định", "45/QĐ-UBND")
    officer.field("Ngày quyết định").fill("2026-05-04")
    officer.page.locator("input[type=file]").set_input_files(
        {"name": "quyet-dinh.jpg", "mimeType": "image/jpeg", "buffer": b"no picture at all"}
    )
    officer.press("Lưu")
    officer.sees("Đây không phải số điện thoại Việt Nam", "Nội dung tệp không phải PDF hay ảnh")
    officer.look("wrong")

    officer.fill("Điện thoại", "0900 000 099")
    officer.page.locator("input[type=file]").set_input_files(
        {"name": "quyet-dinh.jpg", "mimeType": "image/jpeg", "buffer": scan()}
    )
    officer.press("Lưu")
    officer.sees("Đã thêm Phan Văn Mẫu.", "0900000099", "45/QĐ-UBND", "quyet-dinh.jpg")
    officer.sees("Quyền trong hệ thống chỉ do chức danh mang lại")
    officer.look("member")
    link = officer.page.get_by_role("link", name="quyet-dinh.jpg").get_attribute("href")
    kept = officer.page.request.get(f"{officer.address}{link}")
    assert (kept.status, kept.headers["content-type"]) == (200, "image/jpeg")

    officer.open(f"{NETWORK}chua-co/")
    officer.sees("1 thôn, tổ dân phố chưa có.", "Thôn 5")
    officer.misses("Thôn 4")
    officer.open(NETWORK)
    officer.sees("4 người đang làm nhiệm vụ.", "Phan Văn Mẫu")
    officer.look("list")


def test_bodies_are_merged_after_a_look_and_the_change_is_undone(visit):
    administrator = visit("bodies", as_="quantri")
    administrator.open(f"{DESK}/to-chuc/?q=khoa+hoc")
    administrator.press("Sở Khoa học và Công nghệ")
    administrator.press("Sáp nhập")
    administrator.field("Sở Tài chính").check()
    administrator.fill("Tên đơn vị mới", "Sở Khoa học và Tài chính mẫu")
    administrator.field("Từ ngày").fill("2026-12-01")
    administrator.fill("Quyết định", "99/QĐ-UBND ngày 20/11/2026")
    administrator.look("merging")
    administrator.press("Xem trước")
    administrator.sees("Chưa có gì thay đổi.", "Thôi hoạt động từ ngày 01/12/2026", "Sở Khoa học và Tài chính mẫu")
    administrator.look("preview")
    administrator.press("Sáp nhập đơn vị")
    administrator.sees("Đã thực hiện thay đổi.", "Trước và sau đơn vị này", "Sở Tài chính")
    administrator.look("merged")

    administrator.open(f"{DESK}/to-chuc/thay-doi/")
    administrator.look("changes")
    administrator.press("01/12/2026")
    administrator.look("change")
    administrator.fill("Vì sao bỏ?", "Nhập thử")
    administrator.press("Hoàn tác thay đổi")
    administrator.sees("Đã hoàn tác thay đổi.")
    administrator.open(f"{DESK}/to-chuc/?q=khoa+hoc")
    expect(administrator.page.locator("main")).not_to_contain_text("Sở Khoa học và Tài chính mẫu")
    administrator.sees("Sở Khoa học và Công nghệ")

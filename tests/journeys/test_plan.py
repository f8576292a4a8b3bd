"""The plan: a real document becomes work that a person has confirmed."""

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.journeys.given import DESK, SEED

pytestmark = pytest.mark.journey

ITEMS = 15
"""Eight tasks and seven bodies with duties."""


class Counted:
    """Counts the clicks and keys of a person."""

    def __init__(self, page: Page) -> None:
        self.page, self.times = page, 0

    def click(self, what: Locator) -> None:
        """Click once."""
        self.times += 1
        what.click()

    def key(self, key: str) -> None:
        """Press a key once."""
        self.times += 1
        self.page.keyboard.press(key)


def test_the_plan_is_read_corrected_confirmed_and_becomes_work(visit, given):
    editor = visit("plan")

    editor.open(f"{DESK}/van-ban/")
    editor.look("sign-in")
    editor.fill("Tên đăng nhập", "bientap")
    editor.page.locator("#id_password").fill(given.system.password)
    editor.press("Đăng nhập")
    editor.sees("Văn bản hành chính")
    editor.look("documents")

    editor.press("Nhập văn bản")
    editor.look("import")
    editor.page.locator("input[type=file]").set_input_files(SEED)
    editor.press("Đọc văn bản")
    editor.sees("Đã đọc xong văn bản", "Đọc được 8 nhiệm vụ", "Chờ xác nhận", "82/KH-UBND", "15/02/2017")
    editor.look("side-by-side")
    document = editor.page.url
    assert "82/KH-UBND" not in given.officer("bientap").read(f"{DESK}/ke-hoach/")

    editor.page.locator("summary", has_text="II.3").click()
    editor.field("Đơn vị chủ trì").focus()
    expect(editor.page.locator("mark.is-lit", has_text="Sở").first).to_be_in_viewport()
    editor.look("where-a-value-stands", whole=False)
    editor.page.locator("summary", has_text="II.3").click()
    editor.fill("Cơ quan ban hành", "Ủy ban nhân dân tỉnh Hà Tĩnh")
    editor.press("Lưu nội dung đã sửa")
    editor.sees("Đã lưu nội dung bạn sửa", "Sửa nội dung đọc được")
    assert editor.field("Cơ quan ban hành").input_value() == "Ủy ban nhân dân tỉnh Hà Tĩnh"
    editor.look("corrected")

    approver = visit("plan-confirmed", as_="duyet")
    approver.open(DESK + "/")
    approver.sees("82/KH-UBND")
    approver.look("today")
    approver.open(document)
    approver.sees("Đơn vị được nhắc tên", "13 đơn vị vào ngày ban hành")
    approver.page.locator("details summary", has_text="13 đơn vị vào ngày ban hành").first.click()
    approver.sees("UBND thị xã Hồng Lĩnh", "hôm nay: UBND phường")
    approver.look("units-named")

    # Confirming: every item looked at, one name said to be nobody's; each click and each key counts.
    counted = Counted(approver.page)
    counted.click(approver.page.get_by_role("link", name="Xem lần lượt từng mục"))
    approver.look("an-item-by-keys", whole=False)
    counted.key("d")
    for _item in range(ITEMS):
        counted.key("a")
    row = approver.page.locator("[id^=don-vi-]", has_text="các đơn vị hoạt động bản tin trên địa bàn tỉnh")
    counted.click(row.get_by_role("button", name="Chọn").first)
    approver.sees("Không có trong hệ thống")
    approver.look("one-unit")
    counted.click(approver.page.get_by_role("button", name="Không có trong hệ thống"))
    approver.sees("Đã lưu lựa chọn", "Không có trong hệ thống")
    counted.click(approver.page.get_by_role("button", name="Xác nhận để thành việc phải làm"))
    approver.sees("Đã xác nhận. 8 nhiệm vụ đã thành việc phải làm")
    assert counted.times <= 40
    approver.look("tasks")

    approver.fill("Tìm nhiệm vụ", "thiet che van hoa")
    approver.press("Tìm")
    approver.press("II.3. Rà soát, củng cố tổ chức")
    approver.sees("Ai làm", "Sở Văn hóa, Thể thao và Du lịch", "Sở Thông tin và Truyền thông", "82/KH-UBND")
    approver.look("task")

"""A part of a commune goes to another one: filled in by the keyboard, looked at, carried out, undone."""

import pytest
from playwright.sync_api import expect

from tests.journeys.given import DESK
from tests.support.browser import Visitor

pytestmark = pytest.mark.journey
PLACES = f"{DESK}/dia-ban"
RESOLUTION = "Nghị quyết số 21/NQ-HĐND ngày 01/11/2026"


def _tab_to(visitor: Visitor, label: str) -> None:
    """Walk by the keyboard until the field with a label is reached; fail when it never is."""
    wanted = visitor.field(label)
    for _step in range(80):
        visitor.page.keyboard.press("Tab")
        if wanted.evaluate("one => one === document.activeElement"):
            return
    raise AssertionError(f"{label!r} is not reached by Tab")


def test_a_village_goes_to_another_commune_and_comes_back(visit):
    administrator = visit("ceding", as_="quantri")
    administrator.open(f"{PLACES}/thay-doi/moi/chuyen-mot-phan/?q=kỳ+hoa")
    administrator.look("which-unit")
    administrator.press("Xã Kỳ Hoa")
    keys = administrator.page.keyboard

    # Nothing filled in: each field says what is missing, and what was typed stays.
    administrator.fill("Số người chuyển đi", "120")
    administrator.press("Xem trước")
    administrator.sees("Hãy điền mục này")
    assert administrator.field("Số người chuyển đi").input_value() == "120"
    administrator.look("missing")

    administrator.field("Phần này chuyển về đơn vị nào?").focus()
    keys.type("ky van")
    expect(administrator.page.locator(".search-choice-option").first).to_have_text("Xã Kỳ Văn")
    keys.press("ArrowDown")
    keys.press("Enter")
    first = administrator.page.locator("input[name=below]").first
    village = first.locator("xpath=ancestor::label").inner_text()
    for _step in range(5):
        keys.press("Tab")
        if first.evaluate("one => one === document.activeElement"):
            break
    keys.press("Space")
    expect(first).to_be_checked()
    _tab_to(administrator, "Từ ngày")
    administrator.fill("Từ ngày", "2026-11-20")
    _tab_to(administrator, "Nghị quyết hoặc quyết định")
    keys.type(RESOLUTION)
    administrator.look("form")
    administrator.field("Nghị quyết hoặc quyết định").focus()
    keys.press("Enter")

    # A count can't be taken from a commune whose people nobody counted; a share can.
    administrator.sees("Chưa biết dân số của Xã Kỳ Hoa; hãy điền tỷ lệ")
    administrator.look("unknown-people")
    administrator.fill("Số người chuyển đi", "")
    administrator.fill("Hoặc tỷ lệ dân số chuyển đi", "12,5")
    administrator.field("Nghị quyết hoặc quyết định").focus()
    keys.press("Enter")
    administrator.sees("Chưa có gì thay đổi", "Xã Kỳ Hoa", "Xã Kỳ Văn", village.split(" (")[0])
    administrator.look("preview")
    administrator.press("Sửa lại nội dung đã nhập")
    assert administrator.field("Nghị quyết hoặc quyết định").input_value() == RESOLUTION
    expect(administrator.page.locator("input[name=below]").first).to_be_checked()
    administrator.press("Xem trước")
    administrator.press("Thực hiện thay đổi")

    administrator.sees("Thay đổi đã có hiệu lực", RESOLUTION)
    administrator.look("carried-out")
    administrator.open(f"{PLACES}/?q=ky+van&level=commune")
    administrator.press("Xã Kỳ Văn")
    administrator.sees(village.split(" (")[0], "Xã Kỳ Hoa")
    administrator.look("receiver")

    administrator.open(f"{PLACES}/thay-doi/?q=ky+hoa")
    administrator.press("Xã Kỳ Hoa")
    administrator.press("Hoàn tác thay đổi")
    administrator.look("before-undoing")
    administrator.fill("Lý do", "Nhập nhầm nghị quyết")
    administrator.press("Hoàn tác thay đổi")
    administrator.sees("Đã hoàn tác", "Nhập nhầm nghị quyết")
    administrator.look("undone")
    administrator.assert_calm()

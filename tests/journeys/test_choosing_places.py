"""Choosing one place among all of a province: by keyboard, on a phone, and without scripts."""

import pytest
from playwright.sync_api import expect

from tests.journeys.given import DESK
from tests.support.browser import Visitor

pytestmark = pytest.mark.journey

INVITE = f"{DESK}/to-chuc/loi-moi/moi/"


def _active(visitor: Visitor) -> str:
    """Say the entry of the list that the keyboard stands on."""
    field = visitor.field("Địa bàn")
    ident = field.get_attribute("aria-activedescendant")
    return visitor.page.locator(f"#{ident}").inner_text() if ident else ""


def test_a_place_is_found_and_taken_by_the_keyboard_alone(visit):
    admin = visit("choosing", as_="quantri")
    admin.open(INVITE)
    field = admin.field("Địa bàn")
    options = admin.page.locator(".search-choice-option")
    assert field.get_attribute("role") == "combobox"

    field.focus()
    admin.page.keyboard.type("thon 2 son kim 1")
    expect(options.first).to_have_text("Thôn 2, xã Sơn Kim 1")
    assert field.get_attribute("aria-expanded") == "true"
    admin.look("open")
    field.focus()
    admin.page.keyboard.press("ArrowDown")
    if options.first.is_hidden():
        expect(options.first).to_be_visible()
        admin.page.keyboard.press("ArrowDown")
    assert _active(admin) == "Thôn 2, xã Sơn Kim 1"
    admin.look("on-the-first", whole=False)
    field.focus()
    admin.page.keyboard.press("Escape")
    assert field.get_attribute("aria-expanded") == "false"
    admin.page.keyboard.press("ArrowDown")
    expect(options.first).to_be_visible()
    admin.page.keyboard.press("ArrowDown")
    admin.page.keyboard.press("Enter")
    expect(field).to_have_value("Thôn 2, xã Sơn Kim 1")

    # What was chosen goes with the form; another letter takes it back.
    assert admin.page.locator("input[name=place]").input_value() != ""
    admin.page.keyboard.press("End")
    admin.page.keyboard.type("x")
    assert admin.page.locator("input[name=place]").input_value() == ""
    admin.sees("Không có tên này.")
    admin.look("nothing")


def test_a_thumb_finds_a_place_on_a_phone(visit):
    admin = visit("choosing-phone", size="phone", as_="quantri")
    admin.open(INVITE)

    admin.field("Địa bàn").press_sequentially("ky xuan")
    admin.page.get_by_role("option", name="Xã Kỳ Xuân", exact=True).click()

    expect(admin.field("Địa bàn")).to_have_value("Xã Kỳ Xuân")
    admin.look("chosen")


def test_without_scripts_the_matches_come_back_as_a_list_and_nothing_typed_is_lost(visit, system):
    admin = visit("choosing-no-script", java_script_enabled=False)
    admin.sign_in("quantri", system.password, then=INVITE)

    admin.fill("Họ và tên", "Hà Thị Mẫu")
    admin.fill("Địa bàn", "ky xuan")
    admin.press("Tìm")
    admin.sees("Bạn muốn chọn nơi nào?", "Xã Kỳ Xuân")
    assert admin.field("Họ và tên").input_value() == "Hà Thị Mẫu"
    admin.shot("found")
    admin.page.get_by_role("radio", name="Xã Kỳ Xuân", exact=True).check()
    admin.field("Vai trò").select_option(label="Công chức phụ trách thông tin cấp xã")
    admin.fill("Thư điện tử", "mau@hatinh.vn")
    admin.press("Tạo đường dẫn")
    admin.press("Đến lời mời")
    admin.sees("Hà Thị Mẫu", "Xã Kỳ Xuân")

"""Told: where no loudspeaker reaches, a person says it, and one touch accounts for the village."""

import pytest
from playwright.sync_api import expect

from tests.journeys.given import DESK

pytestmark = pytest.mark.journey


def test_a_communicator_tells_the_village_with_one_touch(visit, given):
    title = "Tiêm phòng cho đàn trâu bò"
    path = given.approved(title, "Thú y xã tiêm phòng cho trâu bò tại nhà văn hóa.", where="Xã Sơn Kim 1")
    teller = visit("told", size="phone", as_="tuyentruyen.sonkim1")

    teller.open(f"{DESK}/")
    waiting = teller.page.locator(".slip", has_text=title)
    teller.sees("Báo cho thôn của bạn")
    teller.look("today")
    waiting.get_by_role("button", name="Tôi đã báo Thôn 6").click()
    teller.sees("Đã ghi: bạn đã báo Thôn 6", "Đã tới 1/3 thôn")
    row = teller.page.locator("#villages tr", has_text="Thôn 6")
    expect(row).to_contain_text("Đã báo trực tiếp")
    expect(row).to_contain_text("Đặng Văn Ấm")
    teller.look("told")

    teller.open(f"{DESK}/")
    expect(waiting.get_by_role("button", name="Tôi đã báo Thôn 7")).to_be_visible()
    expect(waiting.get_by_role("button", name="Tôi đã báo Thôn 6")).to_have_count(0)

    officer = visit("told-seen", as_="canbo.sonkim1")
    officer.open(path)
    officer.sees("Tới 1/8 thôn", "Đã tới 1/8 thôn")
    officer.look("bulletin")

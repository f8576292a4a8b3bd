"""Coverage on the map and in its tables: by keyboard, without scripts, from the province down to a village."""

import json

import pytest
from playwright.sync_api import expect

from tests.journeys.given import DESK
from tests.journeys.test_keyboard import _FOCUS, _tab_to
from tests.support.browser import PATIENCE_MS

pytestmark = pytest.mark.journey

COVERAGE = f"{DESK}/co-so-vat-chat/do-phu"
# A square around the middle of Xã Sơn Kim 1, and a code that no unit has.
SQUARE = [[105.1, 18.35], [105.25, 18.35], [105.25, 18.5], [105.1, 18.5], [105.1, 18.35]]
BOUNDARIES = {
    "type": "FeatureCollection",
    "features": [
        {"type": "Feature", "properties": {"code": code}, "geometry": {"type": "Polygon", "coordinates": [SQUARE]}}
        for code in ("18196", "00000")
    ],
}


def test_coverage_leads_from_the_province_to_a_village_that_nothing_reaches(visit):
    editor = visit("coverage", as_="bientap")

    editor.open(f"{COVERAGE}/")
    editor.sees("Độ phủ", "thôn, tổ dân phố có ít nhất một kênh phủ tới", "Trong đó có thôn là dữ liệu mẫu")
    expect(editor.page.locator(".map-canvas path").nth(68)).to_be_attached(timeout=PATIENCE_MS)
    editor.look("province")

    editor.press("Thôn chưa được phủ")
    editor.sees("diện khó khăn nhất đứng trước")
    expect(editor.page.locator(".map-point").first).to_be_visible(timeout=PATIENCE_MS)
    editor.look("not-covered")

    editor.page.locator("#list-table tbody th a").first.click()
    editor.sees("Độ phủ", "Chưa được phủ", "Sóng điện thoại")
    editor.look("village")


def test_the_map_is_walked_with_the_keyboard_from_a_layer_to_a_village(visit):
    officer = visit("map-keyboard", as_="canbo.sonkim1")
    officer.open(f"{COVERAGE}/ban-do/")
    expect(officer.page.locator(".map-point").first).to_be_visible(timeout=PATIENCE_MS)

    # The key below the map shows marks before the map does; the officer's one commune is drawn, and not walked to.
    area = officer.page.locator("path.map-area")
    expect(area).to_have_count(1, timeout=PATIENCE_MS)
    expect(area).to_have_attribute("tabindex", "-1")

    _tab_to(officer, "Các cụm loa")
    before = officer.page.locator("[data-map-key='cum-loa']")
    expect(before).to_be_hidden()
    officer.page.keyboard.press("Space")
    expect(before).to_be_visible()
    officer.look("map")

    # Marks that stand for several come apart by Enter, until one of them is a village.
    for _ in range(8):
        here = officer.page.evaluate(_FOCUS)
        if here["name"].startswith("Thôn") and "Sơn Kim 1:" in here["name"]:
            break
        if "gần nhau ở đây" in here["name"]:
            officer.page.keyboard.press("Enter")
            officer.page.wait_for_timeout(700)
        officer.page.keyboard.press("Tab")
        if not officer.page.evaluate("() => document.activeElement.classList.contains('map-point')"):
            officer.page.locator(".map-canvas").focus()
            officer.page.keyboard.press("Tab")
    assert officer.page.evaluate(_FOCUS)["ring"]
    officer.shot("a-village-has-the-focus", whole=False)
    officer.page.keyboard.press("Enter")
    officer.page.wait_for_url(lambda url: "/dia-ban/" in url)
    officer.sees("Độ phủ", "Loa đang hoạt động")


def test_where_a_cluster_would_help_is_asked_and_sent_on_without_scripts(visit, given):
    editor = visit("what-if", size="phone", java_script_enabled=False)
    editor.sign_in("bientap", given.system.password, then=f"{COVERAGE}/them-cum-loa/")

    editor.fill("Vĩ độ", "18,43")
    editor.fill("Kinh độ", "105,18")
    editor.fill("Tầm nghe, tính bằng mét", "5000")
    editor.press("Xem ai được nghe")
    editor.sees("Điểm A", "5000 m")
    editor.fill("Tên thôn, tổ dân phố hoặc xã, phường", "son kim 1 thon 8")
    editor.press("Tìm")
    editor.page.get_by_role("list", name="Các thôn tìm thấy").get_by_role("link", name="Thôn 8").click()
    editor.sees("Điểm A", "Điểm B", "Bỏ điểm B")
    assert "spot=18.43%2C105.18%2C5000&spot=" in editor.page.url
    editor.shot("two-spots")

    # The address is the question: whoever opens it sees the same.
    other = visit("what-if-sent", as_="bientap")
    other.open(editor.page.url.removeprefix(given.system.web))
    other.sees("Điểm A", "Điểm B")
    expect(other.page.locator("path.map-circle")).to_have_count(2, timeout=PATIENCE_MS)
    other.look("two-spots")
    other.page.locator(".map-canvas").click(position={"x": 300, "y": 60})
    assert other.page.locator("#id_latitude").input_value().startswith(("17,", "18,"))
    other.press("Xem ai được nghe")
    other.sees("Điểm C")


def test_an_administrator_adds_boundaries_sees_them_on_the_map_and_takes_them_off(visit):
    administrator = visit("boundaries", as_="quantri")
    administrator.open(f"{COVERAGE}/dia-gioi/")
    administrator.sees("Chưa có địa giới")
    administrator.look("none")

    administrator.press("Thêm địa giới")
    administrator.look("form")
    file = {"name": "xa.geojson", "mimeType": "application/geo+json", "buffer": json.dumps(BOUNDARIES).encode()}
    administrator.page.locator("input[type=file]").set_input_files(file)
    administrator.fill("Tên gọi của tệp", "Ranh giới thử")
    administrator.fill("Ai cung cấp, theo giấy phép nào?", "Người thử, chỉ để thử")
    administrator.press("Xem thử tệp")
    administrator.sees("Tệp vẽ 1 đơn vị", "00000", "Đơn vị không có trong tệp")
    administrator.look("preview")

    administrator.press("Dùng trên bản đồ")
    administrator.sees("Từ bây giờ bản đồ dùng địa giới “Ranh giới thử”", "Đang dùng")
    administrator.look("list")
    administrator.open(f"{COVERAGE}/ban-do/")
    administrator.sees("Địa giới do Người thử, chỉ để thử cung cấp; đơn vị chưa có thì vẽ sơ đồ")

    administrator.open(f"{COVERAGE}/dia-gioi/")
    administrator.press("Gỡ Ranh giới thử khỏi bản đồ")
    administrator.sees("Bản đồ không còn dùng địa giới “Ranh giới thử”", "Đã rút")
    assert administrator.page.locator("form[action*='/rut/']").count() == 0

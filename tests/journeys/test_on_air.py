"""On air: every village accounted for, while one looks on."""

import io
import re
from datetime import timedelta

import pytest
from openpyxl import load_workbook
from playwright.sync_api import expect

from coso.kit import clock
from tests.journeys.given import DESK
from tests.support.browser import PATIENCE_MS

pytestmark = pytest.mark.journey


def test_an_emergency_plays_at_once_and_the_reach_fills_in_while_one_looks(visit, given):
    title = "Nước sông Ngàn Phố đang lên"
    path = given.bulletin(title, "Bà con rời ven sông ngay.", where="Xã Sơn Kim 1", rank="emergency")
    officer = visit("emergency", as_="canbo.sonkim1")
    leader = visit("emergency-released", size="phone", as_="lanhdao.sonkim1")

    reach = f"{DESK}/phat-song/{path.removeprefix(DESK + '/')}toi-dau/"
    officer.open(reach)
    officer.sees("Đã tới 0/8 thôn")
    officer.look("before")
    officer.page.evaluate("() => { window.stillTheSamePage = true; }")
    leader.open(f"{path}duyet/")
    leader.sees("Sẽ phát NGAY tới 8 thôn, kể cả trong giờ yên tĩnh")
    leader.look("review")
    leader.press("Duyệt và phát ngay")
    leader.sees(f"Đã duyệt “{title}”")

    expect(officer.page.locator("main")).to_contain_text("Đã tới 5/8 thôn", timeout=PATIENCE_MS)
    assert officer.page.evaluate("() => window.stillTheSamePage") is True
    rows = officer.page.locator("#villages tbody tr")
    expect(rows).to_have_count(8)
    expect(rows.filter(has_text="Đã phát")).to_have_count(5)
    expect(rows.filter(has_text="Chưa có cụm loa nào phục vụ nơi này")).to_have_count(3)
    expect(rows.filter(has_text="Người có thể báo: Đặng Văn Ấm")).to_have_count(3)
    expect(rows.filter(has_text="thiết bị đã ký")).to_have_count(5, timeout=PATIENCE_MS)
    assert officer.page.locator(".map-canvas path").count() >= 69
    officer.look("reached")

    with officer.page.expect_download() as download:
        officer.press("Tải về (.xlsx)")
    sheet = load_workbook(io.BytesIO(download.value.path().read_bytes())).active
    assert sheet is not None
    cells = [[str(cell) for cell in row] for row in sheet.iter_rows(values_only=True)]
    assert {row[0] for row in cells} >= {f"Thôn {number}" for number in range(1, 9)}
    assert sum("Đã phát" in row for row in cells) == 5
    assert sum("Chưa tới" in row for row in cells) == 3

    officer.press("Bảng chỉ huy")
    officer.sees(title, "5/8", "thôn đã tới", "Từ lúc phát lệnh")
    assert officer.page.locator(".board-village").count() == 8
    expect(officer.page.locator("[data-clock-since]")).to_have_text(re.compile(r"\d+:\d\d"))
    officer.look("board")


def test_a_bulletin_gets_a_time_and_stands_on_the_schedule(visit, given):
    title = "Họp thôn về nước sạch"
    path = given.approved(title, "Tối thứ sáu, bà con họp tại nhà văn hóa thôn.", where="Phường Thành Sen")
    officer = visit("schedule", as_="canbo.thanhsen")
    later = clock.local(clock.now() + timedelta(hours=2))
    gone = clock.local(clock.now() - timedelta(hours=2))

    officer.open(path)
    officer.press("Xếp giờ phát")
    officer.look("plan")
    officer.field("Ở đâu?").select_option("Phường Thành Sen")
    officer.fill("Lúc nào?", f"{gone:%Y-%m-%dT%H:%M}")
    officer.press("Xếp vào lịch")
    officer.sees("Hãy chọn thời điểm chưa qua")
    officer.look("too-late")
    officer.fill("Lúc nào?", f"{later:%Y-%m-%dT%H:%M}")
    officer.press("Xếp vào lịch")

    officer.sees(f"Đã xếp lịch: Phường Thành Sen lúc {later:%H:%M %d/%m/%Y}", "Sắp phát", "Đã tới 0/10")
    officer.look("planned")
    officer.open(f"{DESK}/phat-song/")
    officer.sees(title, f"{later:%d/%m/%Y %H:%M}")
    officer.look("list")
    officer.open(f"{DESK}/phat-song/hom-nay/")
    officer.look("day")
    assert title in officer.page.locator("main").inner_text() or later.date() > clock.today()

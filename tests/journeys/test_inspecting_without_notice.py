"""An officer looks at a station outside any round: what is wrong becomes work."""

import pytest

from tests.journeys.given import DESK

pytestmark = pytest.mark.journey


def test_a_station_is_inspected_without_notice_on_a_phone_and_a_defect_comes_of_it(visit):
    officer = visit("without-notice", size="phone", as_="canbo.sonkim1")
    officer.open(f"{DESK}/co-so-vat-chat/?q=dai+truyen+thanh+xa+son+kim+1")
    officer.press("Đài truyền thanh xã Sơn Kim 1")
    officer.press("Kiểm tra đột xuất")
    officer.sees("Theo bộ câu hỏi nào?")
    officer.look("checklists")
    officer.press("Đài truyền thanh cấp xã theo Nghị định 49/2024/NĐ-CP")
    officer.sees("Kiểm tra đột xuất: Đài truyền thanh xã Sơn Kim 1")
    officer.look("questions")

    for group in officer.page.locator("main fieldset").all():
        group.get_by_label("Có", exact=True).or_(group.locator("input")).first.check()
    officer.page.locator("main fieldset").nth(2).get_by_label("Không", exact=True).check()
    officer.page.get_by_label("Ghi chú câu 3").fill("Tăng âm chập chờn từ sáng")
    for box in officer.page.locator("main input[inputmode=decimal]").all():
        box.fill("4")
    officer.press("Lưu")

    officer.sees("Đột xuất, ngoài đợt", "Tăng âm chập chờn từ sáng")
    officer.look("inspection")
    officer.press("Đài truyền thanh xã Sơn Kim 1")
    officer.sees("Đột xuất, ngoài đợt", "Tăng âm chập chờn từ sáng")
    officer.look("facility")
    officer.open(f"{DESK}/co-so-vat-chat/kiem-tra/phieu/?round=none")
    officer.sees("Đột xuất, ngoài đợt", "Đài truyền thanh xã Sơn Kim 1")
    officer.look("list")
    officer.assert_calm()

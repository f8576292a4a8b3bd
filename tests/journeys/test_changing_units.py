"""Units: a merger is planned and undone, a past is a picture, an area gets a label by a decision."""

import pytest

from tests.journeys.given import DESK

pytestmark = pytest.mark.journey
PLACES = f"{DESK}/dia-ban"
RESOLUTION = "Nghị quyết số 12/NQ-HĐND ngày 20/10/2026"


def test_an_administrator_plans_a_merger_and_takes_it_back(visit):
    administrator = visit("units", as_="quantri")

    administrator.open(f"{PLACES}/thay-doi/")
    administrator.look("no-change")
    administrator.press("Thay đổi đơn vị")
    administrator.press("Sáp nhập đơn vị")
    administrator.page.goto(f"{PLACES}/thay-doi/moi/sap-nhap/?q=sơn+hồng")
    administrator.look("which-unit")
    administrator.press("Xã Sơn Hồng")
    administrator.page.get_by_label("Xã Sơn Tây (", exact=False).check()
    administrator.fill("Tên đơn vị mới", "Xã Ngàn Phố")
    administrator.fill("Từ ngày", "2099-03-01")
    administrator.press("Xem trước")
    administrator.sees("Hãy điền mục này")
    assert administrator.field("Tên đơn vị mới").input_value() == "Xã Ngàn Phố"
    administrator.fill("Nghị quyết hoặc quyết định", RESOLUTION)
    administrator.look("merger")
    administrator.press("Xem trước")

    administrator.sees("Chưa có gì thay đổi", "28/02/2099", "Xã Ngàn Phố", "8 đơn vị trực thuộc đi theo")
    administrator.look("preview")
    administrator.press("Lên lịch thay đổi")
    administrator.sees("tự có hiệu lực vào ngày 01/03/2099", RESOLUTION)
    administrator.look("planned")

    administrator.press("Hoàn tác thay đổi")
    administrator.fill("Lý do", "Nghị quyết được thay thế")
    administrator.press("Hoàn tác thay đổi")
    administrator.sees("Đã hoàn tác", "Nghị quyết được thay thế")
    administrator.open(f"{PLACES}/?q=ngan+pho")
    administrator.misses("Xã Ngàn Phố")
    administrator.assert_calm()


def test_the_past_of_a_ward_is_a_picture_and_open_ends_are_listed(visit):
    officer = visit("past", as_="bientap")

    officer.open(f"{PLACES}/?q=thanh+sen&level=commune")
    officer.press("Phường Thành Sen")
    officer.sees("Trước đây và về sau", "Phường Đại Nài", "một phần, chưa rõ tỷ lệ", "chưa xác minh")
    officer.look("ward")
    officer.open(f"{PLACES}/chua-ro-ke-thua/")
    officer.sees("13 đơn vị", "Xã Trung Lộc", "Chưa rõ nơi kế thừa")
    officer.look("open-ends")
    officer.assert_calm()


def test_an_administrator_gives_a_label_and_ends_it(visit):
    administrator = visit("labels", as_="quantri")

    administrator.open(f"{PLACES}/?q=cam+lac&level=commune")
    administrator.press("Xã Cẩm Lạc")
    administrator.press("Gắn nhãn")
    administrator.field("Nhãn").select_option("Miền núi")
    administrator.fill("Quyết định gắn nhãn", "Quyết định số 05/QĐ-UBND ngày 01/8/2026")
    administrator.fill("Có hiệu lực từ ngày", "2026-08-01")
    administrator.look("give")
    administrator.press("Gắn nhãn này")
    administrator.sees("Xã Cẩm Lạc mang nhãn “Miền núi”", "Quyết định số 05/QĐ-UBND ngày 01/8/2026, từ ngày 01/08/2026")
    administrator.press("Miền núi")
    administrator.look("label")
    administrator.press("Kết thúc nhãn")
    administrator.fill("Ngày cuối cùng có hiệu lực", "2026-10-31")
    administrator.press("Kết thúc nhãn")
    administrator.sees("Hết hiệu lực", "31/10/2026")
    administrator.open(f"{PLACES}/nhan/?state=ended")
    administrator.sees("Xã Cẩm Lạc")
    administrator.look("labels")
    administrator.assert_calm()

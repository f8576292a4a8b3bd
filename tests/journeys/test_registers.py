"""An officer brings a list of villages in: the template, a file with faults, the mended one, the list, and back."""

import io
from typing import Any

import openpyxl
import pytest

from tests.journeys.given import DESK

pytestmark = pytest.mark.journey

VILLAGES = f"{DESK}/so-lieu/thon/"


def _filled(template: bytes, *rows: list[Any]) -> dict[str, Any]:
    """Fill the template as an officer does: below the example row, the header as it is."""
    book = openpyxl.load_workbook(io.BytesIO(template))
    sheet = book.worksheets[0]
    for place, row in enumerate(rows, start=3):
        for column, value in enumerate(row, start=1):
            sheet.cell(place, column, value)
    file = io.BytesIO()
    book.save(file)
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    return {"name": "thôn mới.xlsx", "mimeType": kind, "buffer": file.getvalue()}


def _sent(officer: Any, file: dict[str, Any]) -> None:
    officer.open(VILLAGES)
    officer.page.get_by_label("Tệp", exact=True).set_input_files(file)
    officer.press("Kiểm tra tệp")


def test_a_list_is_brought_in_after_its_faults_are_mended_and_taken_back(visit):
    officer = visit("registers", as_="canbo.sonkim1")
    officer.open(f"{DESK}/so-lieu/")
    officer.look("list")
    officer.press("Thôn, tổ dân phố")
    officer.look("register")
    with officer.page.expect_download() as download:
        officer.press("Tải tệp mẫu")
    template = download.value.path().read_bytes()

    right = ["18196-51", "Thôn Mới 51", "Xã Sơn Kim 1", "18196", "1.250", 340, "18,4312", 105.2]
    wrong = ["18196-52", "Thôn Mới 52", "Xã Sơn Kin 1", None, "5 km", 100, None, None]
    _sent(officer, _filled(template, right, wrong))
    officer.sees("Có 1 dòng sai.")
    officer.sees("E4")
    officer.look("faults")

    mended = ["18196-52", "Thôn Mới 52", "Xã Sơn Kim 1", "18196", 410, 100, None, None]
    known = ["18196-01", "Thôn 1", "Xã Sơn Kim 1", "18196", 777, 200, 18.4, 105.1]
    _sent(officer, _filled(template, right, mended, known))
    officer.sees("Chưa nhập gì. Hãy xem trước rồi xác nhận.")
    officer.look("preview")
    officer.press("Nhập vào")
    officer.sees("Đã nhập 2 dòng mới và 1 dòng thay đổi.")
    officer.look("done")
    result = officer.page.url

    officer.open(f"{DESK}/dia-ban/?q=thon+moi+51")
    officer.sees("Thôn Mới 51")

    officer.page.goto(result)
    officer.press("Hoàn tác tệp này")
    officer.sees("Những gì tệp này nhập vào đã được hoàn tác.")
    officer.open(f"{DESK}/so-lieu/lan-nhap/")
    officer.look("imports")
    officer.open(f"{DESK}/dia-ban/?q=thon+moi+51")
    assert officer.page.get_by_text("Thôn Mới 51", exact=True).count() == 0


def test_faults_are_told_on_a_phone_without_scripts(visit, system):
    officer = visit("registers-no-script", size="phone", java_script_enabled=False)
    officer.sign_in("canbo.sonkim1", system.password, then=VILLAGES)
    officer.shot("register")
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["Tên thôn", "Xã", "Dân số"])
    sheet.append(["Thôn 2", "Xã Sơn Kim 1", "năm trăm"])
    sheet.append(["Thôn 3", "Xã Sơn Kim 1", 501])
    file = io.BytesIO()
    book.save(file)
    officer.page.get_by_label("Tệp", exact=True).set_input_files(
        {"name": "dan-so.xlsx", "mimeType": "application/octet-stream", "buffer": file.getvalue()}
    )
    officer.press("Kiểm tra tệp")

    officer.sees("“năm trăm” không phải là số.")
    officer.shot("faults")

"""A late unit is reminded in the owner's words; the same work is seen on a board, a chart, a calendar, in public."""

import re
import sqlite3
import time
from contextlib import closing

import httpx
import pytest
from playwright.sync_api import expect

from tests.journeys.given import DESK

pytestmark = pytest.mark.journey
CHOOSE = f"{DESK}/ke-hoach/don-doc/chon/"
UNIT = "UBND phường Thành Sen"
WORDS = "Đề nghị phường gửi kết quả tuyên truyền trước thứ Sáu"
PROMISE = "Trong quý này, cán bộ truyền thanh mọi xã, phường được tập huấn viết tin."


def test_a_unit_is_reminded_and_its_deadline_is_seen_everywhere(visit, given, system, mailbox):
    # The demo's accounts have no address; who keeps accounts writes it when he makes one.
    with closing(sqlite3.connect(system.data / "coso.sqlite3", timeout=20)) as database, database:
        database.execute(
            "UPDATE organizations_person SET email = ? WHERE username = ?", ("anh@thanhsen.example", "canbo.thanhsen")
        )
    owner = visit("remind-owner", as_="duyet")
    owner.open(f"{CHOOSE}?q=phong+chong+thien+tai")
    owner.sees("Chọn phần việc để đôn đốc", "chống thiên tai")
    owner.look("choose")
    box = owner.page.locator(".results tr", has_text=UNIT).get_by_role("checkbox")
    box.first.click()
    expect(box.first).to_be_checked()
    assert owner.page.url.endswith("chon/?q=phong+chong+thien+tai"), "the mouse fell through the box to the row's link"
    box.first.press("Space")
    expect(box.first).not_to_be_checked()
    box.first.press("Space")
    expect(box.first).to_be_checked()
    owner.press("Tiếp tục với các phần đã chọn")
    owner.sees("Võ Thị Minh Ánh", UNIT)
    owner.fill("Bạn yêu cầu đơn vị làm gì?", WORDS)
    owner.look("send")
    owner.press("Gửi đôn đốc")
    owner.sees("Đã gửi 1 lời đôn đốc", WORDS)
    owner.look("sent")

    unit = visit("remind-unit", as_="canbo.thanhsen")
    unit.open(f"{DESK}/thong-bao/")
    unit.sees("Đôn đốc", WORDS)
    unit.look("told")
    letter = _letter(mailbox)
    assert mailbox.recipients[-1] == "anh@thanhsen.example"
    assert WORDS in letter.get_content()
    assert letter["Subject"].startswith("[Cơ Sở] Đôn đốc: phần việc của ")

    for name, path in [("board", "bang"), ("chart", "bieu-do"), ("chart-quarters", "bieu-do/?theo=quy")]:
        owner.open(f"{DESK}/ke-hoach/{path}" + ("" if "?" in path else "/"))
        owner.look(name)
    owner.open(f"{DESK}/ke-hoach/lich/")
    owner.look("calendar")


def test_the_deadlines_of_ones_unit_are_read_by_a_calendar_program(visit, given, system):
    unit = visit("feed", as_="canbo.thanhsen")
    unit.open(f"{DESK}/ke-hoach/lich/")
    unit.press("Xem trong lịch của tôi")
    unit.press("Tạo địa chỉ của tôi")
    unit.sees("Hãy chép địa chỉ này ngay")
    unit.look("address")
    address = unit.page.locator("main code").inner_text()

    read = httpx.get(address, trust_env=False, timeout=60)
    assert read.headers["content-type"] == "text/calendar; charset=utf-8"
    days = re.sub(r"\r\n ", "", read.text)
    # Its deadline is the end of the month in which the demo was made.
    event = next(one for one in days.split("BEGIN:VEVENT") if "thiên tai" in one)
    assert re.search(r"DTSTART;VALUE=DATE:20\d{6}\r\n", event)

    unit.press("Thu hồi địa chỉ")
    assert httpx.get(address, trust_env=False, timeout=60).status_code == 404


def test_a_task_opened_to_residents_is_read_on_the_public_page(visit, given):
    owner = visit("commit-owner", as_="duyet")
    owner.open(f"{DESK}/ke-hoach/nhiem-vu/?q=tap+huan+ky+nang")
    owner.press("II.2. Tập huấn kỹ năng")
    owner.press("Công khai thành cam kết")
    owner.fill("Người dân có thể trông đợi điều gì?", PROMISE)
    owner.look("open")
    owner.press("Công khai với người dân")
    owner.sees("Người dân đã đọc được.", PROMISE)

    resident = visit("commit-resident", size="phone")
    resident.open("/cam-ket/")
    resident.sees(PROMISE)
    resident.look("commitments")
    resident.press(PROMISE)
    resident.sees(PROMISE, "30/09/2026")
    assert "Võ Thị Minh Ánh" not in resident.page.inner_text("body")
    resident.look("commitment")


def _letter(mailbox, seconds=150.0):
    """Wait for the round of the post, which goes once a minute."""
    limit = time.monotonic() + seconds
    while not mailbox.messages:
        assert time.monotonic() < limit, f"no e-mail after {seconds:.0f} s"
        time.sleep(0.5)
    return mailbox.messages[-1]

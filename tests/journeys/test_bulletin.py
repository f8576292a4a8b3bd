"""The bulletin: written once for a task, heard before it is submitted, approved by somebody else."""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.given import DESK
from tests.support.browser import seconds_of

pytestmark = pytest.mark.journey

TITLE = "Lịch trực ban phòng, chống thiên tai"
TEXT = "Từ 7 giờ 30 ngày 1/12/2026, UBND xã trực ban 24/24 giờ. Việc gấp xin gọi 0239.3855123."


def test_a_bulletin_goes_from_task_to_approval_by_another_person(visit, given):
    task = given.task()
    editor = visit("bulletin", as_="bientap")

    editor.open(task)
    editor.press("Viết bản tin")
    editor.sees("Cho nhiệm vụ")
    editor.look("write")
    editor.fill("Tiêu đề", TITLE)
    editor.fill("Nội dung", TEXT)
    editor.sees("không hai ba chín", within="#spoken")
    editor.page.get_by_label("Tìm nơi theo tên").press_sequentially("son kim")
    expect(editor.page.locator("#place-choices")).not_to_contain_text("Thành Sen")
    editor.page.get_by_role("checkbox", name="Xã Sơn Kim 1 mọi thôn").check()
    editor.page.get_by_label("Ưu tiên").check()
    editor.look("written")
    editor.press("Lưu và nghe thử")

    editor.sees("Đã lưu bản nháp", TITLE, "Xã Sơn Kim 1", "Ưu tiên", "không hai ba chín")
    sound = editor.page.locator("#sound audio")
    expect(sound).to_be_visible(timeout=120_000)
    editor.look("heard")
    assert seconds_of(sound) > 5
    address = editor.page.url

    editor.press("Gửi duyệt")
    editor.sees("Chờ duyệt", "người có quyền duyệt đã được báo")
    editor.look("submitted")
    expect(editor.page.get_by_role("link", name="Đọc, nghe và duyệt")).to_have_count(0)
    assert given.officer("bientap").post(f"{_path(address)}duyet/").status_code == 403

    approver = visit("bulletin-approved", size="phone", as_="duyet")
    approver.open(DESK + "/")
    approver.look("today")
    approver.press(TITLE)
    approver.press("Đọc, nghe và duyệt")
    approver.sees(f"Duyệt “{TITLE}”?", "không hai ba chín", "8 thôn")
    assert seconds_of(approver.page.locator("audio")) > 5
    approver.look("review")
    approver.page.get_by_role("button", name="Duyệt", exact=True).click()
    approver.sees(f"Đã duyệt “{TITLE}”, phát tới 8 thôn", "Đã duyệt")
    approver.look("approved")

    editor.open(address)
    history = editor.page.locator(".history").inner_text()
    steps = ["Soạn bản nháp", "Yêu cầu làm âm thanh", "Âm thanh đã xong", "Gửi duyệt bản thứ 1", "Duyệt bản thứ 1"]
    assert [step for step in steps if step not in history] == []
    assert "Nguyễn Thị Thu Hà" in history
    assert "Trần Quốc Bình" in history
    assert TITLE in given.officer("bientap").read(task)
    assert len(re.findall(r"\d\d/\d\d/2\d{3} \d\d:\d\d", history)) >= len(steps)
    editor.look("history")


def _path(address: str) -> str:
    return "/" + address.split("/", 3)[3]

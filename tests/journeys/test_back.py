"""Back: a resident asks without an account, gets an answer with a code, and everybody hears it."""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.given import DESK, Given
from tests.support.browser import Visitor, seconds_of

pytestmark = pytest.mark.journey

QUESTION = "Loa đầu thôn 4 rè từ hôm qua, tôi là Trần Văn Chín, xin hỏi bao giờ sửa?"
CONTACT = "0912 000 111"
ANSWER = "Tổ kỹ thuật đã thay màng loa sáng nay, mời bà con nghe lại lúc 17 giờ."


def test_a_resident_asks_is_answered_and_the_answer_goes_on_air(visit, given):
    title = "Lịch phát nước sạch"
    given.approved(title, "Nước sạch phát từ 5 giờ đến 8 giờ mỗi sáng.", where="Xã Sơn Kim 1")
    resident = visit("resident", size="phone")

    resident.open("/")
    resident.look("home")
    resident.page.get_by_label("Tên xã, phường hoặc thôn").fill("son kim 1")
    resident.press("Tìm")
    resident.look("found")
    resident.press("Xã Sơn Kim 1")
    resident.look("commune")
    resident.press("Thôn 4")
    resident.sees("Thôn 4", title, "Nghe")
    resident.look("village")
    resident.page.locator(".line", has_text=title).get_by_role("link").click()
    resident.sees(title, "Nước sạch phát từ 5 giờ đến 8 giờ")
    resident.look("bulletin")
    sound = resident.page.locator("audio")
    assert seconds_of(sound) > 2
    sound.evaluate("one => { one.muted = true; return one.play(); }")
    resident.page.wait_for_function("() => document.querySelector('audio').currentTime > 0.5")

    code = _ask(resident)
    officer = visit("answer", as_="canbo.sonkim1")
    opinion = _answer(officer, code)

    resident.press("Xem đã xử lý đến đâu")
    resident.sees("Đã trả lời", ANSWER)
    resident.look("answered")
    _publish(officer)
    resident.open("/hoi-dap/")
    resident.sees("Loa đầu thôn 4 rè từ hôm qua", ANSWER)
    resident.misses("Chín", CONTACT)
    resident.look("public")

    officer.open(opinion)
    officer.press("Soạn trả lời thành bản tin")
    officer.sees("Đã soạn trả lời thành bản tin", "Thôn 4")
    draft = "/" + officer.page.url.split("/", 3)[3]
    _submit(officer, given, draft)
    leader = visit("answer-approved", size="phone", as_="lanhdao.sonkim1")
    leader.open(f"{draft}duyet/")
    leader.look("review")
    leader.page.get_by_role("button", name="Duyệt", exact=True).click()
    leader.sees("phát tới 1 thôn", "Đã duyệt")


def _ask(resident: Visitor) -> str:
    """Send the question; give the code."""
    resident.press("Hỏi hoặc góp ý về bản tin này")
    resident.look("send")
    resident.page.get_by_label("Loa truyền thanh").check()
    resident.field("Bạn ở thôn nào?").select_option("Thôn 4")
    resident.fill("Bạn muốn nói gì?", QUESTION)
    resident.fill("Cán bộ liên hệ với bạn bằng cách nào?", CONTACT)
    resident.page.get_by_label("Đồng ý công khai").check()
    resident.page.get_by_role("button", name="Gửi", exact=True).click()
    resident.sees("Ý kiến của bạn đã đến nơi")
    code = resident.page.locator("#code")
    expect(code).to_have_text(re.compile(r"^[A-Z0-9]{4}[- ]?[A-Z0-9]{4}$"))
    resident.look("code")
    return str(code.inner_text())


def _answer(officer: Visitor, code: str) -> str:
    """Answer as the officer of the commune; give the address of the opinion."""
    officer.open(f"{DESK}/")
    officer.look("today")
    officer.open(f"{DESK}/y-kien/")
    officer.sees(code)
    officer.look("list")
    officer.press(code)
    officer.sees(QUESTION, CONTACT, "chỉ mình bạn thấy", "Có, người gửi đồng ý")
    officer.press("Tôi xử lý việc này")
    officer.sees("Bạn đã nhận xử lý việc này")
    officer.look("opinion")
    officer.fill("Trả lời của bạn", ANSWER)
    officer.press("Gửi trả lời")
    officer.sees("Từ bây giờ người gửi mở được trả lời bằng mã của mình")
    return str(officer.page.url)


def _publish(officer: Visitor) -> None:
    """Make question and answer public; what names somebody was taken out beforehand."""
    question = officer.field("Câu hỏi, để mọi người đọc")
    assert "Chín" not in question.input_value()
    assert "0912" not in question.input_value()
    officer.look("before-publishing")
    officer.page.get_by_label("Tôi đã đọc cả hai phần").check()
    # What was taken out left holes; on the air a sentence must be whole.
    question.fill("Loa đầu thôn 4 rè từ hôm qua, bao giờ thì sửa xong?")
    officer.page.get_by_role("button", name="Công khai", exact=True).click()
    officer.sees("Câu hỏi và trả lời đã được công khai", "Đang công khai trên cổng")
    officer.look("published")


def _submit(officer: Visitor, given: Given, draft: str) -> None:
    """Have the draft's sound made and submit it."""
    make = officer.page.get_by_role("button", name="Làm âm thanh")
    if make.is_visible():
        make.click()
    given.heard(given.officer("canbo.sonkim1"), draft)
    officer.open(draft)
    officer.look("draft")
    officer.press("Gửi duyệt")
    officer.sees("Chờ duyệt")

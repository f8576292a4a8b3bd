"""How people come in, are stood in for, and leave: invitation, passkey, single sign-on, deputy, handover."""

import re
from datetime import timedelta
from typing import Any

import pytest

from coso.kit import clock
from tests.journeys.given import DESK
from tests.support.browser import Visitor
from tests.support.oidc import Issuer

pytestmark = pytest.mark.journey

PEOPLE = f"{DESK}/to-chuc"
ME = f"{PEOPLE}/tai-khoan-cua-toi/"


def _day(days: int) -> str:
    return f"{clock.today() + timedelta(days=days):%Y-%m-%d}"


def _choose(visitor: Visitor, label: str, words: str) -> None:
    """Choose in a list the first entry that begins with these words."""
    field = visitor.field(label)
    value = field.locator("option").filter(has_text=re.compile(f"^{re.escape(words)}")).first.get_attribute("value")
    field.select_option(value)


def _search(visitor: Visitor, label: str, words: str, wanted: str) -> None:
    """Look for a place by some words and take the one that is said so, with the keyboard alone."""
    field = visitor.field(label)
    field.press_sequentially(words)
    option = visitor.page.get_by_role("option", name=wanted, exact=True)
    option.wait_for()
    for _time in range(20):
        field.press("ArrowDown")
        if visitor.page.locator(f"#{field.get_attribute('aria-activedescendant')}").inner_text() == wanted:
            break
    field.press("Enter")
    assert field.input_value() == wanted


def _invite(admin: Visitor, name: str, *, role: str, place: str) -> str:
    """Fill in an invitation; give its link as the page shows it."""
    admin.open(f"{PEOPLE}/loi-moi/moi/")
    admin.fill("Họ và tên", name)
    admin.fill("Thư điện tử", "dong.nghiep@hatinh.vn")
    _choose(admin, "Vai trò", role)
    _search(admin, "Địa bàn", "thanh sen", place)
    admin.look("invite")
    admin.press("Tạo đường dẫn")
    admin.sees("Đường dẫn đã sẵn sàng", "Có hạn đến")
    return admin.field("Đường dẫn để gửi").input_value()


def _accept(newcomer: Visitor, link: str, username: str, password: str) -> None:
    newcomer.open(link)
    newcomer.fill("Tên đăng nhập", username)
    newcomer.page.get_by_label("Mật khẩu", exact=True).fill(password)
    newcomer.fill("Nhập lại mật khẩu", password)
    newcomer.press("Mở tài khoản")
    newcomer.sees("Tài khoản của bạn đã mở")


def test_a_colleague_is_invited_opens_the_account_and_sets_up_a_second_step(visit, system):
    admin = visit("invitation-admin", as_="quantri")
    link = _invite(admin, "Hà Thị Cúc", role="Công chức phụ trách thông tin", place="Phường Thành Sen")
    admin.look("link")
    admin.open(f"{PEOPLE}/loi-moi/")
    admin.sees("Hà Thị Cúc", "Chờ trả lời")
    admin.look("list")

    newcomer = visit("invitation", size="phone")
    newcomer.open(link)
    newcomer.sees("Bùi Thị Yến mời Hà Thị Cúc giữ chức danh")
    newcomer.look("open")
    newcomer.fill("Tên đăng nhập", "ha.thi.cuc")
    newcomer.page.get_by_label("Mật khẩu", exact=True).fill("dong-lua-chin-vang")
    newcomer.fill("Nhập lại mật khẩu", "dong-lua-chin-xanh")
    newcomer.press("Mở tài khoản")
    newcomer.sees("Hai mật khẩu không giống nhau.")
    newcomer.look("refused")
    _accept(newcomer, link, "ha.thi.cuc", "dong-lua-chin-vang")
    newcomer.sees("Đăng nhập hai bước", "Mã trên điện thoại")
    newcomer.look("second-step")
    newcomer.open(f"{DESK}/")
    newcomer.sees("Hôm nay")

    late = visit("invitation-late")
    assert late.open(link) == 410
    late.sees("Đường dẫn này đã được dùng.")
    late.look("used")
    admin.open(f"{PEOPLE}/loi-moi/?state=accepted")
    admin.press("Hà Thị Cúc")
    admin.sees("Đã nhận lời", "Hà Thị Cúc đã nhận lời mời và mở tài khoản.")
    admin.look("accepted")
    for visitor in (admin, newcomer, late):
        visitor.assert_calm()


def test_a_deputy_approves_while_the_leader_is_away(visit, given):
    leader = visit("deputy-leader", as_="lanhdao.thanhsen")
    leader.open(ME)
    leader.press("Cử người làm thay")
    _choose(leader, "Người làm thay", "Võ Thị Minh Ánh")
    leader.fill("Ngày đầu", _day(0))
    leader.fill("Ngày cuối", _day(6))
    leader.fill("Quyết định cử người làm thay", "Số 12/QĐ-UBND")
    leader.look("name")
    leader.press("Cử người làm thay")
    leader.sees("Đã cử Võ Thị Minh Ánh làm thay Hồ Sỹ Cường.", "Đang làm thay")
    leader.look("named")
    title = "Cắt điện để sửa đường dây"
    path = given.bulletin(title, "Sáng thứ năm, từ 7 giờ đến 11 giờ.", where="Phường Thành Sen")

    deputy = visit("deputy", as_="canbo.thanhsen")
    deputy.open(ME)
    deputy.sees("thay Hồ Sỹ Cường", "Đang làm thay")
    deputy.sees("thay Hồ Sỹ Cường", within=".bar")
    deputy.look("me")
    deputy.open(path)
    deputy.sees("Đọc, nghe và duyệt")
    deputy.look("bulletin")
    given.approve(path, by="canbo.thanhsen")
    deputy.open(path)
    deputy.sees("Đã duyệt")

    deputy.open(ME)
    deputy.press("Kết thúc sớm")
    deputy.fill("Vì sao kết thúc sớm?", "Lãnh đạo về sớm")
    deputy.look("end")
    deputy.press("Kết thúc ngay")
    deputy.sees("không còn làm thay Hồ Sỹ Cường")
    own = given.bulletin("Lịch đổ rác", "Tối thứ bảy, sau 18 giờ.", where="Phường Thành Sen", by="bientap")
    deputy.open(own)
    deputy.misses("Đọc, nghe và duyệt")
    leader.assert_calm()
    deputy.assert_calm()


def test_somebody_leaves_and_everything_open_is_passed_on(visit, given, system):
    admin = visit("handover", as_="quantri")
    link = _invite(admin, "Mai Thị Lý", role="Công chức phụ trách thông tin", place="Phường Thành Sen")
    leaving = visit("handover-leaving", size="phone")
    _accept(leaving, link, "mai.thi.ly", system.password)
    writer = given.officer("mai.thi.ly")
    where = given.place(writer, "Phường Thành Sen")
    for title in ("Tiêm phòng đợt hai", "Họp tổ dân phố"):
        writer.send(f"{DESK}/ban-tin/viet/", title=title, body="Đúng giờ.", rank="normal", is_public="on", areas=where)

    admin.open(f"{PEOPLE}/tai-khoan/?q=mai thi ly")
    admin.press("Mai Thị Lý")
    admin.look("account")
    admin.press("Rời đi: bắt đầu bàn giao")
    admin.fill("Ngày cuối cùng", _day(0))
    admin.look("begin")
    admin.press("Bắt đầu bàn giao")
    admin.sees("Bàn giao của Mai Thị Lý", "0/2", "Tiêm phòng đợt hai", "Họp tổ dân phố")
    admin.look("open")
    leaving.open(ME)
    leaving.sees("Bùi Thị Yến đã bắt đầu việc bàn giao của bạn", "Việc đang mở trong tay bạn", "Họp tổ dân phố")
    leaving.look("own")

    _choose(admin, "Người nhận: “Tiêm phòng đợt hai”", "Võ Thị Minh Ánh")
    admin.page.locator("main .line", has_text="Tiêm phòng đợt hai").get_by_role("button").click()
    admin.sees("Võ Thị Minh Ánh đã nhận việc này.", "1/2")
    _choose(admin, "Giao tất cả cho một người", "Võ Thị Minh Ánh")
    admin.press("Giao tất cả")
    admin.sees("Không còn việc nào mở")
    admin.look("ready")
    admin.press("Kết thúc và đóng tài khoản")
    admin.sees("tài khoản của Mai Thị Lý đã đóng", "Đã xong")
    admin.look("finished")
    admin.open(f"{PEOPLE}/ban-giao/")
    admin.sees("Mai Thị Lý")
    admin.look("list")

    taker = given.officer("canbo.thanhsen")
    assert "Họp tổ dân phố" in taker.read(f"{DESK}/ban-tin/")
    leaving.open(f"{DESK}/")
    leaving.sees("Đăng nhập")
    admin.assert_calm()


def test_a_passkey_signs_in_without_a_password(chromium, system):
    # A key belongs to a name, never to a number: browsers know no key of 127.0.0.1.
    owner = Visitor(chromium, system.web.replace("127.0.0.1", "localhost"), "passkey")
    keys = owner.context.new_cdp_session(owner.page)
    keys.send("WebAuthn.enable")
    made: dict[str, Any] = {
        "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
        "isUserVerified": True, "automaticPresenceSimulation": True,
    }  # fmt: skip
    key = keys.send("WebAuthn.addVirtualAuthenticator", {"options": made})["authenticatorId"]
    owner.sign_in("thanhtra", system.password)
    owner.open("/tai-khoan/2fa/")
    owner.look("two-step")
    owner.press("Thêm khóa")
    owner.fill("Mật khẩu", system.password)
    owner.look("confirm")
    owner.press("Xác nhận")
    owner.sees("Tên khóa")
    owner.fill("Tên khóa", "Máy cơ quan")
    owner.look("add")
    owner.press("Thêm khóa này")
    owner.sees("Mã dự phòng")
    owner.look("recovery")
    assert len(keys.send("WebAuthn.getCredentials", {"authenticatorId": key})["credentials"]) == 1
    owner.open("/tai-khoan/2fa/webauthn/")
    owner.sees("Máy cơ quan", "Khóa truy cập")
    owner.look("keys")

    owner.context.clear_cookies()
    owner.open("/tai-khoan/login/")
    owner.look("sign-in")
    owner.press("Đăng nhập bằng khóa truy cập")
    owner.page.wait_for_url(f"**{DESK}/")
    owner.sees("Nguyễn Đình Khải", within=".bar")

    owner.context.clear_cookies()
    owner.open("/tai-khoan/login/")
    owner.page.locator("#id_login").fill("thanhtra")
    owner.page.locator("#id_password").fill(system.password)
    owner.page.locator("main form button.btn-primary").first.click()
    owner.sees("Bước thứ hai")
    owner.look("second-step")
    owner.press("Dùng khóa")
    owner.page.wait_for_url(f"**{DESK}/")

    owner.context.clear_cookies()
    owner.open("/tai-khoan/login/")
    # The person presses Cancel in the browser's own window, where no test can press.
    owner.page.evaluate("() => { navigator.credentials.get = () => Promise.reject(new DOMException('no')); }")
    owner.press("Đăng nhập bằng khóa truy cập")
    owner.sees("Chưa dùng được khóa")
    owner.look("cancelled")
    owner.assert_calm()


def _at_the_issuer(visitor: Visitor, issuer: Issuer, who: str) -> None:
    visitor.page.wait_for_url(f"{issuer.address.removesuffix('/o')}/login/**")
    visitor.page.get_by_label("Tên").fill(who)
    visitor.page.get_by_label("Mật khẩu").fill(issuer.password)
    visitor.page.get_by_role("button", name="Đăng nhập").click()


def test_the_single_sign_on_opens_what_was_linked_to_it_and_nothing_else(visit, system, issuer):
    officer = visit("sign-on", as_="")
    officer.sign_in("canbo.sonkim1", system.password)
    officer.open(ME)
    officer.look("not-linked")
    officer.press("Liên kết Cổng tỉnh")
    _at_the_issuer(officer, issuer, "dao")
    officer.sees("Xác nhận chính là bạn")
    officer.fill("Mật khẩu", system.password)
    officer.press("Xác nhận")
    officer.sees("mở được tài khoản này, với danh tính dao@hatinh.vn")
    officer.look("linked")
    officer.open("/tai-khoan/3rdparty/")
    officer.look("links")

    other = visit("sign-on-later", size="phone")
    other.open("/tai-khoan/login/")
    other.look("sign-in")
    other.press("Đăng nhập bằng Cổng tỉnh")
    _at_the_issuer(other, issuer, "dao")
    other.page.wait_for_url(f"**{DESK}/")
    other.open(ME)
    other.sees("Lê Thị Đào")

    stranger = visit("sign-on-stranger")
    stranger.open("/tai-khoan/login/")
    stranger.press("Đăng nhập bằng Cổng tỉnh")
    _at_the_issuer(stranger, issuer, "la")
    stranger.sees("Chưa có tài khoản nào liên kết với danh tính này", "la@hatinh.vn")
    stranger.look("unknown")
    stranger.open(f"{DESK}/")
    stranger.sees("Đăng nhập")
    for visitor in (officer, other, stranger):
        visitor.assert_calm()

"""By keyboard alone: what waits is reached, opened and done with Tab and Enter, and one always sees where one is."""

import pytest

from tests.journeys.given import DESK
from tests.support.browser import Visitor

pytestmark = pytest.mark.journey

# Where the focus is: its name for a person, and whether a ring shows around it inside the window.
_FOCUS = """async () => {
  await new Promise((go) => requestAnimationFrame(() => requestAnimationFrame(go)));
  const one = document.activeElement, style = getComputedStyle(one), box = one.getBoundingClientRect();
  const ring = (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2) || style.boxShadow !== "none";
  const label = one.labels?.[0]?.innerText ?? "";
  return {
    name: (label || one.getAttribute("aria-label") || one.innerText || one.value || "").trim(),
    id: one.id, tag: one.tagName.toLowerCase(), ring,
    inside: box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth,
  };
}"""


def _tab_to(visitor: Visitor, name: str, most: int = 60) -> None:
    """Press Tab until something called so has the focus; every stop on the way must be visible."""
    for _ in range(most):
        visitor.page.keyboard.press("Tab")
        here = visitor.page.evaluate(_FOCUS)
        # A player draws the ring around the knob inside it, where no page can look.
        if here["tag"] in ("body", "html", "audio"):
            continue
        assert here["ring"], f"no ring around {here}"
        assert here["inside"], f"out of sight: {here}"
        if name in here["name"]:
            return
    raise AssertionError(f"{name!r} is not reached by Tab on {visitor.page.url}")


def test_a_leader_signs_in_and_returns_a_bulletin_without_a_mouse(visit, given):
    title = "Vệ sinh đường làng"
    path = given.bulletin(title, "Sáng chủ nhật, mỗi nhà quét ngõ.", where="Xã Sơn Kim 1", by="canbo.sonkim1")
    leader = visit("keyboard")

    leader.open(f"/tai-khoan/login/?next={DESK}/")
    _tab_to(leader, "Tên đăng nhập")
    leader.page.keyboard.type("lanhdao.sonkim1")
    _tab_to(leader, "Mật khẩu")
    leader.page.keyboard.type(given.system.password)
    leader.page.keyboard.press("Enter")
    leader.sees("Hôm nay")

    leader.page.keyboard.press("Tab")
    assert leader.page.evaluate(_FOCUS)["name"] == "Đến thẳng nội dung"
    leader.look("skip-link", whole=False)
    leader.page.keyboard.press("Enter")
    assert leader.page.evaluate("() => document.activeElement.id") == "main"
    _tab_to(leader, title, most=8)
    leader.look("first-thing", whole=False)
    leader.page.keyboard.press("Enter")
    leader.sees(title, "Chờ")
    _tab_to(leader, "Đọc, nghe và duyệt")
    leader.page.keyboard.press("Enter")
    leader.sees(f"Duyệt “{title}”?")
    _tab_to(leader, "Lý do")
    leader.page.keyboard.type("Ghi rõ mấy giờ.")
    _tab_to(leader, "Trả lại để sửa")
    leader.look("return", whole=False)
    leader.page.keyboard.press("Enter")
    leader.sees(f"Đã trả lại “{title}” cho người soạn")
    assert "Ghi rõ mấy giờ" in given.officer("canbo.sonkim1").read(path)


def test_every_stop_of_the_first_pages_is_seen_on_a_phone_too(visit):
    resident = visit("keyboard-resident", size="phone")

    for path, last in (("/noi/18196/", "English"), ("/gui/", "Gửi"), ("/tra-cuu/", "Mở")):
        resident.open(path)
        _tab_to(resident, last)

    assert resident.page.evaluate(_FOCUS)["name"] == "Mở"

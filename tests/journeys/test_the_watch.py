"""The watch over every page can itself fail: planted faults are found."""

import pytest

from tests.support.browser import faults_of_words

pytestmark = pytest.mark.journey

GOOD = """<!doctype html><html lang="vi"><head><title>Xã Sơn Kim 1</title></head>
<body><main><h1>Hôm nay</h1>%s</main></body></html>"""
POLICY = "default-src 'self'; style-src 'self'; script-src 'self'"


@pytest.mark.parametrize(
    ("planted", "told"),
    [
        ("<p>Waits for your approval</p>", "English"),
        ("<p>Đã gửi 2026-11-24</p>", "a date as machines write it"),
        ("<p>Loại: not_reached</p>", "a code"),
        ("<p>%(count)s thôn</p>", "a place for a value"),
        ('<img src="/favicon.ico">', "axe image-alt"),
        ('<p style="color: #ccc">Chữ mờ</p>', "Content Security Policy"),
        ("<table><tr>" + "<td>Thônrấtdàirấtdài</td>" * 20 + "</tr></table>", "wider than the window"),
        ("<script>alert(1)</script>", "Content Security Policy"),
    ],
)
def test_a_planted_fault_is_found_by_the_watch(visit, planted, told):
    visitor = visit("watch")
    body = GOOD.replace("%s", planted)
    visitor.page.route(
        "**/planted/",
        lambda route: route.fulfill(body=body, content_type="text/html", headers={"Content-Security-Policy": POLICY}),
    )
    visitor.page.route("**/favicon.ico", lambda route: route.fulfill(body="", content_type="image/x-icon"))

    visitor.open("/planted/")

    with pytest.raises(AssertionError, match=told):
        visitor.look("planted")
    visitor.complaints.clear()


def test_vietnamese_words_are_no_english():
    words = ["Bản tin do xã viết", "In thông báo", "Thôn 1 (Xã Sơn Kim 1)", "24/11/2026 05:30", "Tải về (.xlsx)"]

    assert faults_of_words(words) == []

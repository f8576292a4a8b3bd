"""Bad input through pages: a clear sentence beside the field, nothing lost that was typed, nothing changed."""

import io
import re
import zipfile

import pytest
from playwright.sync_api import expect

from tests.journeys.given import DESK

pytestmark = pytest.mark.journey


def bomb() -> bytes:
    """Give a .docx of some kilobytes that unpacks to 300 megabytes."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as package:
        package.writestr("[Content_Types].xml", "<Types/>")
        with package.open("word/document.xml", "w", force_zip64=True) as part:
            for _ in range(300):
                part.write(b" " * 1024 * 1024)
    return file.getvalue()


NO_PLAN = "Hôm nay trời đẹp. Mẹ đi chợ mua cá.\n" * 20
FILES = [
    ("anh-chup.jpg", lambda: b"\xff\xd8\xff\xe0" + b"\x00" * 200, "không thuộc loại tệp được nhận"),
    ("trong.txt", lambda: b"", "Tệp trống, không có nội dung"),
    ("khong-phai-word.docx", lambda: b"\x00\x01\x02" * 500, "Tệp"),
    ("bom.docx", bomb, "lớn hơn nhiều so với một văn bản"),
    ("khong-co-ke-hoach.txt", NO_PLAN.encode, "Không tìm thấy"),
]


def test_a_file_that_is_no_plan_is_refused_with_its_reason_and_nothing_is_kept(visit, given):
    editor = visit("bad-file", as_="bientap")
    before = given.officer("bientap").read(f"{DESK}/van-ban/")

    for name, made, reason in FILES:
        editor.open(f"{DESK}/van-ban/nhap/")
        editor.page.locator("input[type=file]").set_input_files(
            {"name": name, "mimeType": "application/octet-stream", "buffer": made()}
        )
        editor.press("Đọc văn bản")
        editor.sees("Có 1 chỗ cần sửa")
        expect(editor.page.locator(".field-errors")).to_contain_text(reason)
        editor.look(name.partition(".")[0])

    assert _rows(given.officer("bientap").read(f"{DESK}/van-ban/")) == _rows(before)


def test_a_form_says_what_is_wrong_and_keeps_what_was_typed(visit, given):
    title, text = "Thông báo " * 21, "Một câu."
    officer = visit("bad-form", as_="canbo.sonkim1")

    officer.open(f"{DESK}/ban-tin/viet/")
    officer.fill("Tiêu đề", title)
    officer.fill("Nội dung", text)
    for box in officer.page.locator("[name=areas]").all():
        box.set_checked(False)
    officer.fill("Có hiệu lực đến", "2020-01-01T05:30")
    officer.press("Lưu và nghe thử")

    officer.sees("chỗ cần sửa", "tối đa 200 ký tự", "Hãy chọn ít nhất một nơi sẽ nghe bản tin")
    assert officer.field("Tiêu đề").input_value().strip() == title.strip()
    assert officer.field("Nội dung").input_value() == text
    officer.look("bulletin")
    officer.page.locator(".errors a").first.click()
    assert officer.page.evaluate("() => document.activeElement.id") == "id_title"


def test_a_resident_who_forgets_something_is_told_what(visit):
    resident = visit("bad-opinion", size="phone")

    resident.open("/gui/")
    resident.fill("Bạn muốn nói gì?", "Rác")
    resident.page.get_by_role("button", name="Gửi", exact=True).click()
    resident.sees("Có 3 chỗ cần sửa", "Bạn ở thôn nào?", "ít nhất 10 ký tự")
    assert resident.field("Bạn muốn nói gì?").input_value() == "Rác"
    resident.look("send")
    resident.open("/tra-cuu/?ma=SAI-MA")
    resident.sees("Không có ý kiến nào mang mã này")
    resident.look("code")


def test_what_belongs_to_another_unit_is_nowhere(visit, given):
    path = given.bulletin("Việc riêng của xã", "Họp chi bộ.", where="Xã Sơn Kim 1", by="canbo.sonkim1")
    stranger = visit("elsewhere", as_="canbo.thanhsen")

    for page in ("", "sua/", "am-thanh/"):
        assert stranger.open(path + page) == 404
    stranger.misses("Việc riêng của xã")
    stranger.look("not-found")
    for page in ("sua/", "gui-duyet/", "rut/", "am-thanh/lam/"):
        assert given.officer("canbo.thanhsen").post(path + page, reason="x").status_code == 404
    assert "Chờ duyệt" in given.officer("canbo.sonkim1").read(path)


@pytest.mark.parametrize(
    ("path", "status", "words"),
    [
        ("/khong-co-trang-nay/", 404, "Không có trang này"),
        ("/tin/00000000-0000-7000-8000-000000000000/", 404, "Không có trang này"),
        ("/noi/99999/", 404, "Không có trang này"),
        (f"{DESK}/van-ban/", 403, "không"),
    ],
)
def test_a_page_that_cannot_be_shown_says_so_in_words(visit, path, status, words):
    teller = visit(f"no-page-{status}{re.sub(r'[^a-z]', '', path)[:12]}", size="phone", as_="tuyentruyen.sonkim1")

    assert teller.open(path) == status
    teller.sees(words)
    teller.look("told")


def test_a_wrong_password_is_told_without_saying_which_was_wrong(visit):
    stranger = visit("bad-sign-in", size="phone")

    stranger.open("/tai-khoan/login/")
    stranger.fill("Tên đăng nhập", "bientap")
    stranger.page.locator("#id_password").fill("sai-mat-khau")
    stranger.press("Đăng nhập")
    stranger.sees("Có 1 chỗ cần sửa")
    stranger.look("told")
    assert stranger.open(f"{DESK}/") == 200
    assert "/tai-khoan/login/" in stranger.page.url


def _rows(page: str) -> list[str]:
    """List the documents on the page of documents."""
    return re.findall(rf'href="({DESK}/van-ban/[0-9a-f-]{{36}}/)"', page)

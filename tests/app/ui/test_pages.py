"""The pages of the look itself, the errors and the account pages, through the door."""

import pytest
from django.core.exceptions import SuspiciousOperation
from django.http import Http404
from django.test import RequestFactory
from django.urls import reverse
from django.utils import translation

from coso.kit.errors import BadInput, NotAllowed, NotFound, WrongState
from coso.ui.middleware import ErrorPagesMiddleware
from coso.ui.web import errors

PAGES = [
    "patterns",
    "pattern_form",
    "pattern_list",
    "pattern_lines",
    "pattern_detail",
    "pattern_portal",
    "pattern_alert",
]


@pytest.fixture
def staff(client, world):
    client.force_login(world.officer)
    return client


@pytest.mark.parametrize("page", PAGES)
def test_every_pattern_page_stands(staff, page):
    answer = staff.get(reverse(f"ui:{page}"))

    assert answer.status_code == 200
    assert answer.content.decode().count("<h1") == 1
    assert 'lang="vi"' in answer.content.decode()


def test_a_form_sent_empty_comes_back_with_what_to_do(staff):
    answer = staff.post(reverse("ui:pattern_form"), {"title": "Bão số 12"})

    page = answer.content.decode()
    assert 'value="Bão số 12"' in page
    assert "Có 5 chỗ cần sửa" in page


def test_every_answer_forbids_what_is_not_ours(staff):
    policy = staff.get(reverse("ui:patterns"))["Content-Security-Policy"]

    assert "default-src 'self'" in policy
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy


def test_a_page_in_english_has_no_vietnamese_furniture(staff):
    staff.post(reverse("ui:language"), {"language": "en", "next": "/"})

    # The middleware leaves the thread in English; the next test must not inherit it.
    with translation.override("vi"):
        page = staff.get(reverse("ui:pattern_list")).content.decode()

    assert 'lang="en"' in page
    assert "Export .xlsx" in page
    assert "Xuất" not in page


@pytest.mark.parametrize(
    ("error", "status", "words"),
    [
        (NotAllowed(), 403, "Việc này không thuộc chức danh của bạn"),
        (NotFound(), 404, "Không có trang này"),
        (WrongState("Bản tin đã được duyệt."), 409, "Bản tin đã được duyệt."),
        (BadInput(fields={"title": ["Tiêu đề trống."]}), 422, "Tiêu đề trống."),
    ],
)
def test_each_error_of_the_house_becomes_a_page_with_its_status(rf, world, error, status, words):
    request = rf.get("/")
    request.user = world.officer

    answer = ErrorPagesMiddleware(lambda _request: None).process_exception(request, error)

    assert answer.status_code == status
    assert words in answer.content.decode()


def test_whoever_asks_for_json_gets_the_error_as_json(rf):
    request = rf.get("/", headers={"Accept": "application/json"})

    answer = ErrorPagesMiddleware(lambda _request: None).process_exception(
        request, BadInput(fields={"title": ["Tiêu đề trống."]})
    )

    assert answer.headers["Content-Type"] == "application/json"
    assert b'"title"' in answer.content
    assert answer.status_code == 422


@pytest.mark.parametrize("error", [ValueError(), Http404(), SuspiciousOperation()])
def test_errors_of_others_are_left_to_django(error):
    request = RequestFactory().get("/")

    assert ErrorPagesMiddleware(lambda _request: None).process_exception(request, error) is None


def test_an_address_that_is_nowhere_says_so_in_vietnamese(client, db):
    answer = client.get("/khong-co-trang-nay/")

    assert answer.status_code == 404
    assert "Không có trang này" in answer.content.decode()


def test_the_page_of_a_broken_server_needs_nothing():
    answer = errors.server_error(RequestFactory().get("/"))

    assert answer.status_code == 500
    assert "Hệ thống gặp lỗi" in answer.content.decode()


def test_signing_in_is_in_vietnamese_and_ties_its_errors(client, db):
    page = client.post(reverse("account_login"), {"login": "ai", "password": "sai"}).content.decode()

    assert "Tên đăng nhập hoặc mật khẩu không đúng." in page
    assert "Giữ đăng nhập trên máy này" in page
    assert 'role="alert"' in page


@pytest.mark.parametrize("page", ["account_change_password", "mfa_index", "account_logout", "account_reauthenticate"])
def test_the_account_pages_stand_in_our_frame(staff, page):
    answer = staff.get(reverse(page))

    assert answer.status_code == 200
    assert "plain-sheet" in answer.content.decode()
    assert answer.content.decode().count("<h1") == 1


def test_two_steps_are_turned_on_and_codes_are_made(staff, world):
    from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time

    world.officer.set_password("mot-mat-khau-dai")
    world.officer.save()
    staff.force_login(world.officer)
    staff.post(reverse("account_reauthenticate"), {"password": "mot-mat-khau-dai"})

    page = staff.get(reverse("mfa_activate_totp"))
    secret = page.context["form"].secret
    code = format_hotp_value(hotp_value(secret, next(yield_hotp_counters_from_time())))
    staff.post(reverse("mfa_activate_totp"), {"code": code})
    codes = staff.get(reverse("mfa_view_recovery_codes")).content.decode()

    assert 'class="qr"' in page.content.decode()
    assert "Ứng dụng xác thực cấp mã cho bạn." in staff.get(reverse("mfa_index")).content.decode()
    assert codes.count("<li>") == 10


def test_a_refusal_names_no_code_of_a_right(world):
    request = RequestFactory().get("/ban-lam-viec/")

    coded = errors.page_for(request, NotAllowed("account.manage")).content.decode()
    told = errors.page_for(request, NotAllowed("Bạn đã tham gia soạn bản tin này.")).content.decode()

    assert "account.manage" not in coded
    assert "Bạn đã tham gia soạn bản tin này." in told


@pytest.mark.parametrize(
    ("came_from", "back"),
    [
        ("http://testserver/ban-lam-viec/ban-tin/", "http://testserver/ban-lam-viec/ban-tin/"),
        ("https://xau.example/", "/"),
        ("", "/"),
    ],
)
def test_the_way_back_from_a_record_that_moved_on_stays_on_this_site(world, came_from, back):
    request = RequestFactory().get("/", headers={"referer": came_from})

    page = errors.page_for(request, WrongState()).content.decode()

    assert f'<a class="btn btn-primary" href="{back}"' in page


def test_the_old_name_of_the_icon_gives_the_icon(client, settings):
    settings.ALLOWED_HOSTS = ["testserver"]

    answer = client.get("/favicon.ico")

    assert (answer.status_code, answer["Content-Type"]) == (200, "image/svg+xml")
    assert answer.content.startswith(b"<svg")
    assert client.post("/favicon.ico").status_code == 405


def test_the_rail_of_an_administrator_stands_under_headings(client, world):
    client.force_login(world.administrator)

    page = client.get("/ban-lam-viec/").content.decode()

    rail = page.split('<nav class="rail"', 1)[1].split("</nav>", 1)[0]
    assert '<p class="rail-heading" id="rail-means">Địa bàn, con người, phương tiện</p>' in rail
    assert '<ul aria-labelledby="rail-system">' in rail
    assert rail.count("rail-link") >= 12

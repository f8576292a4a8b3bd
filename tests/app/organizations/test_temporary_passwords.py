"""A password that an administrator knows opens nothing but the page on which it is changed."""

import pytest
from django.urls import reverse

from coso.journal.models import Entry
from coso.organizations import policies
from coso.organizations.models import Person
from tests.support.world import World

pytestmark = pytest.mark.django_db

GIVEN = "cay-cam-ben-song-la"
OWN = "dong-lua-chin-vang"
CHANGE = "/tai-khoan/password/change/"


@pytest.fixture
def newcomer(world: World) -> Person:
    """Give an approver who still has the password of the administrator."""
    person = world.approver
    person.set_password(GIVEN)
    person.must_change_password = True
    person.save()
    return person


def _signs_in(client, password: str):
    return client.post(reverse("account_login"), {"login": "duyet", "password": password})


def _changes(client, **more: str):
    told = {"oldpassword": GIVEN, "password1": OWN, "password2": OWN} | more
    return client.post(CHANGE, told)


@pytest.mark.parametrize(
    "address",
    ["/ban-lam-viec/", "/ban-lam-viec/ban-tin/", "/ban-lam-viec/to-chuc/tai-khoan-cua-toi/", "/tai-khoan/2fa/"],
)
def test_whoever_has_a_temporary_password_is_led_to_change_it(client, newcomer: Person, address: str) -> None:
    _signs_in(client, GIVEN)

    answer = client.get(address)

    assert (answer.status_code, answer["Location"].split("?")[0]) == (302, CHANGE)
    assert client.get(CHANGE).status_code == 200


def test_nothing_is_done_with_a_temporary_password(client, newcomer: Person) -> None:
    _signs_in(client, GIVEN)

    answer = client.post("/ban-lam-viec/ban-tin/viet/", {"title": "Họp thôn"})

    assert (answer.status_code, answer["Location"]) == (302, CHANGE)


def test_through_htmx_the_whole_page_is_led_away(client, newcomer: Person) -> None:
    _signs_in(client, GIVEN)

    answer = client.get("/ban-lam-viec/ban-tin/", headers={"HX-Request": "true"})

    assert answer["HX-Redirect"].startswith(f"{CHANGE}?next=")


def test_public_pages_and_signing_out_stay_open(client, newcomer: Person) -> None:
    _signs_in(client, GIVEN)

    assert client.get("/gui/").status_code == 200
    assert client.post(reverse("account_logout")).status_code == 302
    assert "_auth_user_id" not in client.session


def test_a_password_of_ones_own_opens_the_page_that_was_asked_for(client, newcomer: Person) -> None:
    _signs_in(client, GIVEN)

    answer = _changes(client, next="/ban-lam-viec/ban-tin/")

    assert (answer.status_code, answer["Location"]) == (302, "/ban-lam-viec/ban-tin/")
    assert client.get("/ban-lam-viec/ban-tin/").status_code == 200
    entry = Entry.objects.get(verb="account.password_changed")
    assert (entry.refs, entry.actor) == ([f"person:{newcomer.pk}"], f"person:{newcomer.pk}")


def test_the_same_password_again_is_refused(client, newcomer: Person) -> None:
    _signs_in(client, GIVEN)

    answer = _changes(client, password1=GIVEN, password2=GIVEN)

    assert "Đây là mật khẩu đang dùng." in answer.content.decode()
    newcomer.refresh_from_db()
    assert newcomer.must_change_password
    assert not Entry.objects.exists()


def test_an_administrator_gives_a_temporary_password_shown_once(client, world: World) -> None:
    client.force_login(world.administrator)

    answer = client.post(reverse("organizations:give-password", args=[world.officer.pk]), {"reason": "Quên mật khẩu"})

    assert answer.context["password"] in answer.content.decode()
    officer = Person.objects.get(pk=world.officer.pk)
    assert officer.check_password(answer.context["password"])
    assert officer.must_change_password
    assert policies.may(officer, "desk.use")


def test_a_password_is_not_given_without_a_reason(client, world: World) -> None:
    client.force_login(world.administrator)

    answer = client.post(reverse("organizations:give-password", args=[world.officer.pk]), {"reason": " "})

    assert answer.status_code == 422
    assert Person.objects.get(pk=world.officer.pk).check_password("mat-khau-thu-nghiem")


def test_a_new_password_signs_the_person_out(client, world: World) -> None:
    client.force_login(world.officer)
    assert client.get("/ban-lam-viec/").status_code == 200

    officer = Person.objects.get(pk=world.officer.pk)
    officer.set_password(GIVEN)
    officer.save()

    assert client.get("/ban-lam-viec/")["Location"].startswith("/tai-khoan/login/")

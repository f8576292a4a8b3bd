"""The province's single sign-on, a real one: it opens what was linked to it, and never makes an account."""

import html
import re
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
from allauth.socialaccount.models import SocialAccount
from django.db.models.signals import pre_save
from django.urls import reverse

from coso.journal.models import Entry
from coso.organizations import actions
from coso.organizations.adapters import identities
from coso.organizations.models import Invitation, Person
from coso.organizations.rules import Role
from tests.support.oidc import Issuer, running
from tests.support.world import World

pytestmark = pytest.mark.django_db

HOST = "127.0.0.1:8000"
PASSWORD = "mat-khau-thu-nghiem"


@pytest.fixture(scope="module")
def issuer(tmp_path_factory) -> Iterator[Issuer]:
    with running(tmp_path_factory.mktemp("issuer")) as started:
        yield started


@pytest.fixture
def configured(issuer: Issuer, settings) -> Issuer:
    settings.OPTIONS = {**settings.OPTIONS, **issuer.options}
    settings.SOCIALACCOUNT_PROVIDERS = {
        "openid_connect": {
            "APPS": [
                {
                    "provider_id": "sso",
                    "name": issuer.name,
                    "client_id": issuer.client_id,
                    "secret": issuer.secret,
                    "settings": {"server_url": issuer.address, "oauth_pkce_enabled": True},
                }
            ]
        }
    }
    return issuer


def _leaves(client, process: str = "login", path: str = "") -> str:
    """Press the button; give the address of the issuer to which the page goes on."""
    address = path or f"{reverse('openid_connect_login', args=['sso'])}?process={process}"
    page = client.post(address, headers={"Host": HOST})
    assert page.status_code == 200, page.status_code
    found = re.search(r'content="0;url=([^"]+)"', page.content.decode())
    assert found is not None
    return html.unescape(found[1])


def _asked(address: str, issuer: Issuer, who: str) -> str:
    """Sign in at the issuer as a browser does; give the address to which it sends back."""
    browser = requests.Session()
    page = browser.get(address, timeout=10)
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page.text)
    after = re.search(r'name="next" value="([^"]+)"', page.text)
    assert token is not None
    assert after is not None
    told = {
        "username": who, "password": issuer.password, "csrfmiddlewaretoken": token[1], "next": html.unescape(after[1]),
    }  # fmt: skip
    answer = browser.post(page.url, told, allow_redirects=False, timeout=10)
    answer = browser.get(f"{issuer.address[:-2]}{answer.headers['Location']}", allow_redirects=False, timeout=10)
    return answer.headers["Location"]


def _comes_back(client, address: str, issuer: Issuer, who: str):
    back = urlsplit(_asked(address, issuer, who))
    assert back.netloc == HOST
    return client.get(f"{back.path}?{back.query}", headers={"Host": HOST})


def _signs_in(client, username: str) -> None:
    answer = client.post(reverse("account_login"), {"login": username, "password": PASSWORD}, headers={"Host": HOST})
    assert answer.status_code == 302


def _links(client, issuer: Issuer, username: str, who: str):
    """Link it as people do: giving a way in is asked for once more."""
    _signs_in(client, username)
    asked = _comes_back(client, _leaves(client, "connect"), issuer, who)
    assert asked["Location"] == reverse("account_reauthenticate")
    return client.post(asked["Location"], {"password": PASSWORD}, headers={"Host": HOST})


def _user(client) -> str | None:
    return client.session.get("_auth_user_id")


def test_the_button_is_there_only_when_there_is_a_single_sign_on(client, settings, request) -> None:
    without = client.get(reverse("account_login")).content.decode()
    closed = client.get(reverse("openid_connect_login", args=["sso"])).status_code
    request.getfixturevalue("configured")
    with_one = client.get(reverse("account_login")).content.decode()

    assert "Cổng tỉnh" not in without
    assert closed == 404
    assert "Đăng nhập bằng Cổng tỉnh" in with_one


def test_it_asks_for_a_code_bound_to_this_browser_and_keeps_the_policy(client, configured: Issuer) -> None:
    page = client.post(reverse("openid_connect_login", args=["sso"]), headers={"Host": HOST})

    asked = parse_qs(urlsplit(_leaves(client)).query)
    assert (asked["response_type"], asked["code_challenge_method"]) == (["code"], ["S256"])
    assert asked["redirect_uri"] == [f"http://{HOST}/tai-khoan/oidc/sso/login/callback/"]
    assert "form-action 'self'" in page["Content-Security-Policy"]


def test_an_unknown_identity_gets_no_account_and_hears_what_to_do(client, world: World, configured: Issuer) -> None:
    people = Person.objects.count()

    answer = _comes_back(client, _leaves(client), configured, "la")

    assert answer["Location"] == reverse("sign-on-unknown")
    page = client.get(answer["Location"])
    assert page.status_code == 403
    assert "la@hatinh.vn" in page.content.decode()
    assert "chưa có tài khoản nào ở đây liên kết" in page.content.decode()
    assert (Person.objects.count(), _user(client)) == (people, None)
    assert not Entry.objects.exists()


def test_an_address_that_an_account_has_opens_nothing_by_itself(client, world: World, configured: Issuer) -> None:
    Person.objects.filter(pk=world.officer.pk).update(email="dao@hatinh.vn", username="dao")

    answer = _comes_back(client, _leaves(client), configured, "dao")

    assert answer["Location"] == reverse("sign-on-unknown")
    assert _user(client) is None


def test_who_linked_it_himself_signs_in_with_it(client, world: World, configured: Issuer) -> None:
    linked = _links(client, configured, "canbo", "dao")
    assert linked["Location"] == reverse("organizations:me")
    assert "dao@hatinh.vn" in client.get(linked["Location"]).content.decode()
    client.logout()

    answer = _comes_back(client, _leaves(client), configured, "dao")

    assert answer.status_code == 302
    assert _user(client) == str(world.officer.pk)
    entry = Entry.objects.get(verb="account.identity_linked")
    assert (entry.actor, entry.refs) == (f"person:{world.officer.pk}", [f"person:{world.officer.pk}"])


def test_nobody_links_what_is_another_persons(client, world: World, configured: Issuer) -> None:
    _links(client, configured, "canbo", "dao")
    client.logout()

    _links(client, configured, "lanhdao", "dao")
    client.logout()
    _comes_back(client, _leaves(client), configured, "dao")

    assert _user(client) == str(world.officer.pk)


def test_what_was_unlinked_opens_nothing(client, world: World, configured: Issuer) -> None:
    _links(client, configured, "canbo", "dao")
    page = client.get(reverse("socialaccount_connections")).content.decode()
    number = re.search(r'name="account" value="(\d+)"', page)
    assert number is not None

    client.post(reverse("socialaccount_connections"), {"account": number[1]})
    client.logout()
    answer = _comes_back(client, _leaves(client), configured, "dao")

    assert answer["Location"] == reverse("sign-on-unknown")
    assert Entry.objects.filter(verb="account.identity_unlinked").count() == 1


def test_a_closed_account_stays_closed(client, world: World, configured: Issuer) -> None:
    _links(client, configured, "canbo", "dao")
    client.logout()
    actions.close_account(by=world.administrator, person=world.officer)

    answer = _comes_back(client, _leaves(client), configured, "dao")

    assert answer["Location"] == reverse("account_inactive")
    assert _user(client) is None
    assert "đã bị đóng" in client.get(answer["Location"]).content.decode()


def test_a_temporary_password_is_changed_first_also_by_who_came_this_way(
    client, world: World, configured: Issuer
) -> None:
    _links(client, configured, "canbo", "dao")
    client.logout()
    actions.give_password(by=world.administrator, person=world.officer, password="cay-cam-ben-song-la")

    _comes_back(client, _leaves(client), configured, "dao")

    answer = client.get("/ban-lam-viec/")
    assert answer["Location"].startswith(reverse("account_change_password"))


def test_who_only_has_a_temporary_password_links_nothing(client, world: World, configured: Issuer) -> None:
    Person.objects.filter(pk=world.officer.pk).update(must_change_password=True)
    _signs_in(client, "canbo")

    answer = client.post(f"{reverse('openid_connect_login', args=['sso'])}?process=connect")

    assert answer["Location"].startswith(reverse("account_change_password"))


def test_an_invitation_is_accepted_with_it_and_needs_no_password(client, world: World, configured: Issuer) -> None:
    made, token = actions.invite(
        by=world.administrator, full_name="Hà Thị Cúc", email="cuc@hatinh.vn", role=Role.COMMUNE_OFFICER,
        place=world.son_kim,
    )  # fmt: skip
    link = reverse("invited", args=[token])
    away = _leaves(client, path=reverse("invited-by-sign-on", args=[token]))

    back = _comes_back(client, away, configured, "cuc")

    assert back["Location"] == link
    page = client.get(link).content.decode()
    assert "với danh tính cuc@hatinh.vn" in page
    assert 'name="password"' not in page
    assert token not in str(dict(client.session))
    assert not Person.objects.filter(full_name="Hà Thị Cúc").exists()
    answer = client.post(link, {"username": "ha.thi.cuc"})
    assert answer["Location"] == reverse("mfa_index")
    opened = Person.objects.get(username="ha.thi.cuc")
    assert (_user(client), opened.has_usable_password()) == (str(opened.pk), False)
    assert Invitation.objects.get(pk=made.pk).person == opened
    client.logout()
    _comes_back(client, _leaves(client), configured, "cuc")
    assert _user(client) == str(opened.pk)


def test_without_having_been_there_no_invitation_goes_without_a_password(client, world: World, configured) -> None:
    _made, token = actions.invite(
        by=world.administrator, full_name="Hà Thị Cúc", phone="0900", role=Role.AUDITOR, place=world.province
    )

    answer = client.post(reverse("invited", args=[token]), {"username": "ha.thi.cuc"})

    assert answer.status_code == 422
    assert not Person.objects.filter(username="ha.thi.cuc").exists()


def test_an_answer_that_nobody_asked_for_changes_nothing(client, world: World, configured: Issuer) -> None:
    back = urlsplit(_asked(_leaves(client), configured, "dao"))
    client.cookies.clear()

    answer = client.get(f"{back.path}?{back.query}", headers={"Host": HOST})

    assert "không thành" in answer.content.decode()
    assert _user(client) is None


def test_an_issuer_that_does_not_answer_is_said_so(client, world: World, configured: Issuer, settings) -> None:
    app = settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"][0]
    app["settings"]["server_url"] = settings.OPTIONS["COSO_OIDC_ISSUER"] = "http://127.0.0.1:9/o"

    answer = client.post(reverse("openid_connect_login", args=["sso"]))

    assert answer.status_code == 502
    assert "không trả lời" in answer.content.decode()


@pytest.mark.parametrize(
    "address",
    ["http://127.0.0.1:1/o/token/", "https://127.0.0.1/", "http://169.254.169.254/latest", "file:///etc/passwd"],
)
def test_nobody_but_the_issuer_is_asked(configured: Issuer, address: str) -> None:
    with pytest.raises(requests.exceptions.InvalidURL):
        identities.IssuerOnly().get(address)


def test_a_discovery_that_names_another_issuer_is_not_taken(client, world: World, configured: Issuer, settings) -> None:
    settings.OPTIONS["COSO_OIDC_ISSUER"] = configured.address.removesuffix("/o")

    answer = client.post(reverse("openid_connect_login", args=["sso"]), headers={"Host": HOST})

    assert answer.status_code == 502


@pytest.mark.parametrize("algorithm", ["none", "HS256"])
def test_an_identity_that_is_not_signed_by_a_published_key_is_refused(rf, configured: Issuer, algorithm: str) -> None:
    import jwt

    forged = jwt.encode({"sub": "1", "iss": configured.address, "aud": configured.client_id, "exp": 9999999999},
                        key="" if algorithm == "none" else "x" * 32, algorithm=algorithm)  # fmt: skip
    taker = identities.VerifiedIdentity(rf.get("/"), "sso")

    with pytest.raises(identities.OAuth2Error):
        taker._decode_id_token(type("App", (), {"client_id": configured.client_id}), forged)


@contextmanager
def _linked_meanwhile(person: Person) -> Iterator[None]:
    """Let somebody else link an identity in the moment between looking and linking."""

    def overtake(sender, instance, **about):
        pre_save.disconnect(overtake, sender=SocialAccount)
        SocialAccount.objects.bulk_create([SocialAccount(user=person, provider="sso", uid=instance.uid)])

    pre_save.connect(overtake, sender=SocialAccount)
    yield
    pre_save.disconnect(overtake, sender=SocialAccount)


def test_an_identity_linked_to_an_invitation_and_elsewhere_at_once_opens_no_account(
    client, world: World, configured: Issuer
) -> None:
    _made, token = actions.invite(
        by=world.administrator,
        full_name="Hà Thị Cúc",
        email="cuc@hatinh.vn",
        role=Role.COMMUNE_OFFICER,
        place=world.son_kim,
    )
    link = reverse("invited", args=[token])
    away = _leaves(client, path=reverse("invited-by-sign-on", args=[token]))
    _comes_back(client, away, configured, "dao")
    people = Person.objects.count()

    with _linked_meanwhile(world.leader):
        answer = client.post(link, {"username": "ha.thi.cuc"}, headers={"Host": HOST})

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "vừa được liên kết với một tài khoản" in page
    assert 'name="password"' in page
    assert Person.objects.count() == people
    assert Invitation.objects.get().accepted_at is None


@pytest.mark.django_db(transaction=True)
def test_an_identity_linked_to_two_accounts_at_once_is_a_page_and_no_fault(
    client, world: World, configured: Issuer
) -> None:
    with _linked_meanwhile(world.leader):
        answer = _links(client, configured, "canbo", "dao")

    assert answer.status_code == 409
    assert "vừa được liên kết với một tài khoản" in answer.content.decode()
    assert list(SocialAccount.objects.values_list("user", flat=True)) == [world.leader.pk]
    assert not Entry.objects.filter(verb="account.identity_linked").exists()

"""A colleague is invited by a link, opens the account himself, and nobody else ever knows the password."""

import re
from datetime import date, timedelta

import pytest
from django.core.cache import cache
from django.urls import reverse

from coso.journal.models import Entry
from coso.journal.ports import sentence_of
from coso.kit import clock
from coso.kit.errors import BadInput, NotAllowed, WrongState
from coso.organizations import actions, policies
from coso.organizations.models import Invitation, Person, Post
from coso.organizations.rules import InvitationState, Role
from tests.support.world import World, person

pytestmark = pytest.mark.django_db

PASSWORD = "dong-lua-chin-vang"


@pytest.fixture
def local(world: World) -> Person:
    """Give an administrator of Sơn Kim 1 alone."""
    made = person("quantri.sonkim", "Cao Thị Liên", Role.ADMINISTRATOR, world.son_kim)
    made.email, made.phone = "lien@sonkim.vn", "0901234567"
    made.save()
    return made


def _invite(world: World, by: Person, **more: object) -> tuple[Invitation, str]:
    told = {
        "full_name": " Hà  Thị Cúc ", "email": "cuc@sonkim.vn", "role": Role.COMMUNE_OFFICER, "place": world.son_kim,
        "decision": "Số 7/QĐ-UBND",
    }  # fmt: skip
    return actions.invite(by=by, **{**told, **more})  # type: ignore[arg-type]


def _link(token: str) -> str:
    return reverse("invited", args=[token])


def _opens(client, token: str, **more: str):
    told = {"username": "ha.thi.cuc", "password": PASSWORD, "again": PASSWORD, **more}
    return client.post(_link(token), told)


def _nothing_opened(world: World, people: int) -> bool:
    return Person.objects.count() == people and not Post.objects.filter(decision="Số 7/QĐ-UBND").exists()


# Making one


def test_an_invitation_keeps_only_the_digest_of_its_link(world: World, local: Person) -> None:
    made, token = _invite(world, local)

    assert (made.full_name, made.state) == ("Hà Thị Cúc", InvitationState.OPEN)
    assert token not in {made.token_digest, str(made.pk)}
    assert made.token_digest == actions.digest_of(token)
    assert made.expires_at - clock.now() > timedelta(days=6, hours=23)
    entry = Entry.objects.get()
    assert (entry.verb, entry.actor) == ("invitation.made", f"person:{local.pk}")
    assert sentence_of(entry) == "Đã mời Hà Thị Cúc mở tài khoản."
    assert token not in str(entry.data) + str(entry.refs)


@pytest.mark.parametrize("who", ["editor", "approver", "officer", "leader", "communicator", "auditor"])
def test_nobody_but_who_manages_accounts_invites(world: World, who: str) -> None:
    with pytest.raises(NotAllowed):
        _invite(world, getattr(world, who))

    assert not Invitation.objects.exists()


def test_nobody_invites_to_a_place_where_he_may_not_give_a_post(world: World, local: Person) -> None:
    with pytest.raises(NotAllowed):
        _invite(world, local, place=world.thach_ha)
    with pytest.raises(NotAllowed):
        _invite(world, local, place=world.province, role=Role.ADMINISTRATOR)

    assert not Invitation.objects.exists()
    assert not Entry.objects.exists()


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"email": "LIEN@sonkim.vn"}, "email"),
        ({"email": "", "phone": "0901234567"}, "phone"),
        ({"email": "", "phone": "+84 901.234.567"}, "phone"),
        ({"email": ""}, "email"),
        ({"email": "khong phai thu"}, "email"),
        ({"full_name": "  "}, "full_name"),
    ],
)
def test_nobody_invites_himself_or_somebody_unknown(world: World, local: Person, more: dict, field: str) -> None:
    with pytest.raises(BadInput) as wrong:
        _invite(world, local, **more)

    assert list(wrong.value.fields) == [field]
    assert not Invitation.objects.exists()


def test_nobody_sends_himself_anew_what_another_made_for_him(world: World, local: Person) -> None:
    made, token = _invite(world, world.administrator, email="", phone="090 123 45 67")

    with pytest.raises(WrongState):
        actions.renew_invitation(by=local, invitation=made)

    made.refresh_from_db()
    assert (made.made_by, made.token_digest) == (world.administrator, actions.digest_of(token))


def test_nobody_is_invited_to_a_unit_that_is_gone(world: World, local: Person) -> None:
    world.villages[0].valid_to = date(2026, 1, 1)
    world.villages[0].save()

    with pytest.raises(BadInput) as wrong:
        _invite(world, local, place=world.villages[0])

    assert list(wrong.value.fields) == ["place"]


# Accepting it


def test_whoever_has_the_link_opens_the_account_and_goes_on_to_a_second_step(client, world: World, local) -> None:
    made, token = _invite(world, local)
    page = client.get(_link(token)).content.decode()
    assert "Cao Thị Liên mời Hà Thị Cúc giữ chức danh: Công chức phụ trách thông tin cấp xã, Xã Sơn Kim 1." in page
    assert 'value="ha.thi.cuc"' in page

    answer = _opens(client, token)

    opened = Person.objects.get(username="ha.thi.cuc")
    assert (answer.status_code, answer["Location"]) == (302, reverse("mfa_index"))
    assert client.session["_auth_user_id"] == str(opened.pk)
    assert (opened.full_name, opened.email, opened.must_change_password) == ("Hà Thị Cúc", "cuc@sonkim.vn", False)
    assert opened.check_password(PASSWORD)
    assert policies.may(opened, "bulletin.write", world.son_kim)
    made.refresh_from_db()
    assert (made.state, made.person) == (InvitationState.ACCEPTED, opened)
    assert client.get(answer["Location"]).status_code == 200


def test_the_journal_names_the_inviter_for_the_account_and_the_post(client, world: World, local: Person) -> None:
    _made, token = _invite(world, local)

    _opens(client, token)

    opened = Person.objects.get(username="ha.thi.cuc")
    told = {entry.verb: entry.actor for entry in Entry.objects.all()}
    assert told == {
        "invitation.made": f"person:{local.pk}",
        "account.opened": f"person:{local.pk}",
        "post.given": f"person:{local.pk}",
        "invitation.accepted": f"person:{opened.pk}",
    }


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"again": "dong-lua-chin-xanh"}, "Hai mật khẩu không giống nhau."),
        ({"password": "ngan", "again": "ngan"}, "quá ngắn"),
        ({"username": "Hà Cúc"}, "3 đến 60"),
        ({"username": "canbo"}, "tên này"),
    ],
)
def test_what_cannot_be_taken_is_said_and_the_link_stays_good(client, world: World, local, more, words: str) -> None:
    _made, token = _invite(world, local)
    people = Person.objects.count()

    answer = _opens(client, token, **more)

    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert _nothing_opened(world, people)
    assert _opens(client, token).status_code == 302


def _used(made: Invitation, token: str, client) -> None:
    _opens(client, token)
    client.logout()


def _expired(made: Invitation, token: str, client) -> None:
    Invitation.objects.update(expires_at=clock.now() - timedelta(seconds=1))


def _withdrawn(made: Invitation, token: str, client) -> None:
    actions.withdraw_invitation(by=made.made_by, invitation=made, reason="Đổi người")


def _inviter_gone(made: Invitation, token: str, client) -> None:
    made.made_by.posts.update(held_to=clock.today() - timedelta(days=1))


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (_used, "Đường dẫn này đã được dùng."),
        (_expired, "Đường dẫn này đã hết hạn."),
        (_withdrawn, "Lời mời này đã được thu hồi."),
        (_inviter_gone, "Lời mời này không còn hiệu lực."),
    ],
)
def test_a_dead_link_says_why_and_changes_nothing(client, world: World, local, spoil, words: str) -> None:
    made, token = _invite(world, local)
    spoil(made, token, client)
    people, entries = Person.objects.count(), Entry.objects.count()

    seen, sent = client.get(_link(token)), _opens(client, token, username="mot.nguoi.khac")

    assert (seen.status_code, sent.status_code) == (410, 410)
    assert words in seen.content.decode()
    assert words in sent.content.decode()
    assert (Person.objects.count(), Entry.objects.count()) == (people, entries)


def test_a_forged_link_learns_nothing(client, world: World, local: Person) -> None:
    made, _token = _invite(world, local)
    people = Person.objects.count()

    for forged in ("khong-co", made.token_digest, str(made.pk), "a" * 400):
        seen, sent = client.get(_link(forged)), _opens(client, forged)
        assert (seen.status_code, sent.status_code) == (404, 404)
        assert "Hà Thị Cúc" not in seen.content.decode()

    assert _nothing_opened(world, people)


def test_whoever_is_signed_in_opens_no_second_account(client, world: World, local: Person) -> None:
    _made, token = _invite(world, local)
    people = Person.objects.count()
    client.force_login(local)

    seen, sent = client.get(_link(token)), _opens(client, token)

    assert (seen.status_code, sent.status_code) == (409, 409)
    assert "Bạn đang đăng nhập là Cao Thị Liên." in seen.content.decode()
    assert _nothing_opened(world, people)


def test_the_link_is_tried_only_so_often(client, world: World) -> None:
    cache.clear()

    answers = [client.get(_link(f"doan-{number}")).status_code for number in range(32)]

    assert answers == [404] * 30 + [429] * 2


def test_a_link_that_is_used_twice_at_once_opens_one_account(world: World, local: Person) -> None:
    _made, token = _invite(world, local)
    actions.accept_invitation(token=token, username="ha.thi.cuc", password=PASSWORD)

    with pytest.raises(WrongState):
        actions.accept_invitation(token=token, username="ha.thi.cuc2", password=PASSWORD)

    assert not Person.objects.filter(username="ha.thi.cuc2").exists()


# Sending anew, withdrawing


def test_sent_anew_the_new_link_opens_and_the_old_one_does_not(client, world: World, local: Person) -> None:
    made, old = _invite(world, local)
    Invitation.objects.update(expires_at=clock.now() - timedelta(days=1))

    renewed, new = actions.renew_invitation(by=world.administrator, invitation=made)

    assert renewed.made_by == world.administrator
    assert client.get(_link(old)).status_code == 404
    assert client.get(_link(new)).status_code == 200
    assert Entry.objects.filter(verb="invitation.renewed").count() == 1


def test_others_neither_withdraw_nor_renew(world: World, local: Person) -> None:
    made, _token = _invite(world, world.administrator, place=world.thach_ha)

    with pytest.raises(NotAllowed):
        actions.withdraw_invitation(by=local, invitation=made)
    with pytest.raises(NotAllowed):
        actions.renew_invitation(by=local, invitation=made)

    made.refresh_from_db()
    assert made.state == InvitationState.OPEN


# The pages of who invites


def _as(client, who: Person):
    client.force_login(who)
    return client


def test_the_link_is_shown_once_with_a_square_that_holds_no_style(client, world: World, local: Person) -> None:
    told = {"full_name": "Hà Thị Cúc", "email": "cuc@sonkim.vn", "role": "commune_officer", "place": world.son_kim.pk}

    answer = _as(client, local).post(reverse("organizations:invite"), told)

    page = answer.content.decode()
    link = re.search(r'value="(http://testserver/loi-moi/[^"]+/)"', page)
    assert link is not None
    assert "no-store" in answer["Cache-Control"]
    svg = page[page.index("<svg") : page.index("</svg>")]
    assert "style" not in svg
    made = Invitation.objects.get()
    token = link[1].split("/")[-2]
    assert made.token_digest == actions.digest_of(token)
    later = client.get(reverse("organizations:invitation", args=[made.pk])).content.decode()
    assert "Hà Thị Cúc" in later
    assert token not in later


def test_a_withdrawn_invitation_asks_for_a_reason_and_says_so(client, world: World, local: Person) -> None:
    made, _token = _invite(world, local)
    address = reverse("organizations:withdraw-invitation", args=[made.pk])

    without = _as(client, local).post(address, {"reason": ""})
    answer = client.post(address, {"reason": "Đổi người"}, follow=True)

    assert without.status_code == 422
    page = answer.content.decode()
    assert "Đã thu hồi" in page
    assert "Gửi lại" not in page


def test_the_list_finds_without_marks_and_by_state_within_the_scope(client, world: World, local: Person) -> None:
    _invite(world, local)
    _invite(world, world.administrator, full_name="Lê Văn Thạch", place=world.thach_ha)
    gone, _token = _invite(world, local, full_name="Trần Thị Mơ")
    actions.withdraw_invitation(by=local, invitation=gone)
    address = reverse("organizations:invitations")

    found = _as(client, local).get(address, {"q": "ha thi cuc", "state": "open"}).content.decode()
    whole = client.get(address).content.decode()

    assert "Hà Thị Cúc" in found
    assert "Trần Thị Mơ" not in found
    assert "Trần Thị Mơ" in whole
    assert "Lê Văn Thạch" not in whole
    assert "1 lời mời đang chờ trả lời." in whole
    sheet = client.get(address, {"export": "xlsx"})
    assert sheet["Content-Type"].endswith("spreadsheetml.sheet")
    sheet.close()


def test_outside_the_scope_an_invitation_does_not_exist(client, world: World, local: Person) -> None:
    made, _token = _invite(world, world.administrator, place=world.thach_ha)

    answers = [
        _as(client, local).get(reverse("organizations:invitation", args=[made.pk])).status_code,
        client.post(reverse("organizations:renew-invitation", args=[made.pk])).status_code,
        client.get(reverse("organizations:withdraw-invitation", args=[made.pk])).status_code,
    ]

    assert answers == [404, 404, 404]


def test_many_invitations_ask_the_database_no_more_than_one(
    client, world: World, django_assert_max_num_queries
) -> None:
    for number in range(25):
        _invite(world, world.administrator, full_name=f"Người Thứ {number}")
    _as(client, world.administrator)

    with django_assert_max_num_queries(14):
        page = client.get(reverse("organizations:invitations")).content.decode()

    assert page.count("Người Thứ") == 25

"""Accounts and posts are given and taken by somebody else, each with an entry in the journal."""

from datetime import date, timedelta

import pytest
from django.contrib.auth import authenticate
from django.test import RequestFactory

from coso.journal.bus import subscribe
from coso.journal.models import Entry
from coso.journal.ports import actor_name, sentence_of
from coso.kit import clock
from coso.kit.errors import BadInput, NotAllowed, WrongState
from coso.organizations import actions, policies, queries
from coso.organizations.events import PostGiven
from coso.organizations.models import Person, Post
from coso.organizations.rules import Role
from tests.support.world import World, person

PASSWORD = "cay-cam-ben-song-la"


def _signs_in(username: str, password: str = PASSWORD) -> bool:
    return authenticate(RequestFactory().post("/"), username=username, password=password) is not None


def test_an_administrator_opens_an_account_that_can_sign_in_and_holds_no_right(world: World) -> None:
    made = actions.open_account(
        by=world.administrator, username="lan.nguyen", full_name=" Nguyễn  Thị Lan ", password=PASSWORD
    )

    assert made.full_name == "Nguyễn Thị Lan"
    assert _signs_in("lan.nguyen")
    assert policies.posts_of(made) == []
    entry = Entry.objects.get(verb="account.opened")
    assert (entry.refs, entry.actor) == ([f"person:{made.pk}"], f"person:{world.administrator.pk}")
    assert "Nguyễn Thị Lan" in sentence_of(entry)
    assert "Nguyễn" not in str(entry.data)
    assert actor_name(entry.actor) == "Bùi Thị Yến"


def test_an_account_without_a_password_lets_nobody_in(world: World) -> None:
    actions.open_account(by=world.administrator, username="lan.nguyen", full_name="Nguyễn Thị Lan")

    assert not _signs_in("lan.nguyen", "")


@pytest.mark.parametrize("who", ["editor", "approver", "officer", "leader", "communicator", "auditor"])
def test_nobody_but_an_administrator_opens_or_closes_accounts_or_gives_posts(world: World, who: str) -> None:
    by = getattr(world, who)

    with pytest.raises(NotAllowed):
        actions.open_account(by=by, username="lan.nguyen", full_name="Nguyễn Thị Lan", password=PASSWORD)
    with pytest.raises(NotAllowed):
        actions.close_account(by=by, person=world.other_officer)
    with pytest.raises(NotAllowed):
        actions.give_post(by=by, person=world.other_officer, role=Role.AUDITOR, place=world.son_kim)
    with pytest.raises(NotAllowed):
        actions.end_post(by=by, post=world.other_officer.posts.get())

    assert not Person.objects.filter(username="lan.nguyen").exists()
    assert world.other_officer.posts.get().held_to is None
    assert not Entry.objects.exists()


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("username", "canbo"),
        ("username", "Lan Nguyễn"),
        ("username", "ab"),
        ("full_name", "  "),
        ("password", "ngan"),
        ("password", "1234567890"),
        ("email", "khong-phai-thu"),
    ],
)
def test_what_is_wrong_is_told_at_its_field_and_nothing_is_made(world: World, field: str, value: str) -> None:
    given = {"username": "lan.nguyen", "full_name": "Nguyễn Thị Lan", "password": PASSWORD, "email": ""} | {
        field: value
    }
    before = Person.objects.count()

    with pytest.raises(BadInput) as refused:
        actions.open_account(by=world.administrator, **given)

    assert set(refused.value.fields) == {field}
    assert Person.objects.count() == before
    assert not Entry.objects.exists()


def test_a_post_gives_its_rights_at_once_and_only_within_its_place(world: World) -> None:
    heard: list[PostGiven] = []
    subscribe(PostGiven, heard.append)
    made = actions.open_account(by=world.administrator, username="lan.nguyen", full_name="Nguyễn Thị Lan")
    assert not policies.may(made, "bulletin.write")

    post = actions.give_post(
        by=world.administrator,
        person=made,
        role=Role.COMMUNE_OFFICER,
        place=world.thach_ha,
        decision="Quyết định 12/QĐ-UBND",
    )

    assert policies.may(made, "bulletin.write", world.thach_ha)
    assert policies.may(made, "bulletin.write", world.other_villages[2])
    assert not policies.may(made, "bulletin.write", world.son_kim)
    assert not policies.may(made, "bulletin.write", world.province)
    assert heard == [PostGiven(post_id=post.pk)]
    entry = Entry.objects.get(verb="post.given")
    assert entry.refs == [f"post:{post.pk}", f"person:{made.pk}", f"place:{world.thach_ha.pk}"]
    assert "Xã Thạch Hà" in sentence_of(entry)


def test_an_administrator_gives_himself_nothing_and_ends_nothing_of_his_own(world: World) -> None:
    with pytest.raises(NotAllowed):
        actions.give_post(
            by=world.administrator, person=world.administrator, role=Role.PROVINCIAL_APPROVER, place=world.province
        )
    with pytest.raises(NotAllowed):
        actions.end_post(by=world.administrator, post=world.administrator.posts.get())
    with pytest.raises(NotAllowed):
        actions.close_account(by=world.administrator, person=world.administrator)

    assert [p.role for p in world.administrator.posts.all()] == [Role.ADMINISTRATOR]
    assert not Entry.objects.exists()


def test_an_administrator_of_one_commune_stays_within_it(world: World) -> None:
    local = person("quantri.sonkim", "Lê Văn Quý", Role.ADMINISTRATOR, world.son_kim)

    with pytest.raises(NotAllowed):
        actions.give_post(by=local, person=world.officer, role=Role.AUDITOR, place=world.thach_ha)
    with pytest.raises(NotAllowed):
        actions.close_account(by=local, person=world.other_officer)
    with pytest.raises(NotAllowed):
        actions.close_account(by=local, person=world.editor)

    assert Person.objects.filter(is_active=False).count() == 0
    assert set(queries.people_managed_by(local)) == {world.officer, world.leader, world.communicator, local}
    assert not queries.people_managed_by(world.officer).exists()


def test_the_same_post_is_not_given_twice(world: World) -> None:
    with pytest.raises(BadInput):
        actions.give_post(by=world.administrator, person=world.officer, role=Role.COMMUNE_OFFICER, place=world.son_kim)

    assert world.officer.posts.count() == 1


def test_a_post_is_not_given_at_a_place_of_the_past(world: World) -> None:
    world.thach_ha.valid_to = clock.today() - timedelta(days=1)
    world.thach_ha.save()

    with pytest.raises(BadInput) as refused:
        actions.give_post(by=world.administrator, person=world.editor, role=Role.COMMUNE_OFFICER, place=world.thach_ha)

    assert set(refused.value.fields) == {"place"}
    assert world.editor.posts.count() == 1


def test_an_ended_post_gives_nothing_from_that_moment_on(world: World) -> None:
    post = world.officer.posts.get()
    assert policies.may(post.person, "bulletin.write", world.son_kim)

    actions.end_post(by=world.administrator, post=post, reason="Chuyển công tác")

    assert not policies.may(post.person, "bulletin.write", world.son_kim)
    assert not policies.may(Person.objects.get(pk=world.officer.pk), "bulletin.write", world.son_kim)
    assert Entry.objects.get(verb="post.ended").reason.text == "Chuyển công tác"
    with pytest.raises(WrongState):
        actions.end_post(by=world.administrator, post=post)


def test_a_post_may_end_on_a_later_day_and_counts_until_then(world: World) -> None:
    last = clock.today() + timedelta(days=7)

    ended = actions.end_post(by=world.administrator, post=world.officer.posts.get(), last_day=last)

    assert ended.held_to == last
    assert policies.may(Person.objects.get(pk=world.officer.pk), "bulletin.write", world.son_kim)
    assert ended in queries.posts_held(last)
    assert ended not in queries.posts_held(last + timedelta(days=1))


def test_the_last_day_does_not_lie_in_the_past(world: World) -> None:
    with pytest.raises(BadInput):
        actions.end_post(by=world.administrator, post=world.officer.posts.get(), last_day=date(2026, 1, 1))

    assert world.officer.posts.get().held_to is None


def test_a_closed_account_lets_nobody_in_and_keeps_the_name_of_what_was_done(world: World) -> None:
    officer = Person.objects.get(pk=world.officer.pk)
    officer.set_password(PASSWORD)
    officer.save()
    assert _signs_in("canbo")

    actions.close_account(by=world.administrator, person=world.officer, reason="Nghỉ hưu")

    assert not _signs_in("canbo")
    assert queries.posts_held().filter(person=officer).count() == 0
    assert policies.posts_of(Person.objects.get(pk=officer.pk)) == []
    assert actor_name(f"person:{officer.pk}") == "Lê Thị Đào"
    assert "Lê Thị Đào" in sentence_of(Entry.objects.get(verb="account.closed"))
    with pytest.raises(WrongState):
        actions.close_account(by=world.administrator, person=world.officer)


def test_an_account_without_a_post_of_today_is_closed_only_by_who_managed_one_of_its_posts(world: World) -> None:
    local = person("quantri.sonkim", "Lê Văn Quý", Role.ADMINISTRATOR, world.son_kim)
    actions.end_post(by=world.administrator, post=world.other_officer.posts.get())
    actions.end_post(by=world.administrator, post=world.officer.posts.get())

    with pytest.raises(NotAllowed):
        actions.close_account(by=local, person=world.other_officer)
    actions.close_account(by=local, person=world.officer)

    assert set(Person.objects.filter(is_active=False)) == {world.officer}


def test_a_post_still_to_come_is_guarded_and_ends_with_the_account(world: World) -> None:
    local = person("quantri.sonkim", "Lê Văn Quý", Role.ADMINISTRATOR, world.son_kim)
    later = actions.give_post(
        by=world.administrator,
        person=world.officer,
        role=Role.PROVINCIAL_EDITOR,
        place=world.province,
        held_from=clock.today() + timedelta(days=3),
    )

    with pytest.raises(NotAllowed):
        actions.close_account(by=local, person=world.officer)
    actions.close_account(by=world.administrator, person=world.officer)

    later.refresh_from_db()
    assert later.held_to is not None
    assert later.held_to < later.held_from


def test_a_closed_account_is_given_no_post(world: World) -> None:
    actions.close_account(by=world.administrator, person=world.officer)

    with pytest.raises(WrongState):
        actions.give_post(by=world.administrator, person=world.officer, role=Role.AUDITOR, place=world.son_kim)

    assert not Post.objects.filter(person=world.officer, role=Role.AUDITOR).exists()


def test_people_are_listed_by_their_given_names(world: World) -> None:
    names = [p.full_name for p in Person.objects.filter(full_name__in=["Phạm Văn Ân", "Đặng Văn Ấm", "Võ Thị Ánh"])]

    assert names == ["Võ Thị Ánh", "Đặng Văn Ấm", "Phạm Văn Ân"]


# Passwords that somebody else knows


def test_the_first_password_is_temporary_unless_it_is_for_everybody_to_know(world: World) -> None:
    known = actions.open_account(
        by=world.administrator, username="lan.nguyen", full_name="Nguyễn Thị Lan", password=PASSWORD
    )
    shown = actions.open_account(
        by="system", username="mai.tran", full_name="Trần Thị Mai", password=PASSWORD, is_temporary=False
    )
    none = actions.open_account(by=world.administrator, username="tu.le", full_name="Lê Văn Tú")

    assert [one.must_change_password for one in (known, shown, none)] == [True, False, False]


def test_a_temporary_password_replaces_the_old_one_and_is_journalled(world: World) -> None:
    officer = Person.objects.get(pk=world.officer.pk)

    actions.give_password(by=world.administrator, person=officer, password=PASSWORD, reason="Quên mật khẩu")

    assert _signs_in("canbo")
    assert not _signs_in("canbo", "mat-khau-thu-nghiem")
    officer.refresh_from_db()
    assert officer.must_change_password
    entry = Entry.objects.get(verb="account.password_given")
    assert (entry.refs, entry.actor) == ([f"person:{officer.pk}"], f"person:{world.administrator.pk}")
    assert entry.reason.text == "Quên mật khẩu"
    assert "Lê Thị Đào" in sentence_of(entry)
    assert PASSWORD not in str(entry.data)


def test_nobody_gives_a_password_who_does_not_manage_all_of_the_posts(world: World) -> None:
    local = person("quantri.sonkim", "Lê Văn Quý", Role.ADMINISTRATOR, world.son_kim)
    coming = person("sap.den", "Trần Văn Đến", Role.COMMUNE_OFFICER, world.son_kim)
    Post.objects.create(
        person=coming,
        role=Role.PROVINCIAL_APPROVER,
        place=world.province,
        held_from=clock.today() + timedelta(days=3),
    )

    for by, whose in [
        (local, world.other_officer),
        (local, world.approver),
        (local, coming),
        (local, local),
        (world.officer, world.leader),
    ]:
        with pytest.raises(NotAllowed):
            actions.give_password(by=by, person=whose, password=PASSWORD)

    assert not Person.objects.filter(must_change_password=True).exists()
    assert not Entry.objects.exists()


def test_a_weak_temporary_password_changes_nothing(world: World) -> None:
    with pytest.raises(BadInput) as refused:
        actions.give_password(by=world.administrator, person=world.officer, password="1234567890")

    assert set(refused.value.fields) == {"password"}
    assert _signs_in("canbo", "mat-khau-thu-nghiem")


def test_a_closed_account_is_given_no_password(world: World) -> None:
    actions.close_account(by=world.administrator, person=world.officer)

    with pytest.raises(WrongState):
        actions.give_password(by=world.administrator, person=world.officer, password=PASSWORD)

    assert not Person.objects.get(pk=world.officer.pk).must_change_password

"""Somebody stands in for the holder of a post for a period: with its rights, and no more than its rights."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from coso.journal.models import Entry
from coso.journal.ports import sentence_of
from coso.kit import clock
from coso.kit.errors import BadInput, NotAllowed, WrongState
from coso.organizations import actions, policies, queries
from coso.organizations.models import Deputy, Person, Post
from coso.organizations.rules import Role
from tests.support.world import SINCE, World, person

pytestmark = pytest.mark.django_db


def _in(days: int) -> date:
    return clock.today() + timedelta(days=days)


def _name(world: World, *, by: Person | None = None, who: Person | None = None, days: tuple[int, int] = (0, 6)):
    return actions.name_deputy(
        by=by or world.leader,
        post=world.leader.posts.get(),
        person=who or world.officer,
        from_on=_in(days[0]),
        to_on=_in(days[1]),
        decision="Số 12/QĐ-UBND",
    )


def test_while_it_runs_a_deputy_has_the_rights_of_the_post_within_its_place(world: World) -> None:
    assert not policies.may(world.officer, "bulletin.approve", world.son_kim)

    _name(world)

    assert policies.may(world.officer, "bulletin.approve", world.son_kim)
    assert policies.may(world.officer, "emergency.release", world.villages[0])
    assert not policies.may(world.officer, "bulletin.approve", world.thach_ha)
    assert world.officer in policies.people_with("bulletin.approve", world.villages[0])
    assert list(policies.people_with("bulletin.approve", world.thach_ha)) == [world.approver, world.other_leader]


def test_his_own_posts_come_first_and_those_of_others_are_told_apart(world: World) -> None:
    _name(world)

    posts = policies.posts_of(world.officer)

    assert [(post.role, policies.stands_in(world.officer, post)) for post in posts] == [
        (Role.COMMUNE_OFFICER, False),
        (Role.COMMUNE_LEADER, True),
    ]
    assert [post.person.full_name for post in posts] == ["Lê Thị Đào", "Phạm Văn Ân"]


def test_the_posts_of_a_person_with_those_of_others_are_read_in_one_query(world: World) -> None:
    _name(world)
    officer = Person.objects.get(pk=world.officer.pk)

    with CaptureQueriesContext(
        connection,
    ) as asked:
        posts = [(str(post.place), str(post.organization), str(post.person)) for post in policies.posts_of(officer)]
        policies.may(officer, "bulletin.approve", world.son_kim)

    assert (len(posts), len(asked)) == (2, 1)


@pytest.mark.parametrize(("days", "runs"), [((0, 0), True), ((1, 5), False)])
def test_the_rights_are_there_from_the_first_day_to_the_last(world: World, days: tuple[int, int], runs: bool) -> None:
    _name(world, days=days)

    assert policies.may(world.officer, "bulletin.approve", world.son_kim) is runs


def test_after_the_last_day_nothing_is_left(world: World) -> None:
    deputy = _name(world)
    Deputy.objects.filter(pk=deputy.pk).update(from_on=_in(-9), to_on=_in(-1))

    officer = Person.objects.get(pk=world.officer.pk)

    assert not policies.may(officer, "bulletin.approve", world.son_kim)
    assert world.officer not in policies.people_with("bulletin.approve", world.son_kim)


def test_nobody_stands_in_longer_than_the_post_is_held(world: World) -> None:
    _name(world)

    actions.end_post(by=world.administrator, post=world.leader.posts.get(), reason="Chuyển công tác")

    officer = Person.objects.get(pk=world.officer.pk)
    assert not policies.may(officer, "bulletin.approve", world.son_kim)
    assert world.officer not in policies.people_with("bulletin.approve", world.son_kim)


def test_the_journal_names_who_stands_in_for_whom_and_who_said_so(world: World) -> None:
    _name(world, by=world.administrator)

    entry = Entry.objects.get(verb="deputy.named")
    assert entry.actor == f"person:{world.administrator.pk}"
    today, last = f"{_in(0):%d/%m/%Y}", f"{_in(6):%d/%m/%Y}"
    assert sentence_of(entry) == (
        f"Lê Thị Đào được cử làm thay Phạm Văn Ân (Lãnh đạo UBND cấp xã, Xã Sơn Kim 1) từ {today} đến {last}."
    )


@pytest.mark.parametrize("who", ["officer", "other_leader", "approver", "communicator", "auditor"])
def test_only_the_holder_or_who_manages_accounts_there_names_one(world: World, who: str) -> None:
    with pytest.raises(NotAllowed):
        _name(world, by=getattr(world, who))

    assert not Deputy.objects.exists()
    assert not Entry.objects.exists()


def test_a_deputy_names_no_deputy_by_the_post_of_another(world: World) -> None:
    _name(world)
    colleague = person("congchuc", "Hà Thị Cúc", Role.COMMUNE_OFFICER, world.son_kim)

    with pytest.raises(NotAllowed):
        _name(world, by=world.officer, who=colleague, days=(10, 12))

    assert Deputy.objects.count() == 1


def test_the_deputy_of_an_administrator_manages_accounts_but_names_no_deputy(world: World) -> None:
    post = world.administrator.posts.get()
    actions.name_deputy(by=world.administrator, post=post, person=world.editor, from_on=_in(0), to_on=_in(6))
    assert policies.may(world.editor, "account.manage", world.son_kim)

    with pytest.raises(NotAllowed):
        _name(world, by=world.editor)

    assert Deputy.objects.count() == 1


def test_a_deputy_takes_nothing_from_whom_he_stands_in_for(world: World) -> None:
    post = world.administrator.posts.get()
    actions.name_deputy(by=world.administrator, post=post, person=world.editor, from_on=_in(0), to_on=_in(6))
    stood_in_for = Person.objects.get(pk=world.administrator.pk)

    for act in (
        lambda: actions.give_password(by=world.editor, person=stood_in_for, password="Mat-khau-moi-2026!"),
        lambda: actions.close_account(by=world.editor, person=stood_in_for),
        lambda: actions.end_post(by=world.editor, post=post),
        lambda: actions.begin_handover(by=world.editor, person=stood_in_for, last_day=_in(0)),
    ):
        with pytest.raises(NotAllowed):
            act()

    stood_in_for.refresh_from_db()
    post.refresh_from_db()
    assert (stood_in_for.is_active, stood_in_for.must_change_password, post.held_to) == (True, False, None)


@pytest.mark.parametrize(
    ("days", "field", "words"),
    [
        ((3, 1), "to_on", "Ngày cuối không được trước ngày đầu."),
        ((-1, 5), "from_on", "Ngày đầu không được nằm trong quá khứ."),
        ((5, 400), "to_on", "Chức danh này kết thúc ngày"),
    ],
)
def test_days_that_make_no_sense_are_refused(world: World, days: tuple[int, int], field: str, words: str) -> None:
    world.leader.posts.update(held_to=_in(300))

    with pytest.raises(BadInput) as wrong:
        _name(world, days=days)

    assert list(wrong.value.fields) == [field]
    assert words in wrong.value.fields[field][0]
    assert not Deputy.objects.exists()


def test_two_deputies_of_one_post_do_not_overlap_but_may_follow_one_another(world: World) -> None:
    _name(world, days=(0, 6))
    colleague = person("congchuc", "Hà Thị Cúc", Role.COMMUNE_OFFICER, world.son_kim)

    with pytest.raises(BadInput) as wrong:
        _name(world, who=colleague, days=(6, 9))
    _name(world, who=colleague, days=(7, 9))

    assert "Lê Thị Đào" in wrong.value.fields["from_on"][0]
    assert Deputy.objects.count() == 2


def test_nobody_stands_in_for_himself_and_nobody_names_himself(world: World) -> None:
    with pytest.raises(BadInput) as own:
        _name(world, who=world.leader)
    with pytest.raises(BadInput) as named:
        _name(world, by=world.administrator, who=world.administrator)

    assert own.value.fields == {"person": ["Không ai làm thay chính mình."]}
    assert named.value.fields == {"person": ["Không ai tự cử mình."]}
    assert not Deputy.objects.exists()


def test_neither_a_closed_account_nor_somebody_from_elsewhere_is_named(world: World) -> None:
    colleague = person("congchuc", "Hà Thị Cúc", Role.COMMUNE_OFFICER, world.son_kim)
    Person.objects.filter(pk=colleague.pk).update(is_active=False)
    colleague.refresh_from_db()

    with pytest.raises(BadInput) as closed:
        _name(world, who=colleague)
    with pytest.raises(BadInput) as elsewhere:
        _name(world, who=world.other_officer)

    assert closed.value.fields == {"person": ["Tài khoản này đã bị đóng."]}
    assert list(elsewhere.value.fields) == ["person"]
    assert not Deputy.objects.exists()


@pytest.mark.parametrize("who", ["leader", "administrator", "officer"])
def test_it_is_ended_early_by_the_holder_the_manager_or_the_deputy(world: World, who: str) -> None:
    deputy = _name(world)

    actions.end_deputy(by=getattr(world, who), deputy=deputy, reason="Về sớm")

    officer = Person.objects.get(pk=world.officer.pk)
    assert not policies.may(officer, "bulletin.approve", world.son_kim)
    assert list(queries.deputies_not_over(world.leader.posts.get())) == []
    assert Entry.objects.filter(verb="deputy.ended", actor=f"person:{getattr(world, who).pk}").exists()
    with pytest.raises(WrongState):
        actions.end_deputy(by=world.leader, deputy=deputy)


def test_others_do_not_end_it(world: World) -> None:
    deputy = _name(world)

    with pytest.raises(NotAllowed):
        actions.end_deputy(by=world.other_leader, deputy=deputy)

    deputy.refresh_from_db()
    assert deputy.ended_at is None


def test_a_post_that_is_over_gets_no_deputy(world: World) -> None:
    Post.objects.filter(person=world.leader).update(held_from=SINCE, held_to=_in(-1))

    with pytest.raises(WrongState):
        _name(world, by=world.administrator)

    assert not Deputy.objects.exists()

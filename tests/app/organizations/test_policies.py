"""Who may what, and where: outside one's scope there is nothing."""

import pytest

from coso.kit import clock
from coso.kit.errors import NotAllowed
from coso.organizations import policies, rules
from coso.organizations.models import Post
from coso.organizations.rules import RIGHTS, Role
from coso.places.models import Place
from tests.support.world import World

# The rights whose holders matter most; whoever changes this table changes who decides in the province.
HOLDERS = {
    "bulletin.write": {Role.PROVINCIAL_EDITOR, Role.COMMUNE_OFFICER},
    "bulletin.approve": {Role.PROVINCIAL_APPROVER, Role.COMMUNE_LEADER},
    "emergency.release": {Role.PROVINCIAL_APPROVER, Role.COMMUNE_LEADER},
    "account.manage": {Role.ADMINISTRATOR},
    "journal.read": {Role.ADMINISTRATOR, Role.AUDITOR},
    "device.enrol": {Role.COMMUNE_OFFICER, Role.ADMINISTRATOR},
    "device.revoke": {Role.ADMINISTRATOR},
    "feedback.read": {
        Role.PROVINCIAL_EDITOR, Role.PROVINCIAL_APPROVER, Role.COMMUNE_OFFICER, Role.COMMUNE_LEADER,
    },
    "feedback.handle": {Role.COMMUNE_OFFICER},
    "reach.tell": {Role.COMMUNE_OFFICER, Role.COMMUNICATOR},
    "village.tell": {Role.COMMUNICATOR},
    "registry.edit": {Role.COMMUNE_OFFICER, Role.ADMINISTRATOR},
    "desk.use": set(Role),
}  # fmt: skip


@pytest.mark.parametrize("right", HOLDERS)
def test_a_right_belongs_to_exactly_these_roles(right: str) -> None:
    assert set(rules.roles_with(right)) == HOLDERS[right]


def test_no_role_both_writes_and_approves() -> None:
    assert [role for role, rights in RIGHTS.items() if {"bulletin.write", "bulletin.approve"} <= rights] == []


def test_an_administrator_sees_no_feedback_and_no_role_but_handlers_publishes_it() -> None:
    assert not any(right.startswith("feedback.") for right in RIGHTS[Role.ADMINISTRATOR])
    assert set(rules.roles_with("feedback.publish")) == {Role.PROVINCIAL_APPROVER, Role.COMMUNE_OFFICER}


def test_a_post_reaches_down_and_never_up_or_sideways(world: World) -> None:
    officer = world.officer

    assert policies.may(officer, "bulletin.write", world.son_kim)
    assert all(policies.may(officer, "bulletin.write", village) for village in world.villages)
    assert not policies.may(officer, "bulletin.write", world.province)
    assert not any(policies.may(officer, "bulletin.write", village) for village in world.other_villages)
    with pytest.raises(NotAllowed):
        policies.require(officer, "bulletin.write", world.thach_ha)


def test_the_scope_of_an_officer_is_his_commune_and_of_a_stranger_nothing(world: World) -> None:
    seen = set(Place.objects.filter(policies.scope(world.officer, "registry.read", "path")))
    nothing = Place.objects.filter(policies.scope(None, "registry.read", "path"))

    assert seen == {world.son_kim, *world.villages}
    assert not nothing.exists()
    assert not Place.objects.filter(policies.scope(world.communicator, "registry.read", "path")).exists()


def test_a_commune_whose_id_begins_like_anothers_is_not_within_its_scope(world: World) -> None:
    twin = Place.objects.create(
        pk=int(f"{world.son_kim.pk}9"), code="x", name="Xã Lạ", level="commune", parent=world.province,
        valid_from=world.son_kim.valid_from,
    )  # fmt: skip

    assert twin.path.startswith(world.son_kim.path.rstrip("/"))
    assert not policies.may(world.officer, "bulletin.write", twin)
    assert twin not in Place.objects.filter(policies.scope(world.officer, "registry.read", "path"))


def test_everywhere_means_each_place_and_at_least_one(world: World) -> None:
    assert policies.may_everywhere(world.officer, "bulletin.write", world.villages)
    assert not policies.may_everywhere(world.officer, "bulletin.write", [*world.villages, world.other_villages[0]])
    assert not policies.may_everywhere(world.officer, "bulletin.write", [])


def test_people_with_a_right_at_a_place_hold_it_there_or_above(world: World) -> None:
    approvers = set(policies.people_with("bulletin.approve", world.villages[0]))

    assert approvers == {world.approver, world.leader}
    assert set(policies.people_with("bulletin.approve", world.province)) == {world.approver}


def test_a_post_of_tomorrow_gives_nothing_today(world: World) -> None:
    tomorrow = clock.today().replace(year=clock.today().year + 1)
    Post.objects.filter(person=world.leader).update(held_from=tomorrow)

    assert not policies.may(world.leader, "bulletin.approve", world.son_kim)
    assert world.leader not in policies.people_with("bulletin.approve", world.son_kim)


def test_somebody_inactive_may_nothing(world: World) -> None:
    world.officer.is_active = False

    assert policies.posts_of(world.officer) == []
    assert not policies.may(world.officer, "desk.use")

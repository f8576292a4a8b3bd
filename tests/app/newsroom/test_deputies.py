"""Whoever stands in for a leader approves in his stead, and never what he had a hand in himself."""

from datetime import timedelta

import pytest

from coso.kit import clock
from coso.kit.errors import NotAllowed
from coso.newsroom import actions, queries
from coso.newsroom.models import BulletinState
from coso.organizations import actions as organizations
from coso.organizations.rules import Role
from tests.app.newsroom.conftest import write
from tests.support.world import World, person


@pytest.fixture
def deputy(world: World):
    """Give a second officer of the commune, who stands in for its leader."""
    colleague = person("congchuc", "Hà Thị Cúc", Role.COMMUNE_OFFICER, world.son_kim)
    organizations.name_deputy(
        by=world.leader,
        post=world.leader.posts.get(),
        person=colleague,
        from_on=clock.today(),
        to_on=clock.today() + timedelta(days=6),
    )
    return colleague


def test_a_deputy_approves_what_somebody_else_wrote(world: World, submitted, deputy) -> None:
    assert set(queries.approvers_of(submitted)) == {world.leader, world.approver, deputy}

    approved = actions.approve_bulletin(bulletin_id=submitted.pk, by=deputy)

    assert (approved.state, approved.approved_by) == (BulletinState.APPROVED, deputy)


def test_a_deputy_never_approves_what_he_wrote_himself(world: World, deputy) -> None:
    own = actions.submit_bulletin(bulletin_id=write(world, by=deputy).pk, by=deputy)

    assert deputy not in queries.approvers_of(own)
    assert own not in queries.waiting_for(deputy)
    with pytest.raises(NotAllowed):
        actions.approve_bulletin(bulletin_id=own.pk, by=deputy)

    own.refresh_from_db()
    assert (own.state, own.approved_by) == (BulletinState.SUBMITTED, None)

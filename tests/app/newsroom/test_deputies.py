"""Whoever stands in for a leader approves in his stead, and never what he had a hand in himself."""

from datetime import timedelta

import pytest

from coso.journal import queries as journal
from coso.journal.models import Entry
from coso.journal.ports import sentence_of
from coso.kit import clock
from coso.kit.errors import NotAllowed
from coso.kit.refs import Ref
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


def test_the_journal_says_for_whom_the_deputy_approved(world: World, submitted, deputy) -> None:
    actions.approve_bulletin(bulletin_id=submitted.pk, by=deputy)

    ref = Ref("bulletin", str(submitted.pk))
    said = {one.sentence: one.by for one in journal.told(ref)}
    entry = Entry.objects.get(verb="bulletin.approved")
    assert entry.actor == f"person:{deputy.pk}"
    assert entry.data["in_stead_of"] == f"post:{world.leader.posts.get().pk}"
    assert said[sentence_of(entry)] == f"Hà Thị Cúc, thay {world.leader.full_name}"


def test_what_a_deputy_does_by_his_own_post_is_in_nobodys_stead(world: World, deputy) -> None:
    actions.submit_bulletin(bulletin_id=write(world, by=deputy).pk, by=deputy)

    assert [entry.verb for entry in Entry.objects.filter(data__has_key="in_stead_of")] == []
    assert Entry.objects.filter(verb="bulletin.submitted", actor=f"person:{deputy.pk}").count() == 1


def test_a_deputy_never_approves_what_he_wrote_himself(world: World, deputy) -> None:
    own = actions.submit_bulletin(bulletin_id=write(world, by=deputy).pk, by=deputy)

    assert deputy not in queries.approvers_of(own)
    assert own not in queries.waiting_for(deputy)
    with pytest.raises(NotAllowed):
        actions.approve_bulletin(bulletin_id=own.pk, by=deputy)

    own.refresh_from_db()
    assert (own.state, own.approved_by) == (BulletinState.SUBMITTED, None)

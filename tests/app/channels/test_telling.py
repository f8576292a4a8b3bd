"""A communicator states that a village was told: once, for a village of his, and may take it back."""

import pytest

from coso.channels import actions
from coso.channels.models import Telling
from coso.journal.models import Entry
from coso.journal.ports import sentence_of
from coso.kit.errors import BadInput, NotAllowed, NotFound, WrongState
from tests.app.broadcast import support

pytestmark = pytest.mark.django_db


@pytest.fixture
def bulletin(world):
    return support.bulletin(world.officer, [world.son_kim], approved_by=world.leader)


def _standing(bulletin):
    return Telling.objects.filter(bulletin=bulletin, withdrawn_at=None)


def test_a_village_is_told_by_its_communicator(world, bulletin):
    telling = actions.tell_village(bulletin_id=bulletin.pk, village_id=world.villages[0].pk, by=world.communicator)

    assert list(_standing(bulletin)) == [telling]
    entry = Entry.objects.get(verb="reach.told")
    assert entry.refs == [f"bulletin:{bulletin.pk}", f"place:{world.villages[0].pk}"]
    assert sentence_of(entry) == "Báo trực tiếp bản tin cho Thôn 1."


def test_telling_twice_is_telling_once(world, bulletin):
    first = actions.tell_village(bulletin_id=bulletin.pk, village_id=world.villages[0].pk, by=world.communicator)

    again = actions.tell_village(bulletin_id=bulletin.pk, village_id=world.villages[0].pk, by=world.officer)

    assert again == first
    assert again.told_by == world.communicator
    assert Entry.objects.filter(verb="reach.told").count() == 1


@pytest.mark.parametrize("who", ["communicator", "other_officer", "leader", "approver", "administrator"])
def test_nobody_states_it_of_a_village_outside_his_post(world, bulletin, who):
    with pytest.raises(NotAllowed):
        actions.tell_village(bulletin_id=bulletin.pk, village_id=world.villages[1].pk, by=getattr(world, who))

    assert not Telling.objects.exists()
    assert not Entry.objects.exists()


def test_a_village_that_the_bulletin_is_not_for_is_refused(world):
    elsewhere = support.bulletin(world.editor, [world.thach_ha], approved_by=world.approver)

    with pytest.raises(BadInput):
        actions.tell_village(bulletin_id=elsewhere.pk, village_id=world.villages[0].pk, by=world.communicator)

    assert not Telling.objects.exists()


def test_a_draft_is_not_told(world):
    draft = support.bulletin(world.officer, [world.son_kim])

    with pytest.raises(WrongState):
        actions.tell_village(bulletin_id=draft.pk, village_id=world.villages[0].pk, by=world.communicator)

    assert not Telling.objects.exists()


def test_a_commune_is_no_village(world, bulletin):
    with pytest.raises(NotFound):
        actions.tell_village(bulletin_id=bulletin.pk, village_id=world.son_kim.pk, by=world.officer)


def test_a_telling_is_taken_back_and_may_be_stated_anew(world, bulletin):
    where = {"bulletin_id": bulletin.pk, "village_id": world.villages[0].pk, "by": world.communicator}
    actions.tell_village(**where)

    actions.withdraw_telling(**where)

    assert not _standing(bulletin).exists()
    assert Entry.objects.filter(verb="reach.telling_withdrawn").count() == 1
    with pytest.raises(NotFound):
        actions.withdraw_telling(**where)
    assert actions.tell_village(**where).withdrawn_at is None


def test_a_stranger_takes_nothing_back(world, bulletin):
    actions.tell_village(bulletin_id=bulletin.pk, village_id=world.villages[0].pk, by=world.communicator)

    with pytest.raises(NotAllowed):
        actions.withdraw_telling(bulletin_id=bulletin.pk, village_id=world.villages[0].pk, by=world.other_officer)

    assert _standing(bulletin).count() == 1

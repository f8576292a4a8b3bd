"""What a communicator said of a village holds for what the village became, and is said only once."""

import pytest

from coso.channels import actions
from coso.channels.models import Telling
from coso.channels.ports import channel
from tests.app.broadcast import support
from tests.support.merged import merge

pytestmark = pytest.mark.django_db


def test_a_telling_of_before_counts_for_the_village_of_today_and_of_then(world):
    bulletin = support.bulletin(world.officer, [world.province], approved_by=world.leader)
    actions.tell_village(bulletin_id=bulletin.pk, village_id=world.villages[0].pk, by=world.officer)
    new = merge(world)

    told = channel("communicator").signs(bulletin, [new.villages[0].pk, new.villages[1].pk, world.villages[0].pk])

    assert set(told) == {new.villages[0].pk, world.villages[0].pk}


def test_telling_the_village_of_today_again_changes_nothing(world):
    bulletin = support.bulletin(world.officer, [world.son_kim], approved_by=world.leader)
    first = actions.tell_village(bulletin_id=bulletin.pk, village_id=world.villages[0].pk, by=world.officer)
    new = merge(world)

    again = actions.tell_village(bulletin_id=bulletin.pk, village_id=new.villages[0].pk, by=new.officer)

    assert again == first
    assert Telling.objects.count() == 1


def test_the_officer_of_today_takes_back_a_telling_of_before_by_the_village_of_today(world):
    bulletin = support.bulletin(world.officer, [world.son_kim], approved_by=world.leader)
    actions.tell_village(bulletin_id=bulletin.pk, village_id=world.villages[0].pk, by=world.officer)
    new = merge(world)

    actions.withdraw_telling(bulletin_id=bulletin.pk, village_id=new.villages[0].pk, by=new.officer)

    assert not Telling.objects.filter(withdrawn_at=None).exists()


def test_an_old_bulletin_may_still_be_told_in_a_village_of_then_or_of_today(world):
    bulletin = support.bulletin(world.officer, [world.son_kim], approved_by=world.leader)
    new = merge(world)

    then = actions.tell_village(bulletin_id=bulletin.pk, village_id=world.villages[0].pk, by=new.officer)
    now = actions.tell_village(bulletin_id=bulletin.pk, village_id=new.villages[1].pk, by=new.officer)

    assert (then.village, now.village) == (world.villages[0], new.villages[1])

"""What the pages of the schedule and the reach show, and to whom."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from coso.channels import actions as channels
from tests.app.broadcast import support

pytestmark = pytest.mark.django_db

DESK = "/ban-lam-viec"


@pytest.fixture
def bulletin(world):
    return support.bulletin(world.officer, [world.son_kim], approved_by=world.leader)


def _page(client, person, address):
    client.force_login(person)
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_life_line_counts_no_village_outside_the_readers_scope(world, client, bulletin):
    for village in world.villages[1:]:
        channels.tell_village(bulletin_id=bulletin.pk, village_id=village.pk, by=world.officer)

    page = _page(client, world.communicator, f"{DESK}/ban-tin/{bulletin.pk}/")
    whole = _page(client, world.officer, f"{DESK}/ban-tin/{bulletin.pk}/")

    assert "Tới 0/1 thôn" in page
    assert "Tới 2/3 thôn" in whole


def test_a_bulletins_page_works_the_reach_out_once(world, client, bulletin):
    client.force_login(world.officer)
    with CaptureQueriesContext(connection) as seen:
        client.get(f"{DESK}/ban-tin/{bulletin.pk}/")

    assert sum('FROM "channels_telling"' in one["sql"] for one in seen) == 1

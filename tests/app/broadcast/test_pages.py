"""What the pages of the schedule and the reach show, and to whom."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from coso.broadcast.models import Slot
from coso.channels import actions as channels
from coso.kit import clock
from coso.places.models import Level
from coso.registry.models import SpeakerCluster, Station
from tests.app.broadcast import support
from tests.support.world import place

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


def _at_noon(bulletin, where):
    """Put a bulletin on air at noon of today."""
    start = clock.start_of_day(clock.today()) + timedelta(hours=12)
    return Slot.objects.create(bulletin=bulletin, place=where, starts_at=start, ends_at=start + timedelta(seconds=20))


def test_the_day_shows_what_only_one_village_hears(world, client, bulletin):
    _at_noon(bulletin, world.villages[1])

    page = _page(client, world.officer, f"{DESK}/phat-song/hom-nay/")

    assert page.count('<figure class="day">') == 1
    assert '<figcaption class="day-label">Cụm loa Thôn 2</figcaption>' in page
    assert f"{bulletin.title}</a>" in page


def test_the_day_shows_once_what_a_whole_station_plays(world, client, bulletin):
    _at_noon(bulletin, world.son_kim)

    page = _page(client, world.officer, f"{DESK}/phat-song/hom-nay/")

    assert page.count('<figure class="day">') == 1
    assert '<figcaption class="day-label">Đài truyền thanh xã Sơn Kim 1</figcaption>' in page


def test_the_day_takes_as_many_queries_for_twenty_stations_as_for_one(world, client, bulletin):
    _at_noon(bulletin, world.son_kim)
    client.force_login(world.editor)
    client.get(f"{DESK}/phat-song/hom-nay/")
    with CaptureQueriesContext(connection) as few:
        client.get(f"{DESK}/phat-song/hom-nay/")

    for i in range(20):
        commune = place(f"19{i:03d}", f"Xã Mới {i}", Level.COMMUNE, world.province)
        station = Station.objects.create(name=f"Đài xã Mới {i}", place=commune)
        cluster = SpeakerCluster.objects.create(code=f"M-{i}", name=f"Cụm {i}", station=station)
        cluster.villages.add(place(f"19{i:03d}-01", f"Thôn Mới {i}", Level.VILLAGE, commune))
    with CaptureQueriesContext(connection) as many:
        client.get(f"{DESK}/phat-song/hom-nay/")

    assert len(many) == len(few)

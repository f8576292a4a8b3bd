"""A cluster that was taken down serves nobody; what it played while it stood was heard."""

from datetime import timedelta

import pytest

from coso.broadcast import actions, queries
from coso.broadcast.models import Manifest, Slot
from coso.devices import actions as devices
from coso.devices import queries as device_queries
from coso.kit import clock
from coso.kit.errors import WrongState
from coso.registry import actions as registry
from coso.registry import queries as clusters
from coso_wire import Manifest as WireManifest
from tests.app.broadcast import support

pytestmark = pytest.mark.django_db


@pytest.fixture
def bulletin(world):
    return support.bulletin(world.officer, [world.son_kim], approved_by=world.leader)


@pytest.fixture
def boxes(world):
    return [support.box(cluster, world.officer) for cluster in world.clusters]


def _retire(world):
    return registry.retire_cluster(by=world.officer, cluster=world.clusters[0], retired_on=clock.today())


def _latest(box):
    return WireManifest.from_bytes(bytes(Manifest.objects.filter(device=box.device).first().payload))


def test_its_device_is_told_no_village_and_plays_nothing_any_more(world, bulletin, boxes):
    actions.schedule_bulletin(
        bulletin_id=bulletin.pk, place_id=world.son_kim.pk, starts_at=support.soon(), by=world.officer
    )

    _retire(world)

    assert (_latest(boxes[0]).areas, _latest(boxes[0]).items) == ((), ())
    assert len(_latest(boxes[1]).items) == 1


def test_put_up_again_it_is_told_its_villages_again(world, bulletin, boxes):
    before = _latest(boxes[0]).areas
    _retire(world)

    registry.restore_cluster(by=world.officer, cluster=world.clusters[0])

    assert _latest(boxes[0]).areas == before


def test_its_villages_count_as_without_a_loudspeaker(world, bulletin, boxes):
    _retire(world)

    rows = [(row.village.name, str(row.why), row.clusters) for row in queries.reach_of(bulletin)]
    assert rows[:2] == [("Thôn 1", "no_cluster", []), ("Thôn 2", "not_scheduled", ["Cụm loa Thôn 2"])]
    heard = {row.name: row.villages_heard for row in clusters.communes_and_villages_seen_by(world.officer)}
    assert heard == {"Xã Sơn Kim 1": 1, "Thôn 1": 0, "Thôn 2": 1, "Thôn 3": 0}
    assert not clusters.clusters_of(world.villages[0]).exists()


def test_what_it_played_while_it_stood_was_heard(world, bulletin, boxes):
    end = clock.now() - timedelta(hours=1)
    Slot.objects.create(bulletin=bulletin, place=world.son_kim, starts_at=end - timedelta(seconds=20), ends_at=end)
    actions.take_ask(boxes[0].device, support.ask(support.report(bulletin)))

    _retire(world)

    assert str(queries.reach_of(bulletin)[0].state) == "played"


def test_its_device_is_not_called_silent_and_none_is_enrolled(world, boxes):
    silent = device_queries.silent(device_queries.visible_to(world.officer), clock.now() + timedelta(days=1))
    assert silent.count() == 2

    _retire(world)

    assert [device.cluster for device in silent.all()] == [world.clusters[1]]
    with pytest.raises(WrongState):
        devices.make_enrolment_code(cluster_id=world.clusters[0].pk, by=world.officer)

"""After a merger the loudspeakers of the old communes serve the new one, and old bulletins still name who was meant."""

from datetime import timedelta

import pytest
from django.urls import reverse

from coso.broadcast import actions, queries
from coso.broadcast.models import Manifest, Slot
from coso.broadcast.web.forms import places_for
from coso.kit import clock
from coso.kit.errors import BadInput, NotAllowed
from coso.organizations.rules import Role
from coso.places.actions import refresh_currents
from coso.places.models import Level, Place, Succession
from coso.registry.models import SpeakerCluster, Station
from coso_wire import Manifest as WireManifest
from tests.app.broadcast import support
from tests.support.merged import merge
from tests.support.world import person, place

pytestmark = pytest.mark.django_db


@pytest.fixture
def boxes(world):
    return [support.box(cluster, world.officer) for cluster in world.clusters]


def _areas(box):
    manifest = Manifest.objects.filter(device=box.device).order_by("-version").first()
    return set(WireManifest.from_bytes(bytes(manifest.payload)).areas)


def _items(box):
    manifest = Manifest.objects.filter(device=box.device).order_by("-version").first()
    return [item.bulletin_id for item in WireManifest.from_bytes(bytes(manifest.payload)).items]


def _key(unit):
    return f"{unit.code}/{unit.pk}"


def _told(bulletin, day=None):
    return [(row.village.name, str(row.state), row.clusters) for row in queries.reach_of(bulletin, day)]


def test_the_merger_itself_tells_every_device_its_new_areas(world, boxes):
    new = merge(world)

    assert _areas(boxes[0]) == {
        _key(unit) for unit in (world.province, world.son_kim, world.villages[0], new.commune, new.villages[0])
    }


def test_a_bulletin_for_the_new_commune_is_played_by_the_clusters_of_the_old_ones(world, boxes):
    new = merge(world)
    bulletin = support.bulletin(new.officer, [new.commune], approved_by=new.leader)

    actions.schedule_bulletin(
        bulletin_id=bulletin.pk, place_id=new.commune.pk, starts_at=support.soon(), by=new.officer
    )

    assert [_items(box) for box in boxes] == [[str(bulletin.pk)], [str(bulletin.pk)]]
    assert queries.clusters_under([new.commune]) == [cluster.pk for cluster in world.clusters]
    assert _told(bulletin) == [
        ("Thôn 1 mới", "pending", ["Cụm loa Thôn 1"]),
        ("Thôn 2 mới", "pending", ["Cụm loa Thôn 2"]),
        ("Thôn 3 mới", "not_reached", []),
        ("Thôn Đông 1 mới", "not_reached", []),
        ("Thôn Đông 2 mới", "not_reached", []),
        ("Thôn Đông 3 mới", "not_reached", []),
    ]


def test_what_an_old_cluster_plays_counts_for_the_village_of_today(world, boxes):
    new = merge(world)
    bulletin = support.bulletin(new.officer, [new.commune], approved_by=new.leader)

    actions.take_ask(boxes[0].device, support.ask(support.report(bulletin)))

    first = queries.reach_of(bulletin)[0]
    assert (first.village, str(first.state), first.by_whom) == (new.villages[0], "played", "Cụm loa Thôn 1")


def test_a_bulletin_of_before_still_names_the_villages_of_then_and_what_played(world, boxes):
    bulletin = support.bulletin(world.officer, [world.son_kim], approved_by=world.leader)
    actions.take_ask(boxes[0].device, support.ask(support.report(bulletin)))

    merge(world)

    assert _told(bulletin) == [
        ("Thôn 1", "played", ["Cụm loa Thôn 1"]),
        ("Thôn 2", "not_reached", ["Cụm loa Thôn 2"]),
        ("Thôn 3", "not_reached", []),
    ]


def test_two_villages_that_became_one_are_not_told_for_each_other(world, boxes):
    bulletin = support.bulletin(world.officer, [world.son_kim], approved_by=world.leader)
    actions.take_ask(boxes[0].device, support.ask(support.report(bulletin)))
    new = merge(world)
    Succession.objects.filter(predecessor=world.villages[1]).update(successor=new.villages[0])
    refresh_currents()

    assert Place.objects.get(pk=world.villages[1].pk).current == new.villages[0]
    assert [(row.village.name, str(row.state)) for row in queries.reach_of(bulletin)][:2] == [
        ("Thôn 1", "played"),
        ("Thôn 2", "not_reached"),
    ]


def test_a_bulletin_for_the_province_is_told_by_the_villages_of_today_or_of_its_day(world, boxes):
    bulletin = support.bulletin(world.editor, [world.province], approved_by=world.approver)
    bulletin.approved_at = clock.now() - timedelta(days=10)
    bulletin.save()
    actions.take_ask(boxes[0].device, support.ask(support.report(bulletin)))
    merge(world)

    now, then = _told(bulletin), _told(bulletin, bulletin.approved_at.date())

    assert [name for name, state, _clusters in now if state == "played"] == ["Thôn 1 mới"]
    assert [name for name, state, _clusters in then if state == "played"] == ["Thôn 1"]
    assert len(now) == len(then) == 6


def test_a_slot_for_the_old_commune_is_still_played_and_the_new_officer_may_take_it_back(world, boxes):
    bulletin = support.bulletin(world.officer, [world.son_kim], approved_by=world.leader)
    slot = actions.schedule_bulletin(
        bulletin_id=bulletin.pk, place_id=world.son_kim.pk, starts_at=support.soon(), by=world.officer
    )
    new = merge(world)

    assert _items(boxes[0]) == [str(bulletin.pk)]
    assert list(queries.slots_visible_to(new.officer)) == [slot]

    actions.cancel_slot(slot_id=slot.pk, by=new.officer, reason="Trùng giờ họp dân")
    assert _items(boxes[0]) == []


def test_a_cluster_entered_anew_keeps_what_was_planned_for_its_commune_of_then(world, boxes):
    bulletin = support.bulletin(world.officer, [world.son_kim], approved_by=world.leader)
    actions.schedule_bulletin(
        bulletin_id=bulletin.pk, place_id=world.son_kim.pk, starts_at=support.soon(), by=world.officer
    )
    new = merge(world)

    world.clusters[0].villages.set([new.villages[0]])
    actions.refresh_manifests([world.clusters[0]])

    assert _items(boxes[0]) == [str(bulletin.pk)]
    assert _key(world.son_kim) in _areas(boxes[0])


def test_an_old_bulletin_may_be_put_on_air_in_the_commune_of_today(world, boxes):
    bulletin = support.bulletin(world.officer, [world.son_kim], approved_by=world.leader)
    new = merge(world)

    offered = places_for(new.officer, bulletin)
    slot = actions.schedule_bulletin(
        bulletin_id=bulletin.pk, place_id=new.commune.pk, starts_at=support.soon(), by=new.officer
    )

    assert [where.name for where in offered] == ["Xã Hương Kim", "Thôn 1 mới", "Thôn 2 mới"]
    assert Slot.objects.get() == slot
    assert _items(boxes[1]) == [str(bulletin.pk)]


def test_the_stations_of_the_old_communes_are_asked_whether_they_played(world):
    station = Station.objects.create(name="Đài truyền thanh xã Thạch Hà", place=world.thach_ha)
    cluster = SpeakerCluster.objects.create(code="TH-01", name="Cụm loa Đông 1", station=station, is_networked=False)
    cluster.villages.add(world.other_villages[0])
    new = merge(world)
    bulletin = support.bulletin(new.officer, [new.commune], approved_by=new.leader)

    assert list(queries.stations_off_network(bulletin)) == [station]
    actions.state_played(bulletin_id=bulletin.pk, station_id=station.pk, by=new.officer)

    told = {row.village.name: str(row.state) for row in queries.reach_of(bulletin)}
    assert told["Thôn Đông 1 mới"] == "played"
    assert told["Thôn Đông 2 mới"] == "not_reached"


def test_who_can_tell_a_village_is_who_held_the_post_there_before(world):
    new = merge(world)
    bulletin = support.bulletin(new.officer, [new.villages[0]], approved_by=new.leader)

    assert queries.reach_of(bulletin)[0].on_the_way == ["Đặng Văn Ấm"]


def test_the_schedule_tells_each_time_by_the_unit_of_today_or_of_then(world, client):
    bulletin = support.bulletin(world.officer, [world.son_kim], approved_by=world.leader)
    actions.schedule_bulletin(
        bulletin_id=bulletin.pk, place_id=world.son_kim.pk, starts_at=support.soon(), by=world.officer
    )
    new = merge(world)
    client.force_login(new.officer)

    now = client.get(reverse("broadcast:slots"))
    then = client.get(reverse("broadcast:slots"), {"don-vi": "khi-do"})

    assert [cells[2] for cells in _rows(now)] == ["Xã Hương Kim"]
    assert [cells[2] for cells in _rows(then)] == ["Xã Sơn Kim 1"]
    assert _rows(client.get(reverse("broadcast:slots"), {"q": "huong kim"})) == _rows(now)
    assert _rows(client.get(reverse("broadcast:slots"), {"q": "son kim"})) == _rows(now)


def _rows(answer):
    return [[str(cell.shown) for cell in row["cells"]] for row in answer.context["rows"]]


def test_the_reach_page_names_the_villages_of_today_with_what_they_were_or_those_of_then(world, boxes, client):
    bulletin = support.bulletin(world.officer, [world.son_kim], approved_by=world.leader)
    new = merge(world)
    client.force_login(new.officer)
    address = reverse("broadcast:reach", args=[bulletin.pk])

    now = client.get(address).content.decode()
    then = client.get(address, {"don-vi": "khi-do"}).content.decode()

    assert "Thôn 1 mới" in now
    assert "khi đó: Thôn 1, Xã Sơn Kim 1" in now
    assert "Thôn 1 mới" not in then
    assert "khi đó: Thôn 1" not in then
    assert "toi-dau/moi/?don-vi=khi-do" in then


def test_a_village_of_which_nobody_knows_what_followed_is_told_openly(world, boxes, client):
    bulletin = support.bulletin(world.officer, [world.son_kim], approved_by=world.leader)
    new = merge(world)
    lost = place("18196-09", "Xóm Cũ", Level.VILLAGE, world.son_kim, valid_to=clock.today() - timedelta(days=1))
    client.force_login(new.officer)

    page = client.get(reverse("broadcast:reach", args=[bulletin.pk])).content.decode()

    assert lost.current is None
    assert "Xóm Cũ: chưa rõ nơi kế thừa" in page


def test_the_schedule_asks_as_many_questions_for_thirty_places_as_for_one(world, client, django_assert_max_num_queries):
    bulletin = support.bulletin(world.officer, [world.son_kim], approved_by=world.leader)
    new = merge(world)
    for number in range(30):
        start = support.soon(number + 10)
        where = world.villages[number % 3]
        Slot.objects.create(bulletin=bulletin, place=where, starts_at=start, ends_at=start + timedelta(seconds=20))
    client.force_login(new.officer)

    with django_assert_max_num_queries(18):
        answer = client.get(reverse("broadcast:slots"))

    assert {cells[2] for cells in _rows(answer)} == {"Thôn 1 mới", "Thôn 2 mới", "Thôn 3 mới"}


def test_a_time_given_to_a_commune_of_then_is_noted_for_that_of_today_and_not_twice(world, boxes):
    bulletin = support.bulletin(world.officer, [world.son_kim], approved_by=world.leader)
    at = support.soon()
    before = actions.schedule_bulletin(
        bulletin_id=bulletin.pk, place_id=world.son_kim.pk, starts_at=at, by=world.officer
    )
    new = merge(world)

    later = actions.schedule_bulletin(
        bulletin_id=bulletin.pk, place_id=world.son_kim.pk, starts_at=support.soon(60), by=new.officer
    )
    with pytest.raises(BadInput):
        actions.schedule_bulletin(bulletin_id=bulletin.pk, place_id=new.commune.pk, starts_at=at, by=new.officer)

    assert (before.place, later.place) == (world.son_kim, new.commune)
    assert Slot.objects.count() == 2


def test_a_post_at_an_abolished_district_plans_nothing_for_the_province(world, boxes):
    district = place("436", "Huyện Hương Sơn", Level.DISTRICT, world.province)
    Place.objects.filter(pk=district.pk).update(valid_to=clock.today() - timedelta(days=1))
    refresh_currents()
    district.refresh_from_db()
    left_over = person("canbohuyen", "Lê Thị Hạnh", Role.COMMUNE_OFFICER, district)
    bulletin = support.bulletin(world.editor, [world.province], approved_by=world.approver)

    with pytest.raises(NotAllowed):
        actions.schedule_bulletin(bulletin_id=bulletin.pk, place_id=district.pk, starts_at=support.soon(), by=left_over)

    assert not Slot.objects.exists()

"""Stations, clusters, and the villages they serve or leave out."""

import pytest

from coso.journal.bus import subscribe
from coso.journal.models import Entry
from coso.journal.ports import sentence_of
from coso.kit.errors import BadInput, NotAllowed
from coso.organizations.models import Person
from coso.places import queries as places
from coso.registry import actions, queries
from coso.registry.events import ClusterAdded
from coso.registry.models import SpeakerCluster, Station
from tests.support.world import World


def test_an_officer_enters_a_cluster_of_the_own_commune(world: World) -> None:
    heard: list[ClusterAdded] = []
    subscribe(ClusterAdded, heard.append)

    cluster = actions.add_cluster(
        by=world.officer,
        station=Station.objects.get(),
        code=" sk1-03 ",
        name="Cụm loa  Thôn 3",
        villages=[world.villages[2]],
        latitude=18.45,
        longitude=105.2,
    )

    assert (cluster.code, cluster.name) == ("SK1-03", "Cụm loa Thôn 3")
    assert list(queries.clusters_of(world.villages[2])) == [cluster]
    assert not places.villages_of([world.son_kim]).filter(clusters=None).exists()
    assert heard == [ClusterAdded(cluster_id=cluster.pk)]
    entry = Entry.objects.get()
    assert entry.refs == [f"cluster:{cluster.pk}", f"place:{world.son_kim.pk}"]
    assert "SK1-03" in sentence_of(entry)


@pytest.mark.parametrize("who", ["editor", "approver", "leader", "other_officer", "communicator", "auditor"])
def test_nobody_else_enters_clusters_there(world: World, who: str) -> None:
    by: Person = getattr(world, who)
    station = Station.objects.get()

    with pytest.raises(NotAllowed):
        actions.add_cluster(by=by, station=station, code="SK1-03", name="Cụm loa", villages=[])
    with pytest.raises(NotAllowed):
        actions.set_villages(by=by, cluster=world.clusters[0], villages=[])
    with pytest.raises(NotAllowed):
        actions.add_station(by=by, place=world.son_kim, name="Đài")

    assert SpeakerCluster.objects.count() == 2
    assert Station.objects.count() == 1
    assert world.clusters[0].villages.count() == 1
    assert not Entry.objects.exists()


@pytest.mark.parametrize(
    ("field", "value"),
    [("code", "SK1-01"), ("code", "mã số"), ("name", " "), ("latitude", 95.0), ("latitude", None)],
)
def test_a_wrong_field_is_told_and_nothing_is_entered(world: World, field: str, value: object) -> None:
    given = {"code": "SK1-03", "name": "Cụm loa", "latitude": 18.4, "longitude": 105.2} | {field: value}

    with pytest.raises(BadInput) as refused:
        actions.add_cluster(by=world.officer, station=Station.objects.get(), villages=[], **given)

    assert set(refused.value.fields) == {field}
    assert SpeakerCluster.objects.count() == 2
    assert not Entry.objects.exists()


def test_a_cluster_serves_villages_of_its_own_commune_only(world: World) -> None:
    strangers = [world.villages[0], world.other_villages[0]]

    with pytest.raises(BadInput) as refused:
        actions.set_villages(by=world.officer, cluster=world.clusters[0], villages=strangers)

    assert "Thôn Đông 1" in refused.value.fields["villages"][0]
    assert "Thôn 1" not in refused.value.fields["villages"][0].replace("Thôn Đông 1", "")
    assert list(world.clusters[0].villages.all()) == [world.villages[0]]


def test_a_cluster_is_given_other_villages(world: World) -> None:
    actions.set_villages(by=world.officer, cluster=world.clusters[0], villages=world.villages[1:])

    assert list(places.villages_of([world.son_kim]).filter(clusters=None)) == [world.villages[0]]
    assert list(queries.clusters_of(world.villages[1])) == world.clusters
    assert list(places.villages_of([world.son_kim]).exclude(clusters=None).distinct()) == world.villages[1:]
    assert Entry.objects.get().data == {"villages": 2}


def test_clusters_are_found_by_place_by_village_and_by_who_asks(world: World) -> None:
    assert list(queries.clusters_under(world.province)) == world.clusters
    assert list(queries.clusters_under(world.thach_ha)) == []
    assert list(queries.clusters_seen_by(world.officer)) == world.clusters
    assert list(queries.clusters_seen_by(world.other_officer)) == []
    assert list(queries.clusters_seen_by(world.communicator)) == []
    assert [s.place for s in queries.stations_edited_by(world.administrator)] == [world.son_kim]


def test_listing_clusters_with_villages_and_communes_takes_two_queries(world: World, django_assert_num_queries) -> None:  # type: ignore[no-untyped-def]
    with django_assert_num_queries(2):
        told = [
            (c.station.place.name, [v.name for v in c.villages.all()]) for c in queries.clusters_under(world.province)
        ]

    assert told == [("Xã Sơn Kim 1", ["Thôn 1"]), ("Xã Sơn Kim 1", ["Thôn 2"])]


def test_a_station_belongs_to_a_commune(world: World) -> None:
    made = actions.add_station(by=world.other_officer, place=world.thach_ha, name="Đài truyền thanh xã Thạch Hà")
    with pytest.raises(BadInput):
        actions.add_station(by=world.other_officer, place=world.other_villages[0], name="Đài thôn")

    assert list(Station.objects.filter(place=world.thach_ha)) == [made]
    assert "Đài truyền thanh xã Thạch Hà" in sentence_of(Entry.objects.get())

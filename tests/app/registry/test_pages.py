"""The pages of places, stations and clusters, through their doors."""

import io

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from coso.journal.models import Entry
from coso.kit.refs import Ref, describe
from coso.places.models import Level, Succession
from coso.registry import queries
from coso.registry.models import SpeakerCluster, Station
from tests.support.world import SINCE, World, place

pytestmark = pytest.mark.django_db


def _as(client, person):
    client.force_login(person)
    return client


def _page(client, person, name, *args, **asked) -> str:
    answer = _as(client, person).get(reverse(name, args=args), asked)
    assert answer.status_code == 200
    return answer.content.decode()


def _sheet(answer) -> list[tuple]:
    book = load_workbook(io.BytesIO(b"".join(answer.streaming_content)))
    return list(book.active.iter_rows(values_only=True))


def _cluster(world: World, **changes):
    return {
        "code": "SK1-03",
        "name": "Cụm loa Thôn 3",
        "villages": [world.villages[2].pk],
        "latitude": "18,43",
        "longitude": "105.19",
        "is_networked": "on",
    } | changes


# Places


def test_an_officer_sees_the_places_of_the_own_commune_and_no_others(client, world: World) -> None:
    page = _page(client, world.officer, "places:places")

    assert "Xã Sơn Kim 1" in page
    assert "Thôn 3" in page
    assert "Xã Thạch Hà" not in page
    assert "1 xã, phường; 3 thôn, tổ dân phố. 1 thôn, tổ dân phố chưa có loa." in page


def test_places_are_found_without_marks_and_by_their_commune(client, world: World) -> None:
    page = _page(client, world.editor, "places:places", q="thon dong 2")

    assert "Thôn Đông 2" in page
    assert "Thôn Đông 1" not in page
    assert "Thôn Đông 3" in _page(client, world.editor, "places:places", q="thach ha")


@pytest.mark.parametrize(
    ("asked", "there", "missing"),
    [
        ({"level": "village"}, "Thôn 1", "3 thôn</td>"),
        ({"loudspeakers": "no", "level": "village"}, "Thôn 3", ">Thôn 2<"),
        ({"loudspeakers": "yes"}, "Thôn 2", "Thôn 3"),
    ],
)
def test_places_are_narrowed_by_level_and_by_loudspeakers(client, world: World, asked, there, missing) -> None:
    page = _page(client, world.officer, "places:places", **asked)

    assert there in page
    assert missing not in page


def test_places_are_narrowed_to_a_commune(client, world: World) -> None:
    page = _page(client, world.editor, "places:places", commune=str(world.thach_ha.pk), level="village")

    assert "Thôn Đông 1" in page
    assert ">Thôn 1<" not in page


def test_the_file_of_places_tells_how_many_villages_hear_a_loudspeaker(client, world: World) -> None:
    answer = _as(client, world.officer).get(reverse("places:places"), {"export": "xlsx", "level": "commune"})

    head, row = _sheet(answer)
    told = dict(zip(head, row, strict=True))
    assert told["Địa bàn"] == "Xã Sơn Kim 1"
    assert told["Cụm loa"] == "2/3 thôn"


def test_the_list_of_places_asks_a_settled_number_of_questions(
    client, world: World, django_assert_max_num_queries
) -> None:
    for number in range(30):
        place(f"18196-1{number}", f"Thôn Mới {number}", Level.VILLAGE, world.son_kim)
    _as(client, world.officer)

    with django_assert_max_num_queries(16):
        client.get(reverse("places:places"))


def test_the_page_of_a_commune_shows_villages_clusters_and_a_sketch(client, world: World) -> None:
    world.villages[0].latitude, world.villages[0].longitude = 18.42, 105.18
    world.villages[0].save()

    page = _page(client, world.officer, "places:place", world.son_kim.pk)

    assert "Thôn 3" in page
    assert "Cụm loa Thôn 2" in page
    assert "2/3" in page
    assert "Sơ đồ, không phải địa giới" in page
    assert f"{reverse('newsroom:list')}?noi={world.son_kim.pk}" in page


def test_the_page_of_a_village_names_its_cluster_or_says_that_there_is_none(client, world: World) -> None:
    heard = _page(client, world.officer, "places:place", world.villages[0].pk)
    unheard = _page(client, world.officer, "places:place", world.villages[2].pk)

    assert "Cụm loa Thôn 1" in heard
    assert "Mẫu" in heard
    assert "Chưa có cụm loa nào phục vụ nơi này." in unheard


def test_a_place_tells_what_went_into_it_and_links_only_what_may_be_seen(client, world: World) -> None:
    old = place("18195", "Xã Sơn Kim Cũ", Level.COMMUNE, world.province)
    old.valid_from, old.valid_to = SINCE.replace(year=2017), SINCE.replace(month=6, day=30)
    old.save()
    Succession.objects.create(predecessor=old, successor=world.son_kim, is_whole=False, is_verified=False)

    mine = _page(client, world.officer, "places:place", world.son_kim.pk)
    everything = _page(client, world.editor, "places:place", world.son_kim.pk)
    before = _page(client, world.editor, "places:place", old.pk)

    assert "Xã Sơn Kim Cũ" in mine
    assert "một phần, chưa rõ tỷ lệ, chưa xác minh" in mine
    assert reverse("places:place", args=[old.pk]) not in mine
    assert reverse("places:place", args=[old.pk]) in everything
    assert "Đơn vị kế thừa" in before
    assert "đơn vị trước đây" in before


def test_a_place_of_another_commune_does_not_exist_for_an_officer(client, world: World) -> None:
    for other in (world.thach_ha, world.other_villages[0], world.province):
        answer = _as(client, world.officer).get(reverse("places:place", args=[other.pk]))
        assert answer.status_code == 404, other.name


def test_the_sketch_of_a_place_shows_its_commune_and_that_of_another_does_not_exist(client, world: World) -> None:
    _as(client, world.officer)

    commune = client.get(reverse("places:map", args=[world.son_kim.pk])).json()
    village = client.get(reverse("places:map", args=[world.villages[0].pk])).json()
    other = client.get(reverse("places:map", args=[world.thach_ha.pk]))
    whole = _as(client, world.editor).get(reverse("places:map", args=[world.province.pk])).json()

    assert [cell["properties"]["code"] for cell in commune["features"]] == ["18196"]
    assert village == commune
    assert other.status_code == 404
    assert [cell["properties"]["code"] for cell in whole["features"]] == ["18196", "18562"]


def test_a_communicator_sees_the_own_village_alone(client, world: World) -> None:
    page = _page(client, world.communicator, "places:places")

    assert "1 thôn, tổ dân phố." in page
    assert "xã, phường;" not in page
    assert "Thôn 1" in page
    assert "Thôn 2" not in page


# Clusters


def test_an_officer_sees_the_clusters_of_the_own_commune_and_no_others(client, world: World) -> None:
    other = Station.objects.create(name="Đài Thạch Hà", place=world.thach_ha)
    SpeakerCluster.objects.create(code="TH-01", name="Cụm loa Thạch Hà", station=other)

    page = _page(client, world.officer, "registry:clusters")

    assert "Cụm loa Thôn 1" in page
    assert "Cụm loa Thạch Hà" not in page
    assert "Cụm loa Thạch Hà" in _page(client, world.editor, "registry:clusters")


def test_the_list_of_clusters_asks_a_settled_number_of_questions(
    client, world: World, django_assert_max_num_queries
) -> None:
    for number in range(30):
        made = SpeakerCluster.objects.create(code=f"N-{number:02d}", name="Cụm", station=world.clusters[0].station)
        made.villages.set(world.villages)
    _as(client, world.officer)

    with django_assert_max_num_queries(18):
        client.get(reverse("registry:clusters"))


def test_the_file_of_clusters_names_the_villages_served(client, world: World) -> None:
    answer = _as(client, world.officer).get(reverse("registry:clusters"), {"export": "xlsx"})

    head, first, _second = _sheet(answer)
    told = dict(zip(head, first, strict=True))
    assert (told["Mã"], told["Thôn phục vụ"]) == ("SK1-01", "Thôn 1")


def test_the_page_of_a_cluster_shows_villages_and_offers_changes_to_who_may(client, world: World) -> None:
    change = reverse("registry:edit-cluster", args=[world.clusters[0].pk])

    mine = _page(client, world.officer, "registry:cluster", world.clusters[0].pk)
    read = _page(client, world.leader, "registry:cluster", world.clusters[0].pk)

    assert "Thôn 1" in mine
    assert change in mine
    assert change not in read


def test_a_cluster_of_another_commune_does_not_exist_for_an_officer(client, world: World) -> None:
    for name in ("registry:cluster", "registry:edit-cluster"):
        answer = _as(client, world.other_officer).get(reverse(name, args=[world.clusters[0].pk]))
        assert answer.status_code == 404, name


@pytest.mark.parametrize("who", ["editor", "leader", "communicator", "auditor"])
def test_nobody_without_the_right_enters_or_changes_a_cluster(client, world: World, who) -> None:
    cluster, station = world.clusters[0], world.clusters[0].station
    addresses = [
        reverse("registry:new-cluster"),
        reverse("registry:new-station"),
        reverse("registry:add-cluster", args=[station.pk]),
        reverse("registry:edit-cluster", args=[cluster.pk]),
    ]

    statuses = {_as(client, getattr(world, who)).get(address).status_code for address in addresses}

    assert statuses == {403}


def test_an_officer_with_one_station_enters_a_cluster_in_one_form(client, world: World) -> None:
    station = world.clusters[0].station
    _as(client, world.officer)

    led = client.get(reverse("registry:new-cluster"))
    answer = client.post(reverse("registry:add-cluster", args=[station.pk]), _cluster(world))

    made = SpeakerCluster.objects.get(code="SK1-03")
    assert led["Location"] == reverse("registry:add-cluster", args=[station.pk])
    assert answer["Location"] == reverse("registry:cluster", args=[made.pk])
    assert (made.latitude, made.longitude, made.is_networked) == (18.43, 105.19, True)
    assert list(made.villages.all()) == [world.villages[2]]
    assert Entry.objects.get(verb="registry.cluster_added").actor == f"person:{world.officer.pk}"


def test_who_has_no_station_enters_it_first(client, world: World) -> None:
    _as(client, world.other_officer)

    choosing = client.get(reverse("registry:new-cluster")).content.decode()
    answer = client.post(reverse("registry:new-station"), {"place": world.thach_ha.pk, "name": "Đài Thạch Hà"})

    station = Station.objects.get(place=world.thach_ha)
    assert "Chưa có đài truyền thanh nào" in choosing
    assert answer["Location"] == reverse("registry:add-cluster", args=[station.pk])


def test_the_station_of_another_commune_is_refused(client, world: World) -> None:
    answer = _as(client, world.officer).post(
        reverse("registry:new-station"), {"place": world.thach_ha.pk, "name": "Đài Thạch Hà"}
    )

    assert answer.status_code == 422
    assert Station.objects.count() == 1


@pytest.mark.parametrize(
    "wrong",
    [
        {"code": "sơn kim"},
        {"code": "SK1-01"},
        {"code": "A" * 31},
        {"name": ""},
        {"name": "x" * 161},
        {"villages": []},
        {"villages": ["khong-phai-so"]},
        {"villages": [999999]},
        {"latitude": "chín"},
        {"latitude": "nan"},
        {"latitude": "118"},
        {"longitude": ""},
    ],
)
def test_a_wrong_cluster_is_refused_and_nothing_is_entered(client, world: World, wrong) -> None:
    address = reverse("registry:add-cluster", args=[world.clusters[0].station_id])

    answer = _as(client, world.officer).post(address, _cluster(world, **wrong))

    assert answer.status_code == 422
    assert SpeakerCluster.objects.count() == 2
    assert not Entry.objects.exists()


def test_a_village_of_another_commune_is_refused(client, world: World) -> None:
    wrong = _cluster(world, villages=[world.villages[2].pk, world.other_villages[0].pk])

    answer = _as(client, world.officer).post(
        reverse("registry:add-cluster", args=[world.clusters[0].station_id]), wrong
    )

    assert answer.status_code == 422
    assert not SpeakerCluster.objects.filter(code="SK1-03").exists()


def test_a_cluster_is_entered_at_no_station_of_another_commune(client, world: World) -> None:
    answer = _as(client, world.other_officer).post(
        reverse("registry:add-cluster", args=[world.clusters[0].station_id]), _cluster(world)
    )

    assert answer.status_code == 404
    assert SpeakerCluster.objects.count() == 2


def test_an_officer_changes_a_cluster_and_the_journal_tells_it(client, world: World) -> None:
    cluster = world.clusters[0]
    changed = _cluster(world, name="Cụm loa nhà văn hóa", villages=[world.villages[0].pk, world.villages[2].pk])

    answer = _as(client, world.officer).post(reverse("registry:edit-cluster", args=[cluster.pk]), changed)

    cluster.refresh_from_db()
    assert answer["Location"] == reverse("registry:cluster", args=[cluster.pk])
    assert (cluster.code, cluster.name, cluster.folded) == (
        "SK1-01",
        "Cụm loa nhà văn hóa",
        "sk1-01 cum loa nha van hoa",
    )
    assert set(cluster.villages.all()) == {world.villages[0], world.villages[2]}
    assert set(Entry.objects.values_list("verb", flat=True)) == {
        "registry.cluster_edited",
        "registry.cluster_villages_set",
    }
    assert "Thông tin về cụm loa" in _page(client, world.officer, "registry:cluster", cluster.pk)


def test_saving_a_cluster_unchanged_writes_nothing(client, world: World) -> None:
    cluster = world.clusters[0]
    same = {"name": cluster.name, "villages": [world.villages[0].pk], "is_networked": "on"}

    _as(client, world.officer).post(reverse("registry:edit-cluster", args=[cluster.pk]), same)

    assert not Entry.objects.exists()


def test_a_wrong_change_leaves_the_cluster_as_it_was(client, world: World) -> None:
    cluster = world.clusters[0]

    answer = _as(client, world.officer).post(
        reverse("registry:edit-cluster", args=[cluster.pk]), _cluster(world, name="x" * 161)
    )

    cluster.refresh_from_db()
    assert answer.status_code == 422
    assert cluster.name == "Cụm loa Thôn 1"
    assert list(cluster.villages.all()) == [world.villages[0]]


@pytest.mark.parametrize("kind", ["place", "cluster", "station"])
def test_a_reference_opens_within_the_scope_only_and_nonsense_names_nothing(world: World, kind) -> None:
    record = {"place": world.son_kim, "cluster": world.clusters[0], "station": world.clusters[0].station}[kind]

    assert describe(Ref(kind, str(record.pk)), world.officer) is not None
    assert describe(Ref(kind, str(record.pk)), world.other_officer) is None
    assert describe(Ref(kind, "không-phải-số"), world.officer) is None
    assert describe(Ref(kind, "9" * 40), world.officer) is None


def test_the_count_of_villages_holds_for_a_village_with_two_clusters(world: World) -> None:
    world.clusters[1].villages.add(world.villages[0])

    commune = queries.communes_and_villages_seen_by(world.officer).get(pk=world.son_kim.pk)

    assert (commune.villages_all, commune.villages_heard) == (3, 2)

"""The map: its layers within scope, few questions, and the operator's base map in parts."""

import pytest
from django.urls import reverse

from coso.registry.models import Facility, SpeakerCluster, Station
from coso.registry.queries import basemap
from tests.app.registry.covering import EAST, NORTH, board, covered, label
from tests.support.pmtiles import CREDIT, base_map
from tests.support.world import World

pytestmark = pytest.mark.django_db
__all__ = ["covered"]

LAYERS = ["do-phu", "chua-phu", "cum-loa", "dai", "bang-tin", "dien-kho-khan"]


def _layer(client, person, key, **asked) -> dict:
    client.force_login(person)
    answer = client.get(reverse("registry:map-layer", args=[key]), asked)
    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/geo+json"
    return answer.json()


def _states(drawn) -> dict[str, str]:
    return {one["properties"]["name"]: one["properties"]["state"] for one in drawn["features"]}


@pytest.fixture
def base(settings, tmp_path):
    path = tmp_path / "nen.pmtiles"
    path.write_bytes(base_map())
    settings.BASEMAP = str(path)
    return path


def test_villages_are_drawn_by_how_they_are_reached_with_words_and_pages(client, covered: World):
    board(covered.son_kim, covered.villages[2])

    drawn = _layer(client, covered.officer, "do-phu")

    assert _states(drawn) == {
        "Thôn 1, Xã Sơn Kim 1": "done",
        "Thôn 2, Xã Sơn Kim 1": "done",
        "Thôn 3, Xã Sơn Kim 1": "active",
    }
    assert drawn["words"]["active"] == "Chỉ có kênh khác"
    assert drawn["features"][0]["geometry"]["coordinates"] == [EAST, NORTH]
    assert drawn["features"][0]["id"] == covered.villages[0].pk
    assert drawn["page"] == reverse("places:place", args=[0])


def test_villages_that_nothing_reaches_are_narrowed_as_the_list_is(client, covered: World):
    label(covered.other_villages[0], "bien-gioi")

    assert len(_layer(client, covered.editor, "chua-phu")["features"]) == 4
    assert list(_states(_layer(client, covered.editor, "chua-phu", **{"class": "bien-gioi"}))) == [
        "Thôn Đông 1, Xã Thạch Hà"
    ]
    assert len(_layer(client, covered.editor, "chua-phu", commune=str(covered.son_kim.pk))["features"]) == 1
    assert len(_layer(client, covered.editor, "chua-phu", commune="x")["features"]) == 4


def test_clusters_are_drawn_by_whether_they_work(client, covered: World):
    stated, networked = covered.clusters
    networked.is_networked = True
    for cluster in covered.clusters:
        cluster.latitude, cluster.longitude = NORTH, EAST
        cluster.save()

    assert _states(_layer(client, covered.officer, "cum-loa")) == {stated.name: "waiting", networked.name: "need"}


def test_a_station_without_a_spot_stands_in_the_middle_of_its_commune_and_a_closed_one_nowhere(client, covered: World):
    board(covered.son_kim, latitude=NORTH, longitude=EAST, name="Bảng tin chợ")
    board(covered.son_kim, name="Bảng tin không rõ chỗ", latitude=None)
    Station.objects.create(name="Đài cũ", place=covered.thach_ha, closed_on="2026-01-01")

    stations = _layer(client, covered.editor, "dai")

    assert _states(stations) == {"Đài truyền thanh xã Sơn Kim 1": "active"}
    assert stations["features"][0]["geometry"]["coordinates"] == [105.18, 18.42]
    assert "Bảng tin chợ" in _states(_layer(client, covered.editor, "bang-tin"))


def test_communes_are_drawn_by_their_own_hardest_class(client, covered: World):
    label(covered.son_kim, "ven-bien", "Ven biển")
    label(covered.son_kim, "bien-gioi", "Biên giới")
    label(covered.other_villages[0], "dac-biet-kho-khan")

    drawn = _layer(client, covered.editor, "dien-kho-khan")

    assert [one["properties"]["name"] for one in drawn["features"]] == ["Xã Sơn Kim 1, Biên giới"]
    assert drawn["features"][0]["properties"]["state"] == "1"


@pytest.mark.parametrize("key", LAYERS)
def test_a_layer_shows_nothing_of_another_commune(client, covered: World, key):
    board(covered.thach_ha, latitude=NORTH, longitude=EAST)
    label(covered.thach_ha, "bien-gioi")
    other = Station.objects.create(name="Đài Thạch Hà", place=covered.thach_ha)
    SpeakerCluster.objects.create(code="TH-01", name="Cụm Thạch Hà", station=other, latitude=18.4, longitude=105.8)

    everything = _layer(client, covered.editor, key)
    own = _layer(client, covered.officer, key)

    assert "Thạch Hà" in str(everything["features"]) or key == "bang-tin"
    assert "Thạch Hà" not in str(own["features"])
    assert len(own["features"]) < len(everything["features"])


@pytest.mark.parametrize("key", LAYERS)
def test_a_layer_asks_as_often_for_many_points_as_for_few(client, covered: World, key, django_assert_max_num_queries):
    station = covered.clusters[0].station
    for number in range(30):
        spot = {"latitude": NORTH, "longitude": EAST + number / 1000}
        SpeakerCluster.objects.create(code=f"N-{number:02}", name="Cụm", station=station, **spot)
        Facility.objects.create(kind="notice_board", name=f"Bảng {number}", place=covered.son_kim, **spot)
    client.force_login(covered.editor)

    with django_assert_max_num_queries(10):
        assert client.get(reverse("registry:map-layer", args=[key])).status_code == 200


def test_a_layer_that_is_none_does_not_exist(client, covered: World):
    client.force_login(covered.editor)

    assert client.get(reverse("registry:map-layer", args=["khac"])).status_code == 404


def test_the_map_page_has_its_table_beside_it_and_opens_with_the_layers_asked_for(client, covered: World):
    client.force_login(covered.editor)

    page = client.get(reverse("registry:map"), {"lop": ["cum-loa", "khong-co"]}).content.decode()

    assert 'data-place="18196"' in page
    assert reverse("places:place", args=[covered.son_kim.pk]) in page
    assert 'value="cum-loa" checked' in page
    assert 'value="do-phu">' in page


def test_an_officers_map_shows_the_own_commune_only(client, covered: World):
    client.force_login(covered.officer)

    drawn = client.get(reverse("registry:map-areas")).json()

    assert [one["properties"]["code"] for one in drawn["features"]] == ["18196"]


# The base map


def test_without_a_base_map_nothing_of_it_is_loaded(client, covered: World):
    client.force_login(covered.editor)

    page = client.get(reverse("registry:map")).content.decode()

    assert "pmtiles" not in page
    assert client.get(reverse("registry:base-map")).status_code == 404


def test_a_base_map_is_named_on_every_map_with_its_thanks(client, covered: World, base):
    client.force_login(covered.editor)

    page = client.get(reverse("registry:map")).content.decode()

    assert f'data-base="{reverse("registry:base-map")}"' in page
    assert CREDIT.replace("&", "&amp;") in page


def test_a_base_map_is_served_in_parts_to_staff_only(client, covered: World, base):
    address = reverse("registry:base-map")
    stranger = client.get(address)
    client.force_login(covered.communicator)

    part = client.get(address, headers={"Range": "bytes=0-126"})
    whole = client.get(address)
    beyond = client.get(address, headers={"Range": "bytes=99999999-"})
    same = client.get(address, headers={"If-None-Match": part["ETag"]})

    data = base.read_bytes()
    assert stranger.status_code == 302
    assert (part.status_code, b"".join(part.streaming_content)) == (206, data[:127])
    assert part["Content-Range"] == f"bytes 0-126/{len(data)}"
    assert b"".join(whole.streaming_content) == data
    assert (beyond.status_code, same.status_code) == (416, 304)


def test_a_replaced_base_map_has_another_mark_so_that_no_two_are_joined(client, covered: World, base):
    client.force_login(covered.editor)
    before = client.get(reverse("registry:base-map"), headers={"Range": "bytes=0-9"})["ETag"]

    base.write_bytes(base_map(attribution="© Bản mới"))
    part = client.get(reverse("registry:base-map"), headers={"Range": "bytes=0-9", "If-Range": before})

    part.close()
    assert part.status_code == 200
    assert basemap.base_map().credit == "© Bản mới"


@pytest.mark.parametrize("data", [b"", b"<svg/>", base_map(tile_type=2)[:200]])
def test_what_is_no_base_map_is_left_aside(settings, tmp_path, data):
    path = tmp_path / "nen.pmtiles"
    path.write_bytes(data)
    settings.BASEMAP = str(path)

    assert basemap.base_map() is None


def test_a_base_map_that_is_not_there_is_left_aside(settings):
    settings.BASEMAP = "/khong/co/nen.pmtiles"

    assert basemap.base_map() is None

"""Clusters, places and figures are told by the units of today or of then, on pages and in files alike."""

from datetime import date, timedelta
from io import BytesIO

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from coso.kit import clock
from coso.places import actions as places
from coso.places.models import Level
from coso.registry import actions as registry
from coso.registry import queries
from coso.registry.models import Defect, InspectionRound, RoundState, SpeakerCluster, Station
from tests.app.registry.entering import house
from tests.app.registry.inspecting import opened
from tests.support.merged import merge
from tests.support.world import place

pytestmark = pytest.mark.django_db


def _get(client, person, name, **asked):
    client.force_login(person)
    return client.get(reverse(name), {key.replace("_", "-"): value for key, value in asked.items()})


def _shown(answer, column):
    return [str(row["cells"][column].shown) for row in answer.context["rows"]]


def _sheet(answer):
    return list(load_workbook(BytesIO(b"".join(answer.streaming_content))).active.iter_rows(values_only=True))


def _options(answer, name):
    found = next(one for one in answer.context["filters"] if one["name"] == name)
    return [(str(value), str(label)) for value, label, _chosen in found["options"]]


def test_the_clusters_of_the_old_communes_stand_under_the_new_one(client, world):
    new = merge(world)

    now = _get(client, new.officer, "registry:clusters")
    then = _get(client, new.officer, "registry:clusters", don_vi="khi-do")

    assert set(_shown(now, 2)) == {"Xã Hương Kim"}
    assert set(_shown(then, 2)) == {"Xã Sơn Kim 1"}


def test_the_filter_by_commune_offers_the_units_of_the_chosen_time_and_narrows_by_them(client, world):
    other = Station.objects.create(name="Đài truyền thanh xã Thạch Hà", place=world.thach_ha)
    SpeakerCluster.objects.create(code="TH-01", name="Cụm loa Đông", station=other)
    new = merge(world)
    last = f"{clock.today() - timedelta(days=1):%d/%m/%Y}"

    now = _get(client, new.officer, "registry:clusters", commune=new.commune.pk)
    then = _get(client, new.officer, "registry:clusters", don_vi="khi-do", commune=world.thach_ha.pk)

    assert _options(now, "commune") == [(str(new.commune.pk), "Xã Hương Kim")]
    assert len(_shown(now, 0)) == 3
    assert _options(then, "commune") == [
        (str(world.son_kim.pk), f"Xã Sơn Kim 1 (đến {last})"),
        (str(world.thach_ha.pk), f"Xã Thạch Hà (đến {last})"),
    ]
    assert _shown(then, 0) == ["Cụm loa Đông"]


def test_clusters_are_sorted_and_found_by_the_unit_shown_and_found_by_the_other_name_too(client, world):
    new = merge(world)
    last = place("18001", "Xã Ân Phú", Level.COMMUNE, world.province)
    station = Station.objects.create(name="Đài Ân Phú", place=last)
    SpeakerCluster.objects.create(code="AP-01", name="Cụm loa Ân Phú", station=station)

    by_now = _get(client, world.administrator, "registry:clusters", sort="commune")

    assert _shown(by_now, 2) == ["Xã Ân Phú", "Xã Hương Kim", "Xã Hương Kim"]
    assert len(_shown(_get(client, world.administrator, "registry:clusters", q="huong kim"), 0)) == 2
    assert len(_shown(_get(client, world.administrator, "registry:clusters", q="son kim"), 0)) == 2
    assert new.commune.name == "Xã Hương Kim"


def test_a_cluster_under_a_unit_that_nobody_traced_says_so_and_is_found_by_it(client, world):
    lost = place("18002", "Xã Cũ", Level.COMMUNE, world.province, valid_to=clock.today() - timedelta(days=1))
    station = Station.objects.create(name="Đài xã Cũ", place=lost)
    SpeakerCluster.objects.create(code="CU-01", name="Cụm loa Cũ", station=station)

    answer = _get(client, world.administrator, "registry:clusters", commune="chua-ro")
    file = _sheet(_get(client, world.administrator, "registry:clusters", commune="chua-ro", export="xlsx"))

    assert _shown(answer, 0) == ["Cụm loa Cũ"]
    assert "Xã Cũ: chưa rõ nơi kế thừa" in _shown(answer, 2)[0]
    assert "chip-need" in _shown(answer, 2)[0]
    assert file[1][2] == "Xã Cũ: chưa rõ nơi kế thừa"


def test_the_result_of_a_round_stands_under_the_commune_of_today_or_of_then(client, world):
    found = opened(world, kinds=["commune_station"])
    merge(world)
    client.force_login(world.administrator)
    address = reverse("registry:results", args=[found.pk])

    now, then = client.get(address), client.get(address, {"don-vi": "khi-do"})
    file = _sheet(client.get(address, {"don-vi": "khi-do", "export": "xlsx"}))

    assert _shown(now, 1) == ["Xã Hương Kim"]
    assert _shown(then, 1) == ["Xã Sơn Kim 1"]
    assert (file[0][1], file[1][1]) == ("Xã, phường (khi đó)", "Xã Sơn Kim 1")


def test_a_transfer_names_the_units_it_led_from_and_to_as_they_were_or_are(client, world):
    houses = [house(world, name=f"Nhà văn hóa {i}", place=village) for i, village in enumerate(world.villages)]
    houses.append(house(world, name="Nhà văn hóa xã", place=world.son_kim))
    moves = [registry.Move(one.pk, one.place_id, world.thach_ha, one.organization) for one in houses]
    registry.transfer(by=world.administrator, moves=moves, decision="12/QĐ-UBND", on=clock.today())
    merge(world)

    now = _get(client, world.administrator, "registry:transfers")
    then = _get(client, world.administrator, "registry:transfers", don_vi="khi-do")
    file = _sheet(_get(client, world.administrator, "registry:transfers", don_vi="khi-do", export="xlsx"))

    assert [one[0] for one in (_shown(now, 2), _shown(now, 3))] == [
        "Thôn 1 mới, Thôn 2 mới, Thôn 3 mới và 1 nơi khác",
        "Xã Hương Kim",
    ]
    assert [one[0] for one in (_shown(then, 2), _shown(then, 3))] == [
        "Thôn 1, Thôn 2, Thôn 3 và 1 nơi khác",
        "Xã Thạch Hà",
    ]
    assert file[1][2:4] == ("Thôn 1, Thôn 2, Thôn 3, Xã Sơn Kim 1", "Xã Thạch Hà")


def test_the_switch_takes_no_row_away_and_offers_no_choice_of_all(client, world):
    empty = _get(client, world.other_officer, "registry:clusters", don_vi="khi-do")

    assert "Chưa có cụm loa nào" in empty.content.decode()
    page = _get(client, world.officer, "registry:clusters").content.decode()
    switch = page.split('id="list-don-vi"')[1].split("</select>")[0]
    assert "Tất cả" not in switch
    assert '<option value="hien-nay" selected>' in switch


def test_the_village_of_today_hears_the_cluster_entered_for_the_village_of_then(client, world):
    new = merge(world)

    answer = _get(client, new.officer, "places:places", level="commune")

    assert list(queries.clusters_of(new.villages[0])) == [world.clusters[0]]
    assert list(queries.clusters_under(new.commune)) == world.clusters
    assert list(queries.clusters_under(world.son_kim)) == world.clusters
    assert list(queries.clusters_under(world.thach_ha)) == []
    row = answer.context["rows"][0]["record"]
    assert (row, row.villages_heard, row.villages_all) == (new.commune, 2, 6)
    assert "4 thôn, tổ dân phố chưa có loa" in str(answer.context["sentence"])


def test_the_units_of_a_past_day_are_listed_as_they_were_with_what_they_are_today(client, world):
    new = merge(world)
    lost = place("18002", "Xã Cũ", Level.COMMUNE, world.province, valid_to=clock.today() - timedelta(days=1))
    since = world.son_kim.valid_from.isoformat()

    then = _get(client, world.administrator, "places:places", ngay=since, level="commune")

    assert _shown(then, 0) == ["Xã Cũ", "Xã Sơn Kim 1", "Xã Thạch Hà"]
    assert "chưa rõ nơi kế thừa" in _shown(then, 3)[0]
    assert _shown(then, 3)[1:] == ["Xã Hương Kim", "Xã Hương Kim"]
    assert "3 xã" in str(then.context["sentence"])
    now = _get(client, world.administrator, "places:places", ngay=since, level="commune", don_vi="hien-nay")
    assert _shown(now, 0) == ["Xã Cũ", "Xã Hương Kim"]
    open_ones = _get(client, world.administrator, "places:places", ngay=since, noi_nay="chua-ro")
    assert _shown(open_ones, 0) == ["Xã Cũ"]
    assert new.commune.current == new.commune
    assert lost.current is None


def test_the_list_of_places_knows_the_four_states_of_ha_tinh(client, world):
    places.load_hatinh()

    old = _get(client, world.administrator, "places:places", ngay="2017-01-01", level="commune")

    assert [label for _value, label in _options(old, "ngay")] == [
        "hiện nay",
        "01/01/2025",
        "01/01/2020",
        "01/01/2017",
    ]
    assert old.context["found"] == 262


def test_a_day_that_makes_no_sense_is_today(client, world):
    answer = _get(client, world.officer, "places:places", ngay="2017-13-45")

    assert answer.context["found"] == 4


def test_the_list_of_a_past_day_asks_a_settled_number_of_questions(client, world, django_assert_max_num_queries):
    for number in range(30):
        place(f"18196-1{number}", f"Thôn Mới {number}", Level.VILLAGE, world.son_kim)
    merge(world)
    client.force_login(world.administrator)

    with django_assert_max_num_queries(20):
        client.get(reverse("places:places"), {"ngay": "2025-07-01"})


def test_a_figure_is_told_by_the_units_of_then_or_by_what_they_are_today(client, world):
    new = merge(world)
    since = world.son_kim.valid_from.isoformat()

    then = _get(client, world.administrator, "places:figures", so_lieu="thon", ngay=since, don_vi="khi-do")
    now = _get(client, world.administrator, "places:figures", so_lieu="thon", ngay=since)

    assert _figures(then) == {"Xã Sơn Kim 1": "3", "Xã Thạch Hà": "3"}
    assert _figures(now) == {"Xã Hương Kim": "6"}
    assert "tổng số 6" in str(now.context["sentence"])
    assert new.commune.is_valid_on(clock.today())


def _figures(answer):
    return {str(row["cells"][0].shown): str(row["cells"][2].shown) for row in answer.context["rows"]}


def test_the_communes_of_2017_counted_today_are_262_with_the_lost_ones_openly(client, world):
    places.load_hatinh()

    then = _get(client, world.administrator, "places:figures", so_lieu="xa", ngay="2017-01-01", don_vi="khi-do")
    now = _get(client, world.administrator, "places:figures", so_lieu="xa", ngay="2017-01-01")
    file = _sheet(_get(client, world.administrator, "places:figures", so_lieu="xa", ngay="2017-01-01", export="xlsx"))

    assert then.context["found"] == 262
    lost = [row for row in now.context["rows"] if "Chưa rõ nơi kế thừa" in str(row["cells"][4].shown)]
    assert len(now.context["rows"]) == 69 + len(lost)
    assert sum(row[2] for row in file[1:]) == 262
    assert f"{len(lost)} đơn vị chưa rõ nơi kế thừa" in str(now.context["sentence"])
    assert sum(1 for row in file[1:] if row[4] == "Chưa rõ nơi kế thừa") == len(lost)


def test_districts_are_offered_to_the_figures_of_their_time_only(client, world):
    places.load_hatinh()

    then = _get(
        client, world.administrator, "places:figures", so_lieu="xa", ngay="2017-01-01", don_vi="khi-do", cap="huyen"
    )
    now = _get(client, world.administrator, "places:figures", so_lieu="xa", ngay="2017-01-01", cap="huyen")

    assert then.context["found"] == 13
    assert _figures(then)["Huyện Hương Sơn"] == "32"
    assert now.context["found"] > 69


def test_who_has_one_commune_sees_its_figures_alone(client, world):
    answer = _get(client, world.officer, "places:figures", so_lieu="cum-loa")

    assert _figures(answer) == {"Xã Sơn Kim 1": "2"}


def test_the_page_of_figures_asks_a_settled_number_of_questions(client, world, django_assert_max_num_queries):
    for number in range(30):
        place(f"19{number:03}", f"Xã Mới {number}", Level.COMMUNE, world.province)
    client.force_login(world.administrator)

    with django_assert_max_num_queries(18):
        client.get(reverse("places:figures"), {"so-lieu": "xa"})


def test_rounds_and_defects_stand_under_the_units_of_today_or_of_then(client, world):
    round_ = InspectionRound.objects.create(
        title="Kiểm tra năm 2026",
        place=world.son_kim,
        opens_on=date(2026, 1, 1),
        closes_on=date(2026, 12, 31),
        state=RoundState.OPEN,
        made_by=world.leader,
    )
    Defect.objects.create(facility=world.clusters[0].station, description="Loa rè", due_on=date(2026, 12, 1))
    new = merge(world)

    rounds = {way: _get(client, new.officer, "registry:rounds", don_vi=way) for way in ("hien-nay", "khi-do")}
    defects = {way: _get(client, new.officer, "registry:defects", don_vi=way) for way in ("hien-nay", "khi-do")}

    assert round_.place == world.son_kim
    assert [_shown(answer, 1) for answer in rounds.values()] == [["Xã Hương Kim"], ["Xã Sơn Kim 1"]]
    assert [_shown(answer, 2) for answer in defects.values()] == [["Xã Hương Kim"], ["Xã Sơn Kim 1"]]

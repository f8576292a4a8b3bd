"""Facilities: what is entered, changed, closed, and what is refused."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from coso.journal.models import Entry
from coso.journal.ports import sentence_of
from coso.kit import clock
from coso.kit.errors import BadInput, NotAllowed, NotFound, WrongState
from coso.kit.refs import Ref, describe
from coso.registry import actions, queries
from coso.registry.models import Facility, Station, StationMode, StationProfile
from tests.app.registry.entering import district_of_then, facts, house
from tests.support.world import World

pytestmark = pytest.mark.django_db
TODAY = clock.today()


def test_an_officer_enters_a_culture_house_with_the_villages_that_it_serves(world: World) -> None:
    told = facts(
        world, code=" nvh-01 ", name="  Nhà văn hóa   Thôn 1 ", serves=world.villages[:2], opening_hours="Tối thứ Ba"
    )
    made = actions.add_facility(by=world.officer, facts=told)

    made.refresh_from_db()
    assert (made.code, made.name, made.opening_hours) == ("NVH-01", "Nhà văn hóa Thôn 1", "Tối thứ Ba")
    assert list(made.serves.all()) == world.villages[:2]
    entry = Entry.objects.get(verb="registry.facility_added")
    assert entry.actor == f"person:{world.officer.pk}"
    assert sentence_of(entry) == "Đã đưa Nhà văn hóa Thôn 1 vào danh mục thiết chế."


def test_a_station_by_its_old_door_has_a_profile_and_is_a_facility(world: World) -> None:
    made = actions.add_station(by=world.other_officer, place=world.thach_ha, name="Đài truyền thanh xã Thạch Hà")

    assert StationProfile.objects.get(station=made).mode == StationMode.IP
    assert Facility.objects.get(pk=made.pk).kind == "commune_station"
    assert describe(Ref("station", str(made.pk)), world.editor) == (
        "Đài truyền thanh xã Thạch Hà",
        f"/ban-lam-viec/co-so-vat-chat/thiet-che/{made.pk}/",
    )


def test_a_station_on_fm_keeps_frequency_and_licence(world: World) -> None:
    made = house(
        world,
        kind="commune_station",
        name="Đài FM",
        place=world.thach_ha,
        mode="fm",
        frequency_mhz=Decimal("98.5"),
        licence_number="218/GP",
        licence_expires_on=date(2030, 1, 1),
        serves=[],
        opening_hours="lost, since no station is open to people",
    )

    profile = StationProfile.objects.get(station=made.pk)
    assert (profile.mode, profile.frequency_mhz, profile.licence_number) == ("fm", Decimal("98.50"), "218/GP")
    assert made.opening_hours == ""
    assert Station.objects.filter(pk=made.pk).exists()


@pytest.mark.parametrize(
    ("told", "field", "words"),
    [
        ({"kind": "castle"}, "kind", "Không có loại thiết chế này."),
        ({"name": "  "}, "name", "Thiết chế cần có tên."),
        ({"code": "TC9"}, "code", "Mã thiết chế gồm từ 3 đến 30 ký tự"),
        ({"latitude": 18.4}, "latitude", "Hãy nhập cả vĩ độ và kinh độ"),
        ({"opened_on": TODAY + timedelta(1)}, "opened_on", "Ngày này chưa tới."),
        ({"frequency_mhz": Decimal(980)}, "frequency_mhz", "từ 54 đến 108 MHz"),
    ],
)
def test_what_makes_no_sense_is_refused_beside_its_field(world: World, told, field, words) -> None:
    with pytest.raises(BadInput) as refused:
        actions.add_facility(by=world.officer, facts=facts(world, **told))

    assert list(refused.value.fields) == [field]
    assert words in refused.value.fields[field][0]
    assert not Facility.objects.filter(kind="culture_house").exists()
    assert not Entry.objects.exists()


def test_a_house_serves_no_village_of_another_commune(world: World) -> None:
    with pytest.raises(BadInput) as refused:
        actions.add_facility(by=world.officer, facts=facts(world, serves=world.other_villages[:1]))

    assert "Thôn Đông 1" in refused.value.fields["serves"][0]


def test_a_code_belongs_to_one_facility(world: World) -> None:
    house(world, code="NVH-01")

    with pytest.raises(BadInput) as refused:
        house(world, code="nvh-01", name="Nhà khác")

    assert refused.value.fields == {"code": ["Mã NVH-01 đã thuộc về một thiết chế khác."]}


def test_nobody_enters_or_changes_a_facility_outside_the_own_commune(world: World) -> None:
    made = house(world)

    with pytest.raises(NotAllowed):
        actions.add_facility(by=world.other_officer, facts=facts(world, name="Nhà khác"))
    with pytest.raises(NotAllowed):
        actions.edit_facility(by=world.other_officer, facility=made, facts=facts(world, name="Tên khác"))
    with pytest.raises(NotFound):
        queries.get_facility(world.other_officer, made.pk)

    made.refresh_from_db()
    assert made.name == "Nhà văn hóa Thôn 1"


def test_a_change_is_noted_with_the_fields_it_touches_and_no_change_is_not(world: World) -> None:
    made = house(world)

    actions.edit_facility(by=world.officer, facility=made, facts=facts(world))
    actions.edit_facility(
        by=world.officer, facility=made, facts=facts(world, place=world.villages[1], serves=world.villages)
    )

    made.refresh_from_db()
    assert made.place == world.villages[1]
    assert Entry.objects.get(verb="registry.facility_edited").data == {"fields": ["place", "serves"]}


def test_a_facility_becomes_neither_another_groups_nor_another_communes_by_a_change(world: World) -> None:
    made = house(world)

    with pytest.raises(BadInput) as kind:
        actions.edit_facility(by=world.administrator, facility=made, facts=facts(world, kind="library"))
    with pytest.raises(BadInput) as place:
        actions.edit_facility(by=world.administrator, facility=made, facts=facts(world, place=world.thach_ha))

    assert list(kind.value.fields) == ["kind"]
    assert place.value.fields == {
        "place": ["Muốn đưa thiết chế sang xã, phường khác, hãy lập chuyển giao kèm quyết định."]
    }


def test_a_facility_is_closed_with_its_last_day_and_opened_again(world: World) -> None:
    made = house(world, opened_on=date(2019, 9, 2))

    actions.close_facility(by=world.officer, facility=made, closed_on=TODAY, reason="Xuống cấp")
    made.refresh_from_db()
    assert made.closed_on == TODAY
    with pytest.raises(WrongState):
        actions.close_facility(by=world.officer, facility=made, closed_on=TODAY)

    actions.reopen_facility(by=world.officer, facility=made)
    made.refresh_from_db()
    assert made.closed_on is None
    with pytest.raises(WrongState):
        actions.reopen_facility(by=world.officer, facility=made)
    told = [sentence_of(one) for one in Entry.objects.order_by("at", "pk")]
    assert told[-2:] == [
        f"Nhà văn hóa Thôn 1 đã đóng; ngày cuối là {TODAY:%d/%m/%Y}.",
        "Nhà văn hóa Thôn 1 đã mở lại.",
    ]


@pytest.mark.parametrize("day", [TODAY + timedelta(1), date(2019, 9, 1)])
def test_a_facility_is_not_closed_on_a_day_to_come_nor_before_it_opened(world: World, day) -> None:
    made = house(world, opened_on=date(2019, 9, 2))

    with pytest.raises(BadInput) as refused:
        actions.close_facility(by=world.officer, facility=made, closed_on=day)

    assert list(refused.value.fields) == ["closed_on"]


def test_a_station_is_closed_only_after_its_clusters_were_retired(world: World) -> None:
    station = Station.objects.get(place=world.son_kim)

    with pytest.raises(BadInput) as refused:
        actions.close_facility(by=world.officer, facility=station, closed_on=TODAY)
    for cluster in world.clusters:
        actions.retire_cluster(by=world.officer, cluster=cluster, retired_on=TODAY)
    actions.close_facility(by=world.officer, facility=station, closed_on=TODAY)

    assert refused.value.fields == {"closed_on": ["Đài này còn 2 cụm loa; hãy ghi nhận tháo dỡ trước."]}
    assert not queries.stations_edited_by(world.officer).exists()


# What is wrong with them


@pytest.mark.parametrize(
    ("told", "badly"),
    [
        ({"mode": "ip"}, False),
        ({"mode": "fm"}, True),
        ({"mode": "fm", "licence_number": "1/GP", "licence_expires_on": TODAY + timedelta(60)}, True),
        ({"mode": "mixed", "licence_number": "1/GP", "licence_expires_on": TODAY + timedelta(61)}, False),
        ({"mode": "wired", "licence_number": ""}, False),
    ],
)
def test_stations_on_the_air_without_a_lasting_licence_are_found(world: World, told, badly) -> None:
    made = house(world, kind="commune_station", name="Đài thử", place=world.thach_ha, **told)

    assert queries.facilities().filter(queries.badly_licensed(), pk=made.pk).exists() is badly


def test_a_facility_of_a_unit_of_then_is_seen_by_who_has_the_unit_of_today(world: World) -> None:
    old = district_of_then(world).children.get()
    made = Facility.objects.create(kind="culture_house", name="Nhà văn hóa xã Sơn Kim cũ", place=old)

    assert queries.get_facility(world.officer, made.pk) == made
    assert queries.commune_of(made.place) == world.son_kim
    assert not queries.facilities_seen_by(world.other_officer).filter(pk=made.pk).exists()

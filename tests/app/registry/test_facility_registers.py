"""The registers of facilities, clusters, equipment and use: plans, writing, undo; few questions for many rows."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from coso.kit import clock
from coso.registers.ports import Blocked, Plan, Row, register_of, sharing, take_back
from coso.registry import actions
from coso.registry.models import Equipment, Facility, MonthOfUse, SpeakerCluster, Station, StationProfile
from coso.registry.registers.facilities import FACILITIES
from coso.registry.registers.usage import month_in
from coso.registry.rules import usage
from coso.registry.rules.equipment import Life
from tests.app.registry.entering import district_of_then, facts, house, piece
from tests.support.world import World

pytestmark = pytest.mark.django_db
TODAY = clock.today()
MONTH = usage.closed_months(TODAY, 1)[0]


class _Values(dict):
    def __missing__(self, name):
        return None


def _rows(*told: dict) -> list[Row]:
    return [Row(number, _Values(values)) for number, values in enumerate(told, start=2)]


def _plan(kind: str, by, *told: dict, day: date = TODAY) -> list[Plan]:
    with sharing({}):
        return list(register_of(kind).plan(_rows(*told), by, day))


def _bring_in(kind: str, by, *told: dict, day: date = TODAY):
    plans = _plan(kind, by, *told, day=day)
    assert [plan.errors for plan in plans if plan.errors] == []
    return list(register_of(kind).write([plan for plan in plans if plan.record is not None], by))


def _house(**told) -> dict:
    return {
        "kind": "culture_house",
        "name": "Nhà văn hóa Thôn 1",
        "commune": "Xã Sơn Kim 1",
        "village": "Thôn 1",
    } | told


# Facilities


def test_facilities_come_in_with_villages_and_the_frequency_of_stations(world: World) -> None:
    written = _bring_in(
        "thiet-che",
        world.officer,
        _house(code="nvh-01", serves=["Thôn 1", "thon 2"], opening_hours="Tối", latitude=18.42, longitude=105.18),
        _house(
            kind="commune_station", name="Đài FM", village=None, mode="fm", frequency_mhz=98.5, licence_number="218/GP",
            licence_expires_on=date(2030, 1, 1),
        ),
    )  # fmt: skip

    hall, radio = Facility.objects.get(code="NVH-01"), Station.objects.get(name="Đài FM")
    assert [one.is_new for one in written] == [True, True]
    assert (hall.place, hall.latitude, hall.folded) == (world.villages[0], 18.42, "nvh-01 nha van hoa thon 1")
    assert list(hall.serves.all()) == world.villages[:2]
    assert (radio.profile.frequency_mhz, radio.place) == (Decimal("98.50"), world.son_kim)


def test_what_goes_out_comes_in_again_as_the_same(world: World) -> None:
    house(world, code="NVH-01", serves=world.villages[:2], opened_on=date(2019, 9, 2), keeper="Ông Bảy")
    house(world, kind="commune_station", name="Đài FM", place=world.son_kim, mode="fm", frequency_mhz=Decimal("98.5"))
    house(world, name="Không mã", place=world.son_kim)
    register = register_of("thiet-che")

    told = [{name: value or None for name, value in register.read(one).items()} for one in register.rows(world.officer)]
    plans = _plan("thiet-che", world.officer, *told)

    assert len(plans) == 4
    assert [(plan.errors, plan.was) for plan in plans if plan.errors or plan.was] == []


def test_a_known_code_needs_no_commune_and_one_of_elsewhere_tells_nothing(world: World) -> None:
    team = house(world, kind="mobile_team", name="Đội lưu động tỉnh", code="DLD", place=world.province)
    row = {"code": "DLD", "name": "Đội lưu động tỉnh", "kind": "mobile_team", "keeper": "Ông Bảy"}

    refused = _plan("thiet-che", world.officer, row)
    _bring_in("thiet-che", world.administrator, row)

    team.refresh_from_db()
    assert refused[0].errors == {"commune": "Hãy ghi xã, phường hoặc mã xã, phường."}
    assert (team.keeper, team.place) == ("Ông Bảy", world.province)


def test_a_code_of_elsewhere_is_taken_and_no_more_is_told(world: World) -> None:
    house(world, name="Nhà kín", code="TH-NVH1", place=world.thach_ha)
    station = Station.objects.create(name="Đài Thạch Hà", place=world.thach_ha)
    actions.add_cluster(by="system", station=station, code="TH-C01", name="Cụm kín", villages=world.other_villages[:1])
    cluster = {"code": "TH-C01", "name": "Cụm loa", "commune": "Xã Sơn Kim 1", "villages": ["Thôn 3"]}

    hall_plan = _plan("thiet-che", world.officer, _house(code="TH-NVH1"))[0]
    cluster_plan = _plan("cum-loa", world.officer, cluster)[0]

    assert hall_plan.errors == {"code": "Mã TH-NVH1 đã thuộc về một thiết chế khác."}
    assert cluster_plan.errors == {"code": "Mã TH-C01 đã thuộc về một cụm loa khác."}


def test_a_station_does_not_become_a_notice_board_by_a_file(world: World) -> None:
    radio = house(world, kind="commune_station", name="Đài FM", place=world.son_kim, code="SK1-DAI")
    row = {"code": "SK1-DAI", "name": "Đài FM", "kind": "notice_board", "commune": "Xã Sơn Kim 1"}

    assert list(_plan("thiet-che", world.officer, row)[0].errors) == ["kind"]
    assert Facility.objects.get(pk=radio.pk).kind == "commune_station"


def test_a_column_that_the_file_lacks_stays_as_it_is(world: World) -> None:
    hall = house(world, code="NVH-01", serves=world.villages[:2], keeper="Ông Bảy")

    _bring_in(
        "thiet-che",
        world.officer,
        {"code": "NVH-01", "name": "Nhà mới", "kind": "culture_house", "commune_code": "18196"},
    )

    hall.refresh_from_db()
    assert (hall.name, hall.keeper, hall.place) == ("Nhà mới", "Ông Bảy", world.villages[0])
    assert hall.serves.count() == 2


def test_the_name_of_a_commune_of_then_leads_to_that_of_today(world: World) -> None:
    district_of_then(world)

    plans = _plan("thiet-che", world.officer, _house(commune="Xã Sơn Kim", village=None), day=date(2024, 1, 1))

    assert plans[0].errors == {}
    assert plans[0].record.facility.place == world.son_kim
    assert "Xã Sơn Kim 1" in plans[0].warnings[0]


@pytest.mark.parametrize(
    ("told", "field"),
    [
        ({"commune": "Xã Thạch Hà", "village": None}, "commune"),
        ({"commune": "Xã Không Có"}, "commune"),
        ({"commune": None}, "commune"),
        ({"village": "Thôn 99"}, "village"),
        ({"serves": ["Thôn Đông 1"]}, "serves"),
        ({"organization": "Sở Không Có"}, "organization"),
        ({"code": "TC5"}, "code"),
        ({"latitude": 18.4}, "latitude"),
    ],
)
def test_a_row_that_makes_no_sense_is_wrong_by_its_field(world: World, told, field) -> None:
    plans = _plan("thiet-che", world.officer, _house(**told))

    assert list(plans[0].errors) == [field]
    assert plans[0].record is None


def test_two_rows_of_one_facility_are_refused(world: World) -> None:
    house(world, code="NVH-01")

    plans = _plan("thiet-che", world.officer, _house(code="NVH-01", note="a"), _house(code="NVH-01", note="b"))

    assert plans[0].errors == {}
    assert plans[1].errors == {"": "Dòng 2 cũng nói về thiết chế này."}


def test_facilities_are_taken_back_as_they_were(world: World) -> None:
    radio = house(world, kind="commune_station", name="Đài FM", code="DAI-1", place=world.son_kim, mode="fm")
    hall = house(world, code="NVH-01", serves=world.villages[:1], opened_on=date(2019, 9, 2))
    written = _bring_in(
        "thiet-che",
        world.officer,
        _house(code="NVH-01", name="Tên khác", serves=["Thôn 3"], opened_on=date(2020, 1, 1)),
        _house(code="DAI-1", kind="commune_station", name="Đài FM", village=None, mode="mixed", frequency_mhz=97.0),
        _house(code="NVH-02", name="Nhà mới"),
    )

    take_back(register_of("thiet-che"), written)

    hall.refresh_from_db()
    profile = StationProfile.objects.get(station=radio.pk)
    assert (hall.name, hall.opened_on, list(hall.serves.all())) == (
        "Nhà văn hóa Thôn 1", date(2019, 9, 2), world.villages[:1],
    )  # fmt: skip
    assert (profile.mode, profile.frequency_mhz) == ("fm", None)
    assert not Facility.objects.filter(code="NVH-02").exists()


def test_what_was_changed_or_used_since_is_not_taken_back(world: World) -> None:
    new = _bring_in("thiet-che", world.officer, _house(code="NVH-01"))
    made = Facility.objects.get(code="NVH-01")
    piece(made)

    with pytest.raises(Blocked) as used:
        take_back(register_of("thiet-che"), new)
    Equipment.objects.all().delete()
    actions.edit_facility(by=world.officer, facility=made, facts=facts(world, code="NVH-01", name="Tên khác"))
    with pytest.raises(Blocked) as changed:
        take_back(register_of("thiet-che"), new)

    assert "trang thiết bị" in used.value.reason
    assert "Tên khác" in changed.value.reason
    assert Facility.objects.filter(code="NVH-01").exists()


@pytest.mark.parametrize(
    ("kind", "row"),
    [
        ("thiet-che", lambda n: _house(code=f"NVH-{n:03}", name=f"Nhà {n}", serves=["Thôn 1"])),
        ("cum-loa", lambda n: {"code": f"C{n:03}", "name": "Cụm", "commune": "Xã Sơn Kim 1", "villages": ["Thôn 1"]}),
        ("thiet-bi", lambda n: {"facility_code": "NVH-1", "kind": "speaker", "name": "Loa", "serial": f"S{n}"}),
        ("su-dung", lambda n: {"facility_code": "NVH-1", "month": f"{n % 12 + 1:02}/2025"}),
    ],
)  # fmt: skip
def test_many_rows_are_planned_with_few_questions(world: World, kind, row) -> None:
    house(world, code="NVH-1")
    few, many = [row(n) for n in range(1, 4)], [row(n) for n in range(1, 121)]

    with CaptureQueriesContext(connection) as first:
        _plan(kind, world.officer, *few)
    with CaptureQueriesContext(connection) as second:
        _plan(kind, world.officer, *many)

    assert len(second) <= len(first) + 2
    assert len(second) < 25


# Clusters


def test_clusters_come_in_under_the_only_station_and_go_back(world: World) -> None:
    told = {
        "code": "sk1-c09", "name": "Cụm loa Thôn 3", "commune": "Xã Sơn Kim 1", "villages": ["Thôn 3"], "link": "sim",
        "range_m": 400,
    }  # fmt: skip
    change = {"code": "SK1-01", "name": "Cụm loa Thôn 1", "commune": "Xã Sơn Kim 1", "villages": ["Thôn 1", "Thôn 2"]}

    written = _bring_in("cum-loa", world.officer, told, change)

    made = SpeakerCluster.objects.get(code="SK1-C09")
    assert (made.station, made.link, made.range_m, made.is_networked) == (world.clusters[0].station, "sim", 400, True)
    assert [list(one.villages.all()) for one in (made, world.clusters[0])] == [world.villages[2:], world.villages[:2]]
    take_back(register_of("cum-loa"), written)
    assert not SpeakerCluster.objects.filter(code="SK1-C09").exists()
    assert list(world.clusters[0].villages.all()) == world.villages[:1]


@pytest.mark.parametrize(
    ("told", "field"),
    [
        ({"commune": "Xã Thạch Hà"}, "commune"),
        ({"code": "cụm 9"}, "code"),
        ({"villages": ["Thôn Đông 1"]}, "villages"),
        ({"station": "Đài lạ"}, "station"),
        ({"range_m": 90_000}, "range_m"),
    ],
)
def test_a_cluster_that_makes_no_sense_is_wrong_by_its_field(world: World, told, field) -> None:
    row = {"code": "SK1-C09", "name": "Cụm loa", "commune": "Xã Sơn Kim 1", "villages": ["Thôn 3"]} | told

    assert list(_plan("cum-loa", world.officer, row)[0].errors) == [field]


def test_a_commune_without_a_station_takes_no_cluster_from_a_file(world: World) -> None:
    row = {"code": "TH-C01", "name": "Cụm loa", "commune": "Xã Thạch Hà", "villages": ["Thôn Đông 1"]}

    plan = _plan("cum-loa", world.other_officer, row)[0]

    assert plan.errors == {"commune": "Xã Thạch Hà chưa có đài truyền thanh; hãy thêm đài trước."}


# Equipment


def test_equipment_comes_in_with_its_first_step_and_goes_back(world: World) -> None:
    hall = house(world, code="NVH-01")
    there = piece(hall, maker="Hãng A", serial="S1")
    written = _bring_in(
        "thiet-bi",
        world.officer,
        {"facility_code": "nvh-01", "kind": "amplifier", "name": "Tăng âm 700 W", "maker": "Hãng A", "serial": "S1"},
        {"facility": "nha van hoa thon 1", "commune": "Xã Sơn Kim 1", "kind": "speaker", "name": "Loa nén",
         "quantity": 4, "state": "in_store"},
    )  # fmt: skip

    there.refresh_from_db()
    made = Equipment.objects.get(kind="speaker")
    assert there.name == "Tăng âm 700 W"
    assert (made.facility, made.quantity, made.steps.get().to_state) == (hall, 4, "in_store")
    take_back(register_of("thiet-bi"), written)
    there.refresh_from_db()
    assert there.name == "Tăng âm 500 W"
    assert Equipment.objects.get() == there


def test_the_parts_of_a_divided_lot_come_in_again_as_they_were_given_out(world: World) -> None:
    lot = piece(house(world), name="Loa nén 30 W", maker="TOA", serial="", quantity=10)
    part = actions.step_equipment(by=world.officer, equipment=lot, to=Life.IN_REPAIR, on=TODAY, quantity=3)
    register = register_of("thiet-bi")
    given = [dict(register.read(one)) for one in register.rows(world.officer)]

    same = _plan("thiet-bi", world.officer, *given)
    changed = _plan("thiet-bi", world.officer, *(one | {"note": f"lô {one['quantity']}"} for one in given))

    assert [(one.errors, one.record) for one in same] == [({}, None), ({}, None)]
    assert {one.key: one.now for one in changed} == {str(lot.pk): {"note": "lô 7"}, str(part.pk): {"note": "lô 3"}}
    assert len({register.key_of(row) for row in _rows(*given)}) == 2  # type: ignore[misc]


def test_a_lot_of_which_one_row_tells_the_state_and_one_does_not_is_still_told_twice(world: World) -> None:
    lot = {"facility_code": house(world).code, "kind": "speaker", "name": "Loa nén"}

    keys = {register_of("thiet-bi").key_of(row) for row in _rows(lot, lot | {"state": "in_use"})}  # type: ignore[misc]

    assert len(keys) == 1


def test_the_same_file_of_equipment_twice_changes_nothing(world: World) -> None:
    house(world, code="NVH-01")
    lot = {"facility_code": "NVH-01", "kind": "speaker", "name": "Loa nén", "quantity": 4}
    _bring_in("thiet-bi", world.officer, lot)

    plan = _plan("thiet-bi", world.officer, lot)[0]

    assert (plan.record, plan.key) == (None, str(Equipment.objects.get().pk))


@pytest.mark.parametrize(
    ("told", "field"),
    [
        ({"facility_code": "NVH-99"}, "facility_code"),
        ({"facility_code": "XA-01"}, "facility_code"),
        ({"facility_code": None, "facility": "Nhà lạ", "commune": "Xã Sơn Kim 1"}, "facility"),
        ({"serial": "S1", "quantity": 2, "maker": "Hãng B"}, "quantity"),
        ({"serial": "S1", "maker": "Hãng A", "state": "in_repair"}, "state"),
        ({"cluster": "SK1-01"}, "cluster"),
    ],
)
def test_a_piece_that_makes_no_sense_is_wrong_by_its_field(world: World, told, field) -> None:
    piece(house(world, code="NVH-01"), maker="Hãng A", serial="S1")
    house(world, code="XA-01", name="Nhà xa", place=world.other_villages[0])
    row = {"facility_code": "NVH-01", "kind": "amplifier", "name": "Tăng âm"} | told

    assert list(_plan("thiet-bi", world.officer, row)[0].errors) == [field]


def test_a_piece_that_took_a_step_since_is_not_taken_back(world: World) -> None:
    house(world, code="NVH-01")
    written = _bring_in("thiet-bi", world.officer, {"facility_code": "NVH-01", "kind": "speaker", "name": "Loa nén"})
    made = Equipment.objects.get()
    actions.step_equipment(by=world.officer, equipment=made, to="in_repair", on=TODAY)

    with pytest.raises(Blocked):
        take_back(register_of("thiet-bi"), written)

    assert Equipment.objects.filter(pk=made.pk).exists()


# Use


@pytest.mark.parametrize(
    ("typed", "month"),
    [
        ("10/2026", date(2026, 10, 1)),
        ("1/2026", date(2026, 1, 1)),
        ("01/10/2026", date(2026, 10, 1)),
        ("2026-10", date(2026, 10, 1)),
        ("10.2026", date(2026, 10, 1)),
        ("13/2026", None),
        ("tháng 10", None),
        ("", None),
    ],
)
def test_a_month_is_read_as_people_and_spreadsheets_write_it(typed, month) -> None:
    assert month_in(typed) == month


def test_months_come_in_are_changed_and_go_back(world: World) -> None:
    hall = house(world, code="NVH-01")
    first = {"facility_code": "NVH-01", "month": f"{MONTH:%m/%Y}", "activities": 4, "visits": 120}
    _bring_in("su-dung", world.officer, first)

    written = _bring_in("su-dung", world.officer, first | {"visits": 130})
    row = MonthOfUse.objects.get()
    assert (row.facility, row.month, row.visits, row.told_by) == (hall, MONTH, 130, world.officer)
    take_back(register_of("su-dung"), written)

    row.refresh_from_db()
    assert row.visits == 120
    MonthOfUse.objects.update(visits=7)
    with pytest.raises(Blocked):
        take_back(register_of("su-dung"), written)


@pytest.mark.parametrize(
    ("told", "field"),
    [
        ({"month": "13/2026"}, "month"),
        ({"month": "10/2015"}, "month"),
        ({"facility_code": "DAI-1"}, "facility"),
        ({"visits": 100_001}, "visits"),
    ],
)
def test_a_month_that_makes_no_sense_is_wrong_by_its_field(world: World, told, field) -> None:
    house(world, code="NVH-01")
    house(world, kind="commune_station", name="Đài FM", code="DAI-1", place=world.son_kim)
    row = {"facility_code": "NVH-01", "month": f"{MONTH:%m/%Y}"} | told

    assert list(_plan("su-dung", world.officer, row)[0].errors) == [field]


def test_who_has_no_right_to_enter_brings_nothing_in(world: World) -> None:
    for kind in ("thiet-che", "cum-loa", "thiet-bi", "su-dung"):
        assert register_of(kind).may_import(world.officer)
        assert not register_of(kind).may_import(world.leader)
        assert not register_of(kind).may_import(world.editor)


def test_the_example_of_a_culture_house_has_nothing_of_a_station() -> None:
    examples = {field.name: field.example for field in FACILITIES.fields}

    assert examples["kind"] == "Nhà văn hóa"
    assert [examples[name] for name in ("mode", "frequency_mhz", "licence_number", "licence_expires_on")] == [""] * 4

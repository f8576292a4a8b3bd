"""Transfers: what is proposed, all or nothing, the undo, and whose right it is."""

from datetime import date, timedelta

import pytest
from django.db.models import Q

from coso.devices.models import Device
from coso.journal.models import Entry
from coso.journal.ports import sentence_of
from coso.kit import clock
from coso.kit.errors import BadInput, NotAllowed, WrongState
from coso.organizations.models import Organization
from coso.registry import actions, queries
from coso.registry.models import Facility, Transfer
from tests.app.registry.entering import district_of_then, house, piece
from tests.support.world import World

pytestmark = pytest.mark.django_db
TODAY = clock.today()
DECISION = "1663/QĐ-UBND ngày 01/7/2025"


@pytest.fixture
def committee(world: World) -> Organization:
    """Give the people's committee of Sơn Kim 1."""
    return Organization.objects.create(
        code="ubnd-18196", name="UBND xã Sơn Kim 1", kind="commune_authority", place=world.son_kim
    )


@pytest.fixture
def left(world: World) -> list[Facility]:
    """Give two facilities left behind: of a commune of then, and of the district itself, run by a body of then."""
    district = district_of_then(world)
    body = Organization.objects.create(
        code="dai-huong-son", name="Đài huyện Hương Sơn", kind="district_station", place=world.province,
        valid_to=date(2025, 6, 30),
    )  # fmt: skip
    return [
        Facility.objects.create(kind="culture_house", name="Nhà văn hóa xã Sơn Kim", place=district.children.get()),
        Facility.objects.create(kind="district_station", name="Đài huyện", place=district, organization=body),
    ]


def _move(facility: Facility, place, organization=None) -> actions.Move:
    return actions.Move(facility.pk, facility.place_id, place, organization)


def _carry_out(world: World, *moves: actions.Move, **told) -> Transfer:
    return actions.transfer(**{"by": world.administrator, "moves": moves, "decision": DECISION, "on": TODAY} | told)


def test_a_dissolved_district_proposes_each_facility_with_its_commune_and_committee(
    world: World, left, committee
) -> None:
    found = queries.proposals(world.administrator, narrowed=Q(place__path__startswith=left[1].place.path))

    told = {one.facility.name: (one.place, one.organization) for one in found}
    assert told == {"Nhà văn hóa xã Sơn Kim": (world.son_kim, committee), "Đài huyện": (None, None)}
    assert [unit.name for unit in queries.units_of_then(world.administrator)] == ["Huyện Hương Sơn", "Xã Sơn Kim"]
    assert [body.name for body in queries.bodies_of_then(world.administrator)] == ["Đài huyện Hương Sơn"]


def test_proposals_cost_the_same_for_one_facility_and_for_thirty(
    world: World, left, committee, django_assert_max_num_queries
) -> None:
    for number in range(30):
        Facility.objects.create(kind="culture_house", name=f"Nhà {number}", place=left[0].place)

    with django_assert_max_num_queries(4):
        found = queries.proposals(world.administrator, narrowed=Q(place__path__startswith=left[1].place.path))

    assert len(found) == 32


def test_all_go_over_with_one_decision_and_each_history_tells_it(world: World, left, committee) -> None:
    made = _carry_out(world, _move(left[0], world.son_kim, committee), _move(left[1], world.thach_ha))

    for facility in left:
        facility.refresh_from_db()
    assert [(one.place, one.organization) for one in left] == [(world.son_kim, committee), (world.thach_ha, None)]
    line = queries.transfers_of(left[1]).get()
    assert (line.transfer, line.from_place.name, line.from_organization.name) == (
        made,
        "Huyện Hương Sơn",
        "Đài huyện Hương Sơn",
    )
    entry = Entry.objects.get(verb="registry.facilities_transferred")
    assert entry.refs == [f"transfer:{made.pk}", f"facility:{left[0].pk}", f"facility:{left[1].pk}"]
    assert sentence_of(entry) == f"Đã chuyển giao 2 thiết chế theo {DECISION}."
    assert not queries.left_behind(world.administrator).exists()


def test_clusters_devices_and_equipment_go_with_their_station(world: World) -> None:
    cluster = world.clusters[0]
    station = cluster.station
    amplifier = piece(station)
    device = Device.objects.create(serial="MAU-1", cluster=cluster, public_key=b"k" * 32, secret=b"s" * 32)

    _carry_out(world, _move(station, world.thach_ha))

    cluster.refresh_from_db()
    amplifier.refresh_from_db()
    device.refresh_from_db()
    assert cluster.station.place == world.thach_ha
    assert amplifier.facility.place == world.thach_ha
    assert (device.cluster, device.revoked_at) == (cluster, None)
    assert list(cluster.villages.all()) == world.villages[:1]


@pytest.mark.parametrize("who", ["officer", "editor", "leader", "auditor"])
def test_only_who_has_the_right_at_both_ends_transfers(world: World, who) -> None:
    hall = house(world)

    with pytest.raises(NotAllowed):
        _carry_out(world, _move(hall, world.thach_ha), by=getattr(world, who))

    hall.refresh_from_db()
    assert hall.place == world.villages[0]
    assert not Transfer.objects.exists()


@pytest.mark.parametrize(
    ("told", "field"),
    [({"decision": "  "}, "decision"), ({"on": TODAY + timedelta(1)}, "on")],
)
def test_a_transfer_without_a_decision_or_of_a_day_to_come_moves_nothing(world: World, told, field) -> None:
    hall = house(world)

    with pytest.raises(BadInput) as refused:
        _carry_out(world, _move(hall, world.thach_ha), **told)

    hall.refresh_from_db()
    assert list(refused.value.fields) == [field]
    assert hall.place == world.villages[0]


def test_one_wrong_line_keeps_every_other_back(world: World, left) -> None:
    hall = house(world)

    with pytest.raises(BadInput) as refused:
        _carry_out(world, _move(hall, world.thach_ha), _move(left[0], left[1].place))

    hall.refresh_from_db()
    assert refused.value.fields == {f"place-{left[0].pk}": ["Hãy chọn một đơn vị hiện nay."]}
    assert hall.place == world.villages[0]
    assert not Transfer.objects.exists()


def test_a_line_that_changes_nothing_is_refused(world: World) -> None:
    hall = house(world)

    with pytest.raises(BadInput) as refused:
        _carry_out(world, _move(hall, hall.place))

    assert list(refused.value.fields) == [f"place-{hall.pk}"]


def test_whoever_looked_at_an_older_state_transfers_nothing(world: World) -> None:
    hall = house(world)
    seen = _move(hall, world.thach_ha)
    Facility.objects.filter(pk=hall.pk).update(place=world.villages[1])

    with pytest.raises(WrongState):
        _carry_out(world, seen)

    assert not Transfer.objects.exists()


def test_a_transfer_is_undone_while_nothing_moved_since(world: World, left, committee) -> None:
    made = _carry_out(world, _move(left[0], world.son_kim, committee), _move(left[1], world.thach_ha))

    actions.undo_transfer(by=world.administrator, transfer=made)

    made.refresh_from_db()
    before = [(one.place_id, one.organization_id) for one in left]
    for facility in left:
        facility.refresh_from_db()
    assert [(one.place_id, one.organization_id) for one in left] == before
    assert made.undone_at is not None
    assert Entry.objects.filter(verb="registry.transfer_undone").exists()
    with pytest.raises(WrongState):
        actions.undo_transfer(by=world.administrator, transfer=made)


def test_a_transfer_is_not_undone_over_what_moved_since(world: World) -> None:
    hall, other = house(world), house(world, name="Nhà văn hóa Thôn 2")
    first = _carry_out(world, _move(hall, world.thach_ha), _move(other, world.thach_ha))
    hall.refresh_from_db()
    _carry_out(world, _move(hall, world.other_villages[0]))

    with pytest.raises(WrongState) as refused:
        actions.undo_transfer(by=world.administrator, transfer=first)

    other.refresh_from_db()
    assert "Nhà văn hóa Thôn 1" in str(refused.value)
    assert other.place == world.thach_ha
    assert Transfer.objects.filter(undone_at=None).count() == 2

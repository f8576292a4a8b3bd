"""The life of equipment: each step with its date, and what is refused."""

from datetime import date, timedelta

import pytest

from coso.journal.models import Entry
from coso.journal.ports import sentence_of
from coso.kit import clock
from coso.kit.errors import BadInput, NotAllowed, WrongState
from coso.registry import actions, queries
from coso.registry.models import Equipment, EquipmentStep
from coso.registry.rules.equipment import Life
from tests.app.registry.entering import house, piece
from tests.support.world import World

pytestmark = pytest.mark.django_db
TODAY = clock.today()


def test_a_piece_lives_from_received_to_written_off_and_leaves_its_steps(world: World) -> None:
    amplifier = piece(house(world), state=Life.RECEIVED)

    for to, decision in [
        (Life.IN_USE, ""),
        (Life.IN_REPAIR, ""),
        (Life.IN_STORE, ""),
        (Life.WRITTEN_OFF, "12/QĐ-UBND"),
    ]:
        amplifier = actions.step_equipment(
            by=world.officer, equipment=amplifier, to=to, on=TODAY, decision=decision, note="ghi chú"
        )

    steps = queries.steps_of(amplifier)
    assert [step.to_state for step in steps] == ["received", "in_use", "in_repair", "in_store", "written_off"]
    assert (steps[-1].decision, steps[-1].by) == ("12/QĐ-UBND", world.officer)
    told = [sentence_of(entry) for entry in Entry.objects.filter(verb="registry.equipment_stepped").order_by("at")]
    assert told[-1] == f"Tăng âm 500 W từ ngày {TODAY:%d/%m/%Y}: Đã thanh lý."


@pytest.mark.parametrize(
    ("state", "to"),
    [(Life.IN_USE, Life.IN_USE), (Life.IN_USE, Life.RECEIVED), (Life.IN_REPAIR, Life.RECEIVED)],
)
def test_a_step_that_cannot_be_taken_changes_nothing(world: World, state, to) -> None:
    amplifier = piece(house(world), state=state)

    with pytest.raises(WrongState):
        actions.step_equipment(by=world.officer, equipment=amplifier, to=to, on=TODAY)

    amplifier.refresh_from_db()
    assert amplifier.state == state
    assert amplifier.steps.count() == 1


def test_nothing_follows_being_written_off(world: World) -> None:
    hall = house(world)
    amplifier = piece(hall)
    actions.step_equipment(by=world.officer, equipment=amplifier, to=Life.WRITTEN_OFF, on=TODAY, decision="12/QĐ")

    with pytest.raises(WrongState):
        actions.step_equipment(by=world.officer, equipment=amplifier, to=Life.IN_USE, on=TODAY)
    other = house(world, name="Nhà khác")
    with pytest.raises(WrongState):
        actions.move_equipment(by=world.officer, equipment=amplifier, to=other, on=TODAY)


@pytest.mark.parametrize(
    ("told", "field"),
    [
        ({"to": Life.WRITTEN_OFF, "on": TODAY}, "decision"),
        ({"to": Life.IN_REPAIR, "on": TODAY + timedelta(1)}, "on"),
        ({"to": Life.IN_REPAIR, "on": date(2024, 5, 19)}, "on"),
    ],
)
def test_a_step_needs_a_day_that_has_come_after_the_one_before_and_the_last_one_a_decision(
    world: World, told, field
) -> None:
    amplifier = piece(house(world))

    with pytest.raises(BadInput) as refused:
        actions.step_equipment(by=world.officer, equipment=amplifier, **told)

    assert list(refused.value.fields) == [field]


def test_an_officer_moves_a_piece_only_where_both_ends_are_his(world: World) -> None:
    amplifier = piece(house(world))
    near = house(world, name="Nhà văn hóa Thôn 2", place=world.villages[1])
    far = house(world, name="Nhà văn hóa Thôn Đông 1", place=world.other_villages[0])

    with pytest.raises(NotAllowed):
        actions.move_equipment(by=world.officer, equipment=amplifier, to=far, on=TODAY)
    with pytest.raises(NotAllowed):
        actions.move_equipment(by=world.other_officer, equipment=amplifier, to=far, on=TODAY)
    actions.move_equipment(by=world.officer, equipment=amplifier, to=near, on=TODAY, note="Cho mượn dài ngày")

    amplifier.refresh_from_db()
    step = EquipmentStep.objects.filter(equipment=amplifier).latest("pk")
    assert amplifier.facility == near
    assert (step.from_facility.name, step.to_facility, step.note) == ("Nhà văn hóa Thôn 1", near, "Cho mượn dài ngày")


def test_a_piece_leaves_its_cluster_behind_when_it_moves(world: World) -> None:
    station = world.clusters[0].station
    receiver = piece(station, kind="receiver", name="Bộ thu IP", cluster=world.clusters[0])
    hall = house(world)

    actions.move_equipment(by=world.officer, equipment=receiver, to=hall, on=TODAY)

    receiver.refresh_from_db()
    assert (receiver.facility, receiver.cluster) == (hall, None)


def test_a_serial_number_is_one_piece_of_its_maker(world: World) -> None:
    hall = house(world)
    piece(hall, maker="Hãng A", serial="SN-1")

    with pytest.raises(BadInput) as twin:
        piece(hall, maker="Hãng A", serial="SN-1")
    with pytest.raises(BadInput) as many:
        piece(hall, maker="Hãng A", serial="SN-2", quantity=2)
    piece(hall, maker="Hãng B", serial="SN-1")

    assert list(twin.value.fields) == ["serial"]
    assert list(many.value.fields) == ["quantity"]
    assert Equipment.objects.count() == 2


@pytest.mark.parametrize(
    ("told", "field"),
    [
        ({"name": " "}, "name"),
        ({"kind": "horse"}, "kind"),
        ({"quantity": 0}, "quantity"),
        ({"acquired_on": TODAY + timedelta(1)}, "acquired_on"),
        ({"warranty_to": date(2024, 5, 19)}, "warranty_to"),
    ],
)
def test_what_makes_no_sense_of_a_piece_is_refused(world: World, told, field) -> None:
    hall = house(world)

    with pytest.raises(BadInput) as refused:
        piece(hall, **told)

    assert list(refused.value.fields) == [field]
    assert not Equipment.objects.exists()


def test_equipment_is_mounted_on_a_cluster_of_its_own_station_only(world: World) -> None:
    with pytest.raises(BadInput) as refused:
        piece(house(world), cluster=world.clusters[0])

    assert refused.value.fields == {"cluster": ["Cụm loa này không thuộc thiết chế đã chọn."]}


def test_nothing_is_entered_at_a_closed_facility_nor_as_written_off(world: World) -> None:
    hall = house(world)
    with pytest.raises(BadInput):
        piece(hall, state=Life.WRITTEN_OFF)
    closed = actions.close_facility(by=world.officer, facility=hall, closed_on=TODAY)

    with pytest.raises(BadInput) as refused:
        piece(closed)

    assert refused.value.fields == {"": ["Thiết chế đã đóng; hãy mở lại trước."]}


def test_a_change_of_what_is_told_names_the_fields(world: World) -> None:
    amplifier = piece(house(world))
    facts = actions.EquipmentFacts(
        kind="amplifier", name="Tăng âm 500 W", acquired_on=date(2024, 5, 20), price_vnd=14_200_000, maker="Hãng A"
    )

    actions.edit_equipment(by=world.officer, equipment=amplifier, facts=facts)

    amplifier.refresh_from_db()
    assert amplifier.price_vnd == 14_200_000
    assert Entry.objects.get(verb="registry.equipment_edited").data == {"fields": ["maker", "price_vnd"]}

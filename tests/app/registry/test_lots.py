"""A part of a lot takes a step of its own; what was entered by mistake goes out of the register."""

import pytest
from django.urls import reverse

from coso.journal.models import Entry, Reason
from coso.journal.ports import sentence_of
from coso.kit import clock
from coso.kit.errors import BadInput, NotAllowed
from coso.registry import actions, queries
from coso.registry.actions import defects
from coso.registry.models import Equipment
from coso.registry.rules.equipment import Life
from tests.app.registry.entering import house, piece
from tests.support.world import World

pytestmark = pytest.mark.django_db
TODAY = clock.today()


@pytest.fixture
def lot(world: World) -> Equipment:
    """Give ten loudspeakers that no serial tells apart."""
    return piece(house(world), name="Loa nén 30 W", maker="TOA", serial="", quantity=10)


def _write_off(world: World, lot: Equipment, quantity: int | None, by: object = None) -> Equipment:
    return actions.step_equipment(
        by=by or world.officer,  # type: ignore[arg-type]
        equipment=lot,
        to=Life.WRITTEN_OFF,
        on=TODAY,
        quantity=quantity,
        decision="12/QĐ-UBND",
    )


def _rows() -> list[tuple[int, str]]:
    return list(Equipment.objects.order_by("pk").values_list("quantity", "state"))


def test_three_of_ten_are_written_off_and_seven_stay_in_use(world, lot):
    gone = _write_off(world, lot, 3)

    assert _rows() == [(7, "in_use"), (3, "written_off")]
    assert (gone.name, gone.maker, gone.facility) == ("Loa nén 30 W", "TOA", lot.facility)
    assert [step.to_state for step in queries.steps_of(gone)] == ["in_use", "written_off"]
    assert [step.to_state for step in queries.steps_of(lot)] == ["in_use"]
    entry = Entry.objects.get(verb="registry.equipment_divided")
    assert sentence_of(entry) == "Đã tách 3 chiếc của Loa nén 30 W cho một bước riêng; còn lại 7 chiếc."


def test_all_of_a_lot_stay_one_row(world, lot):
    assert _write_off(world, lot, 10).pk == lot.pk

    assert _rows() == [(10, "written_off")]
    assert not Entry.objects.filter(verb="registry.equipment_divided").exists()


@pytest.mark.parametrize("quantity", [0, -1, 11, 10_000])
def test_more_than_there_are_is_refused_and_nothing_is_divided(world, lot, quantity):
    with pytest.raises(BadInput) as refused:
        _write_off(world, lot, quantity)

    assert refused.value.fields == {"quantity": ["Nhập từ 1 đến 10 chiếc."]}
    assert _rows() == [(10, "in_use")]


def test_a_part_of_a_lot_moves_to_another_facility(world, lot):
    other = house(world, name="Nhà văn hóa Thôn 2")

    moved = actions.move_equipment(by=world.officer, equipment=lot, to=other, on=TODAY, quantity=4)

    lot.refresh_from_db()
    assert (moved.quantity, moved.facility, lot.quantity, lot.facility) == (4, other, 6, lot.facility)
    assert moved.pk != lot.pk


def test_nobody_divides_a_lot_of_another_commune(world, lot):
    with pytest.raises(NotAllowed):
        _write_off(world, lot, 3, by=world.other_officer)

    assert _rows() == [(10, "in_use")]


def test_the_form_asks_how_many_of_a_lot(world, lot, client):
    client.force_login(world.officer)
    way = reverse("registry:step-equipment", args=[lot.pk])
    told = {"to": "in_store", "on": TODAY.isoformat()}

    assert 'name="quantity"' in client.get(way).content.decode()
    assert client.post(way, told | {"quantity": "11"}).status_code == 422
    answer = client.post(way, told | {"quantity": "2"})

    part = Equipment.objects.get(state="in_store")
    assert answer["Location"] == reverse("registry:equipment", args=[part.pk])
    assert _rows() == [(8, "in_use"), (2, "in_store")]


# Entered by mistake


def _withdraw(world: World, made: Equipment, by: object = None, reason: str = "Nhập hai lần") -> None:
    actions.withdraw_equipment(by=by or world.officer, equipment=made, reason=reason)  # type: ignore[arg-type]


def test_a_mistaken_piece_goes_and_the_journal_keeps_its_name_and_why(world, lot):
    _withdraw(world, lot)

    assert not Equipment.objects.exists()
    entry = Entry.objects.get(verb="registry.equipment_withdrawn")
    assert sentence_of(entry) == f"Đã bỏ khỏi sổ Loa nén 30 W × 10, ghi nhầm tại {lot.facility.name}."
    assert Reason.objects.get(entry=entry).text == "Nhập hai lần"


def test_a_piece_that_took_a_step_stays(world, lot):
    actions.step_equipment(by=world.officer, equipment=lot, to=Life.IN_REPAIR, on=TODAY)

    with pytest.raises(actions.UsedAlready):
        _withdraw(world, lot)

    assert _rows() == [(10, "in_repair")]


def test_a_piece_with_a_defect_stays(world, lot):
    defects.enter_defect(by=world.officer, facility=lot.facility, description="Rè", equipment=lot)

    with pytest.raises(actions.UsedAlready):
        _withdraw(world, lot)

    assert _rows() == [(10, "in_use")]


def test_nobody_withdraws_elsewhere_or_without_a_reason(world, lot):
    with pytest.raises(NotAllowed):
        _withdraw(world, lot, by=world.other_officer)
    with pytest.raises(BadInput):
        _withdraw(world, lot, reason="  ")

    assert _rows() == [(10, "in_use")]
    assert not Entry.objects.filter(verb="registry.equipment_withdrawn").exists()


def test_the_page_offers_it_only_before_the_piece_was_used(world, lot, client):
    client.force_login(world.officer)
    page, way = (reverse(f"registry:{name}", args=[lot.pk]) for name in ("equipment", "withdraw-equipment"))
    assert way in client.get(page).content.decode()
    assert client.post(way, {"reason": ""}).status_code == 422

    actions.step_equipment(by=world.officer, equipment=lot, to=Life.IN_REPAIR, on=TODAY)
    assert way not in client.get(page).content.decode()
    assert client.get(way).status_code == 409

    client.force_login(world.other_officer)
    assert client.post(way, {"reason": "x"}).status_code == 404
    assert _rows() == [(10, "in_repair")]


def test_the_page_takes_it_out_and_leads_to_the_facility(world, lot, client):
    client.force_login(world.officer)

    answer = client.post(reverse("registry:withdraw-equipment", args=[lot.pk]), {"reason": "Nhập hai lần"})

    assert answer["Location"] == reverse("registry:facility", args=[lot.facility_id])
    assert not Equipment.objects.exists()

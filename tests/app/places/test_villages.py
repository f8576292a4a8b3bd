"""Villages are added under a commune, all or none."""

from datetime import date

import pytest

from coso.journal.models import Entry
from coso.journal.ports import sentence_of
from coso.kit.errors import BadInput
from coso.places import actions, queries
from coso.places.actions import NewVillage
from coso.places.models import Place

SINCE = date(2025, 7, 1)


def test_villages_stand_under_their_commune_in_vietnamese_order(world) -> None:  # type: ignore[no-untyped-def]
    new = [NewVillage("18562-11", "Thôn  10", population=400, households=110), NewVillage("18562-12", "Thôn 9")]

    actions.add_villages(commune=world.thach_ha, villages=new, by=world.administrator, valid_from=SINCE, is_sample=True)

    listed = [p.name for p in queries.villages_of([world.thach_ha])]
    assert listed == ["Thôn 9", "Thôn 10", "Thôn Đông 1", "Thôn Đông 2", "Thôn Đông 3"]
    made = Place.objects.get(code="18562-11")
    assert (made.name, made.population, made.is_sample) == ("Thôn 10", 400, True)
    assert made.is_within(world.thach_ha)
    assert made.is_within(world.province)
    assert not made.is_within(world.son_kim)
    entry = Entry.objects.get(verb="places.villages_added")
    assert entry.data == {"villages": 2}
    assert "Xã Thạch Hà" in sentence_of(entry)


@pytest.mark.parametrize(
    "new",
    [
        [NewVillage("18562-01", "Thôn Mới")],
        [NewVillage("18562-20", "Thôn Mới"), NewVillage("18562-20", "Thôn Cũ")],
        [NewVillage("18562-20", "Thôn Mới"), NewVillage("18562-21", "  ")],
    ],
    ids=["code in use", "code twice", "no name"],
)
def test_one_wrong_village_keeps_all_out(world, new: list[NewVillage]) -> None:  # type: ignore[no-untyped-def]
    before = Place.objects.count()

    with pytest.raises(BadInput):
        actions.add_villages(commune=world.thach_ha, villages=new, by=world.administrator, valid_from=SINCE)

    assert Place.objects.count() == before
    assert not Entry.objects.exists()


def test_a_village_is_not_added_to_a_province(world) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(BadInput):
        actions.add_villages(
            commune=world.province, villages=[NewVillage("x", "Thôn Mới")], by="system", valid_from=SINCE
        )

    assert not Place.objects.filter(code="x").exists()

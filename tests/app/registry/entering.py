"""What tests of facilities enter: a culture house, a team, a piece, through the actions."""

from datetime import date, timedelta
from typing import Any

from coso.kit import clock
from coso.places.models import Level, Place
from coso.registry import actions
from coso.registry.models import Equipment, Facility
from coso.registry.rules.equipment import Life
from tests.support.world import World

YESTERDAY = clock.today() - timedelta(1)


def facts(world: World, **told: Any) -> actions.FacilityFacts:
    """Tell of a culture house of Sơn Kim 1, or of what is said instead."""
    return actions.FacilityFacts(
        **{"kind": "culture_house", "name": "Nhà văn hóa Thôn 1", "place": world.villages[0]} | told
    )


def house(world: World, *, registered_on: date = date(2024, 5, 20), **told: Any) -> Facility:
    """Enter a culture house of Sơn Kim 1, or what is said instead, as one that has long been in the system."""
    made = actions.add_facility(by="system", facts=facts(world, **told))
    Facility.objects.filter(pk=made.pk).update(registered_on=registered_on)
    made.refresh_from_db()
    return made


def piece(facility: Facility, state: Life = Life.IN_USE, **told: Any) -> Equipment:
    """Enter an amplifier that has been there since 2024."""
    given = {"kind": "amplifier", "name": "Tăng âm 500 W", "acquired_on": date(2024, 5, 20)} | told
    return actions.receive_equipment(by="system", facility=facility, facts=actions.EquipmentFacts(**given), state=state)


def district_of_then(world: World) -> Place:
    """Make a district that ended with the two-level government, with a commune of then that became Sơn Kim 1."""
    district = Place.objects.create(
        code="439", name="Huyện Hương Sơn", level=Level.DISTRICT, parent=world.province,
        valid_from=date(2000, 1, 1), valid_to=date(2025, 6, 30),
    )  # fmt: skip
    commune = Place.objects.create(
        code="18190", name="Xã Sơn Kim", level=Level.COMMUNE, parent=district,
        valid_from=date(2000, 1, 1), valid_to=date(2025, 6, 30),
    )  # fmt: skip
    Place.objects.filter(pk=commune.pk).update(current=world.son_kim, current_path=world.son_kim.path)
    commune.refresh_from_db()
    return district

"""A merger in the small province of tests: from today Sơn Kim 1 and Thạch Hà are one commune, with new villages."""

from dataclasses import dataclass
from datetime import timedelta

from coso.kit import clock
from coso.organizations.models import Person
from coso.organizations.policies import forget
from coso.organizations.rules import Role
from coso.places.actions import refresh_currents
from coso.places.models import Level, Place, Succession
from tests.support import world as worlds
from tests.support.world import World


@dataclass
class Merged:
    """What came of it."""

    commune: Place
    """Xã Hương Kim, since today."""
    villages: list[Place]
    """What the three villages of Sơn Kim 1 became, in their order."""
    other_villages: list[Place]
    """What the three villages of Thạch Hà became."""
    officer: Person
    """The officer of the new commune, who held no post before."""
    leader: Person


def merge(world: World) -> Merged:
    """End both communes and their villages yesterday and begin what followed them today."""
    today = clock.today()
    ended = [world.son_kim, world.thach_ha, *world.villages, *world.other_villages]
    Place.objects.filter(pk__in=[place.pk for place in ended]).update(valid_to=today - timedelta(days=1))
    commune = begin("18999", "Xã Hương Kim", Level.COMMUNE, world.province)
    for old in (world.son_kim, world.thach_ha):
        follow(old, commune)
    villages = [_again(old, commune, f"18999-0{i}") for i, old in enumerate(world.villages, start=1)]
    others = [_again(old, commune, f"18999-1{i}") for i, old in enumerate(world.other_villages, start=1)]
    refresh_currents()
    for place in ended:
        place.refresh_from_db()
    for person in (world.officer, world.leader, world.other_officer, world.other_leader, world.communicator):
        forget(person)
    return Merged(
        commune=commune,
        villages=villages,
        other_villages=others,
        officer=worlds.person("canbo3", "Mai Thị Lụa", Role.COMMUNE_OFFICER, commune),
        leader=worlds.person("lanhdao3", "Cao Văn Bé", Role.COMMUNE_LEADER, commune),
    )


def begin(code: str, name: str, level: Level, parent: Place) -> Place:
    """Make a unit that begins today."""
    return Place.objects.create(code=code, name=name, level=level, parent=parent, valid_from=clock.today())


def follow(old: Place, new: Place, **more: object) -> Succession:
    """Say that one unit went into another."""
    return Succession.objects.create(predecessor=old, successor=new, **more)


def _again(old: Place, commune: Place, code: str) -> Place:
    made = begin(code, f"{old.name} mới", Level.VILLAGE, commune)
    follow(old, made)
    return made

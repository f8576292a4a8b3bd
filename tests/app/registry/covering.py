"""A province with positions, people and every channel somewhere, for the tests of coverage."""

from datetime import date

import pytest

from coso.organizations.models import Communicator
from coso.places.models import AreaLabel, LabelKind
from coso.registry.models import Facility, Signal
from tests.support.world import SINCE, World

# Villages 1 to 3 of Sơn Kim 1, then those of Thạch Hà: about 333 m from one to the next.
NORTH, EAST, STEP = 18.4, 105.2, 0.003


def place_villages(world: World) -> None:
    """Give every village a position and 100, 200, … people; the last one's population is not known."""
    villages = [*world.villages, *world.other_villages]
    for number, village in enumerate(villages):
        village.latitude, village.longitude = NORTH + number * STEP, EAST
        village.population = None if village is villages[-1] else 100 * (number + 1)
        village.save()


def label(place, code: str, name: str = "", **more) -> AreaLabel:
    """Give an area a class of difficulty."""
    kind, _made = LabelKind.objects.get_or_create(code=code, defaults={"family": "difficulty", "name": name or code})
    told = {"decision": "Quyết định 1/QĐ-UBND", "valid_from": SINCE} | more
    return AreaLabel.objects.create(place=place, kind=kind, **told)


def board(place, *villages, **more) -> Facility:
    """Set up a notice board that serves villages."""
    made = Facility.objects.create(**{"kind": "notice_board", "name": "Bảng tin", "place": place} | more)
    made.serves.set(villages)
    return made


def communicator(place, *areas, **more) -> Communicator:
    """Recognise a communicator who serves areas."""
    told = {"full_name": "Đặng Văn Ấm", "duty": "village_head", "decision": "1/QĐ", "decided_on": SINCE}
    made = Communicator.objects.create(place=place, **told | more)
    made.areas.set(areas)
    return made


def signal(village, strength: str = "good") -> Signal:
    """Note the signal of a village."""
    return Signal.objects.create(village=village, strength=strength, noted_on=date(2026, 11, 1))


@pytest.fixture
def covered(world: World) -> World:
    """Give the world with positions and people; only its two clusters reach anybody, as they do without devices."""
    place_villages(world)
    for cluster in world.clusters:
        cluster.is_networked = False
        cluster.save()
    return world

"""Sample villages: no list of Hà Tĩnh's real villages came with the system, so these are made up and marked."""

import math
import random

from coso.places import actions, adapters, queries
from coso.places.models import Level, Place
from coso.places.rules.outlines import Point, contains, pulled_inside

SOURCE = "Dữ liệu mẫu của bản trình diễn, không phải thôn, tổ dân phố thật"

# Two mountain communes on the border with Laos, a ward of the city, a commune by the sea; four villages elsewhere.
VILLAGES = {"18196": 8, "18199": 6, "18073": 10, "18676": 8}
ELSEWHERE = 4

# Turned by the golden angle, points fill a disc evenly without ever standing in a row.
GOLDEN_ANGLE = math.pi * (3 - math.sqrt(5))
KM_PER_DEGREE = 111.2


def load_villages() -> None:
    """Add the sample villages that are missing to each commune of today."""
    there = set(Place.objects.filter(level=Level.VILLAGE).values_list("code", flat=True))
    cells = adapters.schematic_cells()
    for commune in queries.communes():
        new = [village for village in _villages(commune, cells[commune.code]) if village.code not in there]
        if new:
            actions.add_villages(
                commune=commune,
                villages=new,
                by="system",
                valid_from=adapters.TWO_LEVELS,
                is_sample=True,
                source=SOURCE,
            )


def _villages(commune: Place, cell: list[list[float]]) -> list[actions.NewVillage]:
    count = VILLAGES.get(commune.code, ELSEWHERE)
    kind = "Tổ dân phố" if commune.name.startswith("Phường") else "Thôn"
    chance = random.Random(commune.code)  # noqa: S311 the same samples each time
    made = []
    for number in range(1, count + 1):
        longitude, latitude = _spot(commune, cell, number, count)
        population = chance.randrange(280, 1100)
        made.append(
            actions.NewVillage(
                code=f"{commune.code}-{number:02d}",
                name=f"{kind} {number}",
                latitude=round(latitude, 5),
                longitude=round(longitude, 5),
                population=population,
                households=round(population / 3.6),
            )
        )
    return made


def _spot(commune: Place, cell: list[list[float]], number: int, count: int) -> Point:
    """Give a spot around the commune's centre, inside its sketched cell where that holds the centre."""
    centre = (commune.longitude or 0.0, commune.latitude or 0.0)
    reach = 0.7 * math.sqrt((commune.area_km2 or 20.0) / math.pi) / KM_PER_DEGREE
    radius, angle = reach * math.sqrt((number - 0.5) / count), number * GOLDEN_ANGLE
    east = radius * math.cos(angle) / math.cos(math.radians(centre[1]))
    spot = (centre[0] + east, centre[1] + radius * math.sin(angle))
    if not contains(cell, centre):
        # The sketch's coast is coarse: where it leaves out the centre itself (Hải Ninh), it tells nothing.
        return spot
    x, y = pulled_inside(cell, centre, spot)
    # A little further in, so that rounding cannot put a spot on the edge across it.
    return centre[0] + (x - centre[0]) * 0.98, centre[1] + (y - centre[1]) * 0.98

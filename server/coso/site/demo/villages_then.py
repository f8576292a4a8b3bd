"""Sample villages of before the two-level government, so that a past day has some to tell of too."""

from datetime import date

from coso.places.actions import refresh_currents
from coso.places.models import Level, Place, Succession
from coso.site.demo.villages import SOURCE

COMMUNE = "18196"
SINCE, UNTIL = date(2017, 1, 1), date(2025, 6, 30)

# By number: the village of then, the one of today that it went into, its people. The last two became one.
FOLLOWED_BY = (1, 2, 3, 4, 5, 6, 7, 8, 8)
PEOPLE = (510, 430, 620, 380, 700, 290, 460, 310, 240)


def load_villages_then() -> None:
    """Add them to the commune of then, each with what followed it; done once."""
    commune = Place.objects.filter(code=COMMUNE, level=Level.COMMUNE, valid_to=UNTIL).first()
    if commune is None or commune.children.filter(level=Level.VILLAGE).exists():
        return
    today = {village.code: village for village in Place.objects.filter(code__startswith=f"{COMMUNE}-", valid_to=None)}
    for number, (follows, people) in enumerate(zip(FOLLOWED_BY, PEOPLE, strict=True), start=1):
        heir = today.get(f"{COMMUNE}-{follows:02d}")
        if heir is None:
            continue
        village = Place.objects.create(
            code=f"{COMMUNE}-T{number:02d}",
            name=f"Thôn {number}",
            level=Level.VILLAGE,
            parent=commune,
            valid_from=SINCE,
            valid_to=UNTIL,
            latitude=heir.latitude,
            longitude=heir.longitude,
            population=people,
            households=round(people / 3.6),
            is_sample=True,
            source=SOURCE,
        )
        Succession.objects.create(predecessor=village, successor=heir, is_verified=False, source=SOURCE)
    refresh_currents()

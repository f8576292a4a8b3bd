"""Adding villages and residential groups under a commune, and what is told of one."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from coso.journal.actions import record
from coso.kit import clock
from coso.kit.errors import BadInput, WrongState
from coso.kit.refs import Ref
from coso.kit.text import squeeze
from coso.places.actions.rows import create_rows
from coso.places.models import Level, Place


@dataclass(frozen=True)
class NewVillage:
    """What is known of a village when it is added."""

    code: str
    name: str
    latitude: float | None = None
    longitude: float | None = None
    population: int | None = None
    households: int | None = None


@transaction.atomic
def add_villages(
    *,
    commune: Place,
    villages: Sequence[NewVillage],
    by: object,
    valid_from: date,
    is_sample: bool = False,
    source: str = "",
) -> list[Place]:
    """Add villages to a commune, valid from a day on. The caller has asked whether `by` may.

    Raise BadInput, and add none, when a name is empty or a code is in use on that day.
    """
    if commune.level != Level.COMMUNE or not commune.is_valid_on(valid_from):
        raise BadInput(_("Villages are added to a commune that exists on the day they begin."))
    for village in villages:
        wrong = _figure_faults(village.population, village.households)
        wrong |= _middle_faults(village.latitude, village.longitude)
        if wrong:
            raise BadInput(fields=wrong)
    codes = [village.code for village in villages]
    used = set(Place.objects.filter(code__in=codes, valid_to=None).values_list("code", flat=True))
    twice = used | {code for code in codes if codes.count(code) > 1}
    if twice:
        raise BadInput(_("These codes are in use: %(codes)s.") % {"codes": ", ".join(sorted(twice))})
    rows = [
        Place(
            code=village.code,
            name=squeeze(village.name),
            level=Level.VILLAGE,
            parent=commune,
            valid_from=valid_from,
            latitude=village.latitude,
            longitude=village.longitude,
            population=village.population,
            households=village.households,
            is_sample=is_sample,
            source=source,
        )
        for village in villages
    ]
    if any(not row.name or not row.code for row in rows):
        raise BadInput(_("A village needs a code and a name."))
    create_rows(rows)
    record("places.villages_added", by=by, refs=[Ref("place", str(commune.pk))], data={"villages": len(rows)})
    return rows


@transaction.atomic
def describe_village(
    *,
    village: Place,
    population: int | None,
    households: int | None,
    latitude: float | None,
    longitude: float | None,
    by: object,
) -> Place:
    """Tell the figures and the middle of a village anew. The caller has asked whether `by` may.

    Its name and its commune are changed by an operation on units, with a day and a decision.
    """
    locked = Place.objects.select_for_update(of=("self",)).get(pk=village.pk)
    if locked.level != Level.VILLAGE or not locked.is_valid_on(clock.today()):
        raise WrongState(_("Only a village or residential group of today can be described."))
    wrong = _figure_faults(population, households) | _middle_faults(latitude, longitude)
    if wrong:
        raise BadInput(fields=wrong)
    told = {"population": population, "households": households, "latitude": latitude, "longitude": longitude}
    changed = sorted(field for field, value in told.items() if getattr(locked, field) != value)
    if changed or locked.figures_estimated:
        for field in changed:
            setattr(locked, field, told[field])
        # Who sends the form again says that the figures are right.
        locked.figures_estimated = False
        locked.save(update_fields=[*changed, "figures_estimated"])
        record("places.village_described", by=by, refs=[Ref("place", str(locked.pk))], data={"fields": changed})
    return locked


def _figure_faults(population: int | None, households: int | None) -> dict[str, list[str]]:
    if population is not None and households is not None and households > population:
        return {"households": [_("There are more households than people.")]}
    return {}


def _middle_faults(latitude: float | None, longitude: float | None) -> dict[str, list[str]]:
    given = (latitude is None) == (longitude is None)
    if given and (latitude is None or longitude is None or (abs(latitude) <= 90 and abs(longitude) <= 180)):
        return {}
    return {"latitude": [_("Give both latitude and longitude in degrees, or neither.")]}

"""Adding villages and residential groups under a commune."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from coso.journal.actions import record
from coso.kit.errors import BadInput
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

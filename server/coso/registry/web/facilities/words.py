"""How facilities and equipment look: words and chips of their states."""

from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from coso.kit import clock
from coso.places.models import Level
from coso.registry.models import Equipment, EquipmentState, Facility, StationProfile
from coso.registry.rules.licences import Licence, licence_of
from coso.ui.chips import Chip, Tone
from coso.ui.units import Way

GROUPS: dict[str, Any] = {
    "station": gettext_lazy("Stations"),
    "board": gettext_lazy("Boards and panels"),
    "house": gettext_lazy("Culture houses and centres"),
    "lending": gettext_lazy("Libraries and bookcases"),
    "team": gettext_lazy("Mobile teams"),
}

STATES = [
    ("standing", gettext_lazy("Working")),
    ("closed", gettext_lazy("Closed")),
    ("defects", gettext_lazy("With open defects")),
    ("unused", gettext_lazy("Unused")),
    ("licence", gettext_lazy("Licence missing or ending")),
]

EQUIPMENT_CHIPS = {
    EquipmentState.RECEIVED: (Tone.WAITING, "inbox"),
    EquipmentState.IN_USE: (Tone.DONE, ""),
    EquipmentState.IN_REPAIR: (Tone.NEED, "tools"),
    EquipmentState.IN_STORE: (Tone.WAITING, "archive"),
    EquipmentState.WRITTEN_OFF: (Tone.OFF, ""),
}

STANDS_IN = Way("place", told=lambda place: place_words(place), joins=("parent",))
"""How a list of facilities leads to the unit of each (`ui.units`)."""

WARRANTY_WARNED = timedelta(days=60)


def place_words(place: Any) -> str:
    """Tell a unit with, of a village, the commune that it lies in."""
    return f"{place.name}, {place.parent.name}" if place.level == Level.VILLAGE and place.parent else str(place.name)


def profile_of(facility: Facility) -> StationProfile | None:
    """Give what is told of a station, or None when nothing was."""
    return getattr(facility, "profile", None)


def licence_chip(facility: Facility, today: date | None = None) -> Chip | None:
    """Tell what is wrong with a station's licence; None when nothing is."""
    profile = profile_of(facility)
    if profile is None or facility.is_closed:
        return None
    stands = licence_of(
        mode=profile.mode,
        number=profile.licence_number,
        expires_on=profile.licence_expires_on,
        today=today or clock.today(),
    )
    return {
        Licence.MISSING: Chip(_("No frequency licence"), Tone.NEED, icon="radio"),
        Licence.EXPIRED: Chip(_("Licence has expired"), Tone.NEED, icon="late"),
        Licence.ENDING: Chip(_("Licence ends soon"), Tone.NEED, icon="clock"),
    }.get(stands)


def state_chips(facility: Facility) -> list[Chip]:
    """Tell all that is to be said of how a facility from `queries.facilities` stands, the gravest first."""
    if facility.is_closed:
        return [Chip(_("Closed"), Tone.OFF)]
    found = []
    if facility.has_defects:  # type: ignore[attr-defined]
        found.append(Chip(_("With open defects"), Tone.NEED, icon="tools"))
    if licence := licence_chip(facility):
        found.append(licence)
    if facility.is_unused:  # type: ignore[attr-defined]
        found.append(Chip(_("Unused"), Tone.NEED, icon="late"))
    return found or [Chip(_("Working"), Tone.DONE)]


def state_chip(facility: Facility) -> Chip:
    """Tell the gravest of how a facility stands."""
    return state_chips(facility)[0]


def equipment_chip(piece: Equipment) -> Chip:
    """Tell where a piece is in its life."""
    tone, icon = EQUIPMENT_CHIPS[EquipmentState(piece.state)]
    return Chip(piece.get_state_display(), tone, icon=icon)


def warranty_chip(piece: Equipment, today: date | None = None) -> Chip | None:
    """Tell whether a piece is under warranty; None when nobody noted one."""
    if piece.warranty_to is None or piece.state == EquipmentState.WRITTEN_OFF:
        return None
    now = today or clock.today()
    if piece.warranty_to < now:
        return Chip(_("Out of warranty"), Tone.OFF)
    if piece.warranty_to <= now + WARRANTY_WARNED:
        return Chip(_("Warranty ends soon"), Tone.NEED, icon="clock")
    return Chip(_("Under warranty"), Tone.ACTIVE, icon="shield")

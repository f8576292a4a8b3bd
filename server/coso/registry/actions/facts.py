"""What a person tells of a facility, and what is wrong with it."""

from collections.abc import Container, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from django.utils.translation import gettext as _

from coso.kit import clock
from coso.kit.text import squeeze
from coso.organizations import policies
from coso.organizations.models import Organization, Person
from coso.places.models import Level, Place
from coso.registry.models import Facility, StationMode
from coso.registry.queries.facilities import commune_of
from coso.registry.rules.codes import is_facility_code
from coso.registry.rules.kinds import KINDS, SERVING, group_of

Actor = Person | Literal["system"]
Faults = dict[str, list[str]]


@dataclass(frozen=True, kw_only=True)
class FacilityFacts:
    """All that a form may tell of a facility; what its group lacks is left out when it is written."""

    kind: str
    name: str
    place: Place
    code: str = ""
    organization: Organization | None = None
    serves: Sequence[Place] = ()
    address: str = ""
    latitude: float | None = None
    longitude: float | None = None
    keeper: str = ""
    keeper_phone: str = ""
    opening_hours: str = ""
    opened_on: date | None = None
    note: str = ""
    mode: str = ""
    """Of a station: how it carries its sound; with the three that follow."""
    frequency_mhz: Decimal | None = None
    licence_number: str = ""
    licence_expires_on: date | None = None

    @property
    def group(self) -> str:
        """What the facility is for."""
        return group_of(self.kind)

    @property
    def columns(self) -> dict[str, object]:
        """Give the values of the facility's own columns, cleaned."""
        return {
            "kind": self.kind,
            "code": self.code.strip().upper(),
            "name": squeeze(self.name),
            "place": self.place,
            "organization": self.organization,
            "address": squeeze(self.address),
            "latitude": self.latitude,
            "longitude": self.longitude,
            "keeper": squeeze(self.keeper),
            "keeper_phone": squeeze(self.keeper_phone),
            "opening_hours": squeeze(self.opening_hours),
            "opened_on": self.opened_on,
            "note": squeeze(self.note),
        }

    @property
    def station(self) -> dict[str, object]:
        """Give the values of a station's columns."""
        return {
            "mode": self.mode or StationMode.IP,
            "frequency_mhz": self.frequency_mhz,
            "licence_number": squeeze(self.licence_number),
            "licence_expires_on": self.licence_expires_on,
        }


def require_edit(by: Actor, place: Place) -> None:
    """Raise NotAllowed unless the actor may change the registry at a place."""
    if by != "system":
        policies.require(by, "registry.edit", place)


def faults_of(facts: FacilityFacts, *, facility: Facility | None = None, taken: Container[str] | None = None) -> Faults:
    """Say what is wrong with what was told, field by field. `facility` is the one that is changed.

    `taken` holds the codes of other facilities, for whoever asks of many at once; else the database is asked.
    """
    today = clock.today()
    wrong: Faults = {}
    if facts.kind not in KINDS:
        wrong["kind"] = [_("There is no such kind of facility.")]
    elif facility is not None and facts.group != facility.group:
        wrong["kind"] = [_("It cannot become a facility of quite another kind: close it and enter the other one.")]
    if not squeeze(facts.name):
        wrong["name"] = [_("The facility needs a name.")]
    wrong |= _place_faults(facts, facility, today) | spot_faults(facts.latitude, facts.longitude)
    wrong |= _code_faults(facts.code.strip().upper(), facility, taken)
    if facts.opened_on and facts.opened_on > today:
        wrong["opened_on"] = [_("This day has not come yet.")]
    elif facility and facility.closed_on and facts.opened_on and facts.opened_on > facility.closed_on:
        wrong["opened_on"] = [_("It cannot open after the day on which it was closed.")]
    if facts.frequency_mhz is not None and not 54 <= facts.frequency_mhz <= 108:
        # Thông tư về quy hoạch băng tần: short-range public address uses 54–68 MHz, FM broadcasting 87–108 MHz.
        wrong["frequency_mhz"] = [_("Frequencies of FM and of public address lie between 54 and 108 MHz.")]
    return wrong


def _place_faults(facts: FacilityFacts, facility: Facility | None, today: date) -> Faults:
    kept = facility is not None and facility.place == facts.place
    if not kept:
        if not facts.place.is_valid_on(today):
            return {"place": [_("Choose a unit of today.")]}
        if facility is not None and commune_of(facility.place) != commune_of(facts.place):
            return {"place": [_("To another commune a facility goes by a transfer, with its decision.")]}
        if facts.kind == "commune_station" and facts.place.level != Level.COMMUNE:
            return {"place": [_("A station belongs to a commune or ward of today.")]}
    if facts.group not in SERVING:
        return {}
    home = commune_of(facts.place)
    strangers = [village.name for village in facts.serves if not _is_village_of(village, home, today)]
    if not strangers:
        return {}
    sentence = _("These are no villages of %(commune)s today: %(names)s.")
    return {"serves": [sentence % {"commune": home.name, "names": ", ".join(strangers)}]}


def _is_village_of(village: Place, home: Place, today: date) -> bool:
    return village.level == Level.VILLAGE and village.is_valid_on(today) and village.is_within(home)


def _code_faults(code: str, facility: Facility | None, taken: Container[str] | None) -> Faults:
    if not code or (facility is not None and facility.code == code):
        return {}
    if not is_facility_code(code):
        return {
            "code": [
                _(
                    "The code of a facility has 3 to 30 capital letters without marks, figures or hyphens; "
                    "not TC with a number."
                )
            ]
        }
    is_taken = Facility.objects.filter(code=code).exists() if taken is None else code in taken
    return twin_fault(code) if is_taken else {}


def twin_fault(code: str) -> Faults:
    """Say that a code is another facility's."""
    return {"code": [_("Another facility has the code %(code)s.") % {"code": code}]}


def spot_faults(latitude: float | None, longitude: float | None) -> Faults:
    """Say what is wrong with a spot on the map."""
    given = latitude is not None and longitude is not None
    on_earth = latitude is None or longitude is None or (abs(latitude) <= 90 and abs(longitude) <= 180)
    if (given or latitude is longitude) and on_earth:
        return {}
    return {"latitude": [_("Give both latitude and longitude in degrees, or neither.")]}

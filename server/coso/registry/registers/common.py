"""What the registers of facilities, clusters, equipment and use share: where a row belongs, which facility it means."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from coso.kit.text import fold
from coso.organizations import policies
from coso.places.models import Level, Place
from coso.places.queries import PlaceFinder
from coso.places.queries.finder import Found
from coso.registers.ports import Field, Plan, Row, held, shared
from coso.registry.models import Facility
from coso.registry.queries.facilities import commune_of
from coso.registry.rules.codes import number_on_label

RIGHT = "registry.edit"

COMMUNE = Field(
    "commune",
    gettext_lazy("Commune or ward"),
    ["tên xã", "xã", "phường", "xã phường", "xã phường thị trấn"],
    max_length=200,
    example="Xã Sơn Kim 1",
    help=gettext_lazy("The name on the day of the file; the district in brackets where two have one name."),
)
COMMUNE_CODE = Field(
    "commune_code",
    gettext_lazy("Commune code"),
    ["mã xã", "mã phường", "mã xã phường"],
    max_length=20,
    example="18196",
)
FACILITY_CODE = Field(
    "facility_code",
    gettext_lazy("Facility code"),
    ["mã thiết chế", "mã đài", "mã nơi đặt"],
    max_length=30,
    example="18196-NVH1",
    help=gettext_lazy("As on its label. With it, neither the facility nor the commune need be named."),
)
FACILITY = Field(
    "facility",
    gettext_lazy("Facility"),
    ["tên thiết chế", "thiết chế", "nơi đặt", "tên đài", "đài truyền thanh"],
    max_length=160,
    example="Nhà văn hóa Thôn 1",
)


def may_import(person: Any) -> bool:
    """Tell whether a person may bring such a register in somewhere."""
    return policies.may(person, "register.import") and policies.may(person, RIGHT)


def within(path_field: str, right: str = RIGHT) -> Callable[[Any], Q]:
    """Make a `Kept.inside`: the records into whose place a person may bring a register and where he has its right."""

    def inside(person: Any) -> Q:
        return policies.scope(person, "register.import", path_field) & policies.scope(person, right, path_field)

    return inside


def finder_of(day: date) -> PlaceFinder:
    """Give what finds the units of the file's day, made once for a file."""
    return shared(("places", day), lambda: PlaceFinder(day))


def communes_of(rows: Iterable[Row], day: date) -> dict[int, Found]:
    """Find the commune that each row names, by the row's number; nothing for a row that names none."""
    finder = finder_of(day)
    return {
        row.number: finder.find(row.values["commune"], code=row.values["commune_code"], level=Level.COMMUNE)
        for row in rows
        if row.values["commune"] or row.values["commune_code"]
    }


def outside(by: Any, place: Place, right: str = RIGHT) -> str:
    """Say that a place lies outside what a person may change; "" when it doesn't."""
    if by == "system" or policies.may(by, right, place):
        return ""
    return _("%(name)s lies outside the area that you look after.") % {"name": place.name}


class Facilities:
    """The facilities that some rows may mean, by code or by name in a commune, read in one question.

    Of the `coded` communes, whose rows all have a code, only what has no code yet can be meant by its name.
    """

    def __init__(self, codes: Iterable[str], communes: Iterable[Place], coded: Iterable[Place] = ()) -> None:
        wanted = {code.strip().upper() for code in codes if code}
        inside = _inside(communes) | (_inside(coded) & Q(code=""))
        numbers = [number for code in wanted if (number := number_on_label(code))]
        found = held(Facility.objects.filter(Q(code__in=wanted) | Q(pk__in=numbers) | inside))
        rows = found.select_related("place__current__parent", "place__parent", "organization", "profile")
        self.by_code: dict[str, Facility] = {}
        self.by_name: dict[tuple[int, str], list[Facility]] = defaultdict(list)
        for row in rows.prefetch_related("serves"):
            self.by_code[row.shown_code] = row
            self.by_name[commune_of(row.place).pk, fold(row.name)].append(row)

    def named(self, name: str, commune: Place, kinds: Iterable[str] | None = None) -> list[Facility]:
        """List the facilities of a commune that have a name, of some kinds or of any."""
        same = self.by_name[commune.pk, fold(name)]
        return same if kinds is None else [one for one in same if one.kind in set(kinds)]


def _inside(communes: Iterable[Place]) -> Q:
    ids = {place.pk for place in communes}
    return Q(place__current__in=ids) | Q(place__current__parent__in=ids)


def facilities_of(
    rows: Sequence[Row], by: Any, day: date, *, right: str = RIGHT
) -> dict[int, Facility | dict[str, str]]:
    """Say of each row which facility it means, by the row's number; or its errors by field.

    A row names the facility by its code, or by its name and its commune.
    """
    communes = communes_of([row for row in rows if not row.values["facility_code"]], day)
    there = Facilities(
        [row.values["facility_code"] or "" for row in rows], [one.place for one in communes.values() if one.place]
    )
    return {row.number: _meant(row, there, communes.get(row.number), by, right) for row in rows}


def _meant(row: Row, there: Facilities, commune: Found | None, by: Any, right: str) -> Facility | dict[str, str]:
    code, name = row.values["facility_code"], row.values["facility"]
    if code:
        found = there.by_code.get(code.strip().upper())
        # Whoever may not see a facility must not learn from a file that its code exists.
        if found is None or outside(by, found.place, right):
            return {"facility_code": _("No facility of your area has the code %(code)s.") % {"code": code}}
        return found
    if not name:
        return {"facility_code": _("Give the code of the facility, or its name and its commune.")}
    if commune is None:
        return {"commune": _("Give the commune, or the code of the facility.")}
    if commune.place is None:
        return {"commune": commune.problem}
    if words := outside(by, commune.place, right):
        return {"commune": words}
    same = there.named(name, commune.place)
    said = {"name": name, "commune": commune.place.name}
    if not same:
        return {"facility": _("%(commune)s has no facility of the name “%(name)s”.") % said}
    if len(same) > 1:
        return {"facility": _("%(commune)s has several of the name “%(name)s”; give the code.") % said}
    return same[0]


def day_json(value: date | None) -> str | None:
    """Write a day as JSON keeps it."""
    return value.isoformat() if value else None


def changed_plan(row: Row, record: Any, key: int, before: Mapping[str, Any], after: Mapping[str, Any]) -> Plan:
    """Plan a change by what was and what will be; nothing to do when both are the same."""
    was = {name: before[name] for name in before if before[name] != after[name]}
    if not was:
        return Plan(row, key=str(key))
    return Plan(row, record, key=str(key), was=was, now={name: after[name] for name in was})

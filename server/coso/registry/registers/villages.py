"""Villages and residential groups: new ones under a commune, and what is known of those that are there."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from coso.kit import clock
from coso.kit.refs import Ref
from coso.kit.text import fold
from coso.organizations import policies
from coso.places import actions as places
from coso.places import queries as units
from coso.places.models import AreaLabel, Level, Place, Succession
from coso.places.queries import PlaceFinder
from coso.places.rules import typed
from coso.registers.ports import Blocked, Field, Kept, Plan, Register, Row, Written, held, put_back, shared
from coso.registry.registers.common import within

_FIGURES = ("population", "households", "latitude", "longitude")
_KEPT = ("name", *_FIGURES)
_RIGHT = "registry.edit"


def may_import(person: Any) -> bool:
    """Tell whether a person may bring villages in somewhere."""
    return policies.may(person, "register.import") and policies.may(person, _RIGHT)


def seen_by(person: Any) -> QuerySet[Place]:
    """List the villages of today within the person's places, commune by commune."""
    found = units.now().filter(level=Level.VILLAGE)
    if person != "system":
        found = found.filter(policies.scope(person, "place.read", "path"))
    return found.select_related("parent").order_by("parent__sort_key", "parent_id", "sort_key", "pk")


def read(village: Place) -> Mapping[str, Any]:
    """Give a village's values by field name."""
    commune = village.parent
    return {
        "code": village.code,
        "name": village.name,
        "commune": commune.name if commune else "",
        "commune_code": commune.code if commune else "",
        "valid_from": village.valid_from,
        **{name: getattr(village, name) for name in _FIGURES},
    }


def plan(rows: Sequence[Row], by: Any, day: date) -> list[Plan]:
    """Plan some rows: a code or a name that is there means a change, another one a new village."""
    finder = shared(("places", day), lambda: PlaceFinder(day))
    communes = {
        row.number: finder.find(row.values["commune"], code=row.values["commune_code"], level=Level.COMMUNE)
        for row in rows
    }
    there = _There(rows, [found.place for found in communes.values() if found.place])
    seen: dict[str, int] = shared("villages seen", dict)
    plans = []
    for row in rows:
        found = communes[row.number]
        if found.place is None:
            plans.append(Plan(row, errors={"commune": found.problem}))
            continue
        made = _one(row, found.place, there, by, day)
        if made.key and seen.setdefault(made.key, row.number) != row.number:
            made = Plan(row, errors={"": _("Row %(row)s tells of the same village.") % {"row": seen[made.key]}})
        if found.warning and not made.errors:
            made.warnings = [found.warning]
        plans.append(made)
    return plans


class _There:
    """The villages that some rows may mean, read in two questions."""

    def __init__(self, rows: Sequence[Row], communes: Iterable[Place]) -> None:
        codes = [row.values["code"] for row in rows if row.values["code"]]
        villages = units.now().filter(level=Level.VILLAGE).select_related("parent")
        self.by_code = {village.code: village for village in held(villages.filter(code__in=codes))}
        # A code may be taken by any unit that still lasts or is yet to come.
        self.taken = set(Place.objects.filter(code__in=codes, valid_to=None).values_list("code", flat=True))
        self.by_name: dict[tuple[int, str], list[Place]] = defaultdict(list)
        names = [row.values["name"] for row in rows]
        written = {fold(name) for name in names} | {typed.take_apart(name).whole for name in names}
        for village in held(villages.filter(parent__in={commune.pk for commune in communes}, folded__in=written)):
            self.by_name[village.parent_id or 0, typed.take_apart(village.name).whole].append(village)

    def means(self, row: Row, commune: Place) -> Place | None:
        """Give the village that a row is about, by its code, else by its name in its commune."""
        if row.values["code"]:
            return self.by_code.get(row.values["code"])
        same = self.by_name[commune.pk, typed.take_apart(row.values["name"]).whole]
        return same[0] if len(same) == 1 else None

    def same_name(self, row: Row, commune: Place) -> Place | None:
        """Give a village of the same name in the commune, whatever its code."""
        same = self.by_name[commune.pk, typed.take_apart(row.values["name"]).whole]
        return same[0] if same else None


def _one(row: Row, commune: Place, there: _There, by: Any, day: date) -> Plan:
    village = there.means(row, commune)
    errors = _wrong_figures(row)
    if by != "system" and not policies.may(by, _RIGHT, commune):
        errors["commune"] = _("%(name)s lies outside the area that you look after.") % {"name": commune.name}
    if village is None:
        return _new(row, commune, there, day, errors)
    if village.parent_id != commune.pk:
        words = {"code": village.code, "name": village.name, "commune": village.parent.name if village.parent else ""}
        errors["code"] = _("The code %(code)s is that of %(name)s in %(commune)s.") % words
    elif fold(village.name) != fold(row.values["name"]):
        words = {"code": village.code, "name": village.name}
        errors["name"] = _("The village %(code)s is called %(name)s. A new name is a dated change of units.") % words
    if row.values["valid_from"] not in {None, village.valid_from}:
        errors["valid_from"] = _("%(name)s exists since %(day)s; a file doesn't change that.") % {
            "name": village.name,
            "day": f"{village.valid_from:%d/%m/%Y}",
        }
    if errors:
        return Plan(row, errors=errors)
    return _changed(row, village)


def _wrong_figures(row: Row) -> dict[str, str]:
    errors = {}
    latitude, longitude = row.values["latitude"], row.values["longitude"]
    if latitude is not None and not -90 <= latitude <= 90:
        errors["latitude"] = _("A latitude lies between −90 and 90 degrees.")
    if longitude is not None and not -180 <= longitude <= 180:
        errors["longitude"] = _("A longitude lies between −180 and 180 degrees.")
    if (latitude is None) != (longitude is None) and {"latitude", "longitude"} <= row.values.keys():
        errors["longitude" if longitude is None else "latitude"] = _("Give both the latitude and the longitude.")
    if (row.values["households"] or 0) > (row.values["population"] or 0) and row.values["population"] is not None:
        errors["households"] = _("There are more households than people.")
    return errors


def _new(row: Row, commune: Place, there: _There, day: date, errors: dict[str, str]) -> Plan:
    code = row.values["code"]
    if not code:
        errors["code"] = _("A new village needs a code; no village of this name is there.")
    elif code in there.taken:
        errors["code"] = _("The code %(code)s is that of another unit.") % {"code": code}
    elif (same := there.same_name(row, commune)) is not None:
        words = {"name": same.name, "code": same.code}
        errors["name"] = _("%(name)s is there already with the code %(code)s.") % words
    since = row.values["valid_from"] or max(day, commune.valid_from)
    if since < commune.valid_from:
        words = {"name": commune.name, "day": f"{commune.valid_from:%d/%m/%Y}"}
        errors["valid_from"] = _("%(name)s exists since %(day)s; a village in it cannot be older.") % words
    elif since > clock.today():
        errors["valid_from"] = _("The day lies in the future.")
    if errors:
        return Plan(row, errors=errors)
    village = Place(
        code=code,
        name=row.values["name"],
        level=Level.VILLAGE,
        parent=commune,
        valid_from=since,
        **{name: row.values[name] for name in _FIGURES},
    )
    return Plan(row, village, is_new=True, now=_told(village), where=[commune.pk])


def _changed(row: Row, village: Place) -> Plan:
    new = {name: row.values[name] for name in _KEPT if name in row.values}
    was = {name: getattr(village, name) for name in new if getattr(village, name) != new[name]}
    if not was:
        return Plan(row, key=str(village.pk))
    for name in was:
        setattr(village, name, new[name])
    return Plan(row, village, key=str(village.pk), was=was, now={name: new[name] for name in was})


def _told(village: Place) -> dict[str, Any]:
    return {name: getattr(village, name) for name in _KEPT}


def write(plans: Sequence[Plan], by: Any) -> list[Written]:
    """Write new villages, and what changed of others."""
    places.create_rows([plan.record for plan in plans if plan.is_new])
    changed = [plan.record for plan in plans if not plan.is_new]
    _save(changed)
    return [Written(str(plan.record.pk), plan.is_new, plan.was, plan.now) for plan in plans]


def _save(villages: Sequence[Place]) -> None:
    for village in villages:
        village.index_name()
    Place.objects.bulk_update(villages, [*_KEPT, "folded", "sort_key"], batch_size=200)


def _remove(villages: Sequence[Place]) -> None:
    """Delete new villages, or raise Blocked where something hangs on one."""
    if _hangs([village.pk for village in villages]):
        for village in villages:
            if names := _hangs([village.pk]):
                words = {"name": village.name, "records": ", ".join(names)}
                raise Blocked(str(village.pk), _("Records hang on %(name)s since: %(records)s.") % words)
    new = Place.objects.filter(pk__in=[village.pk for village in villages])
    new.update(current=None)
    new.delete()


def _hangs(idents: Sequence[int]) -> list[str]:
    names = [str(one.name) for one in units.hanging_on(idents)]
    if Succession.objects.filter(predecessor__in=idents).exists() or Place.objects.filter(parent__in=idents).exists():
        names.append(_("links to successors"))
    if AreaLabel.objects.filter(place__in=idents).exists():
        names.append(_("labels of areas"))
    return names


VILLAGES = Register(
    kind="thon",
    title=gettext_lazy("Villages and residential groups"),
    fields=[
        Field(
            "code",
            gettext_lazy("Village code"),
            ["mã thôn", "mã", "mã tdp", "mã đơn vị", "mã thôn, tổ dân phố"],
            max_length=20,
            help=gettext_lazy("Needed for a new village; of one that is there the name is enough."),
            example="18196-99",
        ),
        Field(
            "name",
            gettext_lazy("Village or residential group"),
            ["tên thôn", "thôn", "tên tdp", "tổ dân phố", "tên đơn vị"],
            required=True,
            max_length=120,
            example="Thôn Ví Dụ",
        ),
        Field(
            "commune",
            gettext_lazy("Commune or ward"),
            ["tên xã", "xã", "phường", "xã phường", "xã phường thị trấn"],
            required=True,
            max_length=200,
            example="Xã Sơn Kim 1",
            help=gettext_lazy("The name on the day of the file; the district in brackets where two have one name."),
        ),
        Field(
            "commune_code",
            gettext_lazy("Commune code"),
            ["mã xã", "mã phường", "mã xã phường"],
            max_length=20,
            example="18196",
        ),
        Field(
            "population",
            gettext_lazy("Population"),
            ["dân số", "số nhân khẩu", "nhân khẩu", "số người"],
            kind="whole",
            example="620",
        ),
        Field("households", gettext_lazy("Households"), ["số hộ", "hộ", "số hộ dân"], kind="whole", example="170"),
        Field(
            "latitude",
            gettext_lazy("Latitude"),
            ["vĩ độ", "vd", "lat"],
            kind="number",
            example="18,42153",
            help=gettext_lazy("In degrees, of the middle of the village."),
        ),
        Field(
            "longitude", gettext_lazy("Longitude"), ["kinh độ", "kd", "lon", "lng"], kind="number", example="105,18042"
        ),
        Field(
            "valid_from",
            gettext_lazy("Exists since"),
            ["có từ ngày", "ngày thành lập", "hiệu lực từ"],
            kind="date",
            help=gettext_lazy("Of a new village; left empty, it is the day whose unit names the file uses."),
            example="01/07/2025",
        ),
    ],
    may_import=may_import,
    rows=seen_by,
    read=read,
    plan=plan,
    write=write,
    kept=Kept(
        about=lambda village: Ref("place", str(village.pk)),
        verbs=["places.village_described", "places.changed", "places.change_undone"],
        records=lambda: Place.objects.select_related("parent"),
        told=_told,
        put_back=put_back(),
        save=_save,
        remove=_remove,
        inside=within("path"),
        gone=gettext_lazy("The village is no longer there."),
        grown=lambda village, one: village.valid_to is not None,
    ),
    key_of=lambda row: row.values["code"] or "",
    page="places:places",
)

"""How rows of a file become members of a network: planned in few questions, written in few statements, taken back."""

from collections import defaultdict
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import BooleanField, Case, Q, QuerySet, Value, When
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from coso.kit import clock
from coso.kit.refs import Ref
from coso.kit.text import fold
from coso.organizations import policies, queries, rules
from coso.organizations.actions import MemberTold, networks
from coso.organizations.models import NetworkMember, Organization, ReporterLevel
from coso.organizations.rules import Network
from coso.places import queries as units
from coso.places.models import LabelFamily, LabelKind, Level, Place
from coso.places.queries import PlaceFinder
from coso.registers.ports import Kept, Plan, Row, Written, held, remove, shared

OWN = {
    Network.COMMUNICATORS: "duty",
    Network.REPORTERS: "level",
    Network.INFORMATION_OFFICERS: "organization",
}
_LEVELS = {
    ReporterLevel.CENTRAL.value: Level.PROVINCE,
    ReporterLevel.PROVINCE.value: Level.PROVINCE,
    ReporterLevel.DISTRICT.value: Level.DISTRICT,
    ReporterLevel.COMMUNE.value: Level.COMMUNE,
}


@dataclass
class Draft:
    """A member as a row tells of it, with the areas and languages that a row of the table cannot hold."""

    member: NetworkMember
    areas: list[int]
    languages: list[str]


@dataclass
class _Read:
    """What a row was understood to say, or the sentences by field that say why not."""

    told: MemberTold | None = None
    errors: dict[str, str] = field(default_factory=dict)
    warnings: list[str] = field(default_factory=list)


def seen_by(network: Network, person: Any) -> QuerySet[NetworkMember]:
    """List the members within a person's places; `phone_open` tells whether the telephone may be given out."""
    if person == "system":
        return queries.members(network).order_by("place__sort_key", "sort_key", "pk")
    may = When(policies.scope(person, "network.edit", "place__path"), then=Value(True))
    opened = Case(may, default=Value(False), output_field=BooleanField())
    rows = queries.members_seen_by(person, network).annotate(phone_open=opened)
    return rows.order_by("place__sort_key", "sort_key", "pk")


def read(member: NetworkMember) -> Mapping[str, Any]:
    """Give a member's values by field name, by the units of today: so they are found when the file comes in again."""
    place = member.place.current or member.place
    areas = sorted({area.current or area for area in member.areas.all()}, key=lambda area: (area.sort_key, area.pk))
    own = {name: getattr(member, name) for name in ("duty", "level") if hasattr(member, name)}
    if hasattr(member, "organization"):
        own["organization"] = member.organization.name if member.organization else ""
    return {
        "full_name": member.full_name,
        "phone": member.phone if getattr(member, "phone_open", True) else "",
        "commune": place.name,
        "commune_code": place.code,
        "areas": [area.name for area in areas if area.pk != place.pk],
        "languages": [language.code for language in member.languages.all()],
        "decision": member.decision,
        "decided_on": member.decided_on,
        "ended_on": member.ended_on,
        **own,
    }


def plan(network: Network, rows: Sequence[Row], by: Any, day: date) -> list[Plan]:
    """Plan some rows: name and telephone that a member of the place has mean a change, others a new member."""
    reader = _Reader(network, by, day)
    found = [reader.read(row) for row in rows]
    there = _There(network, [one.told.place for one in found if one.told])
    seen: dict[Hashable, int] = shared(("seen", network), dict)
    for row, one in zip(rows, found, strict=True):
        _refuse_double(row, one, seen)
    return [_one(network, row, one, there) for row, one in zip(rows, found, strict=True)]


def _refuse_double(row: Row, found: _Read, seen: dict[Hashable, int]) -> None:
    """Refuse a second row of the file about somebody who serves at the same place."""
    told = found.told
    if told is None or told.ended_on is not None:
        return
    who = (told.place.pk, fold(told.full_name), rules.phone_of(told.phone))
    first = seen.setdefault(who, row.number)
    if first != row.number:
        found.told = None
        found.errors[""] = _("Row %(row)s tells of the same person.") % {"row": first}


class _Reader:
    """Understands rows: looks units, languages and bodies up, all of them in a handful of questions."""

    def __init__(self, network: Network, by: Any, day: date) -> None:
        self.network, self.by = network, by
        self.finder = shared(("places", day), lambda: PlaceFinder(day))
        self.province = shared("province", units.province)
        self.languages = shared("languages", lambda: LabelKind.objects.in_bulk())
        self.bodies: dict[str, Organization] = shared(("bodies", day), lambda: _bodies(day))
        self._may: dict[int, bool] = {}

    def read(self, row: Row) -> _Read:
        """Give what one row says."""
        found = _Read()
        place, then = self._place(row, found)
        areas = self._areas(row, then, found) if then is not None else []
        body = self._body(row, found)
        if place is None or found.errors:
            return found
        own = {OWN[self.network]: row.values.get(OWN[self.network]) or ""} if body is None else {"organization": body}
        found.told = MemberTold(
            full_name=row.values["full_name"],
            phone=row.values["phone"] or "",
            place=place,
            areas=areas,
            languages=[self.languages[code] for code in row.values["languages"] or []],
            decision=row.values["decision"],
            decided_on=row.values["decided_on"],
            ended_on=row.values["ended_on"],
            **({} if self.network == Network.INFORMATION_OFFICERS and body is None else own),
        )
        return found

    def _place(self, row: Row, found: _Read) -> tuple[Place | None, Place | None]:
        """Give the unit whose member it is: of today, and as the file names it."""
        level = _LEVELS.get(row.values.get("level") or "", Level.COMMUNE)
        if level == Level.PROVINCE:
            return self._allowed(self.province, found), self.province
        unit = self.finder.find(row.values["commune"], code=row.values["commune_code"], level=level)
        if level == Level.DISTRICT and unit.then is not None:
            # A district has no heir: its reporters are history, and stay with it.
            return self._allowed(unit.then, found), unit.then
        if unit.place is None:
            found.errors["commune"] = unit.problem
            return None, None
        found.warnings += [unit.warning] if unit.warning else []
        return self._allowed(unit.place, found), unit.then

    def _allowed(self, place: Place, found: _Read) -> Place:
        if place.pk not in self._may:
            self._may[place.pk] = self.by == "system" or policies.may(self.by, "network.edit", place)
        if not self._may[place.pk]:
            words = _("%(name)s lies outside the area that you look after.")
            found.errors["commune"] = words % {"name": place.name}
        return place

    def _areas(self, row: Row, then: Place, found: _Read) -> list[Place]:
        level = Level.COMMUNE if then.level == Level.PROVINCE else Level.VILLAGE
        areas = []
        for name in row.values["areas"] or []:
            unit = self.finder.find(name, level=level, parent=then)
            if unit.place is None:
                found.errors["areas"] = unit.problem
            else:
                areas.append(unit.place)
        return areas

    def _body(self, row: Row, found: _Read) -> Organization | None:
        typed = row.values.get("organization")
        if self.network != Network.INFORMATION_OFFICERS or not typed:
            return None
        body = self.bodies.get(fold(typed))
        if body is None:
            found.errors["organization"] = _("No body is called “%(name)s” on the day of the file.") % {"name": typed}
        return body


def _bodies(day: date) -> dict[str, Organization]:
    """Map the folded names and codes of a day to the bodies of today that hold what was theirs."""
    heirs, today = queries.heirs_on(clock.today()), Organization.objects.in_bulk()
    found: dict[str, Organization] = {}
    for body in queries.organizations_on(day):
        heir = today.get(heirs.get(body.pk) or 0)
        if heir is not None:
            found |= {fold(text): heir for text in (body.short_name, body.code, body.name) if text}
    return found


class _There:
    """The members of some places, and of those that were merged into them, by name and telephone."""

    def __init__(self, network: Network, places: Sequence[Place]) -> None:
        ids = {place.pk for place in places}
        # As whoever enters one member holds his place.
        list(held(Place.objects.filter(pk__in=ids)))
        self.by_name: dict[tuple[int, str], list[NetworkMember]] = defaultdict(list)
        self.serving: dict[int, list[NetworkMember]] = defaultdict(list)
        for member in held(queries.members(network).filter(Q(place__current__in=ids) | Q(place__in=ids))):
            self.by_name[member.place.current_id or member.place_id, fold(member.full_name)].append(member)
        for member in networks.serving_at(network, places).select_related("place"):
            self.serving[member.place.current_id or member.place_id].append(member)

    def beside(self, member: NetworkMember) -> Sequence[NetworkMember]:
        """List who serves at a member's place, as it stands before the file."""
        return self.serving[member.place.current_id or member.place_id]

    def means(self, told: MemberTold) -> NetworkMember | None:
        """Give the member that a row is about: the one who serves first, else the one with that decision."""
        phone = rules.phone_of(told.phone) or ""
        same = [one for one in self.by_name[told.place.pk, fold(told.full_name)] if one.phone in {phone, ""}]
        same.sort(key=lambda one: (one.phone != phone, one.ended_on is not None, -one.pk))
        return next((one for one in same if one.ended_on is None or one.decision == told.decision), None)


def _one(network: Network, row: Row, found: _Read, found_there: _There) -> Plan:
    told = found.told
    if told is None:
        return Plan(row, errors=found.errors)
    there = found_there.means(told)
    before = _told(there) if there is not None else {}
    member = there or queries.MODELS[network]()
    _set(member, told, row, is_new=there is None)
    after = _told(member, told, row if there is not None else None)
    wrong = networks.member_faults(member, network, told)
    # Who stood there already with this name and number, stands.
    comes = there is None or any(before[name] != after[name] for name in ("full_name", "phone", "ended_on"))
    if comes and not wrong:
        wrong = networks.standing_faults(member, network, found_there.beside(member))
    if wrong:
        return Plan(row, errors={_column(name): lines[0] for name, lines in wrong.items()})
    draft = Draft(member, after["areas"], after["languages"])
    if there is None:
        return Plan(row, draft, is_new=True, now=after, warnings=found.warnings, where=[told.place.pk])
    was = {name: before[name] for name in after if before[name] != after[name]}
    if not was:
        return Plan(row, key=str(there.pk), warnings=found.warnings)
    now = {name: after[name] for name in was}
    return Plan(row, draft, key=str(there.pk), was=was, now=now, warnings=found.warnings)


def _column(name: str) -> str:
    return {"place": "commune", "person": "full_name"}.get(name, name)


def _set(member: NetworkMember, told: MemberTold, row: Row, *, is_new: bool) -> None:
    """Set what a row tells; a column that the file lacks leaves a member who is there as he is."""
    member.full_name = told.full_name
    if is_new:
        member.place = told.place
    for name in ("decision", "decided_on", "ended_on", "duty", "level", "organization"):
        if hasattr(type(member), name) and (is_new or name in row.values):
            setattr(member, name, getattr(told, name))
    if is_new or "phone" in row.values:
        member.phone = rules.phone_of(told.phone) or ""
    member.index_name()


def _told(member: NetworkMember, told: MemberTold | None = None, row: Row | None = None) -> dict[str, Any]:
    """Give what is kept of a member, as JSON can hold it; areas and languages as `told`, where its row has them."""
    names = [name for name in ("duty", "level", "organization_id") if hasattr(member, name)]
    values: dict[str, Any] = {name: getattr(member, name) for name in ("full_name", "phone", "decision", *names)}
    values |= {name: _written(getattr(member, name)) for name in ("decided_on", "ended_on")}
    values["areas"] = sorted(area.pk for area in member.areas.all()) if member.pk else []
    if told is not None and (row is None or "areas" in row.values):
        wanted = {area.pk for area in told.areas} or {told.place.pk}
        # Areas of then that went into just these stay as they were recorded.
        held = {area.current_id or area.pk for area in member.areas.all()} if member.pk else set()
        values["areas"] = values["areas"] if held == wanted else sorted(wanted)
    if told is not None and (row is None or "languages" in row.values):
        values["languages"] = sorted(language.code for language in told.languages)
    else:
        values["languages"] = sorted(language.code for language in member.languages.all())
    return values


def _written(day: date | None) -> str | None:
    return day.isoformat() if day else None


def write(network: Network, plans: Sequence[Plan], by: Any) -> list[Written]:
    """Write new members, and what changed of others."""
    model = queries.MODELS[network]
    new = [plan.record for plan in plans if plan.is_new]
    changed = [plan.record for plan in plans if not plan.is_new]
    model._default_manager.bulk_create([draft.member for draft in new])
    _update(network, [draft.member for draft in changed])
    _link(network, [*new, *changed])
    return [Written(str(plan.record.member.pk), plan.is_new, plan.was, plan.now) for plan in plans]


def _update(network: Network, members: Sequence[NetworkMember]) -> None:
    fields = ["full_name", "phone", "decision", "decided_on", "ended_on", "folded", "sort_key", OWN[network]]
    queries.MODELS[network]._default_manager.bulk_update(members, fields, batch_size=200)


def _link(network: Network, drafts: Sequence[Draft]) -> None:
    """Set areas and languages of many members at once."""
    model = queries.MODELS[network]
    own = f"{model._meta.model_name}_id"
    ids = [draft.member.pk for draft in drafts]
    for name, column in (("areas", "place_id"), ("languages", "labelkind_id")):
        through = getattr(model, name).through
        through.objects.filter(**{f"{own}__in": ids}).delete()
        rows = [through(**{own: draft.member.pk, column: value}) for draft in drafts for value in getattr(draft, name)]
        through.objects.bulk_create(rows, batch_size=500)


def kept(network: Network) -> Kept:
    """Say how the members of a network are held and taken back."""
    inside = "place__path"
    return Kept(
        about=lambda member: Ref(str(network), str(member.pk)),
        verbs=[f"network.{network}_{what}" for what in ("edited", "ended", "resumed")],
        records=lambda: queries.members(network),
        told=_told,
        put_back=_back,
        save=lambda drafts: _save(network, drafts),
        remove=remove(queries.MODELS[network]),
        inside=lambda by: policies.scope(by, "register.import", inside) & policies.scope(by, "network.edit", inside),
        gone=gettext_lazy("The member is no longer there."),
        name=lambda member: member.full_name,
        grown=lambda member, one: one.is_new and bool(member.person_id or member.decision_sha256),
    )


def _save(network: Network, drafts: Sequence[Draft]) -> None:
    _update(network, [draft.member for draft in drafts])
    _link(network, drafts)


def _back(member: NetworkMember, was: Mapping[str, Any]) -> Draft:
    """Set what a change replaced."""
    told = _told(member)
    for name, value in was.items():
        if name in {"decided_on", "ended_on"}:
            setattr(member, name, date.fromisoformat(value) if value else None)
        elif name not in {"areas", "languages"}:
            setattr(member, name, value)
    member.index_name()
    return Draft(member, list(was.get("areas", told["areas"])), list(was.get("languages", told["languages"])))


def languages() -> list[tuple[str, str]]:
    """List the languages that a file may name."""
    return [(kind.code, kind.name) for kind in LabelKind.objects.filter(family=LabelFamily.LANGUAGE)]

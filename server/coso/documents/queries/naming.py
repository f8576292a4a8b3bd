"""What the names of units in a document stand for: bodies that were valid on its day of issue."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from coso.documents.models import Document, UnitKind
from coso.documents.rules.groups import Group, group_of
from coso.documents.rules.naming import Words, match, match_list, plain_words, without_title
from coso.kit import clock
from coso.kit.text import fold, squeeze
from coso.organizations.models import Organization
from coso.organizations.queries import heirs_on, organizations_on
from coso.places import queries as places
from coso.places.models import Level, Place

LONGEST = 300
_ROLES = {"tasks": ("lead", "coordinating", "implementing"), "duties": ("unit", "coordinating")}


def names_in(structure: dict[str, Any]) -> dict[str, str]:
    """Give the names of units in a document by their folded form, in its order: who does it, then who gets it."""
    found: dict[str, str] = {}
    for name in _names(structure):
        written = squeeze(name)[:LONGEST]
        # "Lưu: VT" names a shelf.
        if written and not fold(written).startswith("luu:"):
            found.setdefault(fold(written)[:LONGEST], written)
    return found


def _names(structure: dict[str, Any]) -> Iterator[str]:
    for key, roles in _ROLES.items():
        for row in structure.get(key, []):
            for role in roles:
                yield from row.get(role) or []
    yield from structure.get("recipients") or []


@dataclass(frozen=True)
class Meaning:
    """What a name stands for: the kind, and the ids of the bodies."""

    kind: UnitKind
    bodies: tuple[int, ...] = ()


class Naming:
    """Reads names as a document of one day and one issuer means them; the bodies of that day are read once."""

    def __init__(self, day: date | None, issuer: str) -> None:
        self.day = day or clock.today()
        self.issuer = issuer

    @cached_property
    def _bodies(self) -> list[Organization]:
        return list(organizations_on(self.day).select_related("place"))

    @cached_property
    def _known(self) -> list[tuple[int, Words]]:
        return [(body.pk, plain_words(name)) for body in self._bodies for name in (body.name, body.short_name) if name]

    @cached_property
    def _home(self) -> Words:
        """The words of the province's name with its level: ("tinh", "ha", "tinh")."""
        found = (
            Place.objects.filter(level=Level.PROVINCE).order_by("-valid_from").values_list("name", flat=True).first()
        )
        return plain_words(found or "")

    @cached_property
    def is_foreign(self) -> bool:
        """Whether the issuer belongs to another province: its "Sở Tài chính" is not ours."""
        city = re.search(r"\bthanh pho (?!tinh\b)(\w.+)", fold(self.issuer))
        if city and not Place.objects.filter(folded=f"thanh pho {city[1]}").exists():
            return True
        said = plain_words(self.issuer)
        names_one = "tinh" in said and said[-1:] != ("tinh",)
        home = self._home
        holds = any(said[i : i + len(home)] == home for i in range(len(said)))
        return names_one and not holds and not match(self.issuer, self._known, home)

    def body(self, name: str) -> int | None:
        """Give the one body that a name surely means."""
        found = match(without_title(name), self._known, self._home)
        return found[0] if len(found) == 1 else None

    def meaning(self, name: str) -> Meaning:
        """Propose what a name stands for."""
        if self.is_foreign:
            return Meaning(UnitKind.UNKNOWN)
        body = self.body(name)
        if body is not None:
            return Meaning(UnitKind.BODY, (body,))
        group = group_of(name)
        if group is not None:
            return self._group(group)
        parts = [part.strip() for part in without_title(name).split(",")]
        listed = match_list(parts, self.body) if len(parts) > 1 else None
        return Meaning(UnitKind.GROUP, tuple(dict.fromkeys(listed))) if listed else Meaning(UnitKind.UNKNOWN)

    def _group(self, group: Group) -> Meaning:
        if group.sectors:
            found = match_list(group.sectors, self.body, "Sở")
            return Meaning(UnitKind.GROUP if found else UnitKind.UNKNOWN, tuple(dict.fromkeys(found or ())))
        # "các sở, ngành liên quan": the document leaves open which, and so do we.
        members = () if group.is_open else tuple(body.pk for body in self._members(group))
        return Meaning(UnitKind.GROUP, members)

    def _members(self, group: Group) -> list[Organization]:
        found = [body for body in self._bodies if _belongs(body, group)]
        if not found and "commune_authority" in group.kinds:
            # Of the communes before the reform no committees are kept: those that hold their duties today stand for
            # them.
            found = [body for body in Naming(clock.today(), self.issuer)._bodies if body.kind == "commune_authority"]
        return sorted(found, key=lambda body: body.sort_key)


def _belongs(body: Organization, group: Group) -> bool:
    if group.beginnings:
        words = plain_words(body.name)
        return any(words[: len(start)] == start for start in group.beginnings)
    if body.kind not in group.kinds:
        return False
    unit = " ".join(plain_words(body.place.name)) if body.place is not None else ""
    if group.units and not any(unit.startswith(f"{one} ") for one in group.units):
        return False
    return not group.places or any(unit.endswith(f" {one}") for one in group.places)


def naming_of(document: Document) -> Naming:
    """Read names as a document means them."""
    return Naming(document.issued_on, document.issuer)


class Successors:
    """Which bodies of today hold the duties of others, read once for many of them."""

    @cached_property
    def _heirs(self) -> dict[int, int | None]:
        return heirs_on(clock.today())

    @cached_property
    def _units(self) -> dict[int, list[int]]:
        return places.all_successors(clock.today())

    @cached_property
    def _today(self) -> dict[int, Organization]:
        return {body.pk: body for body in organizations_on(clock.today())}

    @cached_property
    def _committees(self) -> dict[int, Organization]:
        return {
            body.place_id: body
            for body in self._today.values()
            if body.place_id is not None and body.kind.endswith("_authority")
        }

    def of(self, body: Organization) -> list[Organization]:
        """Give who holds today what was a body's: itself, what followed it, of a district its communes' committees."""
        today = self._today
        heir = self._heirs.get(body.pk)
        if heir is not None:
            return [today[heir]] if heir in today else []
        if body.place_id is None or not body.kind.endswith("_authority"):
            return []
        return [self._committees[unit] for unit in self._units.get(body.place_id, []) if unit in self._committees]

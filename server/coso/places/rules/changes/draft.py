"""A plan while it is made, with the faults found on the way."""

from datetime import date
from typing import Any

from coso.places.rules.changes.faults import Fault, Note, Said, Unfit, What
from coso.places.rules.changes.plans import Link, New, Plan
from coso.places.rules.changes.tree import LEVELS, Tree, Unit


class Draft:
    """A plan that grows, and the faults found on the way."""

    def __init__(self, from_on: date, tree: Tree) -> None:
        self.from_on, self.tree = from_on, tree
        self.ends: list[int] = []
        self.begins: list[New] = []
        self.links: list[Link] = []
        self.about: list[int] = []
        self.leads: list[int] = []
        self.notes: list[Note] = []
        self.faults: list[Fault] = []

    def fault(self, what: What, field: str = "", **about: Any) -> None:
        """Note a fault."""
        fault = Fault(what, field, **about)
        if fault not in self.faults:
            self.faults.append(fault)

    def usable(self, ident: int, field: str) -> Unit | None:
        """Give a unit that begins before the day and that nothing ends; else note why not."""
        unit = self.tree.get(ident)
        if unit is None:
            self.fault(What.MISSING, field)
        elif unit.ends is not None and unit.ends < self.from_on:
            self.fault(What.GONE, field, name=unit.name, day=unit.ends)
        elif unit.ends is not None:
            self.fault(What.ENDS_LATER, field, name=unit.name, day=unit.ends)
        elif unit.begins == self.from_on:
            self.fault(What.SAME_DAY, "from_on", name=unit.name, day=unit.begins)
        elif unit.begins > self.from_on:
            self.fault(What.NOT_YET, "from_on", name=unit.name, day=unit.begins)
        else:
            return unit
        return None

    def changed(self, ident: int, field: str) -> Unit | None:
        """Give a unit that may be changed: usable, and not the province."""
        unit = self.usable(ident, field)
        if unit is not None and unit.level == LEVELS[0]:
            self.fault(What.PROVINCE, field, name=unit.name)
            return None
        return unit

    def end(self, unit: Unit, *, named: bool = False) -> None:
        """Let a unit end."""
        self.ends.append(unit.id)
        if named:
            self.about.append(unit.id)

    def begin(self, *, named: bool = False, **told: Any) -> int:
        """Let a unit begin; give its key."""
        key = len(self.begins)
        self.begins.append(New(key=key, **told))
        if named:
            self.leads.append(key)
        return key

    def carry(
        self,
        unit: Unit,
        *,
        parent: int | None = None,
        parent_key: int | None = None,
        name: str = "",
        named: bool = False,
    ) -> int:
        """Let a unit go on, with all that lies under it, under another parent; give the key of its new row."""
        self.end(unit, named=named)
        told = kept(unit) | ({"name": name} if name else {})
        key = self.begin(named=named, parent=parent, parent_key=parent_key, **told)
        self.links.append(Link(unit.id, key))
        self.carry_below(unit, key)
        return key

    def carry_below(self, unit: Unit, key: int) -> None:
        """Let all that lies under a unit go on under the new one."""
        for child in self.below(unit):
            self.carry(child, parent_key=key)

    def below(self, unit: Unit) -> list[Unit]:
        """List the usable units under one; note those that are not."""
        lying = self.tree.below(unit.id, self.from_on)
        return [child for child in lying if self.usable(child.id, "") is not None]

    def named(self, name: str, field: str) -> str:
        """Look at a name that was typed."""
        if not name:
            self.fault(What.NO_NAME, field)
        return name

    def coded(self, code: str, field: str) -> str:
        """Look at a code that was typed: no unit that goes on may bear it. Call it when all that ends is known."""
        if not code:
            self.fault(What.NO_CODE, field)
        ending = set(self.ends)
        for unit in self.tree.units.values():
            lasts = unit.ends is None or unit.ends >= self.from_on
            if code and unit.code == code and unit.id not in ending and lasts:
                self.fault(What.CODE_IN_USE, field, name=unit.name, value=code)
        return code

    def done(self) -> Plan:
        """Give the plan. Raise Unfit when a fault was found."""
        if self.faults:
            raise Unfit(*self.faults)
        self._look_for_namesakes()
        return Plan(
            self.from_on,
            tuple(self.ends),
            tuple(self.begins),
            tuple(self.links),
            tuple(self.about),
            tuple(self.leads),
            tuple(self.notes),
        )

    def _look_for_namesakes(self) -> None:
        ending = set(self.ends)
        for key in self.leads:
            new = self.begins[key]
            for unit in self.tree.units.values():
                lasts = unit.ends is None or unit.ends >= self.from_on
                if lasts and unit.id not in ending and (unit.level, unit.name) == (new.level, new.name):
                    above = self.tree.get(unit.parent)
                    # A Thôn 1 in another commune is no surprise.
                    if new.level != LEVELS[-1] or unit.parent == new.parent:
                        where = above.name if above else ""
                        self.notes.append(Note(Said.OTHER_OF_NAME, unit.name, where, unit.begins))


def kept(unit: Unit) -> dict[str, Any]:
    """Give what a unit takes along when only its name or its parent changes."""
    return {
        "code": unit.code,
        "name": unit.name,
        "level": unit.level,
        "population": unit.population,
        "households": unit.households,
        "area_km2": unit.area_km2,
        "latitude": unit.latitude,
        "longitude": unit.longitude,
        "is_sample": unit.is_sample,
    }

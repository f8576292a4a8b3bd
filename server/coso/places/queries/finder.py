"""Finding the unit that a file means: by code or by name, among the units of the file's day."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from rapidfuzz import fuzz, process

from coso.kit import clock
from coso.places.models import Level, Place, Succession
from coso.places.queries.units import at
from coso.places.rules import typed
from coso.places.rules.typed import Name

_NEAR = 75
_MOST_NAMED = 3
_CODE_LENGTHS = {Level.PROVINCE: 2, Level.DISTRICT: 3, Level.COMMUNE: 5}


@dataclass(frozen=True)
class Found:
    """What a cell means: a unit of today, or the sentence that says why none."""

    place: Place | None = None
    """The unit of today; None when there is a problem."""
    then: Place | None = None
    """The unit of the file's day; the same row while the unit lasts."""
    problem: str = ""
    warning: str = ""
    """What a person should know although a unit was found: it ended, or it was divided."""


class PlaceFinder:
    """Find many units by what a file says of them, with a handful of questions to the database for all.

    `day` is the day whose unit names the file uses; `within` keeps the answers inside one unit of today. The units
    found have their `parent` at hand. A finder lives as long as one import: it does not see later changes.
    """

    def __init__(self, day: date, within: Place | None = None) -> None:
        self.day, self.within = day, within
        self._by_id: dict[int, Place] = {}
        self._levels: dict[str, list[Place]] = {}
        self._names: dict[int, Name] = {}
        self._by_code: dict[tuple[str, str], Place] = {}
        self._by_bare: dict[tuple[str, str], list[Place]] = defaultdict(list)
        self._by_whole: dict[tuple[str, str], list[Place]] = defaultdict(list)
        self._heirs: dict[int, list[int]] | None = None
        self._others: dict[Level, list[tuple[Name, Place]]] = {}

    def find(self, name: object = "", *, level: Level | str, parent: Place | None = None, code: object = "") -> Found:
        """Find the unit of a level that a name or a code (or both, then both must fit) means.

        `parent` is a unit of the file's day or of today in which it must lie. The answer is a `Found`; look at its
        `problem` first.
        """
        level = Level(level)
        self._load(level)
        given, number = str(name or "").strip(), str(code or "").strip()
        if not number and given.isascii() and given.isdigit() and level != Level.VILLAGE:
            given, number = "", given
        if not given and not number:
            return Found(problem=_("No unit is named."))
        if number:
            return self._by_its_code(number, given, level, parent)
        return self._by_its_name(given, level, parent)

    def _by_its_code(self, number: str, given: str, level: Level, parent: Place | None) -> Found:
        long = number.zfill(_CODE_LENGTHS.get(level, 0))
        unit = self._by_code.get((level, number)) or self._by_code.get((level, long))
        words = {"code": number, "day": self._day}
        if unit is None:
            return Found(problem=_("No unit has the code %(code)s on %(day)s.") % words)
        if given and not typed.read(given).name.means(self._name(unit)):
            words |= {"name": unit.name, "given": given}
            return Found(
                problem=_("On %(day)s the code %(code)s is that of %(name)s, not of “%(given)s”.") % words, then=unit
            )
        if parent is not None and not _lies_in(unit, parent):
            words |= {"name": unit.name, "parent": parent.name}
            return Found(problem=_("%(name)s (%(code)s) does not lie in %(parent)s.") % words, then=unit)
        return self._today(unit)

    def _by_its_name(self, given: str, level: Level, parent: Place | None) -> Found:
        asked = typed.read(given)
        same = [unit for unit in self._called(asked.name, level) if parent is None or _lies_in(unit, parent)]
        fit, unknown = self._with_above(same, asked.above)
        if len(fit) == 1:
            found = self._today(fit[0])
            if not unknown or found.problem:
                return found
            words = _("“%(above)s” was no unit on %(day)s and was not looked at.")
            said = words % {"above": unknown, "day": self._day}
            return Found(found.place, found.then, warning=f"{found.warning} {said}".strip())
        about = {"given": given, "day": self._day, "names": self._listed(fit or same)}
        if len(fit) > 1:
            several = _(
                "Several units were called “%(given)s” on %(day)s: %(names)s. Write the unit above it, or the code."
            )
            return Found(problem=several % about)
        if same:
            other = _("On %(day)s “%(given)s” is none of the units of that name: %(names)s.")
            return Found(problem=other % about)
        return Found(problem=self._unknown(given, asked.name, level, parent))

    def _called(self, name: Name, level: Level) -> list[Place]:
        exact = self._by_whole.get((level, name.whole))
        if exact:
            return exact
        return [unit for unit in self._by_bare.get((level, name.bare), []) if name.means(self._name(unit))]

    def _with_above(self, units: list[Place], above: Sequence[Name]) -> tuple[list[Place], str]:
        """Keep the units that lie in all that was added in brackets.

        What no unit of the day is called does not narrow the choice; it is given back, to be told.
        """
        unknown = ""
        for hint in above:
            fit = [unit for unit in units if any(hint.means(self._name(over)) for over in self._over(unit))]
            if fit or self._is_known(hint):
                units = fit
            else:
                unknown = hint.written
        return units, unknown

    def _is_known(self, hint: Name) -> bool:
        levels = [level for level in Level if level in self._levels and level != Level.VILLAGE]
        return any(self._called(hint, level) for level in levels)

    def _over(self, unit: Place) -> Iterable[Place]:
        while unit.parent_id is not None and unit.parent_id in self._by_id:
            unit = self._by_id[unit.parent_id]
            yield unit

    def _today(self, unit: Place) -> Found:
        """Lead a unit of the file's day to the one of today that its records belong to."""
        today = clock.today()
        if unit.is_valid_on(today):
            return Found(unit, unit)
        words = {"name": unit.name, "day": _written(unit.valid_to or unit.valid_from)}
        here = self._by_id.get(unit.current_id or 0)
        if here is None:
            problem = _("%(name)s existed until %(day)s, and what followed it is not known. Name the unit of today.")
            return Found(problem=problem % words, then=unit)
        words["now"] = here.name
        parts = self._parts(unit, today)
        if len(parts) > 1:
            words["names"] = ", ".join(sorted(parts))
            warning = _(
                "%(name)s was divided after %(day)s into %(names)s; this row goes to %(now)s unless you change it."
            )
        else:
            warning = _("%(name)s existed until %(day)s; this row goes to %(now)s.")
        return Found(here, unit, warning=warning % words)

    def _parts(self, unit: Place, today: date) -> set[str]:
        """Name every unit of today into which a unit went, whole or in part."""
        if self._heirs is None:
            self._heirs = defaultdict(list)
            for old, new in Succession.objects.values_list("predecessor_id", "successor_id"):
                self._heirs[old].append(new)
        found: set[str] = set()
        seen: set[int] = set()
        frontier = [unit.pk]
        while frontier:
            ident = frontier.pop()
            if ident in seen:
                continue
            seen.add(ident)
            one = self._by_id.get(ident)
            if one is not None and one.is_valid_on(today):
                found.add(one.name)
            else:
                frontier.extend(self._heirs.get(ident, []))
        return found

    def _unknown(self, given: str, name: Name, level: Level, parent: Place | None) -> str:
        """Say that no unit is called so, and what was perhaps meant."""
        words = {"given": given, "day": self._day, "parent": parent.name if parent else ""}
        other = self._of_other_times(name, level, parent)
        if other is not None:
            words |= {"name": other.name, "from": _written(other.valid_from)}
            if other.valid_to is None:
                return _("“%(given)s” is no unit on %(day)s: %(name)s exists since %(from)s.") % words
            words["to"] = _written(other.valid_to)
            return _("“%(given)s” is no unit on %(day)s: %(name)s existed from %(from)s to %(to)s.") % words
        near = self._near(name, [one for one in self._levels[level] if parent is None or _lies_in(one, parent)])
        if near:
            words["names"] = self._listed(near)
            return _("“%(given)s” is no unit on %(day)s. Perhaps: %(names)s.") % words
        if parent is not None:
            return _("On %(day)s “%(given)s” is no unit of %(parent)s.") % words
        return _("“%(given)s” is no unit on %(day)s.") % words

    def _near(self, name: Name, units: list[Place]) -> list[Place]:
        """List the units that were perhaps meant: of the same name but another type, else of nearly the same name."""
        same = [unit for unit in units if self._name(unit).bare == name.bare]
        if same:
            return same
        names = [self._name(unit).whole for unit in units]
        near = process.extract(name.whole, names, scorer=fuzz.ratio, limit=_MOST_NAMED, score_cutoff=_NEAR)
        return [units[place] for _text, _score, place in near]

    def _of_other_times(self, name: Name, level: Level, parent: Place | None) -> Place | None:
        """Find a unit that had the name before or after the file's day: then the day is likely the mistake."""
        if level == Level.VILLAGE:
            return None
        if level not in self._others:
            rows = Place.objects.filter(level=level).exclude(pk__in=[unit.pk for unit in self._levels[level]])
            self._others[level] = [
                (typed.take_apart(unit.name), unit) for unit in self._mine(rows).order_by("valid_from")
            ]
        fit = [unit for own, unit in self._others[level] if name.means(own)]
        return next((unit for unit in fit if parent is None or _lies_in(unit, parent)), None)

    def _load(self, level: Level) -> None:
        """Read the units of the file's day, and those of today to which they lead: villages only when asked for."""
        if level in self._levels:
            return
        both = at(self.day) | at(clock.today())
        if level == Level.VILLAGE:
            self._load(Level.COMMUNE)
            self._keep(self._mine(both.filter(level=Level.VILLAGE)), [Level.VILLAGE])
        else:
            # Those outside `within` too: they stand above what lies inside.
            self._keep(both.exclude(level=Level.VILLAGE), [one for one in Level if one != Level.VILLAGE])

    def _keep(self, rows: QuerySet[Place], levels: Sequence[Level]) -> None:
        found = list(rows.defer("source", "folded", "sort_key", "area_km2").order_by("path"))
        self._by_id |= {unit.pk: unit for unit in found}
        self._levels |= {level: [] for level in levels}
        for unit in found:
            if unit.parent_id in self._by_id:
                unit.parent = self._by_id[unit.parent_id]
            if not unit.is_valid_on(self.day) or not (self.within is None or unit.is_within(self.within)):
                continue
            self._levels[unit.level].append(unit)
            self._by_code[unit.level, unit.code] = unit
            self._by_bare[unit.level, self._name(unit).bare].append(unit)
            self._by_whole[unit.level, self._name(unit).whole].append(unit)

    def _mine(self, rows: QuerySet[Place]) -> QuerySet[Place]:
        return rows.filter(current_path__startswith=self.within.current_path) if self.within else rows

    def _name(self, unit: Place) -> Name:
        if unit.pk not in self._names:
            self._names[unit.pk] = typed.take_apart(unit.name)
        return self._names[unit.pk]

    def _listed(self, units: Sequence[Place]) -> str:
        """Name some units, each with the one above it."""
        named = [f"{unit.name} ({unit.parent.name})" if unit.parent else unit.name for unit in units[:_MOST_NAMED]]
        return ", ".join([*named, "…"] if len(units) > _MOST_NAMED else named)

    @property
    def _day(self) -> str:
        return _written(self.day)


def _written(day: date) -> str:
    return f"{day:%d/%m/%Y}"


def _lies_in(unit: Place, parent: Place) -> bool:
    return unit.path.startswith(parent.path) or unit.is_within(parent)

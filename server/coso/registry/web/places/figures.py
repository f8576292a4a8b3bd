"""Figures by unit: one figure of one day, by the units of then or of what those are today, nothing left out."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from coso.kit import clock
from coso.organizations.doors import StaffRequest, staff
from coso.places.models import Level, Place
from coso.places.ports import Figure, figures
from coso.places.queries import at
from coso.places.queries.figures import Row, Standing, State, roll_up, states
from coso.registry import queries
from coso.registry.web.places.listing import day_filter
from coso.registry.web.places.tabs import tabs_for
from coso.ui import show
from coso.ui.chips import Chip, Tone
from coso.ui.lists import Choices, Column, Empty, Filter, ListSpec, list_response
from coso.ui.rows import MemoryRows
from coso.ui.units import by_then, switch

_LEVELS = [("xa", _("Communes and wards")), ("huyen", _("Districts, while there were any"))]


@dataclass(frozen=True)
class Bar:
    """How large a figure is beside the largest, and what part of the whole: a line on the page, words in the file."""

    beside: float
    part: float

    def __str__(self) -> str:
        return gettext("%(part)s per cent") % {"part": show.number(round(100 * self.part, 1))}

    def __html__(self) -> SafeString:
        """Draw it."""
        line = (
            '<div><svg class="bar-line" aria-hidden="true" focusable="false">'
            '<rect class="bar-line-all" width="100%" height="100%" rx="3"/>'
            '<rect class="bar-line-done" width="{}%" height="100%" rx="3"/></svg><span class="muted">{}</span></div>'
        )
        return format_html(line, f"{100 * self.beside:.2f}", str(self))


@dataclass(frozen=True)
class Line:
    """One row of the table."""

    place: Place
    row: Row
    bar: Bar

    @property
    def figure(self) -> Any:
        """The figure itself."""
        return self.row.figure

    @property
    def chip(self) -> Chip | None:
        """Say openly what is not sure about it."""
        if self.row.standing == Standing.UNTRACED:
            return Chip(gettext("Successor unknown"), Tone.NEED, icon="archive")
        if self.row.standing == Standing.ABOVE:
            return Chip(gettext("Recorded for the whole unit above"), Tone.WAITING)
        if self.row.doubtful:
            said = gettext("Shares unknown for %(count)s") % {"count": show.number(self.row.doubtful)}
            return Chip(said, Tone.NEED)
        return None


@dataclass(frozen=True)
class Asked:
    """What the address asks for; what makes no sense there is today's first figure by commune."""

    figure: Figure
    day: date
    """The day of the figure."""
    level: Level
    then: bool
    states: Sequence[State]

    @property
    def units_of(self) -> date:
        """The day of the units by which it is told."""
        return self.day if self.then else clock.today()


def _asked(request: HttpRequest) -> Asked:
    offered, known = figures(), states()
    figure = next((one for one in offered if one.key == request.GET.get("so-lieu")), offered[0])
    state = next((one for one in known if one.ends and one.begins.isoformat() == request.GET.get("ngay")), None)
    asked = Asked(figure, (state and state.ends) or clock.today(), Level.COMMUNE, by_then(request), known)
    if request.GET.get("cap") == "huyen" and at(asked.units_of).filter(level=Level.DISTRICT).exists():
        return Asked(asked.figure, asked.day, Level.DISTRICT, asked.then, known)
    return asked


@require_safe
@staff("place.read")
def by_unit(request: StaffRequest) -> HttpResponseBase:
    """Show a figure by units, as a table with a bar each, and as .xlsx."""
    asked = _asked(request)
    lines = _lines(request.person, asked)
    spec, extra = _spec(asked, lines), {"tabs": tabs_for(request)}
    return list_response(request, spec, MemoryRows(lines), template="registry/places/tabbed.html", extra=extra)


def _lines(person: object, asked: Asked) -> list[Line]:
    """Give the rows within a person's scope, the largest first."""
    rows = roll_up(asked.figure.of(asked.day), asked.units_of, asked.level)
    seen = queries.places_seen_by(person).in_bulk([row.unit for row in rows])
    mine = [row for row in rows if row.unit in seen]
    total = sum(row.figure for row in mine) or 1
    most = max((row.figure for row in mine), default=1) or 1
    lines = [Line(seen[row.unit], row, Bar(row.figure / most, row.figure / total)) for row in mine]
    return sorted(lines, key=lambda line: (-line.figure, line.place.sort_key, line.place.pk))


def _spec(asked: Asked, lines: Sequence[Line]) -> ListSpec:
    return ListSpec(
        key="so-lieu-don-vi",
        title=_("Figures by unit"),
        sentence=_sentence(asked, lines),
        columns=[
            Column("unit", _("Unit"), "place.name", sort="place.sort_key"),
            Column("above", _("Under"), "place.parent.name", sort="place.parent.sort_key"),
            Column("figure", asked.figure.label, "figure", sort="figure", kind="number"),
            Column("part", _("Part of the whole"), "bar"),
            Column("state", _("What is not sure"), "chip", kind="state"),
            Column("code", _("Code"), "place.code", shown=False),
        ],
        search=["place.folded"],
        search_label=_("Search for a place, with or without marks"),
        filters=[
            _choice("so-lieu", _("Figure"), [(one.key, one.label) for one in figures()]),
            day_filter(asked.states),
            _choice("cap", _("By level"), _LEVELS),
            switch(),
        ],
        default_sort="-figure",
        page_size=300,
        row_link=lambda line: reverse("places:place", args=[line.place.pk]),
        empty=Empty(
            _("No figure on this day"), _("Nothing of this kind was recorded for the units of that day."), icon="place"
        ),
    )


def _choice(name: str, label: Any, choices: Choices) -> Filter:
    """Make a choice of what the table tells; it takes no row away."""
    return Filter(name, label, choices, lambda rows, _value: rows, default=choices[0][0], is_switch=True)


def _sentence(asked: Asked, lines: Sequence[Line]) -> str:
    total = sum(line.figure for line in lines)
    said = ngettext(
        "%(figure)s on %(day)s: %(total)s in %(count)s unit of %(units)s.",
        "%(figure)s on %(day)s: %(total)s in %(count)s units of %(units)s.",
        sum(line.row.standing == Standing.KNOWN for line in lines),
    ) % {
        "figure": asked.figure.label,
        "day": f"{asked.day:%d/%m/%Y}",
        "total": show.number(total),
        "count": sum(line.row.standing == Standing.KNOWN for line in lines),
        "units": f"{asked.units_of:%d/%m/%Y}",
    }
    lost = [line for line in lines if line.row.standing == Standing.UNTRACED]
    if lost:
        said += " " + ngettext(
            "%(figure)s are in %(count)s unit of which nobody knows what followed.",
            "%(figure)s are in %(count)s units of which nobody knows what followed.",
            len(lost),
        ) % {"figure": show.number(sum(line.figure for line in lost)), "count": len(lost)}
    return said

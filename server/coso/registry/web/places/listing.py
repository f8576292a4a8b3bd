"""The list of communes and villages: of today, or of any day before."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from django.db.models import F, Q, QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from coso.organizations.choosing import communes_with
from coso.organizations.doors import StaffRequest, staff
from coso.places.models import Level, Place
from coso.places.queries.figures import State, states
from coso.registers.ports import import_link
from coso.registry import queries
from coso.registry.queries.days import units_of_a_day
from coso.registry.web.chips import coverage_chip, sample_chip
from coso.registry.web.places.tabs import tabs_for
from coso.ui.lists import Choices, Column, Empty, Filter, ListSpec, list_response
from coso.ui.units import THEN, by_then, shown_unit, switch

TODAY = "nay"

LEVELS = [(Level.COMMUNE.value, _("Communes and wards")), (Level.VILLAGE.value, _("Villages and groups"))]


def _sentence(request: HttpRequest) -> str:
    counted = queries.standing_of_places(request.user)
    communes, count = counted["communes"], counted["villages"]
    without = count - counted["heard"]
    if communes:
        said = ngettext(
            "%(communes)s communes and wards, %(villages)s village.",
            "%(communes)s communes and wards, %(villages)s villages.",
            count,
        ) % {"communes": communes, "villages": count}
    else:
        said = ngettext("%(villages)s village.", "%(villages)s villages.", count) % {"villages": count}
    if without:
        said += " " + ngettext(
            "%(count)s village has no loudspeaker.", "%(count)s villages have no loudspeaker.", without
        ) % {"count": without}
    return said


def _commune_of(row: Place) -> str:
    return row.parent.name if row.level == Level.VILLAGE and row.parent else ""


def _heard(rows: QuerySet[Place], value: str) -> QuerySet[Place]:
    everybody = Q(villages_all__gt=0, villages_heard=F("villages_all"))
    return rows.filter(everybody) if value == "yes" else rows.exclude(everybody)


SPEC = ListSpec(
    key="dia-ban",
    import_url=import_link("thon"),
    title=_("Places"),
    sentence=_sentence,
    columns=[
        Column("name", _("Place"), "name", sort="sort_key"),
        Column("level", _("Level"), lambda row: row.get_level_display(), sort="level"),
        Column("commune", _("Commune or ward"), _commune_of),
        Column("population", _("Population"), "population", sort="population", kind="number"),
        Column("households", _("Households"), "households", kind="number", shown=False),
        Column("loudspeakers", _("Loudspeakers"), coverage_chip, sort="villages_heard", kind="state"),
        Column("sample", _("Data"), sample_chip, kind="state"),
        Column("code", _("Code"), "code", shown=False),
        Column("latitude", _("Latitude"), "latitude", kind="number", shown=False),
        Column("longitude", _("Longitude"), "longitude", kind="number", shown=False),
    ],
    search=["folded", "parent__folded"],
    search_label=_("Search for a place, with or without marks"),
    filters=[
        Filter("level", _("Level"), LEVELS, lambda rows, value: rows.filter(level=value)),
        Filter(
            "commune",
            _("Commune or ward"),
            communes_with("place.read"),
            lambda rows, at: rows.filter(Q(pk=at) | Q(parent=at)),
        ),
        Filter("loudspeakers", _("Loudspeakers"), [("yes", _("Everywhere")), ("no", _("Missing somewhere"))], _heard),
    ],
    row_link=lambda row: reverse("places:place", args=[row.pk]),
    # How many villages a row has and how many hear something is counted for the rows shown, not for all.
    keys_first=True,
    empty=Empty(_("No place yet"), _("The operator loads the administrative units: coso places load."), icon="place"),
)


@require_safe
@staff("place.read")
def place_list(request: StaffRequest) -> HttpResponseBase:
    """List the communes and villages of today within the person's scope, or the units of a past day."""
    above: dict[str, Any] = {"template": "registry/places/tabbed.html", "extra": {"tabs": tabs_for(request)}}
    known = states()
    past = next((one for one in known if one.ends and one.begins.isoformat() == request.GET.get("ngay")), None)
    if past is None or past.ends is None:
        spec = replace(SPEC, filters=[*SPEC.filters, day_filter(known)])
        return list_response(request, spec, queries.communes_and_villages_seen_by(request.person), **above)
    then = by_then(request, THEN)
    spec = _of_a_day(past.ends, then=then, known=known)
    return list_response(request, spec, units_of_a_day(request.person, past.ends, then=then), **above)


def day_filter(known: Sequence[State]) -> Filter:
    """Make the choice of the day whose units are meant: today, then back to the oldest list."""
    return Filter(
        "ngay", _("Units listed since"), days(known), lambda rows, _value: rows, default=TODAY, is_switch=True
    )


def days(known: Sequence[State]) -> Choices:
    """Name the states of the units: today, then back to the oldest list."""
    past = [(state.begins.isoformat(), f"{state.begins:%d/%m/%Y}") for state in known if state.ends]
    return [(TODAY, _("of today")), *reversed(past)]


def _of_a_day(day: date, *, then: bool, known: Sequence[State]) -> ListSpec:
    """Make the list of the units of a past day; who serves them is told by the list of today."""
    columns = [one for one in SPEC.columns if one.name != "loudspeakers"]
    columns[2] = Column("above", _("Under"), "parent.name", sort="parent__sort_key")
    if then:
        columns.insert(3, Column("today", _("Unit of today"), _today, sort="current__sort_key"))
    levels = [(Level.DISTRICT.value, _("Districts")), *LEVELS]
    return replace(
        SPEC,
        sentence=lambda request: _sentence_of(day, then=then, request=request),
        columns=columns,
        filters=[
            Filter("level", _("Level"), levels, lambda rows, value: rows.filter(level=value)),
            Filter("noi-nay", _("What followed"), _FOLLOWED, _traced),
            day_filter(known),
            switch(THEN),
        ],
        search=["folded", "parent__folded", "current__folded"],
    )


_FOLLOWED = [("ro", _("Known")), ("chua-ro", _("Successor unknown"))]


def _traced(rows: QuerySet[Place], value: str) -> QuerySet[Place]:
    return rows.filter(current__isnull=value == "chua-ro")


def _today(row: Place) -> Any:
    return shown_unit(row, row.current)


def _sentence_of(day: date, *, then: bool, request: HttpRequest) -> str:
    found = units_of_a_day(request.user, day, then=then).filter(level=Level.COMMUNE)
    communes, lost = found.count(), found.filter(current=None).count()
    if then:
        said = ngettext("%(day)s: %(count)s commune.", "%(day)s: %(count)s communes.", communes)
    else:
        said = ngettext(
            "What was there on %(day)s is %(count)s commune today.",
            "What was there on %(day)s is %(count)s communes today.",
            communes - lost,
        )
        communes -= lost
    said %= {"day": f"{day:%d/%m/%Y}", "count": communes}
    if lost:
        said += " " + ngettext(
            "Of %(count)s nobody knows what followed.", "Of %(count)s nobody knows what followed.", lost
        ) % {"count": lost}
    return said

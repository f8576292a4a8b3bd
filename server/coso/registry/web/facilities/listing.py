"""The list of facilities."""

from typing import Any

from django.db.models import Q
from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from coso.organizations import policies
from coso.organizations.choosing import communes_with
from coso.organizations.doors import StaffRequest, staff
from coso.places.models import Place
from coso.registers.ports import import_link
from coso.registry import queries
from coso.registry.models import Facility
from coso.registry.rules import kinds
from coso.registry.web.chips import sample_chip
from coso.registry.web.facilities.tabs import tabs_for
from coso.registry.web.facilities.words import GROUPS, STANDS_IN, STATES, profile_of, state_chip
from coso.ui.lists import Action, Choices, Column, Empty, Filter, ListSpec, list_response
from coso.ui.units import by_units


def _sentence(request: HttpRequest) -> str:
    rows = queries.facilities_seen_by(request.user).filter(closed_on=None)
    count = rows.count()
    said = [ngettext("%(count)s facility at work.", "%(count)s facilities at work.", count) % {"count": count}]
    if many := rows.filter(queries.unused()).count():
        words = ngettext(
            "%(count)s had no activity in the last 3 months.", "%(count)s had no activity in the last 3 months.", many
        )
        said.append(words % {"count": many})
    if many := rows.filter(queries.with_defects()).count():
        words = ngettext("%(count)s has open defects.", "%(count)s have open defects.", many)
        said.append(words % {"count": many})
    if many := rows.filter(queries.badly_licensed()).count():
        words = ngettext(
            "%(count)s FM station has no frequency licence, or one that ends within 60 days.",
            "%(count)s FM stations have no frequency licence, or one that ends within 60 days.",
            many,
        )
        said.append(words % {"count": many})
    return " ".join(said)


communes_choices = communes_with("registry.read")
"""Offer the communes of today within the right to read the registry."""


def in_commune(field: str) -> Any:
    """Keep the rows that stand in a commune of today; `field` leads from the row to the place."""

    def apply(rows: Any, value: str) -> Any:
        commune = Place.objects.filter(pk=value).first()
        return rows.filter(**{f"{field}__current_path__startswith": commune.current_path}) if commune else rows

    return apply


def _in_state(rows: Any, value: str) -> Any:
    return rows.filter(
        {
            "standing": Q(closed_on=None),
            "closed": Q(closed_on__isnull=False),
            "defects": queries.with_defects() & Q(closed_on=None),
            "unused": queries.unused(),
            "licence": queries.badly_licensed(),
        }[value]
    )


def _kinds(request: HttpRequest) -> Choices:
    return [(kind.code, kind.name) for kind in kinds.KINDS.values()]


def _told(name: str) -> Any:
    return lambda row: getattr(profile, name) if (profile := profile_of(row)) else None


def _mode(row: Facility) -> str:
    profile = profile_of(row)
    return profile.get_mode_display() if profile else ""


def _add(request: HttpRequest) -> Action | None:
    may = policies.may(request.user, "registry.edit")
    return Action(gettext("Enter a facility"), reverse("registry:new-facility")) if may else None


SPEC = ListSpec(
    key="thiet-che",
    import_url=import_link("thiet-che"),
    title=_("Facilities"),
    sentence=_sentence,
    columns=[
        Column("name", _("Facility"), "name", sort="sort_key"),
        Column("kind", _("Kind"), lambda row: row.get_kind_display(), sort="kind"),
        Column("place", _("Stands in"), "place.name", sort="place__sort_key"),
        Column("organization", _("Run by"), "organization.name", shown=False),
        Column("state", _("State"), state_chip, kind="state"),
        Column("sample", _("Data"), sample_chip, kind="state"),
        Column("code", _("Code"), "code", shown=False),
        Column("commune", _("Commune or ward"), lambda row: queries.commune_of(row.place).name, shown=False),
        Column("address", _("Address"), "address", shown=False),
        Column("keeper", _("Keeper"), "keeper", shown=False),
        Column("keeper_phone", _("Keeper's phone"), "keeper_phone", shown=False),
        Column("opening_hours", _("Opening hours"), "opening_hours", shown=False),
        Column("mode", _("How it broadcasts"), _mode, shown=False),
        Column("frequency", _("Frequency (MHz)"), _told("frequency_mhz"), kind="number", shown=False),
        Column("licence", _("Licence number"), _told("licence_number"), shown=False),
        Column("expires", _("Licence ends on"), _told("licence_expires_on"), kind="date", shown=False),
        Column("opened", _("Opened on"), "opened_on", kind="date", shown=False),
        Column("closed", _("Closed on"), "closed_on", kind="date", shown=False),
        Column("latitude", _("Latitude"), "latitude", kind="number", shown=False),
        Column("longitude", _("Longitude"), "longitude", kind="number", shown=False),
    ],
    search=["folded", "place__folded"],
    search_label=_("Search by name, code or place"),
    filters=[
        Filter("group", _("Group"), list(GROUPS.items()), lambda rows, v: rows.filter(kind__in=kinds.codes_of(v))),
        Filter("kind", _("Kind"), _kinds, lambda rows, value: rows.filter(kind=value)),
        Filter("commune", _("Commune or ward"), communes_choices, in_commune("place")),
        Filter("state", _("State"), STATES, _in_state),
        Filter(
            "sample", _("Data"), [("yes", _("Sample")), ("no", _("Real"))],
            lambda rows, value: rows.filter(is_sample=value == "yes"),
        ),
    ],
    default_sort="name",
    row_link=lambda row: reverse("registry:facility", args=[row.pk]),
    primary=_add,
    empty=Empty(
        _("No facility yet"),
        _("Facilities are stations, notice boards, culture houses, libraries, law bookcases and mobile teams."),
        icon="facility",
    ),
)  # fmt: skip


@require_safe
@staff("registry.read")
def facility_list(request: StaffRequest) -> HttpResponseBase:
    """List the facilities within the person's scope."""
    ways = [Action(gettext("Print labels"), reverse("registry:labels"))]
    return list_response(
        request,
        *by_units(request, SPEC, queries.facilities_seen_by(request.person), place=STANDS_IN),
        template="registry/list.html",
        extra={"tabs": tabs_for(request), "ways": ways},
    )

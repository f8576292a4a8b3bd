"""The list of agencies, of today or of a day in the past, and the page of one."""

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from coso.kit import clock
from coso.kit.errors import NotFound
from coso.organizations import policies, queries
from coso.organizations.doors import StaffRequest, staff
from coso.organizations.models import Organization
from coso.organizations.web.words import KINDS, kind_words
from coso.ui.chips import Chip, Tone
from coso.ui.lists import Column, Empty, Filter, ListSpec, list_response
from coso.ui.parts import Crumb


def _day(request: HttpRequest) -> date:
    """Give the day that the address asks for; today when it asks for none, or for nonsense."""
    try:
        return date.fromisoformat(request.GET.get("on", ""))
    except ValueError:
        return clock.today()


def _sentence(request: HttpRequest) -> str:
    day = _day(request)
    count = queries.organizations_on(day).count()
    return ngettext("%(count)s body on %(day)s.", "%(count)s bodies on %(day)s.", count) % {
        "count": count,
        "day": f"{day:%d/%m/%Y}",
    }


def chip(organization: Organization) -> Chip | None:
    """Mark a body that is no more, or whose dates are only taken."""
    if organization.valid_to is not None and organization.valid_to < clock.today():
        return Chip(gettext("Of earlier times"), Tone.OFF, icon="archive")
    return None


SPEC = ListSpec(
    key="to-chuc",
    title=_("Organizations"),
    sentence=_sentence,
    columns=[
        Column("name", _("Name of the body"), "name", sort="sort_key"),
        Column("short", _("Short name"), "short_name"),
        Column("kind", _("Kind"), lambda row: kind_words(row.kind), sort="kind"),
        Column("place", _("Place"), "place.name", sort="place__sort_key"),
        Column("from", _("Valid from"), "valid_from", sort="valid_from", kind="date", shown=False),
        Column("to", _("Until"), "valid_to", sort="valid_to", kind="date"),
        Column("successor", _("Successor"), "successor.name", shown=False),
        Column("note", _("Note"), "note", shown=False),
        Column("code", _("Code"), "code", shown=False),
    ],
    search=["folded"],
    search_label=_("Search for a body, with or without marks"),
    filters=[
        # The view itself gives the bodies of that day: without one, those of today.
        Filter("on", _("As of the day"), None, lambda rows, value: rows),
        Filter("kind", _("Kind"), KINDS, lambda rows, value: rows.filter(kind=value)),
    ],
    default_sort="name",
    row_link=lambda row: reverse("organizations:organization", args=[row.pk]),
    empty=Empty(
        _("No body on that day"), _("The operator loads the agencies: coso organizations load."), icon="organization"
    ),
)


@require_safe
@staff("registry.read")
def organization_list(request: StaffRequest) -> HttpResponseBase:
    """List the bodies valid on a day, today unless the address names another."""
    rows = queries.organizations_on(_day(request)).select_related("place", "successor")
    return list_response(request, SPEC, rows)


@require_safe
@staff("registry.read")
def organization(request: StaffRequest, organization_id: int) -> HttpResponse:
    """Show one body: its time, what came before and after; to who manages accounts, who holds its posts."""
    found = Organization.objects.select_related("place", "parent", "successor").filter(pk=organization_id).first()
    if found is None:
        raise NotFound
    context: dict[str, Any] = {
        "title": found.name,
        "sentence": kind_words(found.kind),
        "organization": found,
        "chip": chip(found),
        "origins": found.origins.all(),
        "posts": queries.posts_held()
        .filter(policies.scope(request.person, "account.manage", "place__path"), organization=found)
        .order_by("person__sort_key"),
        "may_manage": policies.may(request.person, "account.manage"),
        "crumbs": [Crumb(_("Organizations"), reverse("organizations:organizations"))],
    }
    return render(request, "organizations/organization.html", context)

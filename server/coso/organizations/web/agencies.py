"""The list of bodies, of today or of a day in the past, and the page of one with its life."""

from dataclasses import replace
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from coso.journal import queries as journal
from coso.kit import clock
from coso.kit.errors import NotFound
from coso.kit.refs import Ref
from coso.organizations import policies, ports, queries
from coso.organizations.doors import StaffRequest, staff
from coso.organizations.models import BODY_KINDS, Organization
from coso.organizations.web.words import kind_words, unverified_chip
from coso.registers.ports import import_link
from coso.ui.chips import Chip, Tone
from coso.ui.lists import Action, Column, Empty, Filter, ListSpec, Rows, list_response
from coso.ui.parts import Crumb, Step
from coso.ui.units import THEN, by_then, by_units, switch


def _day(request: HttpRequest) -> date:
    """Give the day that the address asks for; today when it asks for none, or for nonsense."""
    try:
        return date.fromisoformat(request.GET.get("on", ""))
    except ValueError:
        return clock.today()


def _sentence(request: HttpRequest) -> str:
    day = _day(request)
    count = _rows(request).count()
    return ngettext("%(count)s body on %(day)s.", "%(count)s bodies on %(day)s.", count) % {
        "count": count,
        "day": f"{day:%d/%m/%Y}",
    }


def chip(organization: Organization) -> Chip | None:
    """Mark a body that is no more, or is still to begin."""
    today = clock.today()
    if organization.valid_to is not None and organization.valid_to < today:
        return Chip(gettext("Of earlier times"), Tone.OFF, icon="archive")
    if organization.valid_from is not None and organization.valid_from > today:
        return Chip(gettext("Begins on %(day)s") % {"day": f"{organization.valid_from:%d/%m/%Y}"}, Tone.WAITING)
    return None


def _add(request: HttpRequest) -> Action | None:
    may = policies.may_throughout(request.user, "organization.edit")
    return Action(gettext("Add a body"), reverse("organizations:add-body")) if may else None


SPEC = ListSpec(
    key="to-chuc",
    import_url=import_link("co-quan"),
    title=_("Organizations"),
    sentence=_sentence,
    columns=[
        Column("name", _("Name of the body"), "name", sort="sort_key"),
        Column("short", _("Short name"), "short_name", shown=False),
        Column("kind", _("Kind"), lambda row: kind_words(row.kind), sort="kind"),
        Column("place", _("Place"), "place.name", sort="place__sort_key"),
        Column("parent", _("Under"), "parent.name", sort="parent__sort_key", shown=False),
        Column("from", _("Valid from"), "valid_from", sort="valid_from", kind="date"),
        Column("to", _("Until"), "valid_to", sort="valid_to", kind="date"),
        Column("successor", _("Successor"), "successor.name", shown=False),
        Column("note", _("Note"), "note", shown=False),
        Column("code", _("Code"), "code", shown=False),
    ],
    search=["folded"],
    search_label=_("Search for a body, with or without marks"),
    filters=[
        # The view itself gives the bodies of that day, or of today: without a day, those of today.
        Filter("on", _("As of the day"), None, lambda rows, value: rows),
        Filter("kind", _("Kind"), BODY_KINDS, lambda rows, value: rows.filter(kind=value)),
    ],
    default_sort="name",
    row_link=lambda row: reverse("organizations:organization", args=[row.pk]),
    primary=_add,
    empty=Empty(
        _("No body on that day"), _("The operator loads the agencies: coso organizations load."), icon="organization"
    ),
)


def _rows(request: HttpRequest) -> QuerySet[Organization]:
    """Give the bodies of the day that the address asks for, or those of today that hold what was theirs."""
    day = _day(request)
    rows = queries.organizations_on(day)
    if day >= clock.today() or by_then(request, THEN):
        return rows
    heirs = queries.heirs_on(clock.today())
    found = {heirs[pk] for pk in rows.values_list("pk", flat=True)}
    return Organization.objects.filter(pk__in=[pk for pk in found if pk is not None])


@require_safe
@staff("registry.read")
def organization_list(request: StaffRequest) -> HttpResponseBase:
    """List the bodies valid on a day, today unless the address names another, by those of then or of now."""
    day, today = _day(request), clock.today()
    rows: Rows = _rows(request).select_related("place", "parent", "successor")
    spec, rows = (_of_a_day(request), rows) if day < today else by_units(request, SPEC, rows, place="place")
    lead = queries.lead_on(day)
    extra = {
        "lead": lead,
        "lead_chip": unverified_chip(lead.is_verified) if lead else None,
        "may_edit": policies.may_throughout(request.person, "organization.edit"),
    }
    return list_response(request, spec, rows, template="organizations/bodies/list.html", extra=extra)


def _of_a_day(request: HttpRequest) -> ListSpec:
    """Make the list of the bodies of a past day, told by those of then (at first) or by those that hold theirs now."""
    if not by_then(request, THEN):
        return replace(SPEC, filters=[*SPEC.filters, switch(THEN)])
    heirs = queries.heirs_on(clock.today())
    names = dict(Organization.objects.values_list("pk", "name"))
    column = Column("today", _("Now it is"), lambda row: names.get(heirs.get(row.pk) or 0, gettext("Not known")))
    columns = [*SPEC.columns[:7], column, *SPEC.columns[7:]]
    return replace(SPEC, columns=columns, filters=[*SPEC.filters, switch(THEN)])


def get_body(organization_id: int) -> Organization:
    """Give one body of any time. Raise NotFound."""
    joined = Organization.objects.select_related("place", "parent", "successor")
    found = joined.filter(pk=organization_id).first()
    if found is None:
        raise NotFound
    return found


@require_safe
@staff("registry.read")
def organization(request: StaffRequest, organization_id: int) -> HttpResponse:
    """Show one body: its life, what hangs on it; to who manages accounts, who holds its posts."""
    found = get_body(organization_id)
    today = clock.today()
    now = queries.successor_of(found, today)
    held = queries.held_by(found, today) if now == found else [found]
    context: dict[str, Any] = {
        "title": found.name,
        "sentence": kind_words(found.kind),
        "organization": found,
        "chip": chip(found),
        "now": now if now != found else None,
        "is_lost": now is None,
        "steps": _life(found),
        "origins": found.origins.all(),
        "children": found.children.all(),
        "posts": queries.posts_held()
        .filter(policies.scope(request.person, "account.manage", "place__path"), organization__in=held)
        .order_by("person__sort_key"),
        "may_manage": policies.may(request.person, "account.manage"),
        "may_edit": policies.may_throughout(request.person, "organization.edit") and found.valid_to is None,
        "hanging": ports.body_lines(request.person, held),
        "history": journal.told(Ref("organization", str(found.pk))),
        "crumbs": [Crumb(_("Organizations"), reverse("organizations:organizations"))],
    }
    return render(request, "organizations/organization.html", context)


def _life(found: Organization) -> list[Step]:
    """Give what went before a body, the body, and what followed it; nothing where it stands alone."""
    line = [*reversed(queries.predecessors_of(found)), found, *queries.followers_of(found)]
    return [_step(one, found) for one in line] if len(line) > 1 else []


def _step(one: Organization, found: Organization) -> Step:
    today = clock.today()
    over = one.valid_to is not None and one.valid_to < today
    to_come = one.valid_from is not None and one.valid_from > today
    if one.valid_to is not None:
        at = gettext("until %(day)s") % {"day": f"{one.valid_to:%d/%m/%Y}"}
    elif one.valid_from is not None:
        at = gettext("from %(day)s") % {"day": f"{one.valid_from:%d/%m/%Y}"}
    else:
        at = ""
    if not one.dates_verified and at:
        at = gettext("%(when)s (not verified)") % {"when": at}
    url = "" if one.pk == found.pk else reverse("organizations:organization", args=[one.pk])
    return Step(one.name, "done" if over else "ahead" if to_come else "now", at=at, url=url)

"""Units of earlier times of which no list tells what followed them: seen by everybody, linked by a person."""

from dataclasses import replace

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from coso.kit.errors import BadInput, NotFound
from coso.organizations import policies
from coso.organizations.doors import StaffRequest, staff
from coso.places import actions
from coso.places import queries as units
from coso.places.models import Place, Succession
from coso.registry.web.places import history
from coso.registry.web.places.forms import LinkForm, UndoForm
from coso.registry.web.places.tabs import tabs_for
from coso.ui.chips import Chip, Tone
from coso.ui.lists import Choices, Column, Empty, Filter, ListSpec, list_response
from coso.ui.parts import Crumb


def crumbs() -> list[Crumb]:
    """Give the way to the pages of open ends."""
    return [
        Crumb(_("Places"), reverse("places:places")),
        Crumb(_("Units without a known successor"), reverse("places:open-ends")),
    ]


def _open_ends(person: object) -> QuerySet[Place]:
    return units.untraced().filter(policies.scope(person, "place.read", "path")).select_related("parent")


def _sentence(request: HttpRequest) -> str:
    count = _open_ends(request.user).count()
    if not count:
        return gettext("What became of every unit is known.")
    return ngettext(
        "Of %(count)s unit no list tells what followed it. What hangs on it is found by its old name.",
        "Of %(count)s units no list tells what followed them. What hangs on them is found by their old names.",
        count,
    ) % {"count": count}


def _districts(request: HttpRequest) -> Choices:
    above = Place.objects.filter(pk__in=_open_ends(request.user).values("parent"))
    return [(str(place.pk), f"{place.name} ({place.valid_from:%Y})") for place in above.order_by("sort_key")]


SPEC = ListSpec(
    key="don-vi-chua-ro-ke-thua",
    title=_("Units without a known successor"),
    sentence=_sentence,
    columns=[
        Column("name", _("Unit"), "name", sort="sort_key"),
        Column("code", _("Code"), "code", sort="code"),
        Column("parent", _("District"), lambda row: row.parent.name if row.parent else "", sort="parent__sort_key"),
        Column("from", _("Valid from"), lambda row: history.day_words(row, row.valid_from), sort="valid_from"),
        Column("to", _("Until"), lambda row: history.day_words(row, row.valid_to), sort="valid_to"),
        Column(
            "state", _("State"), lambda row: Chip(gettext("Successor unknown"), Tone.NEED, icon="help"), kind="state"
        ),
        Column("source", _("Source"), "source", shown=False),
    ],
    search=["folded", "parent__folded"],
    search_label=_("Search for a unit, with or without marks"),
    filters=[Filter("district", _("District"), _districts, lambda rows, value: rows.filter(parent=value))],
    default_sort="name",
    empty=Empty(_("No open end"), _("What became of every unit is known."), icon="done"),
)


@require_safe
@staff("place.read")
def open_ends(request: StaffRequest) -> HttpResponseBase:
    """List the units whose successor is unknown; who may change units comes from there to the form of each."""
    way = "places:link" if policies.may_throughout(request.person, "place.change") else "places:place"
    spec = replace(SPEC, row_link=lambda row: reverse(way, args=[row.pk]))
    extra = {"tabs": tabs_for(request)}
    return list_response(request, spec, _open_ends(request.person), template="registry/places/tabbed.html", extra=extra)


@staff("place.change")
def link(request: StaffRequest, place_id: int) -> HttpResponse:
    """Say what followed a unit, by a document."""
    policies.require_throughout(request.person, "place.change")
    found = Place.objects.select_related("parent").exclude(valid_to=None).filter(pk=place_id).first()
    if found is None:
        raise NotFound
    form = LinkForm(request.POST or None, unit=found, by=request.person)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        share = None if told["share"] is None else round(told["share"] / 100, 6)
        try:
            actions.link_succession(predecessor=found, by=request.person, **told | {"share": share})
        except BadInput as error:
            form.take_errors(error.fields)
        else:
            said = {"old": found.name, "new": told["successor"].name}
            messages.success(request, gettext("%(new)s is kept as the successor of %(old)s.") % said)
            return redirect("places:place", found.pk)
    above = f", {found.parent.name}" if found.parent else ""
    last = f"{found.valid_to:%d/%m/%Y}"
    context = {
        "title": gettext("Enter the successor"),
        "sentence": gettext("%(unit)s existed until %(day)s.") % {"unit": f"{found.name}{above}", "day": last},
        "form": form,
        "submit": gettext("Keep the link"),
        "icon": "join",
        "back": reverse("places:place", args=[found.pk]),
        "crumbs": crumbs(),
    }
    return render(request, "registry/places/form.html", context, status=422 if form.errors else 200)


@staff("place.change")
def unlink(request: StaffRequest, link_id: int) -> HttpResponse:
    """Take back a link that a person or a list made."""
    policies.require_throughout(request.person, "place.change")
    found = Succession.objects.select_related("predecessor", "successor").filter(pk=link_id, change=None).first()
    if found is None:
        raise NotFound
    form = UndoForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.unlink_succession(link_id=found.pk, by=request.person, reason=form.cleaned_data["reason"])
        messages.success(request, gettext("The link was taken back."))
        return redirect("places:place", found.predecessor_id)
    context = {
        "title": gettext("Take the link back"),
        "sentence": f"{found.predecessor.name} → {found.successor.name}",
        "form": form,
        "submit": gettext("Take the link back"),
        "tone": "danger",
        "icon": "undo",
        "back": reverse("places:place", args=[found.predecessor_id]),
        "crumbs": crumbs(),
    }
    return render(request, "registry/places/form.html", context, status=422 if form.errors else 200)

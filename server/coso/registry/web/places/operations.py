"""Changing units: choose what to do, choose the unit, fill in, look at what it does, confirm."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from coso.kit import clock
from coso.kit.errors import BadInput, NotFound
from coso.organizations import policies
from coso.organizations.doors import StaffRequest, staff
from coso.places import actions
from coso.places import queries as units
from coso.places.models import Level, Place
from coso.registry.web.places.ceding import CedeForm
from coso.registry.web.places.changes import crumbs
from coso.registry.web.places.forms import (
    MOST_PARTS,
    AbolishForm,
    ByDecision,
    MergeForm,
    MoveForm,
    RenameForm,
    split_form,
)
from coso.registry.web.places.preview import preview
from coso.ui.lists import Column, Filter, Line, ListSpec, list_response
from coso.ui.parts import Crumb

Text = str | Promise


@dataclass(frozen=True)
class Way:
    """One thing that can be done to units."""

    url_name: str
    title: Text
    about: Text


WAYS = {
    "rename": Way("places:rename", _("Rename a unit"), _("The code, the villages and all that hangs there go along.")),
    "merge": Way("places:merge", _("Merge units"), _("Several of one level become one; people are added up.")),
    "split": Way("places:split", _("Divide a unit"), _("One becomes several, with shares where they are known.")),
    "cede": Way("places:cede", _("Give a part to another unit"), _("Villages or people go to a unit that exists.")),
    "move": Way("places:move", _("Move a unit"), _("A village to another commune, a commune under another unit.")),
    "abolish": Way("places:abolish", _("Abolish a level"), _("Its units end; what lay under them goes one up.")),
}

_LEVELS = [(level.value, level.label) for level in (Level.DISTRICT, Level.COMMUNE, Level.VILLAGE)]

UNITS = ListSpec(
    key="don-vi-thay-doi",
    title=_("Which unit?"),
    columns=[
        Column("name", _("Unit"), "name", sort="sort_key"),
        Column("code", _("Code"), "code", sort="code"),
        Column("level", _("Level"), lambda row: row.get_level_display(), sort="level"),
        Column("parent", _("Lies under"), "parent.name", sort="parent__sort_key"),
        Column("from", _("Valid from"), "valid_from", sort="valid_from", kind="date"),
        Column("population", _("Population"), "population", sort="population", kind="number"),
    ],
    search=["folded", "parent__folded"],
    search_label=_("Search for a unit, with or without marks"),
    filters=[Filter("level", _("Level"), _LEVELS, lambda rows, value: rows.filter(level=value), default="commune")],
    default_sort="name",
    exports=False,
)


@require_safe
@staff("place.change")
def choose(request: StaffRequest) -> HttpResponse:
    """Ask what is to be done; a unit that the address names goes along."""
    policies.require_throughout(request.person, "place.change")
    unit = _unit(request)
    asked = f"?noi={unit.pk}" if unit else ""
    lines = [
        Line(way.title, reverse(way.url_name) + ("" if key == "abolish" else asked), way.about)
        for key, way in WAYS.items()
    ]
    context = {
        "title": gettext("Change units"),
        "sentence": unit.name if unit else gettext("What does the resolution say?"),
        "lines": lines,
        "crumbs": crumbs(),
    }
    return render(request, "registry/places/choose.html", context)


@staff("place.change")
def rename(request: StaffRequest) -> HttpResponseBase:
    """Give a unit another name."""
    return _operate(request, "rename", lambda unit, sent: RenameForm(sent, unit=unit))


@staff("place.change")
def merge(request: StaffRequest) -> HttpResponseBase:
    """Make one unit of several."""
    return _operate(request, "merge", lambda unit, sent: MergeForm(sent, unit=unit))


@staff("place.change")
def split(request: StaffRequest) -> HttpResponseBase:
    """Divide a unit; `phan` in the address says into how many."""
    typed = request.GET.get("phan", "")
    parts = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 3 else 2
    parts = min(max(parts, 2), MOST_PARTS)
    return _operate(request, "split", lambda unit, sent: split_form(unit, parts)(sent, unit=unit), parts=parts)


@staff("place.change")
def cede(request: StaffRequest) -> HttpResponseBase:
    """Give a part of a unit to another one."""
    return _operate(request, "cede", lambda unit, sent: CedeForm(sent, unit=unit, by=request.person))


@staff("place.change")
def move(request: StaffRequest) -> HttpResponseBase:
    """Put a unit under another one."""
    return _operate(request, "move", lambda unit, sent: MoveForm(sent, unit=unit, by=request.person))


@staff("place.change")
def abolish(request: StaffRequest) -> HttpResponseBase:
    """End every unit of a level."""
    policies.require_throughout(request.person, "place.change")
    return _filled(request, "abolish", AbolishForm(request.POST or None), None)


def _operate(
    request: StaffRequest, kind: str, make_form: Callable[[Place, Any], ByDecision], *, parts: int = 0
) -> HttpResponseBase:
    """Ask for the unit first, then for the rest."""
    policies.require_throughout(request.person, "place.change")
    unit = _unit(request)
    if unit is None:
        return _choose_unit(request, kind)
    return _filled(request, kind, make_form(unit, request.POST or None), unit, parts=parts)


def _unit(request: StaffRequest) -> Place | None:
    """Give the unit that the address names; of an earlier one the page says what is wrong with it."""
    typed = request.GET.get("noi", "")
    if not typed:
        return None
    number = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 18 else 0
    found = Place.objects.select_related("parent").filter(pk=number).exclude(level=Level.PROVINCE).first()
    if found is None:
        raise NotFound
    return found


def _choose_unit(request: StaffRequest, kind: str) -> HttpResponseBase:
    way = WAYS[kind]
    rows = units.now().exclude(level=Level.PROVINCE).select_related("parent")
    extra = {"crumbs": _crumbs(), "title": way.title, "sentence": gettext("Choose the unit that it is about.")}
    # The rows of the list lead on to the operation that was chosen.
    leading = replace(UNITS, row_link=lambda row: f"{reverse(way.url_name)}?noi={row.pk}")
    return list_response(request, leading, rows, template="registry/places/list.html", extra=extra)


def _filled(
    request: StaffRequest, kind: str, form: ByDecision, unit: Place | None, *, parts: int = 0
) -> HttpResponseBase:
    """Show the form, what it would do, or do it."""
    if request.method == "POST" and "again" not in request.POST and form.is_valid():
        told = form.cleaned_data
        operation = form.operation()
        try:
            if "confirmed" not in request.POST:
                plan = actions.plan_change(operation, told["from_on"])
                return preview(request, plan, WAYS[kind].title, _crumbs())
            made = actions.make_change(
                operation=operation,
                from_on=told["from_on"],
                decision=told["decision"],
                note=told["note"],
                by=request.person,
            )
        except BadInput as error:
            form.take_errors(error.fields)
        else:
            messages.success(request, _done(made.from_on))
            return redirect("places:change", made.pk)
    context = {
        "title": WAYS[kind].title,
        "sentence": _about(unit) if unit else WAYS[kind].about,
        "form": form,
        "submit": gettext("See what it does"),
        "back": reverse("places:new-change"),
        "more_parts": f"?noi={unit.pk}&phan={parts + 1}" if unit and 0 < parts < MOST_PARTS else "",
        "crumbs": _crumbs(),
    }
    wrong = form.is_bound and bool(form.errors)
    return render(request, "registry/places/form.html", context, status=422 if wrong else 200)


def _about(unit: Place) -> str:
    above = f", {unit.parent.name}" if unit.parent else ""
    return f"{unit.name} ({unit.code}){above}"


def _done(from_on: date) -> str:
    if from_on <= clock.today():
        return gettext("The change is in force. What hung on the old units is found under the new ones.")
    return gettext("The change is planned and takes force by itself on %(day)s.") % {"day": f"{from_on:%d/%m/%Y}"}


def _crumbs() -> list[Crumb]:
    return crumbs(Crumb(_("Change units"), reverse("places:new-change")))

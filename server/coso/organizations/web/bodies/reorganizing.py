"""Adding, renaming, merging, moving and dissolving bodies: each shown before it is done."""

from collections.abc import Callable, Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from coso.kit.errors import BadInput
from coso.organizations import actions, policies
from coso.organizations.doors import StaffRequest, staff
from coso.organizations.models import Organization
from coso.organizations.web.agencies import get_body
from coso.organizations.web.bodies.forms import (
    AddBodyForm,
    DissolveForm,
    MergeForm,
    MoveForm,
    RenameForm,
    dependents_of,
)
from coso.ui.lists import Line
from coso.ui.parts import Crumb

Act = Callable[[], Organization]


def crumbs_of(body: Organization | None = None) -> list[Crumb]:
    """Give the way to a page about bodies."""
    crumbs = [Crumb(_("Organizations"), reverse("organizations:organizations"))]
    if body is not None:
        crumbs.append(Crumb(body.name, reverse("organizations:organization", args=[body.pk])))
    return crumbs


@staff("organization.edit")
def add(request: StaffRequest) -> HttpResponse:
    """Enter a body that begins on a day."""
    policies.require_throughout(request.person, "organization.edit")
    form = AddBodyForm(request.POST or None, by=request.person)
    if request.method == "POST" and form.is_valid():
        told = dict(form.cleaned_data)
        by_decision = {name: told.pop(name) for name in ("from_on", "decision", "note")}
        try:
            made = actions.add_body(by=request.person, told=actions.NewBody(**told), **by_decision)
        except BadInput as error:
            form.take_errors(error.fields)
        else:
            messages.success(request, gettext("%(body)s was entered.") % {"body": made.name})
            return redirect("organizations:organization", made.pk)
    return _form_page(request, form, title=gettext("Add a body"), submit=gettext("Save"))


@staff("organization.edit")
def rename(request: StaffRequest, organization_id: int) -> HttpResponse:
    """Give a body another name from a day on."""
    body = _editable(request, organization_id)
    form = RenameForm(request.POST or None, initial={"short_name": body.short_name})

    def act() -> Organization:
        return actions.rename_body(by=request.person, body=body, **form.cleaned_data)

    return _previewed(request, form, act, body, ended=[body], title=gettext("Rename the body"))


@staff("organization.edit")
def move(request: StaffRequest, organization_id: int) -> HttpResponse:
    """Put a body at another place or under another body from a day on."""
    body = _editable(request, organization_id)
    form = MoveForm(request.POST or None, by=request.person, initial={"place": body.place_id, "parent": body.parent_id})

    def act() -> Organization:
        return actions.move_body(by=request.person, body=body, **form.cleaned_data)

    return _previewed(request, form, act, body, ended=[body], title=gettext("Move the body"))


@staff("organization.edit")
def merge(request: StaffRequest, organization_id: int) -> HttpResponse:
    """Let a body and others go into one, new or there already."""
    body = _editable(request, organization_id)
    form = MergeForm(request.POST or None, body=body)

    def act() -> Organization:
        told = dict(form.cleaned_data)
        into, name, short_name = told.pop("into"), told.pop("name"), told.pop("short_name")
        bodies = [body, *told.pop("bodies")]
        if into is None:
            into = actions.NewBody("", name, body.kind, body.place, body.parent, short_name)
        return actions.merge_bodies(by=request.person, bodies=bodies, into=into, **told)

    ended = []
    if form.is_valid():
        chosen = [body, *form.cleaned_data["bodies"]]
        ended = [one for one in chosen if one != form.cleaned_data["into"]]
    return _previewed(request, form, act, body, ended=ended, title=gettext("Merge bodies"))


@staff("organization.edit")
def dissolve(request: StaffRequest, organization_id: int) -> HttpResponse:
    """End a body, with the one that takes over."""
    body = _editable(request, organization_id)
    form = DissolveForm(request.POST or None, body=body)

    def act() -> Organization:
        return actions.dissolve_body(by=request.person, body=body, **form.cleaned_data)

    title = gettext("Dissolve the body")
    return _previewed(request, form, act, body, ended=[body], title=title, tone="danger")


def _editable(request: StaffRequest, organization_id: int) -> Organization:
    policies.require_throughout(request.person, "organization.edit")
    return get_body(organization_id)


def _previewed(
    request: StaffRequest,
    form: Any,
    act: Act,
    body: Organization,
    *,
    ended: Sequence[Organization],
    title: str,
    tone: str = "",
) -> HttpResponse:
    """Show what a change would do; do it when it was seen and confirmed."""
    if request.method == "POST" and form.is_valid():
        confirmed = request.POST.get("confirmed") == "yes"
        made: list[Organization] = []
        try:
            if confirmed:
                made.append(act())
            else:
                actions.rehearse(lambda: made.append(act()))
        except BadInput as error:
            form.take_errors(error.fields)
        else:
            if not confirmed:
                return _preview(request, form, body, ended=ended, result=made[0], title=title, tone=tone)
            messages.success(request, gettext("The change is made."))
            return redirect("organizations:organization", made[0].pk)
    return _form_page(request, form, title=title, submit=gettext("See what it does"), body=body)


def _preview(
    request: StaffRequest,
    form: Any,
    body: Organization,
    *,
    ended: Sequence[Organization],
    result: Organization,
    title: str,
    tone: str,
) -> HttpResponse:
    last = form.cleaned_data["from_on"]
    context = {
        "title": title,
        "sentence": gettext("Nothing is changed yet. This is what it does:"),
        "lines": [_ending(one) for one in ended],
        "result": result if result not in ended else form.cleaned_data.get("successor"),
        "first_day": last,
        "hidden": [(name, value) for name, values in request.POST.lists() for value in values if name in form.fields],
        "submit": title,
        "tone": tone,
        "back": reverse("organizations:organization", args=[body.pk]),
        "crumbs": crumbs_of(body),
    }
    return render(request, "organizations/bodies/preview.html", context)


def _ending(one: Organization) -> Line:
    count = dependents_of(one)
    if not count:
        return Line(one.name, about=gettext("Nothing hangs on it."))
    words = ngettext(
        "%(count)s record hangs on it: a post, a facility, a task or a body.",
        "%(count)s records hang on it: posts, facilities, tasks, bodies.",
        count,
    )
    return Line(one.name, about=words % {"count": count})


def _form_page(
    request: StaffRequest, form: Any, *, title: str, submit: str, body: Organization | None = None
) -> HttpResponse:
    crumbs = crumbs_of(body)
    context = {
        "title": title,
        "sentence": body.name if body else "",
        "form": form,
        "submit": submit,
        "tone": "",
        "back": crumbs[-1].url,
        "crumbs": crumbs,
    }
    return render(request, "organizations/form.html", context, status=422 if form.errors else 200)

"""Entering facilities, changing what is told of them, closing and opening them again."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from coso.kit.errors import BadInput, NotFound
from coso.organizations import policies
from coso.organizations.doors import StaffRequest, staff
from coso.registry import actions, queries
from coso.registry.models import Facility
from coso.registry.rules import kinds
from coso.registry.web.facilities.forms import CloseForm, FacilityForm, WhatAndWhereForm
from coso.registry.web.facilities.page import facility_crumbs


def get_edited(request: StaffRequest, facility_id: int) -> Facility:
    """Give a facility that the person may change. Raise NotFound outside his scope, NotAllowed within."""
    found = queries.get_facility(request.person, facility_id)
    policies.require(request.person, "registry.edit", found.place)
    return found


def form_page(request: StaffRequest, form: Any, **context: Any) -> HttpResponse:
    """Show a form with its words: title, sentence, submit, tone, back, crumbs; a form with errors is answered 422."""
    context.setdefault("submit", gettext("Save"))
    return render(
        request, "registry/facilities/form.html", {"form": form} | context, status=422 if form.errors else 200
    )


@staff("registry.edit")
def new_facility(request: StaffRequest) -> HttpResponse:
    """Ask what it is and in which commune, then lead to the form of that kind."""
    form = WhatAndWhereForm(request.POST or None, person=request.person)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        return redirect("registry:add-facility", told["kind"].replace("_", "-"), told["home"].pk)
    return form_page(
        request,
        form,
        title=gettext("Enter a facility"),
        submit=gettext("Go on"),
        back=reverse("registry:facilities"),
        crumbs=facility_crumbs(),
    )


@staff("registry.edit")
def add_facility(request: StaffRequest, kind: str, home_id: int) -> HttpResponse:
    """Enter a facility of a kind in a commune."""
    code = kind.replace("-", "_")
    home = queries.homes(request.person).filter(pk=home_id).first()
    if home is None or code not in kinds.KINDS:
        raise NotFound
    form = FacilityForm(request.POST or None, group=kinds.group_of(code), home=home, kind=code)
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.add_facility(by=request.person, facts=form.facts)
        except BadInput as error:
            form.take_errors(error.fields)
        else:
            messages.success(request, gettext("%(facility)s was entered.") % {"facility": made.name})
            return redirect("registry:facility", made.pk)
    return form_page(
        request,
        form,
        title=gettext("Enter a facility"),
        sentence=f"{kinds.name_of(code)} · {home.name}",
        back=reverse("registry:new-facility"),
        crumbs=facility_crumbs(),
    )


@staff("registry.edit")
def edit_facility(request: StaffRequest, facility_id: int) -> HttpResponse:
    """Change what is told of a facility."""
    found = get_edited(request, facility_id)
    home = queries.commune_of(found.place)
    form = FacilityForm(request.POST or None, group=found.group, home=home, facility=found)
    back = reverse("registry:facility", args=[found.pk])
    if request.method == "POST" and form.is_valid():
        try:
            actions.edit_facility(by=request.person, facility=found, facts=form.facts)
        except BadInput as error:
            form.take_errors(error.fields)
        else:
            messages.success(request, gettext("The change was noted."))
            return redirect(back)
    return form_page(
        request,
        form,
        title=gettext("Change the facility"),
        sentence=found.name,
        back=back,
        crumbs=facility_crumbs(found),
    )


@staff("registry.edit")
def close_facility(request: StaffRequest, facility_id: int) -> HttpResponse:
    """Close a facility on its last day."""
    found = get_edited(request, facility_id)
    form = CloseForm(request.POST or None)
    back = reverse("registry:facility", args=[found.pk])
    if request.method == "POST" and form.is_valid():
        try:
            actions.close_facility(by=request.person, facility=found, **form.cleaned_data)
        except BadInput as error:
            form.take_errors(error.fields)
        else:
            messages.success(request, gettext("%(facility)s is closed.") % {"facility": found.name})
            return redirect(back)
    return form_page(
        request,
        form,
        title=gettext("Close the facility"),
        sentence=gettext("Its page, its equipment and its counts stay; it can be opened again."),
        submit=gettext("Close the facility"),
        tone="danger",
        back=back,
        crumbs=facility_crumbs(found),
    )


@require_POST
@staff("registry.edit")
def reopen_facility(request: StaffRequest, facility_id: int) -> HttpResponse:
    """Open a facility again."""
    found = get_edited(request, facility_id)
    actions.reopen_facility(by=request.person, facility=found)
    messages.success(request, gettext("%(facility)s is open again.") % {"facility": found.name})
    return redirect("registry:facility", found.pk)

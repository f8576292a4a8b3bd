"""Which body leads grassroots information from which day on: a setting, with its source and whether it is verified."""

from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from coso.kit import clock
from coso.kit.errors import BadInput, NotFound
from coso.organizations import actions, policies, queries
from coso.organizations.doors import StaffRequest, staff
from coso.organizations.models import FieldLead
from coso.organizations.web.bodies.forms import LeadForm, ReasonForm
from coso.organizations.web.bodies.reorganizing import crumbs_of
from coso.organizations.web.words import unverified_chip
from coso.ui.lists import Action, Column, Empty, ListSpec, list_response
from coso.ui.parts import Crumb


def _sentence(request: HttpRequest) -> str:
    lead = queries.lead_on()
    if lead is None:
        return gettext("Nobody has said yet which body leads the field.")
    said = gettext("%(body)s leads today.") if lead.is_verified else gettext("%(body)s leads today: not verified.")
    return said % {"body": lead.organization.name}


SPEC = ListSpec(
    key="co-quan-phu-trach",
    title=_("Who leads grassroots information"),
    sentence=_sentence,
    columns=[
        Column("from", _("From the day"), "from_on", sort="from_on", kind="date"),
        Column("body", _("Body that leads"), "organization.name"),
        Column("source", _("Document that says so"), "source"),
        Column("state", _("State"), lambda row: unverified_chip(row.is_verified), kind="state"),
    ],
    default_sort="-from",
    empty=Empty(_("Nobody has said so yet"), _("The first rows come with the agencies."), icon="organization"),
)


@require_safe
@staff("registry.read")
def lead_list(request: StaffRequest) -> HttpResponseBase:
    """List who led the field from which day on."""
    spec = SPEC
    if policies.may_throughout(request.person, "organization.edit"):
        spec = replace(
            SPEC,
            primary=Action(_("Say who leads"), reverse("organizations:set-lead")),
            row_link=lambda row: reverse("organizations:edit-lead", args=[row.pk]),
        )
    extra = {"crumbs": crumbs_of()}
    return list_response(request, spec, queries.leads(), template="organizations/bodies/changes.html", extra=extra)


@staff("organization.edit")
def set_lead(request: StaffRequest) -> HttpResponse:
    """Say who leads from a day on."""
    policies.require_throughout(request.person, "organization.edit")
    form = LeadForm(request.POST or None, initial={"from_on": clock.today()})
    return _lead_page(request, form, title=gettext("Say who leads"))


@staff("organization.edit")
def edit_lead(request: StaffRequest, lead_id: int) -> HttpResponse:
    """Change what was said of a day: the body, its source, whether it is verified."""
    lead = _lead(request, lead_id)
    form = LeadForm(request.POST or None, lead=lead)
    remove = reverse("organizations:remove-lead", args=[lead.pk])
    return _lead_page(request, form, title=gettext("Change who leads"), remove=remove)


@staff("organization.edit")
def remove_lead(request: StaffRequest, lead_id: int) -> HttpResponse:
    """Take back what was said of a day."""
    lead = _lead(request, lead_id)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.remove_lead(by=request.person, lead=lead, reason=form.cleaned_data["reason"])
        messages.success(request, gettext("It was taken back."))
        return redirect("organizations:leads")
    sentence = f"{lead.organization.name}, {lead.from_on:%d/%m/%Y}"
    return _page(request, form, title=gettext("Take it back"), sentence=sentence, tone="danger")


def _lead(request: StaffRequest, lead_id: int) -> FieldLead:
    policies.require_throughout(request.person, "organization.edit")
    found = queries.leads().filter(pk=lead_id).first()
    if found is None:
        raise NotFound
    return found


def _lead_page(request: StaffRequest, form: LeadForm, *, title: str, remove: str = "") -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        try:
            actions.set_lead(by=request.person, **form.cleaned_data)
        except BadInput as error:
            form.take_errors(error.fields)
        else:
            messages.success(request, gettext("The change was noted."))
            return redirect("organizations:leads")
    return _page(request, form, title=title, remove=remove)


def _page(
    request: StaffRequest, form: Any, *, title: str, sentence: str = "", tone: str = "", remove: str = ""
) -> HttpResponse:
    context = {
        "title": title,
        "sentence": sentence,
        "form": form,
        "submit": title if tone else gettext("Save"),
        "tone": tone,
        "remove": remove,
        "back": reverse("organizations:leads"),
        "crumbs": [*crumbs_of(), Crumb(_("Who leads grassroots information"), reverse("organizations:leads"))],
    }
    return render(request, "organizations/bodies/lead.html", context, status=422 if form.errors else 200)

"""Entering members of the three networks, changing what is told of them, and ending their service."""

from typing import Any, cast

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext

from coso.kit import clock
from coso.kit.errors import BadInput, NotFound
from coso.kit.refs import number_in
from coso.organizations import actions, policies, queries
from coso.organizations.doors import StaffRequest, staff
from coso.organizations.models import NetworkMember
from coso.organizations.rules import Network
from coso.organizations.web.networks.forms import EndServiceForm, MemberForm, PlaceForm, ResumeForm, places_for
from coso.organizations.web.networks.members import crumbs_of
from coso.organizations.web.networks.words import WORDS, network_at
from coso.places.models import Place


@staff("network.edit")
def enter(request: StaffRequest, network: str) -> HttpResponse:
    """Enter a member: whose it is (asked where there is a choice), then who."""
    kind = network_at(network)
    place = _chosen(request, kind)
    if not isinstance(place, Place):
        return _form_page(request, place, kind, title=WORDS[kind].enter, sentence=WORDS[kind].about, method="get")
    form = MemberForm(request.POST or None, request.FILES or None, network=kind, place=place)
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.add_member(by=request.person, network=kind, told=form.told(), file=form.decision_file())
        except BadInput as error:
            form.take_errors(error.fields)
        else:
            messages.success(request, gettext("%(person)s was entered.") % {"person": made.full_name})
            return redirect("organizations:member", network, made.pk)
    title, sentence = WORDS[kind].enter, f"{place.name} · {WORDS[kind].about}"
    return _form_page(request, form, kind, title=title, sentence=sentence)


def _chosen(request: StaffRequest, kind: Network) -> Place | PlaceForm:
    """Give the place that the address names, or the only one there is; else the form that asks for it."""
    places = places_for(request.person, kind)
    if "place" not in request.GET and "place-words" not in request.GET:
        few = list(places[:2])
        return few[0] if len(few) == 1 else PlaceForm(person=request.person, network=kind)
    form = PlaceForm(request.GET, person=request.person, network=kind)
    if form.is_valid():
        return cast("Place", form.cleaned_data["place"])
    asked = request.GET.get("place", "")
    if asked and not form.is_asking and not places.filter(pk=number_in(asked)).exists():
        raise NotFound
    return form


@staff("network.edit")
def edit(request: StaffRequest, network: str, member_id: int) -> HttpResponse:
    """Change what is told of a member."""
    kind, found = _edited(request, network, member_id)
    form = MemberForm(request.POST or None, request.FILES or None, network=kind, place=found.place, member=found)
    if request.method == "POST" and form.is_valid():
        try:
            actions.edit_member(by=request.person, member=found, told=form.told(), file=form.decision_file())
        except BadInput as error:
            form.take_errors(error.fields)
        else:
            messages.success(request, gettext("The change was noted."))
            return redirect("organizations:member", network, found.pk)
    return _form_page(request, form, kind, title=gettext("Change what is told"), member=found)


@staff("network.edit")
def end(request: StaffRequest, network: str, member_id: int) -> HttpResponse:
    """End somebody's service."""
    kind, found = _edited(request, network, member_id)
    form = EndServiceForm(request.POST or None, initial={"last_day": clock.today()})
    if request.method == "POST" and form.is_valid():
        try:
            actions.end_service(by=request.person, member=found, **form.cleaned_data)
        except BadInput as error:
            form.take_errors(error.fields)
        else:
            messages.success(request, gettext("The service of %(person)s ends.") % {"person": found.full_name})
            return redirect("organizations:member", network, found.pk)
    title = gettext("End the service")
    return _form_page(request, form, kind, title=title, member=found, submit=title, tone="danger")


@staff("network.edit")
def resume(request: StaffRequest, network: str, member_id: int) -> HttpResponse:
    """Take back the end of somebody's service."""
    kind, found = _edited(request, network, member_id)
    form = ResumeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.resume_service(by=request.person, member=found, **form.cleaned_data)
        except BadInput as error:
            form.take_errors({"": [line for lines in error.fields.values() for line in lines]})
        else:
            messages.success(request, gettext("%(person)s serves again.") % {"person": found.full_name})
            return redirect("organizations:member", network, found.pk)
    title = gettext("Take the end back")
    return _form_page(request, form, kind, title=title, member=found, submit=title)


def _edited(request: StaffRequest, network: str, member_id: int) -> tuple[Network, NetworkMember]:
    kind = network_at(network)
    found = queries.get_member(request.person, kind, member_id)
    policies.require(request.person, "network.edit", found.place)
    return kind, found


def _form_page(
    request: StaffRequest,
    form: Any,
    kind: Network,
    *,
    title: Any,
    sentence: Any = "",
    member: NetworkMember | None = None,
    submit: Any = "",
    tone: str = "",
    method: str = "post",
) -> HttpResponse:
    crumbs = crumbs_of(kind, member)
    context = {
        "title": title,
        "sentence": sentence or (member.full_name if member else ""),
        "form": form,
        "submit": submit or (gettext("Go on") if method == "get" else gettext("Save")),
        "tone": tone,
        "method": method,
        "back": crumbs[-1].url or reverse("organizations:networks"),
        "crumbs": crumbs,
    }
    return render(request, "organizations/networks/form.html", context, status=422 if form.errors else 200)

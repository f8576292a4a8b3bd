"""Entering stations and clusters, and changing what is told of a cluster."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from coso.kit.errors import BadInput, NotFound
from coso.organizations import policies
from coso.organizations.doors import StaffRequest, staff
from coso.registry import actions, queries
from coso.registry.web.forms import ClusterForm, RetireForm, StationForm
from coso.ui.lists import Line
from coso.ui.parts import Crumb


def _crumbs() -> list[Crumb]:
    return [Crumb(_("Loudspeaker clusters"), reverse("registry:clusters"))]


@require_safe
@staff("registry.edit")
def choose_station(request: StaffRequest) -> HttpResponse:
    """Ask at which station the cluster stands; who has one station goes straight on."""
    stations = list(queries.stations_edited_by(request.person))
    if len(stations) == 1:
        return redirect("registry:add-cluster", stations[0].pk)
    context = {
        "title": gettext("Enter a cluster"),
        "sentence": gettext("At which station does it stand?"),
        "lines": [
            Line(station.name, reverse("registry:add-cluster", args=[station.pk]), station.place.name)
            for station in stations
        ],
        "crumbs": _crumbs(),
    }
    return render(request, "registry/choose_station.html", context)


@staff("registry.edit")
def add_station(request: StaffRequest) -> HttpResponse:
    """Enter the station of a commune."""
    form = StationForm(request.POST or None, person=request.person)
    if request.method == "POST" and form.is_valid():
        try:
            station = actions.add_station(by=request.person, **form.cleaned_data)
        except BadInput as error:
            form.take_errors(error.fields)
        else:
            messages.success(request, gettext("%(station)s was entered.") % {"station": station.name})
            return redirect("registry:add-cluster", station.pk)
    return _form_page(request, form, title=gettext("Enter a station"), back=reverse("registry:new-cluster"))


@staff("registry.edit")
def add_cluster(request: StaffRequest, station_id: int) -> HttpResponse:
    """Enter a cluster of a station."""
    station = queries.stations_edited_by(request.person).filter(pk=station_id).first()
    if station is None:
        raise NotFound
    form = ClusterForm(request.POST or None, station=station)
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.add_cluster(by=request.person, station=station, **form.told)
        except BadInput as error:
            form.take_errors(error.fields)
        else:
            messages.success(request, gettext("%(cluster)s was entered.") % {"cluster": made.name})
            return redirect("registry:cluster", made.pk)
    return _form_page(
        request, form, title=gettext("Enter a cluster"), sentence=station.name, back=reverse("registry:clusters")
    )


@staff("registry.edit")
def edit_cluster(request: StaffRequest, cluster_id: int) -> HttpResponse:
    """Change what is told of a cluster."""
    found = queries.get_cluster(request.person, cluster_id)
    policies.require(request.person, "registry.edit", found.station.place)
    form = ClusterForm(request.POST or None, station=found.station, cluster=found)
    back = reverse("registry:cluster", args=[found.pk])
    if request.method == "POST" and form.is_valid():
        try:
            actions.edit_cluster(by=request.person, cluster=found, **form.told)
        except BadInput as error:
            form.take_errors(error.fields)
        else:
            messages.success(request, gettext("The change was noted."))
            return redirect(back)
    return _form_page(request, form, title=gettext("Change the cluster"), sentence=found.name, back=back)


@staff("registry.edit")
def retire_cluster(request: StaffRequest, cluster_id: int) -> HttpResponse:
    """Note that a cluster was taken down."""
    found = queries.get_cluster(request.person, cluster_id)
    policies.require(request.person, "registry.edit", found.station.place)
    form = RetireForm(request.POST or None)
    back = reverse("registry:cluster", args=[found.pk])
    if request.method == "POST" and form.is_valid():
        try:
            actions.retire_cluster(by=request.person, cluster=found, **form.cleaned_data)
        except BadInput as error:
            form.take_errors(error.fields)
        else:
            messages.success(request, gettext("%(cluster)s is retired; nobody hears it any more.") % {"cluster": found})
            return redirect(back)
    sentence = gettext("From then on its villages count as not hearing it. What it played stays on record.")
    return _form_page(request, form, title=gettext("Retire the cluster"), sentence=sentence, back=back)


@require_POST
@staff("registry.edit")
def restore_cluster(request: StaffRequest, cluster_id: int) -> HttpResponse:
    """Put a retired cluster up again."""
    found = queries.get_cluster(request.person, cluster_id)
    actions.restore_cluster(by=request.person, cluster=found)
    messages.success(request, gettext("%(cluster)s stands again.") % {"cluster": found})
    return redirect("registry:cluster", found.pk)


def _form_page(request: StaffRequest, form: Any, *, title: str, back: str, sentence: str = "") -> HttpResponse:
    context = {"title": title, "sentence": sentence, "form": form, "back": back, "crumbs": _crumbs()}
    return render(request, "registry/form.html", context, status=422 if form.errors else 200)

"""Entering one village of a commune, and telling the figures and the middle of one."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from coso.kit import clock
from coso.kit.errors import BadInput, NotFound
from coso.organizations import policies
from coso.organizations.doors import StaffRequest, staff
from coso.places.actions import NewVillage, add_villages, describe_village
from coso.places.models import Level, Place
from coso.registry import queries
from coso.registry.web.forms import degrees_field, whole_field
from coso.ui.forms import HouseForm
from coso.ui.parts import Crumb

# More than lives in any commune of the country.
_MOST = 500_000


class FiguresForm(HouseForm, forms.Form):
    """How many live in a village, and where its middle is."""

    population = whole_field(_("Population"), _("How many people live there. May be left empty."), most=_MOST)
    households = whole_field(_("Households"), _("How many households there are. May be left empty."), most=_MOST)
    latitude = degrees_field(_("Latitude"), _("In degrees, such as 18,42. With the longitude or not at all."))
    longitude = degrees_field(_("Longitude"), _("In degrees, such as 105,18."))


class VillageForm(FiguresForm):
    """A village that is entered for the first time."""

    code = forms.CharField(
        label=_("Code"), help_text=_("The commune's code, a hyphen and two figures, such as 18196-07."), max_length=20
    )
    name = forms.CharField(
        label=_("Name of the village or group"),
        help_text=_("As the decision names it, such as Thôn 7."),
        max_length=120,
    )
    valid_from = forms.DateField(
        label=_("First day"),
        help_text=_("The day from which it exists; leave it empty for the first day of the commune."),
        required=False,
        widget=forms.DateInput(),
    )
    source = forms.CharField(
        label=_("Decision"), help_text=_("Its number and date, if there is one."), max_length=200, required=False
    )

    field_order = ["code", "name", "valid_from", "source"]


def _place(request: StaffRequest, place_id: int, level: Level) -> Place:
    found = queries.get_place(request.person, place_id)
    if found.level != level or not found.is_valid_on(clock.today()):
        raise NotFound
    policies.require(request.person, "registry.edit", found)
    return found


@staff("registry.edit")
def add(request: StaffRequest, place_id: int) -> HttpResponse:
    """Enter one village or residential group of a commune."""
    commune = _place(request, place_id, Level.COMMUNE)
    form = VillageForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        told = dict(form.cleaned_data)
        begins, source = told.pop("valid_from") or commune.valid_from, told.pop("source")
        try:
            village = add_villages(
                commune=commune, villages=[NewVillage(**told)], by=request.person, valid_from=begins, source=source
            )[0]
        except BadInput as error:
            form.take_errors(error.fields)
        else:
            messages.success(request, gettext("%(village)s was entered.") % {"village": village.name})
            return redirect("places:place", village.pk)
    return _page(request, form, gettext("Enter a village"), commune)


@staff("registry.edit")
def describe(request: StaffRequest, place_id: int) -> HttpResponse:
    """Tell the figures and the middle of a village anew."""
    village = _place(request, place_id, Level.VILLAGE)
    told = {field: getattr(village, field) for field in FiguresForm.base_fields}
    form = FiguresForm(request.POST or None, initial=told)
    if request.method == "POST" and form.is_valid():
        try:
            describe_village(village=village, by=request.person, **form.cleaned_data)
        except BadInput as error:
            form.take_errors(error.fields)
        else:
            messages.success(request, gettext("The figures of %(village)s were kept.") % {"village": village.name})
            return redirect("places:place", village.pk)
    return _page(request, form, gettext("Change its figures"), village)


def _page(request: StaffRequest, form: FiguresForm, title: str, place: Place) -> HttpResponse:
    back = reverse("places:place", args=[place.pk])
    context: dict[str, Any] = {
        "title": title,
        "sentence": place.name,
        "form": form,
        "back": back,
        "crumbs": [Crumb(_("Places"), reverse("places:places")), Crumb(place.name, back)],
    }
    return render(request, "registry/form.html", context, status=422 if form.errors else 200)

"""The forms of facilities: what a kind is, where it stands, and only what its group has."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from coso.kit import clock
from coso.organizations.choosing import Offer, PlaceField, register_offer
from coso.organizations.models import Organization, Person
from coso.places import queries as units
from coso.places.models import Level, Place
from coso.registry import queries
from coso.registry.actions import FacilityFacts
from coso.registry.models import Facility, StationMode
from coso.registry.rules import kinds
from coso.registry.web.facilities.words import GROUPS, profile_of
from coso.registry.web.forms import DegreesInput, degrees_field
from coso.ui.forms import HouseForm, RadioCards

STATION_FIELDS = ("mode", "frequency_mhz", "licence_number", "licence_expires_on")


def kinds_by_group() -> list[tuple[Any, list[tuple[str, str]]]]:
    """Give the kinds as choices under the words of their groups."""
    return [(GROUPS[group], [(code, kinds.name_of(code)) for code in kinds.codes_of(group)]) for group in kinds.GROUPS]


HOMES = register_offer(Offer("thiet-che", "registry.edit", lambda person, about: queries.homes(person)))


class WhatAndWhereForm(HouseForm, forms.Form):
    """The first page: which kind, in which commune; the next asks what that kind has."""

    warn_unsaved = False

    kind = forms.ChoiceField(label=_("What is it?"), choices=kinds_by_group)
    home = PlaceField(offer=HOMES, label=_("In which commune or ward?"))

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["home"].offer_to(person)  # type: ignore[attr-defined]


class FacilityForm(HouseForm, forms.Form):
    """All that is told of a facility; fields that its group lacks are taken out."""

    keep_draft = True

    kind = forms.ChoiceField(label=_("Kind"))
    name = forms.CharField(label=_("Name of the facility"), max_length=160)
    place = forms.ModelChoiceField(
        label=_("Where does it stand?"),
        help_text=_("The village in which it stands; the commune itself when it is the whole commune's."),
        queryset=Place.objects.none(),
    )
    organization = forms.ModelChoiceField(label=_("Run by"), queryset=Organization.objects.none(), required=False)
    serves = forms.ModelMultipleChoiceField(
        label=_("Which villages does it serve?"),
        queryset=Place.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple(),
    )
    mode = forms.ChoiceField(
        label=_("How does it broadcast?"), choices=StationMode.choices, initial=StationMode.IP, widget=RadioCards()
    )
    frequency_mhz = forms.DecimalField(
        label=_("Frequency (MHz)"),
        help_text=_("Of a station that sends by radio, such as 98,5."),
        required=False,
        max_digits=6,
        decimal_places=2,
        widget=DegreesInput(attrs={"inputmode": "decimal", "maxlength": 8}),
    )
    licence_number = forms.CharField(
        label=_("Licence number"),
        help_text=_("The licence to use the frequency; FM needs one."),
        max_length=60,
        required=False,
    )
    licence_expires_on = forms.DateField(label=_("Licence ends on"), required=False)
    keeper = forms.CharField(label=_("Keeper"), help_text=_("Who keeps the key."), max_length=120, required=False)
    keeper_phone = forms.CharField(label=_("Keeper's phone"), max_length=20, required=False)
    opening_hours = forms.CharField(
        label=_("Opening hours"),
        help_text=_("As people here say it: mornings of Tuesday and Thursday, 7:30 to 11:00."),
        max_length=200,
        required=False,
    )
    opened_on = forms.DateField(label=_("Opened on"), required=False)
    address = forms.CharField(label=_("Address"), max_length=200, required=False)
    latitude = degrees_field(_("Latitude"), _("In degrees, such as 18,42. With the longitude or not at all."))
    longitude = degrees_field(_("Longitude"), _("In degrees, such as 105,18."))
    code = forms.CharField(
        label=_("Code"),
        help_text=_("As on its label: capital letters without marks, figures, hyphens. Empty: the system makes one."),
        max_length=30,
        required=False,
    )
    note = forms.CharField(label=_("Note"), max_length=300, required=False)

    def __init__(
        self, *args: Any, group: str, home: Place, facility: Facility | None = None, kind: str = "", **kwargs: Any
    ) -> None:
        spots = queries.spots(home)
        if facility is not None and facility.place not in spots:
            spots = [facility.place, *spots]
        given = {"place": home.pk, "kind": kind, "organization": queries.committee_of(home)}
        kwargs["initial"] = (_told(facility) if facility else given) | (kwargs.get("initial") or {})
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["kind"].choices = [(code, kinds.name_of(code)) for code in kinds.codes_of(group)]
        fields["place"].queryset = Place.objects.filter(pk__in=[spot.pk for spot in spots]).order_by("-level", "pk")
        fields["place"].label_from_instance = _spot_words
        fields["place"].empty_label = None
        fields["organization"].queryset = bodies_of(home, facility)
        fields["organization"].empty_label = _("nobody noted")
        fields["serves"].queryset = units.villages_of([home])
        for name in _lacking(group, home, spots):
            del self.fields[name]
        if facility is None:
            fields["kind"].widget = forms.HiddenInput()
        elif len(fields["kind"].choices) == 1:
            del self.fields["kind"]
        self._kind = facility.kind if facility else kind
        self._home = home

    @property
    def facts(self) -> FacilityFacts:
        """Give what was told, once the form is valid."""
        told = dict(self.cleaned_data)
        told.setdefault("kind", self._kind)
        told.setdefault("place", self._home)
        return FacilityFacts(**told)


def bodies_of(home: Place, facility: Facility | None = None) -> Any:
    """List the bodies that may run a facility, with the one that does, though it ended."""
    found = queries.bodies_for(home)
    if facility is None or facility.organization_id is None:
        return found
    return Organization.objects.filter(pk__in=[*found.values_list("pk", flat=True), facility.organization_id])


def _spot_words(place: Place) -> str:
    if place.is_valid_on(clock.today()):
        return place.name
    return str(_("%(place)s (a unit of earlier times)")) % {"place": place.name}


def _lacking(group: str, home: Place, spots: list[Place]) -> list[str]:
    """Name the fields that a group does not have."""
    lacking = [] if group == "station" else list(STATION_FIELDS)
    if group not in kinds.SERVING or home.level != Level.COMMUNE:
        lacking.append("serves")
    if group not in kinds.OPEN_TO_PEOPLE:
        lacking.append("opening_hours")
    if len(spots) == 1 or group == "station":
        lacking.append("place")
    return lacking


def _told(facility: Facility) -> dict[str, Any]:
    told = {
        name: getattr(facility, name)
        for name in (
            "kind", "name", "organization", "address", "latitude", "longitude", "keeper", "keeper_phone",
            "opening_hours", "opened_on", "code", "note",
        )
    }  # fmt: skip
    told |= {"place": facility.place_id, "serves": list(facility.serves.all())}
    if profile := profile_of(facility):
        told |= {name: getattr(profile, name) for name in STATION_FIELDS}
    return told


class CloseForm(HouseForm, forms.Form):
    """The last day of a facility, and why."""

    closed_on = forms.DateField(label=_("Its last day"), help_text=_("Today or earlier."))
    reason = forms.CharField(label=_("Why is it closed?"), max_length=300, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"closed_on": clock.today()})
        super().__init__(*args, **kwargs)

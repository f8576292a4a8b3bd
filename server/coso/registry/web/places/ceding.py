"""The form in which a part of a unit goes to another one."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from coso.kit.refs import number_in
from coso.organizations.choosing import Offer, PlaceField, register_offer
from coso.organizations.models import Person
from coso.places import queries as units
from coso.places.models import Place
from coso.places.rules.changes import Cede, Operation
from coso.registry.web.forms import DegreesInput, whole_field
from coso.registry.web.places.forms import ByDecision, UnitChoices, percent_field


def _beside(person: Person, about: str) -> QuerySet[Place]:
    """Offer the other units of a unit's level that exist today."""
    unit = Place.objects.filter(pk=number_in(about)).first()
    if unit is None:
        return Place.objects.none()
    return units.now().filter(level=unit.level).exclude(pk=unit.pk)


RECEIVERS = register_offer(Offer("don-vi-nhan", "place.change", _beside))


class CedeForm(ByDecision):
    """Say what of a unit goes to which other one; the units under it are asked for where there are any."""

    receiver = PlaceField(offer=RECEIVERS, label=_("To which unit does the part go?"))
    below = UnitChoices(
        label=_("Which units under it go along?"),
        help_text=_("What hangs on them goes with them. What hangs on the unit itself stays with it."),
        queryset=Place.objects.none(),
        widget=forms.CheckboxSelectMultiple(),
        required=False,
    )
    people = whole_field(_("How many people go over"), _("As the decision counts them."), most=100_000_000)
    share = percent_field(
        _("Or their share of the population, in per cent"),
        _("Leave both empty to take the people of the villages that go, or when nothing is known."),
    )
    area_km2 = forms.FloatField(
        label=_("Area that goes over, in km²"),
        required=False,
        widget=DegreesInput(attrs={"inputmode": "decimal", "maxlength": 12}),
    )
    name = forms.CharField(
        label=_("Name of the unit that gives the part"),
        help_text=_("Change it only when the decision does. Both units keep their codes."),
        max_length=120,
    )

    def __init__(self, *args: Any, unit: Place, by: Person, **kwargs: Any) -> None:
        kwargs["initial"] = {"name": unit.name} | kwargs.get("initial", {})
        super().__init__(*args, unit=unit, **kwargs)
        self.fields["receiver"].offer_to(by, str(unit.pk))  # type: ignore[attr-defined]
        children = units.now().filter(parent=unit).order_by("sort_key", "code")
        self.fields["below"].queryset = children  # type: ignore[attr-defined]
        if not children.exists():
            del self.fields["below"]

    def operation(self) -> Operation:
        """Give a part."""
        told = self.cleaned_data
        going: Sequence[Place] = told.get("below") or ()
        return Cede(
            unit=self.the_unit(),
            receiver=told["receiver"].pk,
            below=tuple(child.pk for child in going),
            people=told["people"],
            share=None if told["share"] is None else round(told["share"] / 100, 6),
            area_km2=told["area_km2"],
            name=" ".join(told["name"].split()),
        )

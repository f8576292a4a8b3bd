"""The form of a transfer: a decision, a day, and for each facility where it goes and who runs it then."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.http import QueryDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from coso.kit import clock
from coso.organizations import policies
from coso.organizations import queries as organizations
from coso.organizations.models import Organization, Person
from coso.places import queries as units
from coso.places.models import Place
from coso.registry import queries
from coso.registry.actions import Move
from coso.registry.models import Facility
from coso.ui.forms import HouseForm

ITS_COMMITTEE = "committee"
"""The choice of a body that follows the commune chosen beside it: its people's committee."""


@dataclass(frozen=True)
class Line:
    """One facility of the table with its fields."""

    facility: Facility
    take: BoundField
    place: BoundField
    organization: BoundField


class TransferForm(HouseForm, forms.Form):
    """Built with a set of fields for each facility proposed: take-ID, from-ID, place-ID, organization-ID."""

    decision = forms.CharField(
        label=_("Decision"), help_text=_("Its number and date, and whose it is."), max_length=200
    )
    on = forms.DateField(label=_("From which day?"))
    note = forms.CharField(label=_("Note"), max_length=300, required=False)
    all_to = forms.ChoiceField(
        label=_("All that is ticked goes to one commune"),
        help_text=_("The table below shows it; nothing is transferred until you save."),
        required=False,
    )

    def __init__(self, *args: Any, person: Person, proposals: Sequence[queries.Proposal], **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"on": clock.today()})
        super().__init__(*args, **kwargs)
        self._person = person
        self._proposals = proposals
        places, bodies = self._place_choices(), self._body_choices()
        self.fields["all_to"].choices = places  # type: ignore[attr-defined]
        for one in proposals:
            key = one.facility.pk
            self.fields[f"take-{key}"] = forms.BooleanField(
                label=gettext("Transfer %(facility)s") % {"facility": one.facility.name},
                required=False,
                initial=True,
                widget=forms.CheckboxInput(attrs={"class": "form-check-input"}),
            )
            self.fields[f"from-{key}"] = forms.IntegerField(widget=forms.HiddenInput(), initial=one.facility.place_id)
            self.fields[f"place-{key}"] = forms.ChoiceField(
                label=gettext("Goes to"),
                choices=places if one.place is None or one.place.pk in self.places else self._with(places, one.place),
                initial=one.place.pk if one.place else "",
                required=False,
                widget=forms.Select(attrs={"class": "form-select"}),
            )
            self.fields[f"organization-{key}"] = forms.ChoiceField(
                label=gettext("Run by"),
                choices=bodies,
                initial=one.organization.pk if one.organization else ITS_COMMITTEE,
                required=False,
                widget=forms.Select(attrs={"class": "form-select"}),
            )

    @cached_property
    def places(self) -> dict[int, Place]:
        """Give the communes of today to which the person may transfer, by id."""
        inside = policies.scope(self._person, "registry.transfer", "path")
        return {place.pk: place for place in units.communes().filter(inside)}

    @cached_property
    def bodies(self) -> dict[int, Organization]:
        """Give the bodies of today that may run a facility, by id."""
        proposed = {one.organization.pk for one in self._proposals if one.organization}
        inside = policies.scope(self._person, "registry.transfer", "place__path")
        found = organizations.organizations_on(clock.today())
        return {body.pk: body for body in (found.filter(inside) | found.filter(pk__in=proposed)).distinct()}

    def _place_choices(self) -> list[tuple[Any, Any]]:
        return [("", _("choose a commune")), *((pk, place.name) for pk, place in self.places.items())]

    def _body_choices(self) -> list[tuple[Any, Any]]:
        own = (ITS_COMMITTEE, _("the people's committee of the receiving commune"))
        return [own, ("", _("nobody noted")), *((pk, body.name) for pk, body in self.bodies.items())]

    def _with(self, choices: list[tuple[Any, Any]], place: Place) -> list[tuple[Any, Any]]:
        """Offer a village too, where one was proposed."""
        self.places[place.pk] = place
        above = f", {place.parent.name}" if place.parent else ""
        return [*choices, (place.pk, f"{place.name}{above}")]

    def lines(self) -> list[Line]:
        """Give the table."""
        return [
            Line(
                one.facility,
                self[f"take-{one.facility.pk}"],
                self[f"place-{one.facility.pk}"],
                self[f"organization-{one.facility.pk}"],
            )
            for one in self._proposals
        ]

    def takes_many(self) -> bool:
        """Say whether there is more than one line, so that filling in all of them at once saves work."""
        return len(self._proposals) > 1

    def hidden(self) -> list[BoundField]:
        """Give what the page carries along: where each facility was seen."""
        return [self[f"from-{one.facility.pk}"] for one in self._proposals]

    def about(self) -> list[BoundField]:
        """Give the fields of the decision."""
        return [self["decision"], self["on"], self["note"]]

    def clean(self) -> dict[str, Any]:
        """Ask for a commune on every line that is taken."""
        told: dict[str, Any] = super().clean() or {}
        for one in self._proposals:
            if told.get(f"take-{one.facility.pk}") and not told.get(f"place-{one.facility.pk}"):
                words = gettext("Choose where %(facility)s goes.") % {"facility": one.facility.name}
                self.add_error(f"place-{one.facility.pk}", words)
        return told

    @classmethod
    def filled(cls, typed: QueryDict, *, person: Person, proposals: Sequence[queries.Proposal]) -> "TransferForm":
        """Give the form with every ticked line sent to the one commune that was chosen, to be looked at; unchecked."""
        told: dict[str, Any] = dict(typed.items())
        for one in proposals:
            key = one.facility.pk
            told[f"take-{key}"] = f"take-{key}" in typed
            if told[f"take-{key}"]:
                told |= {f"place-{key}": typed["all_to"], f"organization-{key}": ITS_COMMITTEE}
        return cls(person=person, proposals=proposals, initial=told)

    @property
    def moves(self) -> list[Move]:
        """Give what the person decided, once the form is valid."""
        told = self.cleaned_data
        taken = [one.facility.pk for one in self._proposals if told[f"take-{one.facility.pk}"]]
        goes = {pk: self.places[int(told[f"place-{pk}"])] for pk in taken}
        committees = queries.committees_of(queries.commune_of(place) for place in goes.values())
        return [Move(pk, told[f"from-{pk}"], goes[pk], self._body(pk, goes[pk], committees)) for pk in taken]

    def _body(self, key: int, place: Place, committees: dict[int, Organization]) -> Organization | None:
        chosen = self.cleaned_data[f"organization-{key}"]
        if chosen == ITS_COMMITTEE:
            return committees.get(queries.commune_of(place).pk)
        return self.bodies[int(chosen)] if chosen else None

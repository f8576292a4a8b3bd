"""The forms of changes of bodies and of who leads the field."""

from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from coso.kit import clock
from coso.organizations import queries
from coso.organizations.choosing import Offer, PlaceField, register_offer
from coso.organizations.models import BODY_KINDS, FieldLead, Organization, Person
from coso.places import queries as units
from coso.places.models import Level, Place
from coso.ui.forms import HouseForm


def bodies_of_today() -> QuerySet[Organization]:
    """List the bodies that last, those to begin among them."""
    return Organization.objects.filter(Q(valid_to=None) | Q(valid_to__gte=clock.today())).order_by("sort_key")


class ByDecision(HouseForm, forms.Form):
    """What every change of a body names: from which day, by which decision."""

    from_on = forms.DateField(label=_("From the day"), help_text=_("The first day on which it is so."))
    decision = forms.CharField(label=_("Decision"), help_text=_("Number and date."), max_length=200)
    note = forms.CharField(label=_("Note"), max_length=300, required=False)


def _seats(person: Person, about: str = "") -> QuerySet[Place]:
    """Offer the province and its communes: a body may stand outside the places of whoever enters it."""
    return units.now().filter(level__in=[Level.PROVINCE, Level.COMMUNE])


BODY_PLACES = register_offer(Offer("co-quan", "organization.edit", _seats))


class _WithPlace(ByDecision):
    """Where a body stands."""

    place = PlaceField(offer=BODY_PLACES, label=_("Place"), required=False)
    parent = forms.ModelChoiceField(label=_("Under which body?"), queryset=Organization.objects.none(), required=False)

    def __init__(self, *args: Any, by: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["place"].offer_to(by)  # type: ignore[attr-defined]
        self.fields["parent"].queryset = bodies_of_today()  # type: ignore[attr-defined]


class AddBodyForm(_WithPlace):
    """Enter a body."""

    name = forms.CharField(label=_("Name of the body"), max_length=200)
    short_name = forms.CharField(label=_("Short name"), max_length=80, required=False)
    kind = forms.ChoiceField(label=_("Kind"), choices=[("", _("Choose one.")), *BODY_KINDS])
    code = forms.CharField(
        label=_("Code"),
        help_text=_("Small letters without marks, figures, hyphens; made from the name when it stays empty."),
        max_length=40,
        required=False,
    )
    field_order = ["name", "short_name", "kind", "place", "parent", "code", "from_on", "decision", "note"]


class RenameForm(ByDecision):
    """Give a body another name."""

    name = forms.CharField(label=_("New name"), max_length=200)
    short_name = forms.CharField(label=_("Short name"), max_length=80, required=False)
    field_order = ["name", "short_name", "from_on", "decision", "note"]


class MoveForm(_WithPlace):
    """Put a body elsewhere."""

    field_order = ["place", "parent", "from_on", "decision", "note"]


class DissolveForm(ByDecision):
    """End a body."""

    successor = forms.ModelChoiceField(
        label=_("Who takes over?"),
        help_text=_("Left empty while it is not known; all that hangs on the body is then without a successor."),
        queryset=Organization.objects.none(),
        required=False,
    )
    field_order = ["successor", "from_on", "decision", "note"]

    def __init__(self, *args: Any, body: Organization, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["successor"].queryset = bodies_of_today().exclude(pk=body.pk)  # type: ignore[attr-defined]
        self.fields["from_on"].help_text = _("The first day without it.")


class MergeForm(ByDecision):
    """Let a body and others go into one."""

    bodies = forms.ModelMultipleChoiceField(
        label=_("Which bodies are merged with it?"),
        help_text=_("Offered are the bodies of the same place and of the same kind."),
        queryset=Organization.objects.none(),
        widget=forms.CheckboxSelectMultiple(),
    )
    into = forms.ModelChoiceField(
        label=_("Into which body?"),
        help_text=_("One that stays, or none: then they become a new body, named below."),
        queryset=Organization.objects.none(),
        required=False,
        empty_label=_("A new body"),
    )
    name = forms.CharField(label=_("Name of the new body"), max_length=200, required=False)
    short_name = forms.CharField(label=_("Short name"), max_length=80, required=False)
    field_order = ["bodies", "into", "name", "short_name", "from_on", "decision", "note"]

    def __init__(self, *args: Any, body: Organization, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        near = bodies_of_today().filter(Q(place=body.place_id) | Q(kind=body.kind))
        self.fields["bodies"].queryset = near.exclude(pk=body.pk)  # type: ignore[attr-defined]
        self.fields["into"].queryset = near  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any] | None:
        """Ask for a name where the body is new."""
        given = super().clean()
        if given is not None and not given.get("into") and not given.get("name"):
            self.add_error("name", _("Name the new body, or choose the one that stays."))
        return given


class LeadForm(HouseForm, forms.Form):
    """Say who leads the field from a day on."""

    from_on = forms.DateField(label=_("From the day"))
    organization = forms.ModelChoiceField(label=_("Body that leads"), queryset=Organization.objects.none())
    source = forms.CharField(
        label=_("Document that says so"), help_text=_("Number, date, article."), max_length=200, required=False
    )
    is_verified = forms.BooleanField(label=_("I have seen this document: it is verified"), required=False)

    def __init__(self, *args: Any, lead: FieldLead | None = None, **kwargs: Any) -> None:
        if lead is not None:
            names = ("from_on", "organization", "source", "is_verified")
            kwargs["initial"] = {name: getattr(lead, name) for name in names}
        super().__init__(*args, **kwargs)
        bodies = Organization.objects.filter(place__level=Level.PROVINCE).order_by("sort_key")
        self.fields["organization"].queryset = bodies  # type: ignore[attr-defined]
        if lead is not None:
            # Another day is another setting: this one is removed then.
            self.fields["from_on"].disabled = True


class ReasonForm(HouseForm, forms.Form):
    """Why something is taken back."""

    reason = forms.CharField(label=_("Why is it taken back?"), max_length=300)


def dependents_of(body: Organization) -> int:
    """Count what hangs on a body: posts, facilities, tasks, bodies under it."""
    return sum(queries.dependents([body]).values())

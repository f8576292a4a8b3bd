"""The forms of equipment: what a piece is, its next step, its move."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from coso.kit import clock
from coso.organizations.models import Person
from coso.registry import queries
from coso.registry.actions import EquipmentFacts
from coso.registry.models import Equipment, EquipmentKind, EquipmentState, Facility, SpeakerCluster
from coso.registry.rules import equipment as rules
from coso.registry.rules.equipment import Life
from coso.registry.web.forms import whole_field
from coso.ui.forms import HouseForm, RadioCards

STEP_WORDS = {
    Life.IN_USE: _("It works where it stands."),
    Life.IN_REPAIR: _("It is broken and waits for its repair, or is at the workshop."),
    Life.IN_STORE: _("It is whole, and nobody uses it now."),
    Life.WRITTEN_OFF: _("It is gone for good, by a decision. This cannot be undone."),
}


class EquipmentForm(HouseForm, forms.Form):
    """What is told of a piece; `state` is asked when it is entered."""

    keep_draft = True

    kind = forms.ChoiceField(label=_("What is it?"), choices=EquipmentKind.choices)
    name = forms.CharField(label=_("Name or model"), help_text=_("As the maker calls it."), max_length=160)
    state = forms.ChoiceField(
        label=_("How does it stand now?"),
        choices=[(one.value, one.label) for one in EquipmentState if one != EquipmentState.WRITTEN_OFF],
        initial=EquipmentState.IN_USE,
    )
    cluster = forms.ModelChoiceField(
        label=_("Cluster"),
        help_text=_("Of a station: the cluster on which it is mounted."),
        queryset=SpeakerCluster.objects.none(),
        required=False,
    )
    maker = forms.CharField(label=_("Maker"), max_length=120, required=False)
    serial = forms.CharField(
        label=_("Serial number"), help_text=_("With it, the piece is entered by itself."), max_length=80, required=False
    )
    quantity = whole_field(_("How many alike?"), _("Pieces that no serial number tells apart."), required=True)
    price_vnd = whole_field(_("Price of one, in đồng"), _("Such as 12.500.000."))
    acquired_on = forms.DateField(label=_("Acquired on"), required=False)
    funding_source = forms.CharField(
        label=_("Paid from"), help_text=_("In words: the scheme or the budget."), max_length=200, required=False
    )
    warranty_to = forms.DateField(label=_("Under warranty until"), required=False)
    note = forms.CharField(label=_("Note"), max_length=300, required=False)

    def __init__(self, *args: Any, facility: Facility, equipment: Equipment | None = None, **kwargs: Any) -> None:
        kwargs["initial"] = _told(equipment) if equipment else {"quantity": 1}
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["cluster"].queryset = queries.clusters_at(facility)
        fields["cluster"].empty_label = _("on no cluster")
        if facility.group != "station":
            del self.fields["cluster"]
        if equipment is not None:
            del self.fields["state"]

    @property
    def facts(self) -> EquipmentFacts:
        """Give what was told, once the form is valid."""
        return EquipmentFacts(**{name: value for name, value in self.cleaned_data.items() if name != "state"})


def _told(piece: Equipment) -> dict[str, Any]:
    names = ("kind", "name", "cluster", "maker", "serial", "quantity", "price_vnd", "acquired_on", "funding_source")
    return {name: getattr(piece, name) for name in (*names, "warranty_to", "note")}


def quantity_field(equipment: Equipment) -> forms.IntegerField:
    """Ask how many of a lot take a step; the others stay as they are."""
    words = gettext("Of %(count)s pieces; fewer become a lot of their own.") % {"count": equipment.quantity}
    field = whole_field(_("How many of them?"), words, required=True, most=equipment.quantity)
    field.initial = equipment.quantity
    return field


class WithdrawForm(HouseForm, forms.Form):
    """Say why an entry was a mistake."""

    reason = forms.CharField(
        label=_("Why was it entered by mistake?"), help_text=_("The reason stays in the journal."), max_length=300
    )


class StepForm(HouseForm, forms.Form):
    """The next step of a piece's life."""

    to = forms.ChoiceField(label=_("How does it stand from now on?"))
    on = forms.DateField(label=_("Since which day?"))
    decision = forms.CharField(
        label=_("Decision"),
        help_text=_("Number and date; needed to write off."),
        max_length=200,
        required=False,
    )
    note = forms.CharField(label=_("Note"), max_length=300, required=False)

    def __init__(self, *args: Any, equipment: Equipment, to: str = "", **kwargs: Any) -> None:
        steps = rules.steps_from(Life(equipment.state))
        kwargs["initial"] = {"on": clock.today(), "to": to}
        super().__init__(*args, **kwargs)
        choices = [(step.value, EquipmentState(step.value).label) for step in steps]
        self.fields["to"] = forms.ChoiceField(
            label=_("How does it stand from now on?"),
            choices=choices,
            widget=RadioCards(
                explain={step.value: STEP_WORDS[step] for step in steps},
                tones={Life.WRITTEN_OFF.value: "danger"},
                choices=choices,
            ),
        )
        if equipment.quantity > 1:
            self.fields["quantity"] = quantity_field(equipment)
            self.order_fields(["to", "quantity"])


class MoveForm(HouseForm, forms.Form):
    """The facility to which a piece goes: one that the person may change."""

    to = forms.ModelChoiceField(label=_("To which facility?"), queryset=Facility.objects.none())
    on = forms.DateField(label=_("On which day?"))
    decision = forms.CharField(
        label=_("Decision"), help_text=_("Number and date, where there is one."), max_length=200, required=False
    )
    note = forms.CharField(label=_("Note"), max_length=300, required=False)

    def __init__(self, *args: Any, equipment: Equipment, person: Person, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"on": clock.today()})
        super().__init__(*args, **kwargs)
        field: Any = self.fields["to"]
        may = queries.facilities_edited_by(person).filter(closed_on=None).exclude(pk=equipment.facility_id)
        field.queryset = may.order_by("place__sort_key", "sort_key")
        field.label_from_instance = lambda row: f"{queries.commune_of(row.place).name}: {row.name}"
        if equipment.quantity > 1:
            self.fields["quantity"] = quantity_field(equipment)
            self.order_fields(["to", "quantity"])

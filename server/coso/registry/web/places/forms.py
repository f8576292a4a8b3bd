"""The forms of changes of units, of links to successors and of labels."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from coso.kit import clock
from coso.kit.refs import number_in
from coso.organizations.choosing import Offer, PlaceField, register_offer
from coso.organizations.models import Person
from coso.places import queries as units
from coso.places.models import LabelFamily, LabelKind, Level, Place
from coso.places.rules.changes import Abolish, Merge, Move, Operation, Part, Rename, Split
from coso.registry.web.forms import DegreesInput
from coso.ui.forms import HouseForm

MOST_PARTS = 6


class UnitChoices(forms.ModelMultipleChoiceField[Place]):
    """Several units."""

    def label_from_instance(self, obj: Any) -> str:
        """Say the unit with its code: names come twice."""
        return f"{obj.name} ({obj.code})"


def percent_field(label: Any, help_text: Any = "") -> forms.FloatField:
    """Make a field for a share in per cent, with a comma or a point."""
    widget = DegreesInput(attrs={"inputmode": "decimal", "maxlength": 8})
    return forms.FloatField(label=label, help_text=help_text, required=False, widget=widget)


class UndoForm(HouseForm, forms.Form):
    """Say why a change is undone."""

    reason = forms.CharField(label=_("Reason"), max_length=300, widget=forms.Textarea(attrs={"rows": 3}))


class UndoChangeForm(UndoForm):
    """Say why a change of units is undone, and what becomes of counts that only shares can bring back."""

    estimates = forms.BooleanField(
        label=_("Give the old units their shares of what was counted meanwhile"),
        help_text=_("They are marked as estimated. Otherwise each keeps its last own count."),
        required=False,
        initial=True,
    )

    def __init__(self, *args: Any, asks: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not asks:
            del self.fields["estimates"]


class ByDecision(HouseForm, forms.Form):
    """What every change of units needs: its day and its decision."""

    from_on = forms.DateField(
        label=_("From the day"),
        help_text=_("The first day of the new units; the old ones end the day before. A day to come is planned."),
    )
    decision = forms.CharField(
        label=_("Resolution or decision"), help_text=_("Number, date and who made it."), max_length=200
    )
    note = forms.CharField(label=_("Note"), max_length=300, required=False)

    def __init__(self, *args: Any, unit: Place | None = None, **kwargs: Any) -> None:
        self.unit = unit
        super().__init__(*args, **kwargs)
        # What is changed comes first, by which decision last.
        last = ["from_on", "decision", "note"]
        self.order_fields([name for name in self.fields if name not in last] + last)

    def the_unit(self) -> int:
        """Give the id of the unit that the page is about."""
        return self.unit.pk if self.unit else 0

    def operation(self) -> Operation:
        """Give what was asked for, from a valid form."""
        raise NotImplementedError


class RenameForm(ByDecision):
    """Give a unit another name."""

    name = forms.CharField(label=_("New name"), help_text=_("With its kind, such as Xã Sơn Kim."), max_length=120)

    def operation(self) -> Operation:
        """Rename."""
        return Rename(unit=self.the_unit(), name=" ".join(self.cleaned_data["name"].split()))


class MergeForm(ByDecision):
    """Make one unit of this one and others."""

    units = UnitChoices(
        label=_("With which units is it merged?"),
        queryset=Place.objects.none(),
        widget=forms.CheckboxSelectMultiple(),
    )
    name = forms.CharField(
        label=_("Name of the new unit"), help_text=_("It may be the name of one of the old ones."), max_length=120
    )
    code = forms.CharField(
        label=_("Code of the new unit"), help_text=_("It may be the code of one of the old ones."), max_length=20
    )

    def __init__(self, *args: Any, unit: Place, **kwargs: Any) -> None:
        kwargs["initial"] = {"name": unit.name, "code": unit.code} | kwargs.get("initial", {})
        super().__init__(*args, unit=unit, **kwargs)
        beside = units.now().filter(level=unit.level, parent=unit.parent).exclude(pk=unit.pk)
        self.fields["units"].queryset = beside.order_by("sort_key", "code")  # type: ignore[attr-defined]

    def operation(self) -> Operation:
        """Merge."""
        told = self.cleaned_data
        others = tuple(other.pk for other in told["units"])
        return Merge(units=(self.the_unit(), *others), name=" ".join(told["name"].split()), code=told["code"].strip())


class SplitForm(ByDecision):
    """Divide a unit into several; `split_form` adds the fields of its parts."""

    count = 0
    children: Sequence[Place] = ()

    def operation(self) -> Operation:
        """Split."""
        told = self.cleaned_data
        parts = tuple(
            Part(
                name=" ".join(told[f"name_{number}"].split()),
                code=told[f"code_{number}"].strip(),
                share=None if told[f"share_{number}"] is None else round(told[f"share_{number}"] / 100, 6),
            )
            for number in range(1, self.count + 1)
        )
        below = {child.pk: int(told[f"below_{child.pk}"]) - 1 for child in self.children}
        return Split(unit=self.the_unit(), parts=parts, default=int(told["default"]) - 1, below=below)


def split_form(unit: Place, parts: int) -> type[SplitForm]:
    """Make the form that divides a unit into so many parts; each unit under it is asked for."""
    children = list(units.now().filter(parent=unit).order_by("sort_key", "code"))
    numbers = [(str(number), gettext("Part %(number)s") % {"number": number}) for number in range(1, parts + 1)]
    fields: dict[str, Any] = {"count": parts, "children": children}
    for number in range(1, parts + 1):
        fields |= _part_fields(number, unit if number == 1 else None)
    fields["default"] = forms.ChoiceField(
        label=gettext("To which part goes what cannot be divided?"),
        help_text=gettext("Stations, posts and records of the old unit are found under this part."),
        choices=numbers,
        initial="1",
        widget=forms.RadioSelect(),
    )
    for child in children:
        fields[f"below_{child.pk}"] = forms.ChoiceField(
            label=gettext("To which part goes %(name)s?") % {"name": child.name}, choices=numbers, initial="1"
        )
    return type("SplitForm", (SplitForm,), fields)


def _part_fields(number: int, unit: Place | None) -> dict[str, forms.Field]:
    words = {"number": number}
    return {
        f"name_{number}": forms.CharField(
            label=gettext("Name of part %(number)s") % words, max_length=120, initial=unit.name if unit else ""
        ),
        f"code_{number}": forms.CharField(
            label=gettext("Code of part %(number)s") % words, max_length=20, initial=unit.code if unit else ""
        ),
        f"share_{number}": percent_field(
            gettext("Share of the population of part %(number)s, in per cent") % words,
            gettext("Leave it empty when it is unknown."),
        ),
    }


def _above(person: Person, about: str) -> QuerySet[Place]:
    """Offer the units under which a unit may lie: those of today on the levels above it, without the present one."""
    unit = Place.objects.filter(pk=number_in(about)).first()
    if unit is None:
        return Place.objects.none()
    levels = list(Level.values)
    higher = levels[: levels.index(unit.level)]
    # A village lies under a commune, and a commune under a district while there are any, else under the province.
    wanted = higher[-1:] if unit.level == Level.VILLAGE else higher
    return units.now().filter(level__in=wanted).exclude(pk=unit.parent_id or 0)


PARENTS = register_offer(Offer("don-vi-tren", "place.change", _above))


class MoveForm(ByDecision):
    """Put a unit under another one."""

    parent = PlaceField(offer=PARENTS, label=_("Under which unit does it lie from then on?"))
    name = forms.CharField(
        label=_("Its name from then on"),
        help_text=_("Change it only when the decision does."),
        max_length=120,
        required=False,
    )

    def __init__(self, *args: Any, unit: Place, by: Person, **kwargs: Any) -> None:
        kwargs["initial"] = {"name": unit.name} | kwargs.get("initial", {})
        super().__init__(*args, unit=unit, **kwargs)
        self.fields["parent"].offer_to(by, str(unit.pk))  # type: ignore[attr-defined]

    def operation(self) -> Operation:
        """Move."""
        name = " ".join(self.cleaned_data["name"].split())
        kept = self.unit is not None and name == self.unit.name
        return Move(unit=self.the_unit(), parent=self.cleaned_data["parent"].pk, name="" if kept else name)


class AbolishForm(ByDecision):
    """End every unit of a level."""

    level = forms.ChoiceField(
        label=_("Which level is abolished?"),
        help_text=_("What lay under its units lies under the units above them from then on."),
        choices=[(Level.DISTRICT.value, Level.DISTRICT.label), (Level.COMMUNE.value, Level.COMMUNE.label)],
        widget=forms.RadioSelect(),
    )

    def operation(self) -> Operation:
        """Abolish."""
        return Abolish(level=self.cleaned_data["level"])


def _after(person: Person, about: str) -> QuerySet[Place]:
    """Offer the units of a unit's level on the day after its last."""
    found = Place.objects.filter(pk=number_in(about)).first()
    if found is None or found.valid_to is None:
        return Place.objects.none()
    return units.at(found.valid_to + clock.days(1)).filter(level=found.level)


HEIRS = register_offer(Offer("don-vi-ke-thua", "place.change", _after))


class LinkForm(HouseForm, forms.Form):
    """Say what followed a unit."""

    successor = PlaceField(offer=HEIRS, label=_("Which unit followed it?"))
    is_whole = forms.BooleanField(label=_("The whole unit went there"), required=False, initial=True)
    share = percent_field(
        _("Share of the population, in per cent"), _("Only when a part went there; leave it empty when it is unknown.")
    )
    source = forms.CharField(
        label=_("Known from"), help_text=_("Number and date of the resolution, or where it is written."), max_length=200
    )
    is_verified = forms.BooleanField(label=_("I have seen it in this document"), required=False)

    def __init__(self, *args: Any, unit: Place, by: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["successor"].offer_to(by, str(unit.pk))  # type: ignore[attr-defined]


class LabelForm(HouseForm, forms.Form):
    """Give an area a label."""

    kind = forms.ChoiceField(label=_("Label"))
    decision = forms.CharField(
        label=_("Decision that gives it"), help_text=_("Number, date and who made it."), max_length=200
    )
    valid_from = forms.DateField(label=_("Holds from the day"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        groups: list[Any] = [("", _("Choose one."))]
        for family, label in LabelFamily.choices:
            groups.append((label, [(kind.pk, kind.name) for kind in units.label_kinds(family)]))
        self.fields["kind"].choices = groups  # type: ignore[attr-defined]
        self.fields["valid_from"].initial = clock.today()

    def clean_kind(self) -> LabelKind:
        """Give the label itself."""
        return LabelKind.objects.get(pk=self.cleaned_data["kind"])


class EndLabelForm(HouseForm, forms.Form):
    """Let a label hold no longer."""

    valid_to = forms.DateField(label=_("Last day on which it holds"))


class LabelKindForm(HouseForm, forms.Form):
    """Name a new audience or language."""

    family = forms.ChoiceField(
        label=_("Is it an audience or a language?"),
        choices=[
            (LabelFamily.AUDIENCE.value, LabelFamily.AUDIENCE.label),
            (LabelFamily.LANGUAGE.value, LabelFamily.LANGUAGE.label),
        ],
        widget=forms.RadioSelect(),
    )
    name = forms.CharField(
        label=_("Name of the label"),
        help_text=_("Of an area, never of people: no religion, no ethnicity, no number."),
        max_length=120,
    )
    source = forms.CharField(label=_("Document from which it comes"), max_length=200)

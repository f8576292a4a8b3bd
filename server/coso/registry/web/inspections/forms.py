"""The forms of rounds and defects."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from coso.kit import clock
from coso.organizations import policies
from coso.organizations.choosing import Offer, PlaceField, register_offer, within
from coso.organizations.models import Organization, Person
from coso.places.models import Level
from coso.plans import queries as tasks
from coso.plans.models import Task
from coso.registry.models import Defect, DefectState, Equipment, Facility, InspectionRound, SpeakerCluster
from coso.registry.queries import defects as reading
from coso.registry.rules import defects as rules
from coso.registry.rules.kinds import KINDS
from coso.ui.forms import HouseForm


class _TaskChoice(forms.ModelChoiceField[Task]):
    def label_from_instance(self, obj: Any) -> str:
        return str(obj)[:120]


_UPPER = (Level.PROVINCE, Level.DISTRICT, Level.COMMUNE)
ROUND_PLACES = register_offer(Offer("dot-kiem-tra", "inspection.run", within("inspection.run", *_UPPER)))


class RoundForm(HouseForm, forms.Form):
    """Prepare a round."""

    keep_draft = True

    title = forms.CharField(label=_("Title of the round"), max_length=200)
    place = PlaceField(offer=ROUND_PLACES, label=_("Where"), help_text=_("Everything under it is looked at."))
    kinds = forms.MultipleChoiceField(
        label=_("Kinds of facility"),
        help_text=_("None ticked: every kind."),
        choices=[],
        widget=forms.CheckboxSelectMultiple(),
        required=False,
    )
    opens_on = forms.DateField(label=_("First day"), help_text=_("The checklists in force on this day are used."))
    closes_on = forms.DateField(label=_("Last day"))
    task = _TaskChoice(
        label=_("Task of a plan"),
        help_text=_("The round becomes evidence for this task."),
        queryset=Task.objects.none(),
        required=False,
        empty_label="–",
    )

    def __init__(
        self, *args: Any, person: Person, round_: InspectionRound | None = None, task: Task | None = None, **kw: Any
    ) -> None:
        if round_ is not None:
            told = ("title", "place", "kinds", "opens_on", "closes_on", "task")
            kw["initial"] = {name: getattr(round_, name) for name in told}
        else:
            today = clock.today()
            kw["initial"] = {
                "opens_on": today,
                "closes_on": today + clock.days(30),
                "task": task,
                "place": next(iter(policies.places_with(person, "inspection.run")), None),
            }
        super().__init__(*args, **kw)
        self.fields["place"].offer_to(person)  # type: ignore[attr-defined]
        self.fields["kinds"].choices = [(kind.code, kind.name) for kind in KINDS.values()]  # type: ignore[attr-defined]
        self.fields["task"].queryset = tasks.visible_tasks(person)  # type: ignore[attr-defined]


class DefectForm(HouseForm, forms.Form):
    """Note something broken or missing at a facility."""

    keep_draft = True

    description = forms.CharField(
        label=_("What is broken or missing?"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3, "maxlength": 300}),
    )
    cluster = forms.ModelChoiceField(
        label=_("Which cluster?"), queryset=SpeakerCluster.objects.none(), required=False, empty_label="–"
    )
    equipment = forms.ModelChoiceField(
        label=_("Which piece?"), queryset=Equipment.objects.none(), required=False, empty_label="–"
    )
    responsible = forms.ModelChoiceField(
        label=_("Who must mend it?"),
        help_text=_("Nobody chosen: the body that runs the facility, or the people's committee of the commune."),
        queryset=Organization.objects.none(),
        required=False,
        empty_label="–",
    )
    due_on = forms.DateField(label=_("By when?"), required=False)

    def __init__(self, *args: Any, facility: Facility, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        today = clock.today()
        clusters = SpeakerCluster.objects.filter(station_id=facility.pk, retired_on=None)
        pieces = facility.equipment.all()
        self.fields["due_on"].help_text = _("Left empty: %(days)s working days.") % {"days": rules.DAYS["mend"]}
        self.fields["responsible"].queryset = reading.may_be_responsible(facility.place, today)  # type: ignore[attr-defined]
        self.fields["cluster"].queryset = clusters  # type: ignore[attr-defined]
        self.fields["equipment"].queryset = pieces  # type: ignore[attr-defined]
        for name, found in (("cluster", clusters), ("equipment", pieces)):
            if not found.exists():
                del self.fields[name]


class ChangeForm(HouseForm, forms.Form):
    """Give a defect to another body, or another deadline."""

    responsible = forms.ModelChoiceField(
        label=_("Who must mend it?"), queryset=Organization.objects.none(), required=False, empty_label="–"
    )
    due_on = forms.DateField(label=_("By when?"))

    def __init__(self, *args: Any, defect: Defect, **kwargs: Any) -> None:
        kwargs["initial"] = {"responsible": defect.responsible, "due_on": defect.due_on}
        super().__init__(*args, **kwargs)
        found = reading.may_be_responsible(defect.facility.place, clock.today())
        if defect.responsible is not None:
            found = found | Organization.objects.filter(pk=defect.responsible.pk)
        self.fields["responsible"].queryset = found  # type: ignore[attr-defined]


class VndInput(forms.TextInput):
    """An amount in đồng with or without points between the thousands: 850.000."""

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        """Leave out points, spaces and the sign of the đồng."""
        value = super().value_from_datadict(data, files, name)
        return value.replace(".", "").replace(" ", "").rstrip("đ") if isinstance(value, str) else value


class RepairForm(HouseForm, forms.Form):
    """Write a line into the repair log."""

    keep_draft = True

    text = forms.CharField(
        label=_("What was done, or why?"), max_length=300, widget=forms.Textarea(attrs={"rows": 3, "maxlength": 300})
    )
    to = forms.ChoiceField(label=_("State from now on"), choices=[], required=False)
    cost_vnd = forms.IntegerField(
        label=_("Cost in đồng"), required=False, min_value=0, widget=VndInput(attrs={"inputmode": "numeric"})
    )
    contractor = forms.CharField(label=_("Who repaired it"), max_length=160, required=False)

    def __init__(self, *args: Any, defect: Defect, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = dict(DefectState.choices)
        leads = [state for state in rules.State if rules.may_move(rules.State(defect.state), state)]
        stays = _("Stays: %(state)s") % {"state": defect.get_state_display()}
        self.fields["to"].choices = [("", stays), *((str(state), names[state]) for state in leads)]  # type: ignore[attr-defined]

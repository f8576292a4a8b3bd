"""The forms of reminders: one by hand, and the rules by which they go out by themselves."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from coso.plans.models import ReminderLevel
from coso.plans.rules import FURTHEST
from coso.ui.forms import HouseForm, RadioCards

BEFORE, AFTER = "before", "after"


class RemindForm(HouseForm, forms.Form):
    """Remind units in own words."""

    keep_draft = True

    words = forms.CharField(
        label=_("What do you ask of the unit?"),
        help_text=_("These words stand in the notice and in the history of the part."),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    level = forms.TypedChoiceField(
        label=_("Who is told?"),
        coerce=int,
        choices=[choice for choice in ReminderLevel.choices if choice[0] != ReminderLevel.OWNER],
        initial=ReminderLevel.UNIT,
        widget=RadioCards(),
    )


class RuleForm(HouseForm, forms.Form):
    """Let reminders go out on another day, or reach others."""

    count = forms.IntegerField(
        label=_("How many days?"),
        help_text=_("0 is the day of the deadline itself."),
        min_value=0,
        max_value=FURTHEST,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )
    side = forms.ChoiceField(
        label=_("Before or after the deadline?"),
        choices=[(BEFORE, _("Before")), (AFTER, _("After"))],
        initial=BEFORE,
        widget=RadioCards(),
    )
    level = forms.TypedChoiceField(
        label=_("Who is told?"),
        help_text=_("A day that has a rule already gets this one instead."),
        coerce=int,
        choices=ReminderLevel.choices,
        initial=ReminderLevel.UNIT,
        widget=RadioCards(),
    )

    @property
    def days(self) -> int:
        """Give the day as rules count it: before the deadline it is negative."""
        sent: dict[str, Any] = self.cleaned_data
        return -sent["count"] if sent["side"] == BEFORE else int(sent["count"])

"""The forms of sharing out, reporting, and what goes with it."""

from datetime import date
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from coso.documents.models import Recurrence
from coso.kit import clock
from coso.organizations.models import Organization
from coso.plans import queries
from coso.plans.adapters.files import ACCEPTED
from coso.plans.models import Part, Task, UnitRole
from coso.ui.forms import HouseForm, LimitedFileField, RadioCards


def _words(label: Any, help_text: Any = "", *, required: bool = True, rows: int = 5) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, help_text=help_text, max_length=2000, required=required, widget=widget)


class ReportForm(HouseForm, forms.Form):
    """Say how far a part has come."""

    keep_draft = True

    words = _words(
        _("What was done?"), _("Or why it stands still. Of what is done: what shows it, or why nothing does."),
        required=False,
    )  # fmt: skip
    percent = forms.IntegerField(
        label=_("How far is it, in per cent?"),
        help_text=_("A number from 0 to 100."),
        min_value=0,
        max_value=100,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
        error_messages=dict.fromkeys(("min_value", "max_value"), _("Give the per cent as a number from 0 to 100.")),
    )
    done = forms.BooleanField(label=_("This part is done"), required=False)

    def __init__(self, *args: Any, part: Part, **kwargs: Any) -> None:
        super().__init__(*args, initial={"percent": part.percent}, **kwargs)


class FileForm(HouseForm, forms.Form):
    """Hand in a file as evidence."""

    file = LimitedFileField(
        label=_("File"), accept=ACCEPTED, most_megabytes=settings.OPTIONS["COSO_UPLOAD_MB"],
        help_text=_("Minutes, a list, a photo, an official paper. A file with macros is not taken."),
    )  # fmt: skip


class ExtensionForm(HouseForm, forms.Form):
    """Ask for a later deadline."""

    keep_draft = True

    until = forms.DateField(label=_("Until when?"))
    reason = _words(_("Why is more time needed?"), _("Whoever shared the work out reads it and answers."), rows=4)


class AnswerForm(HouseForm, forms.Form):
    """Answer who asks for a later deadline."""

    grant = forms.ChoiceField(
        label=_("Your answer"),
        choices=[("yes", _("Grant the later deadline")), ("no", _("Refuse it"))],
        widget=RadioCards(icons={"yes": "approve", "no": "reject"}),
    )
    answer = _words(_("Words to the unit"), _("A refusal says why."), required=False, rows=3)


class BlockerForm(HouseForm, forms.Form):
    """Say what stands in the way."""

    keep_draft = True

    words = _words(_("What stands in the way?"), rows=4)
    asked = forms.ModelChoiceField(
        label=_("Who can help?"),
        help_text=_("This body is told and may read the part. Whoever shared the work out is told in any case."),
        queryset=Organization.objects.none(),
        required=False,
    )

    def __init__(self, *args: Any, part: Part, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = queries.bodies_that_may_help().exclude(pk=part.organization_id)
        self.fields["asked"].queryset = others  # type: ignore[attr-defined]


class ClearForm(HouseForm, forms.Form):
    """Say how what stood in the way was cleared."""

    words = _words(_("How was it cleared?"), rows=3)


class ReasonForm(HouseForm, forms.Form):
    """Say why a part is given back or taken away."""

    reason = _words(_("Why?"), _("The unit reads it."), rows=4)


class ChangeForm(HouseForm, forms.Form):
    """Change what a unit is to do, or until when."""

    text = _words(_("The unit's own part"), _("Left empty: the whole task."), required=False, rows=4)
    due_on = forms.DateField(label=_("Own deadline"), required=False)

    def __init__(self, *args: Any, part: Part, **kwargs: Any) -> None:
        super().__init__(*args, initial={"text": part.text, "due_on": part.due_on}, **kwargs)
        due = part.occurrence.due_on
        help_text = _("Left empty: the deadline of the task, %(day)s.") % {"day": f"{due:%d/%m/%Y}"} if due else ""
        self.fields["due_on"].help_text = help_text or _("Left empty: none.")


class GiveForm(HouseForm, forms.Form):
    """Give a body a part."""

    keep_draft = True

    organization = forms.ModelChoiceField(label=_("Body"), queryset=Organization.objects.none())
    role = forms.ChoiceField(label=_("Role"), choices=UnitRole.choices, initial=UnitRole.COORDINATING)
    text = _words(_("The unit's own part"), _("Left empty: the whole task."), required=False, rows=4)
    due_on = forms.DateField(
        label=_("Own deadline"), help_text=_("Left empty: the deadline of the task."), required=False
    )

    def __init__(self, *args: Any, is_named: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organization"].queryset = queries.bodies_that_may_help()  # type: ignore[attr-defined]
        if is_named:
            # The document says the role of a unit that it names.
            del self.fields["role"]


class RhythmForm(HouseForm, forms.Form):
    """Say how often a continuous task is reported on."""

    rhythm = forms.ChoiceField(
        label=_("How often is it reported on?"),
        choices=[choice for choice in Recurrence.choices if choice[0] != Recurrence.CONTINUOUS],
    )
    from_on = forms.DateField(label=_("From when?"), help_text=_("The first period is the one in which this day lies."))

    def __init__(self, *args: Any, task: Task, **kwargs: Any) -> None:
        initial = {"rhythm": task.rhythm or Recurrence.QUARTERLY, "from_on": clock.today()}
        super().__init__(*args, initial=initial, **kwargs)


class PeriodForm(HouseForm, forms.Form):
    """Open an earlier period."""

    day = forms.DateField(label=_("A day of the period"), help_text=_("The present period and the next stand already."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        last_year = date(clock.today().year - 1, 12, 31)
        super().__init__(*args, initial={"day": last_year}, **kwargs)


class PublicForm(HouseForm, forms.Form):
    """Say to residents what a task is about."""

    keep_draft = True

    words = _words(
        _("What may residents expect?"),
        _("Plain words: what is done, for whom, until when. No names of people."),
    )

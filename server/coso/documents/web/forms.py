"""The forms in which a person corrects what the reader found.

A form's field knows the way to its value in the structure ('tasks.2.lead'), which ties it to its place in the text.
"""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from coso.documents.actions import ACCEPTED
from coso.documents.models import Recurrence
from coso.kit import dates
from coso.kit.text import squeeze
from coso.ui.forms import DateInput, HouseForm, LimitedFileField

RECURRENCES = [("", _("None")), *Recurrence.choices]


class ImportForm(HouseForm, forms.Form):
    """Choose a file."""

    file = LimitedFileField(
        label=_("Document"),
        help_text=_("A plan, decision or directive in Word (.docx), PDF with text, OpenDocument (.odt) or plain text."),
        accept=ACCEPTED,
        most_megabytes=settings.OPTIONS["COSO_UPLOAD_MB"],
    )


class LinesField(forms.CharField):
    """Several names, one a line."""

    widget = forms.Textarea(attrs={"rows": 2})

    def prepare_value(self, value: Any) -> Any:
        """Show a list one a line."""
        return "\n".join(value) if isinstance(value, list) else value

    def clean(self, value: Any) -> Any:
        """Give the list of lines that hold something."""
        lines = str(super().clean(value)).splitlines()
        return [squeeze(line) for line in lines if line.strip()]


class DueField(forms.CharField):
    """A deadline at the precision that the document gives."""

    default_error_messages = {"due": _("Write a deadline as 15/12/2026, 6/2026, quý II/2026 or 2026.")}

    def prepare_value(self, value: Any) -> Any:
        """Show the stored form as papers write it."""
        return dates.words(value) if isinstance(value, str) else value

    def clean(self, value: Any) -> Any:
        """Give the stored form."""
        try:
            return dates.typed(str(super().clean(value)))
        except ValueError:
            raise forms.ValidationError(self.error_messages["due"]) from None


class HeadForm(HouseForm, forms.Form):
    """What names the document."""

    doc_type = forms.CharField(label=_("Kind"), max_length=80, required=False)
    number = forms.CharField(label=_("Number"), max_length=20, required=False)
    symbol = forms.CharField(label=_("Symbol"), max_length=60, required=False)
    issued_on = forms.DateField(label=_("Date of issue"), required=False, widget=DateInput())
    issuer = forms.CharField(label=_("Issuer"), max_length=200, required=False)
    title = forms.CharField(label=_("Title"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 2}))
    signer = forms.CharField(label=_("Signer"), max_length=120, required=False)


class TaskForm(HouseForm, forms.Form):
    """One task."""

    ref = forms.CharField(label=_("Item"), max_length=20)
    title = forms.CharField(label=_("What is to be done"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))
    lead = LinesField(label=_("Lead units"), help_text=_("One a line."), required=False, max_length=2000)
    coordinating = LinesField(
        label=_("Coordinating units"), help_text=_("One a line."), required=False, max_length=4000
    )
    time_text = forms.CharField(label=_("Time, as the document says"), max_length=300, required=False)
    due = DueField(label=_("Deadline"), max_length=30, required=False)
    recurrence = forms.ChoiceField(label=_("Recurrence"), choices=RECURRENCES, required=False)
    accepted = forms.BooleanField(label=_("I looked at this, and it is right"), required=False)
    origin = forms.IntegerField(widget=forms.HiddenInput(), required=False)


class DutyForm(HouseForm, forms.Form):
    """What one body has to do under the document."""

    ref = forms.CharField(label=_("Item"), max_length=20)
    unit = LinesField(label=_("Units"), help_text=_("One a line."), max_length=2000)
    items = LinesField(label=_("What is to be done"), max_length=20_000, widget=forms.Textarea(attrs={"rows": 5}))
    accepted = forms.BooleanField(label=_("I looked at this, and it is right"), required=False)
    origin = forms.IntegerField(widget=forms.HiddenInput(), required=False)


def _is_kept(form: forms.BaseForm) -> bool:
    return bool(form.cleaned_data) and not form.cleaned_data.get("DELETE", False)


TaskForms = forms.formset_factory(TaskForm, extra=0, can_delete=True, max_num=500, absolute_max=500)
DutyForms = forms.formset_factory(DutyForm, extra=0, can_delete=True, max_num=500, absolute_max=500)


class Correction:
    """The three forms of one document, filled from its structure or from what a person sent."""

    def __init__(self, structure: dict[str, Any], data: Any = None, *, blank: bool = False) -> None:
        self.structure = structure
        extra: list[dict[str, Any]] = [{}] if blank and data is None else []
        self.head = HeadForm(data, initial=structure, prefix="head")
        self.tasks = TaskForms(data, initial=self._numbered("tasks") + extra, prefix="tasks")
        self.duties = DutyForms(data, initial=self._numbered("duties"), prefix="duties")

    def _numbered(self, key: str) -> list[dict[str, Any]]:
        return [{**row, "origin": i} for i, row in enumerate(self.structure.get(key, []))]

    def is_valid(self) -> bool:
        """Tell whether all three can be taken."""
        return all([self.head.is_valid(), self.tasks.is_valid(), self.duties.is_valid()])

    def corrected(self) -> dict[str, Any]:
        """Give the structure as corrected: keys that no form shows (sub-leads, annexes) stay as they were."""
        head = {
            name: (value.isoformat() if hasattr(value, "isoformat") else value) or None
            for name, value in self.head.cleaned_data.items()
        }
        return {
            **self.structure,
            **head,
            "tasks": self._rows(self.tasks, "tasks"),
            "duties": self._rows(self.duties, "duties"),
        }

    def at(self, key: str, number: int) -> int | None:
        """Give the place among the corrected rows of the form with a number; None when it is left out."""
        forms_ = (self.tasks if key == "tasks" else self.duties).forms
        if not 0 <= number < len(forms_) or not _is_kept(forms_[number]):
            return None
        return sum(1 for form in forms_[:number] if _is_kept(form))

    def _rows(self, formset: Any, key: str) -> list[dict[str, Any]]:
        before = self.structure.get(key, [])
        rows = []
        for form in formset.forms:
            values = dict(form.cleaned_data)
            if not values or values.pop("DELETE", False):
                continue
            origin = values.pop("origin", None)
            known = dict(before[origin]) if origin is not None and 0 <= origin < len(before) else {}
            if not values.pop("accepted", False):
                known.pop("accepted", None)
            else:
                known["accepted"] = True
            filled = {name: value if value != "" else None for name, value in values.items()}
            rows.append({**known, **filled})
        return rows

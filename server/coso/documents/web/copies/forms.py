"""The forms around copies: to whom, when an answer is wanted, entering what came in, answering."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from coso.documents import queries
from coso.documents.models import CopyForm, Purpose
from coso.documents.rules.delivery import LONGEST_NAME
from coso.organizations.models import Person
from coso.ui.forms import DateInput, HouseForm


class LineForm(HouseForm, forms.Form):
    """One line of the list of recipients; a line without a name is left out."""

    name = forms.CharField(label=_("Recipient"), max_length=LONGEST_NAME, required=False)
    purpose = forms.ChoiceField(label=_("Why it gets it"), choices=Purpose.choices)
    form = forms.ChoiceField(label=_("In which form"), choices=CopyForm.choices, initial=CopyForm.ELECTRONIC)


class SendForm(HouseForm, forms.Form):
    """Whether an answer is asked, and until when."""

    answer_due = forms.DateField(
        label=_("Answer wanted until"),
        help_text=_("Only where the document asks for an answer. Those who are only reported to owe none."),
        widget=DateInput(),
        required=False,
    )


class ArrivalForm(HouseForm, forms.Form):
    """Enter a document into the book."""

    arrival_number = forms.CharField(
        label=_("Arrival number (số đến)"),
        help_text=_("The number that your own office gives it."),
        max_length=20,
        required=False,
    )


class AnswerForm(HouseForm, forms.Form):
    """Answer in words, with a paper of one's own where there is one."""

    keep_draft = True
    words = forms.CharField(label=_("Answer"), widget=forms.Textarea(attrs={"rows": 5}), max_length=4000)
    paper = forms.ChoiceField(
        label=_("A paper of yours that answers it"),
        help_text=_("Papers that your office wrote and issued in this system."),
        required=False,
    )

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        papers = queries.papers_to_answer_with(person)[:100]
        offered = [(str(one.pk), f"{one.number}/{one.symbol}: {one.title[:80]}") for one in papers]
        self.fields["paper"].choices = [("", _("None")), *offered]  # type: ignore[attr-defined]

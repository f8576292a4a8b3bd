"""Filling in one facility on an ordinary page: what works without a script."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from coso.kit import clock, ids
from coso.kit.errors import BadInput, NotFound
from coso.organizations.doors import StaffRequest, staff
from coso.registry.actions import inspections as actions
from coso.registry.models import AnswerKind, Checklist, ChecklistItem, Facility, Inspection
from coso.registry.queries import inspections as queries
from coso.registry.queries.facilities import commune_of
from coso.registry.rules import answers as rules
from coso.registry.web.inspections.rounds import crumbs
from coso.ui.forms import HouseForm
from coso.ui.parts import Crumb

YES_NO = [(rules.YES, _("Yes")), (rules.NO, _("No")), (rules.NOT_APPLICABLE, _("Does not apply"))]


class AnswersForm(HouseForm, forms.Form):
    """The questions of a checklist: `v1` is the answer to the first, `n1` its note."""

    keep_draft = True

    inspection = forms.UUIDField(widget=forms.HiddenInput())
    base_version = forms.IntegerField(widget=forms.HiddenInput(), min_value=0)

    def __init__(self, *args: Any, checklist: Checklist, standing: Inspection | None, **kwargs: Any) -> None:
        initial: dict[str, Any] = {
            "inspection": standing.pk if standing else ids.new_id(),
            "base_version": standing.version if standing else 0,
        }
        for number, answer in (standing.answers if standing else {}).items():
            initial[f"v{number}"], initial[f"n{number}"] = answer.get("value", ""), answer.get("note", "")
        super().__init__(*args, initial=initial, **kwargs)
        self.numbers = []
        for item in checklist.items.all():
            self.numbers.append(item.number)
            self.fields[f"v{item.number}"] = _field(item)
            if item.answer != AnswerKind.TEXT:
                self.fields[f"n{item.number}"] = forms.CharField(
                    label=gettext("Note to question %(number)s") % {"number": item.number},
                    max_length=rules.MOST_LETTERS["note"],
                    required=False,
                )

    @property
    def answers(self) -> dict[str, Any]:
        """Give the answers as a phone would send them."""
        told = self.cleaned_data
        return {
            str(number): {"value": told.get(f"v{number}", ""), "note": told.get(f"n{number}", "")}
            for number in self.numbers
        }

    @property
    def sent(self) -> actions.Sent:
        """Give what was sent as the actions take it, once the form is valid."""
        told = self.cleaned_data
        return actions.Sent(
            id=told["inspection"], base_version=told["base_version"], filled_at=clock.now(), answers=self.answers
        )


@dataclass(frozen=True)
class Way:
    """Where a page of questions stands."""

    title: str
    back: str
    crumbs: list[Crumb]


def _field(item: ChecklistItem) -> forms.Field:
    told: dict[str, Any] = {"label": str(item), "help_text": item.article, "required": False}
    if item.answer in {AnswerKind.YES_NO, AnswerKind.CHOICE}:
        choices = YES_NO if item.answer == AnswerKind.YES_NO else [(one, one) for one in item.choices]
        return forms.ChoiceField(choices=choices, widget=forms.RadioSelect(), **told)
    if item.answer == AnswerKind.NUMBER:
        return forms.CharField(widget=forms.TextInput(attrs={"inputmode": "decimal"}), max_length=30, **told)
    return forms.CharField(widget=forms.Textarea(attrs={"rows": 3}), max_length=rules.MOST_LETTERS["value"], **told)


@staff("inspection.fill")
def fill(request: StaffRequest, round_id: int, facility_id: int) -> HttpResponse:
    """Fill in one facility of a round; what is missing may follow later."""
    round_ = queries.get_round(request.person, round_id)
    facility = queries.get_facility(request.person, facility_id, "inspection.fill")
    checklist = queries.checklists_of(round_).get(facility.kind)
    if checklist is None:
        raise NotFound
    standing = Inspection.objects.filter(round=round_, facility=facility, checklist=checklist).first()
    form = AnswersForm(request.POST or None, checklist=checklist, standing=standing)

    def act(sent: actions.Sent) -> actions.Filled:
        return actions.fill(by=request.person, round_=round_, facility=facility, sent=sent)

    way = Way(facility.name, reverse("registry:phone", args=[round_.pk]), crumbs(round_))
    return answered(request, form, act, facility, checklist, way)


def answered(
    request: StaffRequest,
    form: AnswersForm,
    act: Callable[[actions.Sent], actions.Filled],
    facility: Facility,
    checklist: Checklist,
    way: Way,
) -> HttpResponse:
    """Show the questions, or take the answers and go on to the inspection."""
    if request.method == "POST" and form.is_valid():
        try:
            filled = act(form.sent)
        except BadInput as error:
            form.take_errors({name.replace("answers.", "v"): words for name, words in error.fields.items()})
        else:
            if filled.conflict is not None and filled.conflict.settled_at is None:
                messages.warning(request, gettext("Somebody changed it meanwhile. Choose what is true."))
                return redirect("registry:conflict", filled.conflict.pk)
            messages.success(request, _said(filled.inspection))
            return redirect("registry:inspection", filled.inspection.pk)
    context = {
        "title": way.title,
        "sentence": f"{checklist.title} · {commune_of(facility.place).name}",
        "form": form,
        "back": way.back,
        "crumbs": way.crumbs,
    }
    return render(request, "registry/form.html", context, status=422 if form.errors else 200)


def _said(inspection: Inspection) -> str:
    if inspection.is_done:
        return (
            gettext("The inspection is finished; its findings became defects.")
            if inspection.findings
            else gettext("The inspection is finished; nothing was found.")
        )
    return gettext("The answers are kept; some questions are still open.")

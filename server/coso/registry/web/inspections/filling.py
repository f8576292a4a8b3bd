"""Filling in one facility on an ordinary page: what works without a script."""

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
from coso.registry.models import AnswerKind, Checklist, ChecklistItem, Inspection
from coso.registry.queries import inspections as queries
from coso.registry.queries.facilities import commune_of
from coso.registry.rules import answers as rules
from coso.registry.web.inspections.rounds import crumbs
from coso.ui.forms import HouseForm

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
    if request.method == "POST" and form.is_valid():
        sent = actions.Sent(
            id=form.cleaned_data["inspection"],
            base_version=form.cleaned_data["base_version"],
            filled_at=clock.now(),
            answers=form.answers,
        )
        try:
            filled = actions.fill(by=request.person, round_=round_, facility=facility, sent=sent)
        except BadInput as error:
            form.take_errors({name.replace("answers.", "v"): words for name, words in error.fields.items()})
        else:
            if filled.conflict is not None and filled.conflict.settled_at is None:
                messages.warning(request, gettext("Somebody changed it meanwhile. Choose what is true."))
                return redirect("registry:conflict", filled.conflict.pk)
            messages.success(request, _said(filled.inspection))
            return redirect("registry:inspection", filled.inspection.pk)
    context = {
        "title": facility.name,
        "sentence": f"{checklist.title} · {commune_of(facility.place).name}",
        "form": form,
        "back": reverse("registry:phone", args=[round_.pk]),
        "crumbs": crumbs(round_),
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

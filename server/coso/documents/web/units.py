"""The panel of named units on the side-by-side page, and the page on which a person says what a name stands for."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_safe

from coso.documents import actions, policies, queries
from coso.documents.models import Document, DocumentState, NamedUnit, UnitKind
from coso.documents.queries.naming import Successors
from coso.kit import clock
from coso.kit.errors import BadInput, NotFound
from coso.kit.refs import number_in
from coso.kit.text import fold
from coso.organizations.doors import StaffRequest, staff
from coso.organizations.models import Organization
from coso.organizations.queries import organizations_on
from coso.ui.chips import Chip, Tone
from coso.ui.choice import Found, SearchChoice, Typed
from coso.ui.forms import HouseForm
from coso.ui.parts import Crumb

_MOST = 12
_TONES = {
    UnitKind.BODY: Tone.DONE,
    UnitKind.GROUP: Tone.DONE,
    UnitKind.OUTSIDE: Tone.OFF,
    UnitKind.UNKNOWN: Tone.NEED,
}


@dataclass(frozen=True)
class Line:
    """One name of the panel."""

    unit: NamedUnit
    chip: Chip
    members: list[tuple[str, str]]
    """Each body of the day of issue, with who holds its duties today ("" where it is itself)."""
    words: str
    """Where it stands in one sentence."""
    is_unclear: bool


def lines(document: Document) -> list[Line]:
    """Give the panel of a document."""
    successors = Successors()
    return [_line(unit, successors) for unit in queries.units_shown(document)]


def _line(unit: NamedUnit, successors: Successors) -> Line:
    bodies = list(unit.organizations.all())
    chip = Chip(unit.get_kind_display(), _TONES[UnitKind(unit.kind)])
    if unit.kind == UnitKind.GROUP and not bodies:
        chip = Chip(_("A group, left open"), Tone.NEED)
    return Line(unit, chip, _members(bodies, successors), _words(unit, bodies), queries.is_unclear(unit))


def _members(bodies: Iterable[Organization], successors: Successors) -> list[tuple[str, str]]:
    found = []
    for body in bodies:
        now = successors.of(body)
        same = [one.pk for one in now] == [body.pk]
        said = ", ".join(one.name for one in now) if now else _("nobody known")
        found.append((body.name, "" if same else said))
    return found


def _words(unit: NamedUnit, bodies: list[Organization]) -> str:
    if unit.kind == UnitKind.OUTSIDE:
        return _("A person said that nobody in this system stands for it.")
    if unit.kind == UnitKind.GROUP and not bodies:
        return _("The document does not say which bodies. Choose them, or leave it: whoever leads asks those it needs.")
    if not bodies:
        return _("No body of that day has this name. Choose one, say that it is not in this system, or leave it.")
    if len(bodies) == 1:
        return bodies[0].name
    return ngettext("%(count)s body on the day of issue", "%(count)s bodies on the day of issue", len(bodies)) % {
        "count": len(bodies)
    }


def bodies_for(document: Document) -> QuerySet[Organization]:
    """List the bodies among which a name is chosen: those of the day of issue."""
    return organizations_on(document.issued_on or clock.today()).select_related("place")


def _found(offered: QuerySet[Organization], words: str) -> Found:
    rows = offered
    for word in fold(words).split():
        rows = rows.filter(folded__contains=word)
    some = list(rows[: _MOST + 1])
    return Found([(str(one.pk), one.name) for one in some[:_MOST]], len(some) > _MOST)


def _name_of(offered: QuerySet[Organization], value: str) -> str:
    number = number_in(value)
    one = offered.filter(pk=number).first() if number else None
    return one.name if one else ""


class BodyField(forms.ModelChoiceField[Organization]):
    """One body of the day of issue, by a search."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(queryset=Organization.objects.none(), widget=SearchChoice(), **kwargs)

    def offer(self, document: Document) -> None:
        """Offer the bodies of a document's day."""
        offered = bodies_for(document)
        self.queryset = offered
        self.widget.address = reverse("documents:find-body", args=[document.pk])
        self.widget.find = partial(_found, offered)
        self.widget.name_of = partial(_name_of, offered)

    def clean(self, value: Any) -> Organization | None:
        """Give the body that was chosen, or that the words alone name; else ask to choose."""
        if isinstance(value, Typed) and value.words and (value.is_stale or not value):
            found = _found(self.queryset or Organization.objects.none(), value.words).options
            if len(found) == 1:
                value = found[0][0]
            elif not found:
                raise forms.ValidationError(_("No body is called “%(words)s”.") % {"words": value.words})
            else:
                raise forms.ValidationError(_("Choose one of the bodies found."))
        chosen: Organization | None = super().clean(value)
        return chosen


class UnitForm(HouseForm, forms.Form):
    """The bodies that a name stands for."""

    kept = forms.ModelMultipleChoiceField(
        label=gettext_lazy("It stands for"),
        help_text=gettext_lazy("Take the tick away from a body that is not meant."),
        queryset=Organization.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    body = BodyField(label=gettext_lazy("Add a body"), required=False)

    def __init__(self, *args: Any, unit: NamedUnit, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        present = unit.organizations.all()
        if present:
            self.fields["kept"].queryset = present  # type: ignore[attr-defined]
            self.fields["kept"].initial = [body.pk for body in present]
        else:
            del self.fields["kept"]
        body = self.fields["body"]
        assert isinstance(body, BodyField)
        body.offer(unit.document)

    def bodies(self) -> list[int]:
        """Give the ids of the bodies that were chosen."""
        chosen = [body.pk for body in self.cleaned_data.get("kept") or []]
        added = self.cleaned_data.get("body")
        return list(dict.fromkeys([*chosen, *([added.pk] if added else [])]))


@staff("document.confirm")
def unit(request: StaffRequest, document_id: UUID, unit_id: int) -> HttpResponse:
    """Say which bodies a name stands for."""
    document = queries.get_visible(request.person, document_id)
    found = document.named_units.prefetch_related("organizations__place").filter(pk=unit_id).first()
    if found is None:
        raise NotFound
    editable = document.state == DocumentState.READ and policies.may_confirm(request.person)
    form = UnitForm(request.POST if request.method == "POST" else None, unit=found)
    if request.method == "POST" and editable:
        answered = _decide(request, document, found, form)
        if answered is not None:
            return answered
    line = _line(found, Successors())
    context = {
        "title": found.name,
        "sentence": line.words,
        "line": line,
        "document": document,
        "form": form,
        "editable": editable,
        "crumbs": [
            Crumb(_("Official documents"), reverse("documents:documents")),
            Crumb(str(document), reverse("documents:document", args=[document.pk])),
        ],
    }
    return render(request, "documents/unit.html", context, status=422 if form.errors and not form.is_asking else 200)


def _decide(request: StaffRequest, document: Document, found: NamedUnit, form: UnitForm) -> HttpResponse | None:
    """Take what was said of a name; None when the form has to be shown again."""
    bodies: list[int] | None
    if "outside" in request.POST:
        bodies = []
    elif "again" in request.POST:
        bodies = None
    elif not form.is_valid():
        return None
    else:
        bodies = form.bodies()
        if not bodies:
            form.add_error("body", _("Choose a body, or say that it is not in this system."))
            return None
    try:
        actions.decide_unit(document_id=document.pk, unit_id=found.pk, by=request.person, bodies=bodies)
    except BadInput as error:
        form.take_errors(error.fields)
        return None
    messages.success(request, _("“%(name)s”: what you said is kept.") % {"name": found.name})
    return redirect(f"{reverse('documents:document', args=[document.pk])}#don-vi")


@require_safe
@staff("document.confirm")
def find_body(request: StaffRequest, document_id: UUID) -> JsonResponse:
    """Give the first bodies of a document's day for the words in `q`."""
    document = queries.get_visible(request.person, document_id)
    found = _found(bodies_for(document), request.GET.get("q", "")[:120])
    options = [{"value": value, "words": words} for value, words in found.options]
    answer = JsonResponse({"options": options, "more": found.more})
    answer["Cache-Control"] = "no-store"
    return answer

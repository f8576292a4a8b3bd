"""Transfers: what still hangs on units and bodies of then, the table of who goes where, the record, the undo."""

from typing import Any

from django.contrib import messages
from django.db.models import Q
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from coso.journal import queries as journal
from coso.kit.errors import BadInput, NotFound
from coso.kit.refs import Ref, number_in
from coso.organizations import policies
from coso.organizations.doors import StaffRequest, staff
from coso.organizations.models import Organization
from coso.places.models import Place
from coso.registry import actions, queries
from coso.registry.models import Transfer
from coso.registry.web.facilities.editing import form_page
from coso.registry.web.facilities.tabs import tabs_for
from coso.registry.web.facilities.transfer_forms import TransferForm
from coso.registry.web.facilities.usage import EmptyForm
from coso.ui.chips import Chip, Tone
from coso.ui.lists import Action, Column, Empty, ListSpec, list_response
from coso.ui.parts import Crumb
from coso.ui.units import names_by, told_by_units

MOST_NAMED = 3


def state_chip(made: Transfer) -> Chip:
    """Tell whether a transfer holds."""
    return Chip(gettext("Undone"), Tone.OFF) if made.undone_at else Chip(gettext("Carried out"), Tone.DONE)


def _sentence(request: HttpRequest) -> str:
    if not policies.may(request.user, "registry.transfer"):
        return gettext("Facilities that went over to other units, with the decision.")
    count = queries.left_behind(request.user).count()
    if not count:
        return gettext("Every facility hangs on a unit and a body of today.")
    return ngettext(
        "%(count)s facility still hangs on a unit or a body of earlier times.",
        "%(count)s facilities still hang on units or bodies of earlier times.",
        count,
    ) % {"count": count}


def _begin(request: HttpRequest) -> Action | None:
    may = policies.may(request.user, "registry.transfer")
    return Action(gettext("Transfer facilities"), reverse("registry:choose-transfer")) if may else None


def _search(rows: Any, folded: str) -> Any:
    for word in folded.split()[:8]:
        rows = rows.filter(Q(decision__icontains=word) | Q(lines__facility__folded__contains=word))
    return rows.distinct()


def _units(made: Transfer, side: str, then: bool, most: int = 0) -> str:
    return names_by((getattr(line, side) for line in made.lines.all()), then=then, most=most)


SPEC = ListSpec(
    key="chuyen-giao",
    title=_("Transfers"),
    sentence=_sentence,
    columns=[
        Column("decision", _("Decision"), "decision"),
        Column("on", _("From day"), "on", sort="on", kind="date"),
        Column("from", _("From"), lambda row: _units(row, "from_place", False)),
        Column("to", _("To"), lambda row: _units(row, "to_place", False)),
        Column("facilities", _("Facilities"), lambda row: len(row.lines.all()), kind="number"),
        Column("state", _("State"), state_chip, kind="state"),
        Column("by", _("Entered by"), "made_by.full_name"),
        Column("note", _("Note"), "note", shown=False),
    ],
    search=_search,
    search_label=_("Search by decision or facility"),
    default_sort="-on",
    row_link=lambda row: reverse("registry:transfer", args=[row.pk]),
    primary=_begin,
    empty=Empty(
        _("No transfer yet"),
        _("When units or bodies are merged or dissolved, their facilities go over in one step, with the decision."),
        icon="forward",
    ),
)


@require_safe
@staff("registry.read")
def transfer_list(request: StaffRequest) -> HttpResponseBase:
    """List the transfers that touched the person's scope."""
    rows = queries.with_units(queries.transfers_seen_by(request.person))
    # A district dissolved gave from twenty communes: the page names a few, the file all.
    most = 0 if request.GET.get("export") == "xlsx" else MOST_NAMED
    told = {
        "from": lambda row, then: _units(row, "from_place", then, most),
        "to": lambda row, then: _units(row, "to_place", then, most),
    }
    spec = told_by_units(request, SPEC, **told)
    return list_response(request, spec, rows, template="registry/list.html", extra={"tabs": tabs_for(request)})


def _crumbs() -> list[Crumb]:
    return [Crumb(_("Transfers"), reverse("registry:transfers"))]


@require_safe
@staff("registry.transfer")
def choose_transfer(request: StaffRequest) -> HttpResponse:
    """Offer the units and the bodies of then on which facilities still hang."""
    left = queries.left_behind(request.person).count()
    context = {
        "title": gettext("Transfer facilities"),
        "sentence": _sentence(request),
        "units": queries.units_of_then(request.person),
        "bodies": list(queries.bodies_of_then(request.person)),
        "left": left,
        "crumbs": _crumbs(),
    }
    return render(request, "registry/facilities/choose_transfer.html", context)


@staff("registry.transfer")
def new_transfer(request: StaffRequest) -> HttpResponse:
    """Show where each facility would go, line by line, and carry it out by a decision."""
    narrowed, whose = _asked(request)
    found = queries.proposals(request.person, narrowed=narrowed)
    if len(found) > queries.MOST_LINES:
        raise BadInput(
            gettext("One transfer takes each facility once, and at most %(most)s.") % {"most": queries.MOST_LINES}
        )
    if not found:
        raise NotFound
    # Enter in any field presses the first button: without a commune it means to save.
    fills = "fill" in request.POST and bool(request.POST.get("all_to"))
    if fills:
        form = TransferForm.filled(request.POST, person=request.person, proposals=found)
    else:
        form = TransferForm(request.POST or None, person=request.person, proposals=found)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        try:
            made = actions.transfer(
                by=request.person, moves=form.moves, decision=told["decision"], on=told["on"], note=told["note"]
            )
        except BadInput as error:
            form.take_errors(error.fields)
        else:
            count = made.lines.count()
            said = ngettext("%(count)s facility was transferred.", "%(count)s facilities were transferred.", count)
            messages.success(request, said % {"count": count})
            return redirect("registry:transfer", made.pk)
    context = {
        "title": gettext("Transfer facilities"),
        "sentence": ngettext(
            "%(count)s facility of %(whose)s. Look at each line, then save: all go over, or none.",
            "%(count)s facilities of %(whose)s. Look at each line, then save: all go over, or none.",
            len(found),
        )
        % {"count": len(found), "whose": whose},
        "form": form,
        "is_filled": fills,
        "back": reverse("registry:choose-transfer"),
        "crumbs": _crumbs(),
    }
    return render(request, "registry/facilities/new_transfer.html", context, status=422 if form.errors else 200)


def _asked(request: StaffRequest) -> tuple[Q, str]:
    """Read whose facilities are meant. Raise NotFound when the address names nothing."""
    asked = request.GET
    if place := Place.objects.filter(pk=number_in(asked.get("unit", ""))).first():
        return Q(place__path__startswith=place.path), place.name
    if body := Organization.objects.filter(pk=number_in(asked.get("body", ""))).first():
        return Q(organization=body), body.name
    facility = queries.transferable(request.person).filter(pk=number_in(asked.get("facility", ""))).first()
    if facility is None:
        raise NotFound
    return Q(pk=facility.pk), facility.place.name


@require_safe
@staff("registry.read")
def transfer(request: StaffRequest, transfer_id: int) -> HttpResponse:
    """Show one transfer, line by line."""
    made = queries.get_transfer(request.person, transfer_id)
    lines = list(queries.lines_of(made))
    seen = set(
        queries.facilities_seen_by(request.person)
        .filter(pk__in=[line.facility_id for line in lines])
        .values_list("pk", flat=True)
    )
    may = made.undone_at is None and all(
        policies.may(request.person, "registry.transfer", place)
        for line in lines
        for place in (line.from_place, line.to_place)
    )
    context = {
        "title": made.decision,
        "made": made,
        "chip": state_chip(made),
        "lines": [line for line in lines if line.facility_id in seen],
        "hidden": len(lines) - len(seen),
        "may_undo": may and not queries.moved_since(made),
        "history": journal.told(Ref("transfer", str(made.pk))),
        "crumbs": _crumbs(),
    }
    return render(request, "registry/facilities/transfer.html", context)


@staff("registry.transfer")
def undo_transfer(request: StaffRequest, transfer_id: int) -> HttpResponse:
    """Put everything back where it was, after asking once."""
    made = queries.get_transfer(request.person, transfer_id)
    back = reverse("registry:transfer", args=[made.pk])
    if request.method == "POST":
        actions.undo_transfer(by=request.person, transfer=made)
        messages.success(request, gettext("The transfer was undone; everything is where it was."))
        return redirect(back)
    return form_page(
        request,
        EmptyForm(),
        title=gettext("Undo the transfer"),
        sentence=gettext("Every facility of %(decision)s goes back to its unit and its body.")
        % {"decision": made.decision},
        submit=gettext("Undo the transfer"),
        tone="danger",
        back=back,
        crumbs=[*_crumbs(), Crumb(made.decision, back)],
    )

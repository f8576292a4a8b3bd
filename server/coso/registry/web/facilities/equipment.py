"""The list of equipment, the page of one piece with its life, and the steps that it takes."""

from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.db.models import Q, Sum
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from coso.journal import queries as journal
from coso.kit import clock
from coso.kit.errors import BadInput, WrongState
from coso.kit.refs import Ref, number_in
from coso.organizations import policies
from coso.organizations.doors import StaffRequest, staff
from coso.registers.ports import import_link
from coso.registry import actions, queries
from coso.registry.models import Equipment, EquipmentKind, EquipmentState, EquipmentStep
from coso.registry.rules import equipment as rules
from coso.registry.rules.equipment import Life
from coso.registry.web.chips import sample_chip
from coso.registry.web.facilities.editing import form_page, get_edited
from coso.registry.web.facilities.equipment_forms import EquipmentForm, MoveForm, StepForm, WithdrawForm
from coso.registry.web.facilities.listing import communes_choices, in_commune
from coso.registry.web.facilities.page import facility_crumbs
from coso.registry.web.facilities.tabs import tabs_for
from coso.registry.web.facilities.words import STANDS_IN, WARRANTY_WARNED, equipment_chip, warranty_chip
from coso.ui.lists import Choices, Column, Empty, Filter, ListSpec, list_response
from coso.ui.parts import Crumb, Step
from coso.ui.units import by_units


def _sentence(request: HttpRequest) -> str:
    rows = queries.equipment_seen_by(request.user).exclude(state=EquipmentState.WRITTEN_OFF)
    in_repair = Q(state=EquipmentState.IN_REPAIR)
    pieces = rows.aggregate(all=Sum("quantity", default=0), broken=Sum("quantity", filter=in_repair, default=0))
    count, broken = pieces["all"], pieces["broken"]
    said = ngettext("%(count)s piece of equipment.", "%(count)s pieces of equipment.", count) % {"count": count}
    if broken:
        said += " " + ngettext("%(count)s is in repair.", "%(count)s are in repair.", broken) % {"count": broken}
    return said


def _facility(request: HttpRequest) -> Choices:
    """Offer only the facility that the address names: its page leads here."""
    asked = number_in(request.GET.get("facility", ""))
    if not asked:
        return []
    found = queries.facilities_seen_by(request.user).filter(pk=asked)
    return [(str(pk), name) for pk, name in found.values_list("pk", "name")]


def _warranty(rows: Any, value: str) -> Any:
    today = clock.today()
    rows = rows.exclude(state=EquipmentState.WRITTEN_OFF)
    if value == "ending":
        return rows.filter(warranty_to__gte=today, warranty_to__lte=today + WARRANTY_WARNED)
    return rows.filter(warranty_to__gte=today) if value == "under" else rows.filter(warranty_to__lt=today)


WARRANTIES = [("under", _("Under warranty")), ("ending", _("Warranty ends soon")), ("over", _("Out of warranty"))]

SPEC = ListSpec(
    key="trang-thiet-bi",
    import_url=import_link("thiet-bi"),
    title=_("Equipment"),
    sentence=_sentence,
    columns=[
        Column("name", _("Piece"), "name", sort="sort_key"),
        Column("kind", _("Kind"), lambda row: row.get_kind_display(), sort="kind"),
        Column("state", _("State"), equipment_chip, sort="state", kind="state"),
        Column("facility", _("Facility"), "facility.name", sort="facility__sort_key",
               link=lambda row: reverse("registry:facility", args=[row.facility_id])),
        Column("place", _("Stands in"), "facility.place.name", shown=False),
        Column("cluster", _("Cluster"), "cluster.code", shown=False),
        Column("maker", _("Maker"), "maker", shown=False),
        Column("serial", _("Serial number"), "serial"),
        Column("quantity", _("Quantity"), "quantity", sort="quantity", kind="number"),
        Column("price", _("Price of one, in đồng"), "price_vnd", sort="price_vnd", kind="number", shown=False),
        Column("acquired", _("Acquired on"), "acquired_on", sort="acquired_on", kind="date", shown=False),
        Column("source", _("Paid from"), "funding_source", shown=False),
        Column("warranty", _("Under warranty until"), "warranty_to", kind="date", shown=False),
        Column("sample", _("Data"), sample_chip, kind="state"),
        Column("note", _("Note"), "note", shown=False),
    ],
    search=["folded", "facility__folded"],
    search_label=_("Search by name, maker, serial number or facility"),
    filters=[
        Filter("kind", _("Kind"), EquipmentKind.choices, lambda rows, value: rows.filter(kind=value)),
        Filter("state", _("State"), EquipmentState.choices, lambda rows, value: rows.filter(state=value)),
        Filter("commune", _("Commune or ward"), communes_choices, in_commune("facility__place")),
        Filter("warranty", _("Warranty"), WARRANTIES, _warranty),
        Filter("facility", _("Facility"), _facility, lambda rows, value: rows.filter(facility=value)),
    ],
    default_sort="name",
    row_link=lambda row: reverse("registry:equipment", args=[row.pk]),
    empty=Empty(
        _("No equipment yet"),
        _("Equipment is entered on the page of the facility at which it stands."),
        icon="tools",
    ),
)  # fmt: skip


@require_safe
@staff("registry.read")
def equipment_list(request: StaffRequest) -> HttpResponseBase:
    """List the equipment within the person's scope."""
    rows = queries.equipment_seen_by(request.person)
    return list_response(
        request,
        *by_units(request, SPEC, rows, place=replace(STANDS_IN, then="facility.place")),
        template="registry/list.html",
        extra={"tabs": tabs_for(request)},
    )


def equipment_crumbs(piece: Equipment, *, itself: bool = False) -> list[Crumb]:
    """Give the way to a piece: through its facility."""
    crumbs = facility_crumbs(piece.facility)
    if itself:
        crumbs.append(Crumb(piece.name, reverse("registry:equipment", args=[piece.pk])))
    return crumbs


@require_safe
@staff("registry.read")
def equipment(request: StaffRequest, equipment_id: int) -> HttpResponse:
    """Show one piece with its life."""
    piece = queries.get_equipment(request.person, equipment_id)
    steps = queries.steps_of(piece)
    context: dict[str, Any] = {
        "title": piece.name,
        "piece": piece,
        "chips": [chip for chip in (equipment_chip(piece), warranty_chip(piece), sample_chip(piece)) if chip],
        "worth": piece.price_vnd * piece.quantity if piece.price_vnd is not None else None,
        "life": [_dot(step, step == steps[-1]) for step in steps],
        "steps": steps,
        "may_edit": policies.may(request.person, "registry.edit", piece.facility.place),
        "may_step": bool(rules.steps_from(Life(piece.state))),
        "may_withdraw": actions.may_withdraw(piece),
        "history": journal.told(Ref("equipment", str(piece.pk))),
        "crumbs": equipment_crumbs(piece),
    }
    return render(request, "registry/facilities/equipment.html", context)


def _dot(step: EquipmentStep, is_last: bool) -> Step:
    moved = step.from_facility_id is not None and step.from_facility_id != step.to_facility_id
    label = gettext("Moved to %(facility)s") % {"facility": step.to_facility.name} if moved else ""
    over = step.to_state == EquipmentState.WRITTEN_OFF
    return Step(
        label=label or step.get_to_state_display(),
        state="failed" if over else "now" if is_last else "done",
        at=step.on,
        by=step.decision,
    )


@staff("registry.edit")
def add_equipment(request: StaffRequest, facility_id: int) -> HttpResponse:
    """Enter a piece at a facility."""
    found = get_edited(request, facility_id)
    form = EquipmentForm(request.POST or None, facility=found)
    back = reverse("registry:facility", args=[found.pk])
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.receive_equipment(
                by=request.person, facility=found, facts=form.facts, state=Life(form.cleaned_data["state"])
            )
        except BadInput as error:
            form.take_errors(error.fields)
        else:
            messages.success(request, gettext("%(piece)s was entered.") % {"piece": made.name})
            return redirect(back)
    return form_page(
        request,
        form,
        title=gettext("Enter equipment"),
        sentence=found.name,
        back=back,
        crumbs=facility_crumbs(found),
    )


def _get_edited(request: StaffRequest, equipment_id: int) -> Equipment:
    piece = queries.get_equipment(request.person, equipment_id)
    policies.require(request.person, "registry.edit", piece.facility.place)
    return piece


@staff("registry.edit")
def edit_equipment(request: StaffRequest, equipment_id: int) -> HttpResponse:
    """Change what is told of a piece."""
    piece = _get_edited(request, equipment_id)
    form = EquipmentForm(request.POST or None, facility=piece.facility, equipment=piece)
    back = reverse("registry:equipment", args=[piece.pk])
    if request.method == "POST" and form.is_valid():
        try:
            actions.edit_equipment(by=request.person, equipment=piece, facts=form.facts)
        except BadInput as error:
            form.take_errors(error.fields)
        else:
            messages.success(request, gettext("The change was noted."))
            return redirect(back)
    crumbs = equipment_crumbs(piece, itself=True)
    return form_page(request, form, title=gettext("Change the piece"), sentence=piece.name, back=back, crumbs=crumbs)


@staff("registry.edit")
def step_equipment(request: StaffRequest, equipment_id: int) -> HttpResponse:
    """Take a piece to another state of its life."""
    piece = _get_edited(request, equipment_id)
    if not rules.steps_from(Life(piece.state)):
        raise WrongState
    form = StepForm(request.POST or None, equipment=piece, to=request.GET.get("to", ""))
    back = reverse("registry:equipment", args=[piece.pk])
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        try:
            piece = actions.step_equipment(by=request.person, equipment=piece, **told | {"to": Life(told["to"])})
        except BadInput as error:
            form.take_errors(error.fields)
        else:
            messages.success(request, gettext("The step was noted."))
            return redirect("registry:equipment", piece.pk)
    return form_page(
        request,
        form,
        title=gettext("Note the next step"),
        sentence=gettext("%(piece)s. Now: %(state)s.") % {"piece": piece.name, "state": piece.get_state_display()},
        back=back,
        crumbs=equipment_crumbs(piece, itself=True),
    )


@staff("registry.edit")
def move_equipment(request: StaffRequest, equipment_id: int) -> HttpResponse:
    """Move a piece to another facility."""
    piece = _get_edited(request, equipment_id)
    if not rules.may_move(Life(piece.state)):
        raise WrongState
    form = MoveForm(request.POST or None, equipment=piece, person=request.person)
    back = reverse("registry:equipment", args=[piece.pk])
    if request.method == "POST" and form.is_valid():
        try:
            piece = actions.move_equipment(by=request.person, equipment=piece, **form.cleaned_data)
        except BadInput as error:
            form.take_errors(error.fields)
        else:
            said = {"piece": piece.name, "facility": form.cleaned_data["to"].name}
            messages.success(request, gettext("%(piece)s stands at %(facility)s now.") % said)
            return redirect("registry:equipment", piece.pk)
    return form_page(
        request,
        form,
        title=gettext("Move to another facility"),
        sentence=gettext("%(piece)s. Now at: %(facility)s.") % {"piece": piece.name, "facility": piece.facility.name},
        back=back,
        crumbs=equipment_crumbs(piece, itself=True),
    )


@staff("registry.edit")
def withdraw_equipment(request: StaffRequest, equipment_id: int) -> HttpResponse:
    """Take out a piece that was entered by mistake, saying why."""
    piece = _get_edited(request, equipment_id)
    if not actions.may_withdraw(piece):
        raise actions.UsedAlready
    form = WithdrawForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.withdraw_equipment(by=request.person, equipment=piece, reason=form.cleaned_data["reason"])
        except BadInput as error:
            form.take_errors(error.fields)
        else:
            messages.success(request, gettext("%(piece)s was taken out of the register.") % {"piece": piece.name})
            return redirect("registry:facility", piece.facility_id)
    return form_page(
        request,
        form,
        title=gettext("Entered by mistake"),
        sentence=gettext("%(piece)s goes out of the register; the journal keeps its name and why.")
        % {"piece": piece.name},
        submit=gettext("Take it out of the register"),
        tone="danger",
        back=reverse("registry:equipment", args=[piece.pk]),
        crumbs=equipment_crumbs(piece, itself=True),
    )

"""The list of defects, the page of one with its repair log, and entering, changing, mending."""

from typing import Any

from django.contrib import messages
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from coso.journal import queries as journal
from coso.kit import clock
from coso.kit.errors import BadInput
from coso.organizations import policies
from coso.organizations.doors import StaffRequest, staff
from coso.places import queries as units
from coso.places.queries import commune_name
from coso.registers.ports import import_link
from coso.registry.actions import defects as actions
from coso.registry.actions.findings import ref_of
from coso.registry.models import Defect, DefectState
from coso.registry.queries import defects as queries
from coso.registry.queries.facilities import commune_of
from coso.registry.queries.inspections import get_facility
from coso.registry.rules.kinds import KINDS, name_of
from coso.registry.web.facilities.listing import in_commune
from coso.registry.web.facilities.tabs import tabs_for
from coso.registry.web.inspections.chips import defect_chip, late_chip
from coso.registry.web.inspections.forms import ChangeForm, DefectForm, RepairForm
from coso.ui import show
from coso.ui.lists import Choices, Column, Empty, Filter, ListSpec, list_response
from coso.ui.parts import Crumb, Entry
from coso.ui.units import Way, by_units


def _sentence(request: HttpRequest) -> str:
    rows = queries.defects_seen_by(request.user).filter(queries.UNSETTLED)
    counted = rows.aggregate(all=Count("pk"), late=Count("pk", filter=Q(due_on__lt=clock.today())))
    count, late = counted["all"], counted["late"]
    if not count:
        return gettext("Nothing is broken or missing as far as is known.")
    said = ngettext("%(count)s defect is not settled.", "%(count)s defects are not settled.", count) % {"count": count}
    if late:
        said += " " + ngettext("%(count)s is overdue.", "%(count)s are overdue.", late) % {"count": late}
    return said


def communes_choices(request: HttpRequest) -> Choices:
    """Offer the communes of today within the right to read inspections."""
    inside = policies.scope(request.user, "inspection.read", "path")
    return [(str(pk), name) for pk, name in units.communes().filter(inside).values_list("pk", "name")]


def _in_state(rows: QuerySet[Defect], value: str) -> QuerySet[Defect]:
    return rows.filter(queries.UNSETTLED) if value == "unsettled" else rows.filter(state=value)


def _overdue(rows: QuerySet[Defect], _value: str) -> QuerySet[Defect]:
    return rows.filter(queries.UNSETTLED, due_on__lt=clock.today())


SPEC = ListSpec(
    key="hu-hong",
    title=_("Defects and shortcomings"),
    sentence=_sentence,
    columns=[
        Column("description", _("Defect"), "description", sort="folded"),
        Column("facility", _("Facility"), "facility.name", sort="facility__sort_key"),
        Column("commune", _("Commune or ward"), lambda row: commune_of(row.facility.place).name),
        Column("kind", _("Kind"), lambda row: name_of(row.facility.kind), shown=False),
        Column("responsible", _("Responsible"), lambda row: str(row.responsible or "")),
        Column("due", _("Deadline"), "due_on", sort="due_on", kind="date"),
        Column("late", _("Overdue"), late_chip, kind="state"),
        Column("state", _("State"), defect_chip, sort="state", kind="state"),
        Column("cost", _("Cost (đồng)"), "cost", sort="cost", kind="money", shown=False),
        Column("opened", _("Noted on"), "opened_at", sort="opened_at", kind="date", shown=False),
        Column("settled", _("Settled on"), "settled_at", kind="date", shown=False),
    ],
    search=["folded", "facility__folded"],
    search_label=_("Search by defect or facility"),
    filters=[
        Filter(
            "state", _("State"), [("unsettled", _("Not settled")), *DefectState.choices], _in_state,
            default="unsettled",
        ),
        Filter("overdue", _("Overdue"), [("yes", _("Overdue only"))], _overdue),
        Filter("commune", _("Commune or ward"), communes_choices, in_commune("facility__place")),
        Filter(
            "kind", _("Kind"), [(kind.code, kind.name) for kind in KINDS.values()],
            lambda rows, value: rows.filter(facility__kind=value),
        ),
    ],
    default_sort="due",
    row_link=lambda row: reverse("registry:defect", args=[row.pk]),
    keys_first=True,
    import_url=import_link("hu-hong"),
    empty=Empty(
        _("No defect yet"),
        _("What an inspection finds stands here by itself; others are entered on the page of the facility."),
        icon="approve",
    ),
)  # fmt: skip


@require_safe
@staff("inspection.read")
def defect_list(request: StaffRequest) -> HttpResponseBase:
    """List the defects within the person's scope."""
    rows = queries.defects_seen_by(request.person)
    commune = Way("facility.place", told=commune_name, joins=("parent",))
    told = by_units(request, SPEC, rows, commune=commune)
    return list_response(request, *told, template="registry/list.html", extra={"tabs": tabs_for(request)})


def _crumbs() -> list[Crumb]:
    return [Crumb(_("Defects and shortcomings"), reverse("registry:defects"))]


@staff("inspection.read")
def defect(request: StaffRequest, defect_id: int) -> HttpResponse:
    """Show one defect; whoever handles defects there writes into its repair log."""
    found = queries.get_defect(request.person, defect_id)
    may = policies.may(request.person, "defect.handle", found.facility.place)
    form = RepairForm(request.POST or None, defect=found)
    if request.method == "POST" and form.is_valid():
        try:
            actions.note_repair(by=request.person, defect=found, **form.cleaned_data)
        except BadInput as error:
            form.take_errors(error.fields)
        else:
            messages.success(request, gettext("The repair log has one more line."))
            return redirect("registry:defect", found.pk)
    context: dict[str, Any] = {
        "title": found.description,
        "defect": found,
        "chips": [chip for chip in (defect_chip(found), late_chip(found)) if chip],
        "commune": commune_of(found.facility.place),
        "log": [_line(one) for one in reversed(found.repairs.all())],
        "form": form if may else None,
        "may_handle": may,
        "history": journal.told(ref_of(found)),
        "crumbs": _crumbs(),
    }
    return render(request, "registry/inspections/defect.html", context, status=422 if form.errors else 200)


def _line(entry: Any) -> Entry:
    notes = []
    if entry.to_state:
        notes.append(gettext("State: %(state)s.") % {"state": entry.get_to_state_display()})
    if entry.cost_vnd is not None:
        notes.append(gettext("Cost: %(cost)s đồng.") % {"cost": show.number(entry.cost_vnd)})
    if entry.contractor:
        notes.append(gettext("Repaired by %(who)s.") % {"who": entry.contractor})
    return Entry(at=entry.at, sentence=entry.text, by=entry.by, note=" ".join(notes), icon="edit")


@staff("defect.handle")
def new_defect(request: StaffRequest, facility_id: int) -> HttpResponse:
    """Note something broken or missing at a facility."""
    facility = get_facility(request.person, facility_id)
    policies.require(request.person, "defect.handle", facility.place)
    form = DefectForm(request.POST or None, facility=facility)
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.enter_defect(by=request.person, facility=facility, **form.cleaned_data)
        except BadInput as error:
            form.take_errors(error.fields)
        else:
            messages.success(request, gettext("The defect was noted."))
            return redirect("registry:defect", made.pk)
    back = reverse("registry:facility", args=[facility.pk])
    return _form(request, form, gettext("Note a defect"), facility.name, back)


@staff("defect.handle")
def edit_defect(request: StaffRequest, defect_id: int) -> HttpResponse:
    """Give a defect to another body, or another deadline."""
    found = queries.get_defect(request.person, defect_id)
    policies.require(request.person, "defect.handle", found.facility.place)
    form = ChangeForm(request.POST or None, defect=found)
    back = reverse("registry:defect", args=[found.pk])
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_defect(by=request.person, defect=found, **form.cleaned_data)
        except BadInput as error:
            form.take_errors(error.fields)
        else:
            messages.success(request, gettext("The change was noted."))
            return redirect(back)
    return _form(request, form, gettext("Change who and by when"), found.description, back)


def _form(request: StaffRequest, form: Any, title: str, sentence: str, back: str) -> HttpResponse:
    context = {"title": title, "sentence": sentence, "form": form, "back": back, "crumbs": _crumbs()}
    return render(request, "registry/form.html", context, status=422 if form.errors else 200)

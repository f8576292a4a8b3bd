"""The list of rounds, the page of one with its progress by commune, and preparing, opening, closing it."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from coso.journal import queries as journal
from coso.kit.errors import BadInput, NotFound
from coso.kit.refs import Ref
from coso.organizations import policies
from coso.organizations.doors import StaffRequest, staff
from coso.plans import queries as tasks
from coso.plans.models import Task
from coso.registry.actions import rounds as actions
from coso.registry.models import Inspection, InspectionRound, RoundState
from coso.registry.queries import inspections as queries
from coso.registry.rules.kinds import name_of
from coso.registry.rules.rounds import State, may_move
from coso.registry.web.facilities.tabs import tabs_for
from coso.registry.web.inspections.chips import round_chip
from coso.registry.web.inspections.forms import RoundForm
from coso.ui.lists import Action, Column, Empty, Filter, ListSpec, list_response
from coso.ui.parts import Crumb
from coso.ui.units import by_units


def crumbs(round_: InspectionRound | None = None) -> list[Crumb]:
    """Give the way to the rounds, and to one of them."""
    way = [Crumb(_("Inspection rounds"), reverse("registry:rounds"))]
    return way if round_ is None else [*way, Crumb(round_.title, reverse("registry:round", args=[round_.pk]))]


def _sentence(request: HttpRequest) -> str:
    count = queries.rounds_seen_by(request.user).filter(state=RoundState.OPEN).count()
    if not count:
        return gettext("No round is under way.")
    return ngettext("%(count)s round is under way.", "%(count)s rounds are under way.", count) % {"count": count}


def _add(request: HttpRequest) -> Action | None:
    may = policies.may(request.user, "inspection.run")
    return Action(gettext("Prepare a round"), reverse("registry:new-round")) if may else None


def kinds_words(round_: InspectionRound) -> str:
    """Name the kinds of facility that a round looks at."""
    return ", ".join(name_of(kind) for kind in round_.kinds) or gettext("Every kind")


SPEC = ListSpec(
    key="dot-kiem-tra",
    title=_("Inspection rounds"),
    sentence=_sentence,
    columns=[
        Column("title", _("Round"), "title", sort="folded"),
        Column("place", _("Where"), "place.name", sort="place__sort_key"),
        Column("kinds", _("Kinds of facility"), kinds_words),
        Column("opens", _("First day"), "opens_on", sort="opens_on", kind="date"),
        Column("closes", _("Last day"), "closes_on", sort="closes_on", kind="date"),
        Column("state", _("State"), round_chip, sort="state", kind="state"),
        Column("task", _("Task of a plan"), lambda row: str(row.task or ""), shown=False),
    ],
    search=["folded", "place__folded"],
    search_label=_("Search by title or place"),
    filters=[
        Filter("state", _("State"), list(RoundState.choices), lambda rows, value: rows.filter(state=value)),
        Filter("from", _("Ends on or after"), None, lambda rows, day: rows.filter(closes_on__gte=day)),
    ],
    default_sort="-opens",
    row_link=lambda row: reverse("registry:round", args=[row.pk]),
    primary=_add,
    empty=Empty(
        _("No round yet"),
        _("A round looks at the facilities of a place with the checklist in force; officers fill it in on the phone."),
        icon="survey",
    ),
)


@require_safe
@staff("inspection.read")
def round_list(request: StaffRequest) -> HttpResponseBase:
    """List the rounds that concern the person's places."""
    ways = [Action(gettext("Checklists"), reverse("registry:checklists"))]
    extra = {"tabs": tabs_for(request), "ways": ways}
    rows = queries.rounds_seen_by(request.person)
    told = by_units(request, SPEC, rows, place="place")
    return list_response(request, *told, template="registry/list.html", extra=extra)


@require_safe
@staff("inspection.read")
def round_page(request: StaffRequest, round_id: int) -> HttpResponse:
    """Show one round: how far each commune has come, and what to do next."""
    return _page(request, queries.get_round(request.person, round_id))


def _page(request: StaffRequest, found: InspectionRound, fault: str = "") -> HttpResponse:
    lists = queries.checklists_of(found)
    facilities = queries.facilities_of(request.person, found, lists, "inspection.read")
    rows = queries.progress(found, facilities)
    mine = Inspection.objects.filter(round=found, facility__in=facilities.order_by().values("pk"))
    context: dict[str, Any] = {
        "title": found.title,
        "round": found,
        "fault": fault,
        "chip": round_chip(found),
        "kinds": kinds_words(found),
        "checklists": list({one.pk: one for one in lists.values()}.values()),
        "rows": rows,
        "all": sum(row["all"] for row in rows),
        "done": sum(row["done"] for row in rows),
        "found": sum(row["found"] for row in rows),
        "conflicts": list(queries.open_conflicts(mine)),
        "may_run": policies.may(request.person, "inspection.run", found.place),
        "may_fill": policies.may(request.person, "inspection.fill") and found.state == RoundState.OPEN,
        "moves": {str(to) for to in State if may_move(State(found.state), to)},
        "history": journal.told(Ref("inspection_round", str(found.pk))),
        "crumbs": crumbs(),
    }
    return render(request, "registry/inspections/round.html", context, status=422 if fault else 200)


@staff("inspection.run")
def new_round(request: StaffRequest) -> HttpResponse:
    """Prepare a round, perhaps for a task of a plan."""
    form = RoundForm(request.POST or None, person=request.person, task=_task(request))
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.make_round(by=request.person, **form.cleaned_data)
        except BadInput as error:
            form.take_errors(error.fields)
        else:
            messages.success(request, gettext("The round is prepared. Open it when it may begin."))
            return redirect("registry:round", made.pk)
    return _form(request, form, gettext("Prepare a round"), reverse("registry:rounds"), crumbs())


def _task(request: StaffRequest) -> Task | None:
    asked = request.GET.get("task", "")
    if not asked.isascii() or not asked.isdigit() or len(asked) > 18:
        return None
    try:
        return tasks.get_visible(request.person, int(asked))
    except NotFound:
        return None


@staff("inspection.run")
def edit_round(request: StaffRequest, round_id: int) -> HttpResponse:
    """Change a round that nobody was told of yet."""
    found = queries.get_round(request.person, round_id)
    policies.require(request.person, "inspection.run", found.place)
    form = RoundForm(request.POST or None, person=request.person, round_=found)
    back = reverse("registry:round", args=[found.pk])
    if request.method == "POST" and form.is_valid():
        try:
            actions.edit_round(by=request.person, round_=found, **form.cleaned_data)
        except BadInput as error:
            form.take_errors(error.fields)
        else:
            messages.success(request, gettext("The change was noted."))
            return redirect(back)
    return _form(request, form, gettext("Change the round"), back, crumbs(found))


def _form(request: StaffRequest, form: RoundForm, title: str, back: str, way: list[Crumb]) -> HttpResponse:
    context = {"title": title, "form": form, "back": back, "crumbs": way}
    return render(request, "registry/form.html", context, status=422 if form.errors else 200)


@require_POST
@staff("inspection.run")
def open_round(request: StaffRequest, round_id: int) -> HttpResponse:
    """Let the facilities be looked at, and tell who fills in there."""
    found = queries.get_round(request.person, round_id)
    try:
        actions.open_round(by=request.person, round_=found)
    except BadInput as error:
        return _page(request, found, str(error))
    messages.success(request, gettext("The round is open; the officers of its communes were told."))
    return redirect("registry:round", found.pk)


@require_POST
@staff("inspection.run")
def close_round(request: StaffRequest, round_id: int) -> HttpResponse:
    """Take no more answers."""
    found = queries.get_round(request.person, round_id)
    try:
        actions.close_round(by=request.person, round_=found)
    except BadInput as error:
        return _page(request, found, str(error))
    messages.success(request, gettext("The round is closed; its result stands."))
    return redirect("registry:round", found.pk)

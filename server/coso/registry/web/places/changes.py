"""The list of what changed the units, and the page of one change, where it is undone while nothing hangs on it."""

from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from coso.journal import queries as journal
from coso.kit.errors import BadInput, NotFound
from coso.kit.refs import Ref
from coso.organizations import policies
from coso.organizations.doors import StaffRequest, staff
from coso.places import actions
from coso.places import queries as units
from coso.places.models import Change, ChangeKind, ChangeState
from coso.registry import queries
from coso.registry.web.places import history
from coso.registry.web.places.following import followed
from coso.registry.web.places.forms import UndoChangeForm
from coso.registry.web.places.tabs import tabs_for
from coso.registry.web.places.undoing import figures_back
from coso.ui.chips import Chip, Tone
from coso.ui.lists import Action, Column, Empty, Filter, ListSpec, list_response
from coso.ui.parts import Crumb

_TONES = {ChangeState.PLANNED: Tone.WAITING, ChangeState.IN_FORCE: Tone.DONE, ChangeState.UNDONE: Tone.OFF}


def crumbs(*more: Crumb) -> list[Crumb]:
    """Give the way to the pages of changes."""
    first = Crumb(_("Places"), reverse("places:places"))
    return [first, Crumb(_("Changes of units"), reverse("places:changes")), *more]


def change_chip(change: Change) -> Chip:
    """Tell whether a change holds, is to come, or was undone."""
    icon = "undo" if change.state == ChangeState.UNDONE else ""
    return Chip(change.get_state_display(), _TONES[ChangeState(change.state)], icon=icon)


def changes_seen_by(person: object) -> QuerySet[Change]:
    """List the changes that touch a unit within the person's scope.

    What was undone touches none any more: whoever was told of it may still read what it was.
    """
    if policies.may_throughout(person, "place.read"):
        return units.changes()
    own = queries.places_seen_by(person)
    touched = Q(ended__in=own.values("pk")) | Q(begun__in=own.values("pk"))
    if policies.may(person, "place.read"):
        touched |= Q(state=ChangeState.UNDONE, pk__in=queries.changes_told(person))
    return units.changes().filter(pk__in=Change.objects.filter(touched).values("pk"))


def _sentence(request: HttpRequest) -> str:
    found = changes_seen_by(request.user)
    count = found.exclude(state=ChangeState.UNDONE).count()
    if not count:
        return gettext("No change of units is in force or planned.")
    said = ngettext("%(count)s change was entered.", "%(count)s changes were entered.", count) % {"count": count}
    if planned := found.filter(state=ChangeState.PLANNED).order_by("from_on").first():
        said += " " + gettext("The next one takes force on %(day)s.") % {"day": f"{planned.from_on:%d/%m/%Y}"}
    return said


def _way(request: HttpRequest) -> Action | None:
    may = policies.may_throughout(request.user, "place.change")
    return Action(_("Change units"), reverse("places:new-change")) if may else None


SPEC = ListSpec(
    key="thay-doi-dia-gioi",
    title=_("Changes of units"),
    sentence=_sentence,
    columns=[
        Column("before", _("Old units"), lambda row: row.before.replace("; ", ", "), sort="before"),
        Column("kind", _("Kind of change"), lambda row: row.get_kind_display(), sort="kind"),
        Column("after", _("New units"), lambda row: row.after.replace("; ", ", ")),
        Column("from", _("From the day"), "from_on", sort="from_on", kind="date"),
        Column("decision", _("Decision"), "decision"),
        Column("state", _("State"), change_chip, sort="state", kind="state"),
        Column("note", _("Note"), "note", shown=False),
    ],
    search=["folded"],
    search_label=_("Search for a unit or a decision, with or without marks"),
    filters=[
        Filter("kind", _("Kind of change"), ChangeKind.choices, lambda rows, value: rows.filter(kind=value)),
        Filter("state", _("State"), ChangeState.choices, lambda rows, value: rows.filter(state=value)),
        Filter("since", _("From the day"), None, lambda rows, value: rows.filter(from_on__gte=value)),
    ],
    default_sort="-from",
    row_link=lambda row: reverse("places:change", args=[row.pk]),
    primary=_way,
    empty=Empty(
        _("No change yet"),
        _("What was changed until 2025 came with the lists; it stands on the page of each unit."),
        icon="place",
    ),
)


@require_safe
@staff("place.read")
def change_list(request: StaffRequest) -> HttpResponseBase:
    """List the changes of units, the latest day first."""
    rows = changes_seen_by(request.person)
    return list_response(request, SPEC, rows, template="registry/places/tabbed.html", extra={"tabs": tabs_for(request)})


@require_safe
@staff("place.read")
def change(request: StaffRequest, change_id: int) -> HttpResponse:
    """Show one change: what went into what, and what hangs on the units that it began."""
    found = _get(request, change_id)
    links = list(units.links_of(found))
    ids = {pk for link in links for pk in (link.predecessor_id, link.successor_id)}
    seen = set(queries.places_seen_by(request.person).filter(pk__in=ids).values_list("pk", flat=True))
    is_open = found.state != ChangeState.UNDONE
    context = {
        "title": str(found),
        "change": found,
        "chip": change_chip(found),
        "rows": history.rows(links, seen),
        "followed": followed(list(found.ended.select_related("parent")), links, seen) if is_open else [],
        "is_planned": found.state == ChangeState.PLANNED,
        "hanging": units.depending_on(found) if is_open else [],
        "may_undo": is_open and policies.may_throughout(request.person, "place.change"),
        "history": journal.told(Ref("change", str(found.pk))),
        "crumbs": crumbs(),
    }
    return render(request, "registry/places/change.html", context)


@staff("place.change")
def undo(request: StaffRequest, change_id: int) -> HttpResponse:
    """Undo a change, with a reason."""
    policies.require_throughout(request.person, "place.change")
    found = units.get_change(change_id)
    back = reverse("places:change", args=[found.pk])
    back_to = figures_back(found)
    form = UndoChangeForm(request.POST or None, asks=back_to.has_estimates)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        estimates = told.get("estimates", True)
        try:
            actions.undo_change(change_id=found.pk, by=request.person, reason=told["reason"], estimates=estimates)
        except BadInput as error:
            form.take_errors(error.fields)
        else:
            messages.success(request, gettext("The change was undone; the old units go on as if nothing had been."))
            return redirect(back)
    context = {
        "title": gettext("Undo the change"),
        "sentence": gettext("What it ended goes on, what it began goes."),
        "change": found,
        "figures": back_to,
        "hanging": units.depending_on(found),
        "form": form,
        "submit": gettext("Undo the change"),
        "back": back,
        "crumbs": crumbs(Crumb(str(found), back)),
    }
    return render(request, "registry/places/undo.html", context, status=422 if form.errors else 200)


def _get(request: StaffRequest, change_id: int) -> Change:
    found = changes_seen_by(request.person).filter(pk=change_id).first()
    if found is None:
        raise NotFound
    return found

"""Leaving: the list of handovers, and the page on which every open duty is passed on."""

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from coso.journal import queries as journal
from coso.kit import clock
from coso.kit.errors import BadInput, NotAllowed
from coso.kit.refs import Ref, describe_many
from coso.organizations import actions, policies, queries
from coso.organizations.doors import StaffRequest, staff
from coso.organizations.models import Handover, Person
from coso.organizations.web.accounts import get_managed
from coso.organizations.web.handover_forms import BeginForm, WithdrawHandoverForm
from coso.organizations.web.pages import form_page, way
from coso.organizations.web.words import leaving_words, with_posts
from coso.ui.chips import Chip, Tone
from coso.ui.lists import Column, Empty, Filter, ListSpec, list_response
from coso.ui.parts import Crumb
from coso.ui.units import told_by_units

STATES = [("open", _("Under way")), ("finished", _("Finished")), ("withdrawn", _("Called off"))]


def handover_chip(handover: Handover) -> Chip:
    """Tell where a handover stands."""
    if handover.finished_at is not None:
        return Chip(_("Finished"), Tone.DONE)
    if handover.withdrawn_at is not None:
        return Chip(_("Called off"), Tone.OFF, icon="withdrawn")
    if handover.last_day < clock.today():
        return Chip(_("Past the last day"), Tone.NEED, icon="late")
    return Chip(_("Under way"), Tone.ACTIVE)


def _in_state(rows: QuerySet[Handover], value: str) -> QuerySet[Handover]:
    if value == "open":
        return rows.filter(queries.under_way())
    return rows.filter(**{f"{value}_at__isnull": False})


def _sentence(request: HttpRequest) -> str:
    count = queries.handovers_of(request.user).filter(queries.under_way()).count()
    if not count:
        return gettext("No handover is under way.")
    return ngettext("%(count)s handover is under way.", "%(count)s handovers are under way.", count) % {"count": count}


SPEC = ListSpec(
    key="ban-giao",
    title=_("Handovers"),
    sentence=_sentence,
    columns=[
        Column("name", _("Who leaves"), "person.full_name", sort="person__sort_key"),
        Column("posts", _("Posts"), lambda row: leaving_words(row, False)),
        Column("state", _("State"), handover_chip, kind="state"),
        Column("last_day", _("Last day"), "last_day", sort="last_day", kind="date"),
        Column("by", _("Begun by"), "begun_by.full_name", sort="begun_by__sort_key"),
        Column("begun", _("Begun on"), "begun_at", sort="begun_at", kind="when"),
    ],
    search=["person__folded"],
    search_label=_("Search by name"),
    filters=[Filter("state", _("State"), STATES, _in_state)],
    default_sort="-begun",
    row_link=lambda row: reverse("organizations:handover", args=[row.pk]),
    empty=Empty(
        _("Nobody is leaving"),
        _("When somebody does, begin the handover on the page of his account."),
        _("To the accounts"),
        "../tai-khoan/",
        icon="people",
    ),
)


@require_safe
@staff("account.manage")
def handover_list(request: StaffRequest) -> HttpResponseBase:
    """List the handovers of the people whose accounts one manages."""
    rows = with_posts(queries.handovers_of(request.person), "person__posts")
    return list_response(request, told_by_units(request, SPEC, posts=leaving_words), rows)


@staff("account.manage")
def begin(request: StaffRequest, person_id: int) -> HttpResponse:
    """Note that somebody leaves, and go on to what is open in his hands."""
    found = get_managed(request.person, person_id)
    if found.pk == request.person.pk:
        raise NotAllowed("account.manage")
    there = queries.handover_under_way(found)
    if there is not None:
        return redirect("organizations:handover", there.pk)
    form = BeginForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.begin_handover(by=request.person, person=found, **form.cleaned_data)
        except BadInput as error:
            form.take_errors(error.fields)
        else:
            return redirect("organizations:handover", made.pk)
    sentence = gettext("Nothing ends yet: first everything open in the hands of %(person)s is passed on.")
    return form_page(
        request,
        form,
        title=gettext("Begin the handover"),
        sentence=sentence % {"person": found.full_name},
        submit=gettext("Begin the handover"),
        crumbs=way(found),
    )


@require_safe
@staff("account.manage")
def handover(request: StaffRequest, handover_id: int) -> HttpResponse:
    """Show what is still open, and pass it on."""
    return _page(request, queries.get_handover(request.person, handover_id))


def _page(request: StaffRequest, found: Handover, wrong: BadInput | None = None) -> HttpResponse:
    leaving = found.person
    # Who manages one of several posts may know that the person leaves, not what is in his hands elsewhere.
    manages = all(policies.may_manage(request.person, leaving, post.place) for post in queries.posts_not_over(leaving))
    is_open = found.finished_at is None and found.withdrawn_at is None and manages
    groups = queries.in_hand(leaving, with_takers=True) if is_open else []
    still, done = sum(len(group.duties) for group in groups), queries.passed_on(found)
    # The page of a duty is linked where the reader may open it.
    known = describe_many((duty.ref for group in groups for duty in group.duties), request.person)
    context: dict[str, Any] = {
        "title": gettext("Handover of %(person)s") % {"person": leaving.full_name},
        "handover": found,
        "chip": handover_chip(found),
        "is_open": is_open,
        "groups": [
            (
                group.kind.label,
                [
                    (duty, group.takers[str(duty.ref)], duty.address if duty.ref in known else "")
                    for duty in group.duties
                ],
            )
            for group in groups
        ],
        "everybody": _everybody(groups),
        "still": still,
        "done": done,
        "total": still + done,
        "may_finish": is_open and not still and found.last_day <= clock.today(),
        "too_early": is_open and not still and found.last_day > clock.today(),
        "networks": queries.networks_of(leaving),
        "deputies": queries.deputies_ending_with(leaving),
        "invitations": queries.invitations_open_by(leaving),
        "problems": wrong.fields if wrong else {},
        "history": journal.told(Ref("handover", str(found.pk)), most=40),
        "crumbs": [Crumb(_("Handovers"), reverse("organizations:handovers"))],
    }
    return render(request, "organizations/handover.html", context, status=422 if wrong else 200)


def _everybody(groups: list[queries.InHand]) -> list[Person]:
    """List who may take at least one of the duties."""
    found = {person.pk: person for group in groups for people in group.takers.values() for person in people}
    return sorted(found.values(), key=lambda person: person.sort_key)


def _taker(request: StaffRequest) -> Person:
    """Read to whom something is passed on. Raise BadInput."""
    typed = request.POST.get("to", "")
    found = Person.objects.filter(pk=typed).first() if typed.isascii() and typed.isdigit() and len(typed) < 19 else None
    if found is None:
        raise BadInput(fields={"to": [gettext("Choose who takes it over.")]})
    return found


@require_POST
@staff("account.manage")
def pass_on(request: StaffRequest, handover_id: int) -> HttpResponse:
    """Pass one duty on."""
    found = queries.get_handover(request.person, handover_id)
    try:
        ref, to = _ref(request), _taker(request)
        actions.pass_on(by=request.person, handover=found, ref=ref, to=to)
    except BadInput as wrong:
        return _page(request, found, wrong)
    messages.success(request, gettext("%(person)s takes it over.") % {"person": to.full_name})
    return redirect("organizations:handover", found.pk)


def _ref(request: StaffRequest) -> Ref:
    try:
        return Ref.parse(request.POST.get("ref", ""))
    except ValueError:
        raise BadInput(gettext("Choose what is passed on.")) from None


@require_POST
@staff("account.manage")
def pass_all_on(request: StaffRequest, handover_id: int) -> HttpResponse:
    """Pass everything on to one person, as far as he may take it."""
    found = queries.get_handover(request.person, handover_id)
    try:
        to = _taker(request)
    except BadInput as wrong:
        return _page(request, found, wrong)
    passed, left = actions.pass_all_on(by=request.person, handover=found, to=to)
    said = {"person": to.full_name, "count": passed}
    messages.success(
        request,
        ngettext("%(person)s takes over %(count)s thing.", "%(person)s takes over %(count)s things.", passed) % said,
    )
    if left:
        words = ngettext(
            "%(count)s thing %(person)s may not take over: choose somebody else for it.",
            "%(count)s things %(person)s may not take over: choose somebody else for them.",
            left,
        )
        messages.warning(request, words % {"person": to.full_name, "count": left})
    return redirect("organizations:handover", found.pk)


@require_POST
@staff("account.manage")
def finish(request: StaffRequest, handover_id: int) -> HttpResponse:
    """End posts and deputies, and close the account."""
    found = queries.get_handover(request.person, handover_id)
    actions.finish_handover(by=request.person, handover=found)
    said = {"person": found.person.full_name}
    messages.success(request, gettext("The handover is finished; the account of %(person)s is closed.") % said)
    return redirect("organizations:handover", found.pk)


@staff("account.manage")
def withdraw(request: StaffRequest, handover_id: int) -> HttpResponse:
    """Take a handover back: the person stays."""
    found = queries.get_handover(request.person, handover_id)
    form = WithdrawHandoverForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.withdraw_handover(by=request.person, handover=found, **form.cleaned_data)
        messages.success(
            request, gettext("The handover of %(person)s was withdrawn.") % {"person": found.person.full_name}
        )
        return redirect("organizations:handover", found.pk)
    return form_page(
        request,
        form,
        title=gettext("Call the handover off"),
        sentence=gettext("%(person)s stays. What was passed on stays where it is.")
        % {"person": found.person.full_name},
        submit=gettext("Call it off"),
        tone="danger",
        crumbs=[
            Crumb(_("Handovers"), reverse("organizations:handovers")),
            Crumb(found.person.full_name, reverse("organizations:handover", args=[found.pk])),
        ],
    )

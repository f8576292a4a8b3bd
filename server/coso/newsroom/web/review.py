"""Submitting, reading and listening before approval, returning, withdrawing."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from coso.kit.errors import BadInput, NotAllowed, WrongState
from coso.newsroom import actions, policies, queries
from coso.newsroom.models import Bulletin, BulletinState
from coso.newsroom.rules.review import State
from coso.newsroom.web import bulletins, words
from coso.newsroom.web.forms import ReasonForm, WithdrawalForm
from coso.organizations.doors import StaffRequest, staff


@require_POST
@staff(policies.WRITE)
def submit(request: StaffRequest, bulletin_id: Any) -> HttpResponseBase:
    """Hand a bulletin in for approval and go back to it."""
    found = queries.get_visible(request.person, bulletin_id)
    if found.state == BulletinState.SUBMITTED and policies.standing(request.person, found).writes:
        return redirect("newsroom:bulletin", found.pk)  # the button was pressed twice
    try:
        done = actions.submit_bulletin(bulletin_id=bulletin_id, by=request.person)
    except BadInput as wrong:
        messages.error(request, str(wrong))
        return redirect("newsroom:bulletin", bulletin_id)
    messages.success(request, _("“%(title)s” was submitted; who may approve it was told.") % {"title": done.title})
    return redirect("newsroom:bulletin", bulletin_id)


@staff(policies.APPROVE)
def review(request: StaffRequest, bulletin_id: Any) -> HttpResponseBase:
    """Read and listen to a submitted bulletin, then approve it."""
    found = queries.get_visible(request.person, bulletin_id)
    if found.state == BulletinState.APPROVED and found.approved_by == request.person:
        return redirect("newsroom:bulletin", found.pk)  # the button was pressed twice
    if request.method != "POST":
        return _page(request, found)
    try:
        done = actions.approve_bulletin(
            bulletin_id=bulletin_id,
            by=request.person,
            revision=_number(request.POST.get("revision")),
            sound_id=_number(request.POST.get("sound")),
            submission=request.POST.get("submission", ""),
        )
    except BadInput as wrong:
        return _page(request, found, problem=str(wrong))
    villages = queries.villages_of(done).count()
    told = {"title": done.title, "villages": villages}
    messages.success(request, _("“%(title)s” is approved for %(villages)s villages.") % told)
    return redirect("newsroom:bulletin", bulletin_id)


def _number(typed: str | None) -> int:
    """Read what the page was showing; what is no number matches nothing."""
    return int(typed) if typed and typed.isascii() and typed.isdigit() and len(typed) < 18 else -1


def _page(request: StaffRequest, found: Bulletin, *, form: ReasonForm | None = None, problem: str = "") -> HttpResponse:
    context = bulletins.page(request, found)
    if "approve" not in context["can"]:
        standing = policies.standing(request.person, found)
        if State(found.state) != State.SUBMITTED:
            raise WrongState(_("This bulletin does not wait for approval any more."))
        if standing.had_a_hand:
            raise NotAllowed(_("You had a hand in this bulletin; somebody else decides on it."))
        raise NotAllowed(policies.APPROVE)
    context |= {
        "title": _("Approve “%(title)s”?") % {"title": found.title},
        "sentence": words.consequence(found, context["villages"]),
        "crumbs": [*context["crumbs"][:1], (found.title, _address(found)), (_("Approval"), "")],
        "form": form or ReasonForm(),
        "problem": problem,
        "submission": queries.submission_of(found),
    }
    return render(request, "newsroom/review.html", context, status=422 if problem or context["form"].errors else 200)


def _address(found: Bulletin) -> str:
    return reverse("newsroom:bulletin", args=[found.pk])


@require_POST
@staff(policies.APPROVE)
def give_back(request: StaffRequest, bulletin_id: Any) -> HttpResponseBase:
    """Return a submitted bulletin with a reason."""
    found = queries.get_visible(request.person, bulletin_id)
    if found.state == BulletinState.RETURNED and policies.standing(request.person, found).approves:
        return redirect("newsroom:bulletin", found.pk)  # the button was pressed twice
    form = ReasonForm(request.POST)
    if form.is_valid():
        try:
            actions.return_bulletin(bulletin_id=bulletin_id, by=request.person, reason=form.cleaned_data["reason"])
        except BadInput as wrong:
            form.take_errors(wrong.fields)
        else:
            messages.success(request, _("“%(title)s” went back to its author.") % {"title": found.title})
            return redirect("newsroom:bulletin", bulletin_id)
    return _page(request, found, form=form)


@staff(policies.READ)
def withdraw(request: StaffRequest, bulletin_id: Any) -> HttpResponseBase:
    """Ask why, then take a bulletin back for good."""
    found = queries.get_visible(request.person, bulletin_id)
    if found.state == BulletinState.WITHDRAWN:
        return redirect("newsroom:bulletin", found.pk)
    steps = policies.steps(request.person, found, has_sound=queries.current_sound(found) is not None)
    if "withdraw" not in steps:
        raise NotAllowed(_("Your post does not take back this bulletin."))
    form = WithdrawalForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.withdraw_bulletin(bulletin_id=bulletin_id, by=request.person, reason=form.cleaned_data["reason"])
        except BadInput as wrong:
            form.take_errors(wrong.fields)
        else:
            messages.success(request, _("“%(title)s” is withdrawn.") % {"title": found.title})
            return redirect("newsroom:bulletin", bulletin_id)
    approved = found.state == BulletinState.APPROVED
    context = {
        "bulletin": found,
        "form": form,
        "title": _("Withdraw “%(title)s”?") % {"title": found.title},
        "sentence": _("Whatever still carries it stops: loudspeakers, boards, the portal. This cannot be undone.")
        if approved
        else _("It is dropped for good; nobody has heard it yet."),
        "crumbs": [(_("Bulletins"), reverse("newsroom:list")), (found.title, _address(found)), (_("Withdrawal"), "")],
        "cancel": _address(found),
    }
    return render(request, "newsroom/withdraw.html", context, status=422 if form.errors else 200)

"""Inviting colleagues: the list, one invitation, and its link, which is shown once."""

from typing import Any
from uuid import UUID

import segno
from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from coso.journal import queries as journal
from coso.kit.errors import BadInput
from coso.kit.refs import Ref
from coso.organizations import actions, queries, rules
from coso.organizations.doors import StaffRequest, staff
from coso.organizations.models import ROLE_CHOICES, Invitation
from coso.organizations.rules import InvitationState, Role
from coso.organizations.web.invitation_forms import InvitationForm, WithdrawForm
from coso.organizations.web.pages import form_page
from coso.organizations.web.words import place_words
from coso.ui.chips import Chip, Tone
from coso.ui.lists import Action, Column, Empty, Filter, ListSpec, list_response
from coso.ui.parts import Crumb
from coso.ui.units import by_units

STATES = [
    (InvitationState.OPEN.value, _("Waits for an answer")),
    (InvitationState.EXPIRED.value, _("Out of date")),
    (InvitationState.ACCEPTED.value, _("Accepted")),
    (InvitationState.WITHDRAWN.value, _("Recalled")),
]
_TONES = {
    InvitationState.OPEN: Chip(STATES[0][1], Tone.WAITING),
    InvitationState.EXPIRED: Chip(STATES[1][1], Tone.NEED, icon="late"),
    InvitationState.ACCEPTED: Chip(STATES[2][1], Tone.DONE),
    InvitationState.WITHDRAWN: Chip(STATES[3][1], Tone.OFF, icon="withdrawn"),
}


def invitation_chip(invitation: Invitation) -> Chip:
    """Tell where an invitation stands."""
    return _TONES[invitation.state]


def _sentence(request: HttpRequest) -> str:
    count = queries.invitations_of(request.user).filter(queries.in_state(InvitationState.OPEN)).count()
    return ngettext("%(count)s invitation waits for an answer.", "%(count)s invitations wait for an answer.", count) % {
        "count": count
    }


def _in_state(rows: QuerySet[Invitation], value: str) -> QuerySet[Invitation]:
    return rows.filter(queries.in_state(value))


SPEC = ListSpec(
    key="loi-moi",
    title=_("Invitations"),
    sentence=_sentence,
    columns=[
        Column("name", _("Full name"), "full_name", sort="sort_key"),
        Column("state", _("State"), invitation_chip, kind="state"),
        Column("role", _("Role"), lambda row: row.get_role_display(), sort="role"),
        Column("place", _("Place"), lambda row: place_words(row.place), sort="place__sort_key"),
        Column("contact", _("E-mail or phone"), lambda row: row.email or row.phone, shown=False),
        Column("by", _("Invited by"), "made_by.full_name", sort="made_by__sort_key"),
        Column("made", _("Invited on"), "made_at", sort="made_at", kind="when", shown=False),
        Column("expires", _("Link holds until"), "expires_at", sort="expires_at", kind="when"),
    ],
    search=["folded"],
    search_label=_("Search by name or e-mail"),
    filters=[
        Filter("state", _("State"), STATES, _in_state),
        Filter("role", _("Role"), ROLE_CHOICES, lambda rows, value: rows.filter(role=value)),
    ],
    default_sort="-made",
    row_link=lambda row: reverse("organizations:invitation", args=[row.pk]),
    primary=lambda request: Action(gettext("Invite a colleague"), reverse("organizations:invite")),
    empty=Empty(
        _("Nobody was invited yet"),
        _("Whoever is invited opens the account by a link, with a password that nobody else knows."),
        icon="person-plus",
    ),
)


@require_safe
@staff("account.manage")
def invitation_list(request: StaffRequest) -> HttpResponseBase:
    """List the invitations within the person's scope."""
    return list_response(request, *by_units(request, SPEC, queries.invitations_of(request.person), place="place"))


@never_cache
@staff("account.manage")
def invite(request: StaffRequest) -> HttpResponse:
    """Invite a colleague and show the link, this once."""
    form = InvitationForm(request.POST or None, by=request.person)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        try:
            made, token = actions.invite(by=request.person, **told | {"role": Role(told["role"])})
        except BadInput as error:
            form.take_errors(error.fields)
        else:
            return _link_page(request, made, token)
    return form_page(
        request,
        form,
        title=gettext("Invite a colleague"),
        sentence=gettext("A link opens the account with this post; you send it to the person yourself."),
        submit=gettext("Make the link"),
        crumbs=_way(),
    )


def _link_page(request: StaffRequest, invitation: Invitation, token: str) -> HttpResponse:
    """Show a link; rendered, not redirected to: only the token's digest is kept, so this answer alone can."""
    link = request.build_absolute_uri(reverse("invited", args=[token]))
    context = {
        "title": gettext("The link is ready"),
        "sentence": gettext("Send it to %(person)s yourself. It is shown this once and opens one account.")
        % {"person": invitation.full_name},
        "invitation": invitation,
        "link": link,
        "square": _square(link),
        "crumbs": [*_way(), Crumb(invitation.full_name, reverse("organizations:invitation", args=[invitation.pk]))],
    }
    return render(request, "organizations/invitation_link.html", context)


def _square(link: str) -> SafeString:
    """Draw a link as a QR code: inline SVG without a style attribute."""
    drawn = segno.make(link, error="m").svg_inline(scale=5, border=4, light="#fff", svgclass=None, lineclass=None)
    # segno draws it from the link, which is made of our own address and a token of letters, figures, - and _.
    return mark_safe(drawn)  # noqa: S308


@require_safe
@staff("account.manage")
def invitation(request: StaffRequest, invitation_id: UUID) -> HttpResponse:
    """Show one invitation, and what may be done about it."""
    found = queries.get_invitation(request.person, invitation_id)
    context: dict[str, Any] = {
        "title": found.full_name,
        "sentence": f"{found.get_role_display()}, {place_words(found.place)}",
        "invitation": found,
        "chip": invitation_chip(found),
        "may_renew": rules.may_renew(found.state),
        "history": journal.told(Ref("invitation", str(found.pk)), most=20),
        "crumbs": _way(),
    }
    return render(request, "organizations/invitation.html", context)


@never_cache
@require_POST
@staff("account.manage")
def renew(request: StaffRequest, invitation_id: UUID) -> HttpResponse:
    """Send an invitation anew, under a new link."""
    found = queries.get_invitation(request.person, invitation_id)
    made, token = actions.renew_invitation(by=request.person, invitation=found)
    return _link_page(request, made, token)


@staff("account.manage")
def withdraw(request: StaffRequest, invitation_id: UUID) -> HttpResponse:
    """Withdraw an invitation."""
    found = queries.get_invitation(request.person, invitation_id)
    form = WithdrawForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.withdraw_invitation(by=request.person, invitation=found, **form.cleaned_data)
        messages.success(request, gettext("The invitation of %(person)s was withdrawn.") % {"person": found.full_name})
        return redirect("organizations:invitation", found.pk)
    return form_page(
        request,
        form,
        title=gettext("Withdraw the invitation"),
        sentence=gettext("The link sent to %(person)s opens nothing from now on.") % {"person": found.full_name},
        submit=gettext("Withdraw the invitation"),
        tone="danger",
        crumbs=[*_way(), Crumb(found.full_name, reverse("organizations:invitation", args=[found.pk]))],
    )


def _way() -> list[Crumb]:
    return [Crumb(_("Invitations"), reverse("organizations:invitations"))]

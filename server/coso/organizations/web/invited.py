"""The public page of an invitation's link: whoever was invited opens the account himself."""

from typing import Any

import requests
from allauth.account.internal.flows.login import record_authentication
from allauth.account.utils import perform_login
from allauth.core import ratelimit
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.models import SocialAccount, SocialLogin
from allauth.socialaccount.providers.base import AuthProcess
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from coso.kit.database import only_once
from coso.kit.errors import BadInput, CosoError, WrongState
from coso.kit.text import fold
from coso.organizations import actions, queries, rules
from coso.organizations.adapters import (
    IDENTITY,
    INVITED,
    INVITED_WITHIN,
    PROVIDER,
    invited_token,
    is_configured,
    words_of,
)
from coso.organizations.models import Invitation, Person
from coso.organizations.rules import InvitationState
from coso.organizations.web import sign_on
from coso.organizations.web.invitation_forms import AcceptForm
from coso.organizations.web.words import place_words

LIMIT = "invitation"
"""The rate limit's name in `ACCOUNT_RATE_LIMITS`."""


@never_cache
def invited(request: HttpRequest, token: str) -> HttpResponse:
    """Show who invites whom to what, and open the account; a link that opens nothing says why and changes nothing."""
    refused: HttpResponse | None = ratelimit.consume_or_429(request, action=LIMIT, limit_get=True)
    if refused is not None:
        return refused
    found = queries.by_digest(actions.digest_of(token))
    if found is None or not actions.is_good(found):
        return _dead(request, found)
    if request.user.is_authenticated:
        return _signed_in(request, found)
    identity = _identity(request, token)
    initial = {"username": _suggested(found)}
    form = AcceptForm(request.POST or None, initial=initial, asks_password=identity is None)
    if request.method == "POST" and form.is_valid():
        try:
            person = _accept(token, form, identity, request)
        except IdentityTaken:
            request.session.pop(IDENTITY, None)
            identity, form = None, AcceptForm(request.POST)
            form.take_errors({"": [sign_on.taken_words()]})
        except BadInput as error:
            form.take_errors(error.fields)
        except WrongState:
            # Somebody was quicker with the same link.
            return _dead(request, queries.by_digest(actions.digest_of(token)))
        else:
            return _enter(request, person, identity)
    shown = {
        "form": form,
        "identity": words_of(identity.account) if identity else "",
        "sign_on": _sign_on(),
        "token": token,
    }
    return _page(request, "invited", _("Open your account"), found, status=422 if form.errors else 200, **shown)


class IdentityTaken(CosoError):
    """Somebody linked this identity to another account meanwhile."""


@transaction.atomic
def _accept(token: str, form: AcceptForm, identity: SocialLogin | None, request: HttpRequest) -> Person:
    told = form.cleaned_data
    person = actions.accept_invitation(
        token=token, username=told["username"], password=told.get("password", ""), has_identity=identity is not None
    )
    if identity is not None:
        # Somebody may link the same identity to another account in this very moment.
        with only_once(IdentityTaken()):
            identity.connect(request, person)
    return person


def _enter(request: HttpRequest, person: Person, identity: SocialLogin | None) -> HttpResponse:
    """Sign in whoever opened the account, and lead him to the second step."""
    request.session.pop(IDENTITY, None)
    if identity is None:
        record_authentication(request, person, method="password", username=person.username, reauthenticated=True)
    else:
        about = {"provider": identity.account.provider, "uid": identity.account.uid}
        record_authentication(request, person, method="socialaccount", **about)
    messages.success(request, _("Your account is open. Now set up a second step, so that it stays yours."))
    answer: HttpResponse = perform_login(request, person, redirect_url=reverse("mfa_index"))
    answer.delete_cookie(INVITED)
    return answer


@never_cache
@require_POST
def by_sign_on(request: HttpRequest, token: str) -> HttpResponse:
    """Go to the single sign-on, and come back to the invitation with the identity."""
    found = queries.by_digest(actions.digest_of(token))
    if not is_configured() or found is None or not actions.is_good(found) or request.user.is_authenticated:
        return redirect("invited", token)
    request.session.pop(IDENTITY, None)
    try:
        answer = get_adapter().get_provider(request, PROVIDER).redirect(request, AuthProcess.LOGIN)
    except (requests.RequestException, OAuth2Error):
        return sign_on.unreachable(request)
    page = sign_on.lead_on(request, answer)
    page.set_signed_cookie(
        INVITED, token, max_age=INVITED_WITHIN, httponly=True, samesite="Lax", secure=request.is_secure()
    )
    return page


def _identity(request: HttpRequest, token: str) -> SocialLogin | None:
    """Give the identity with which somebody came back to this invitation, if nobody has linked it meanwhile."""
    pending = request.session.get(IDENTITY)
    if not is_configured() or not pending or invited_token(request) != token:
        return None
    found: SocialLogin = SocialLogin.deserialize(pending)
    taken = SocialAccount.objects.filter(provider=found.account.provider, uid=found.account.uid).exists()
    return None if taken else found


def _sign_on() -> str:
    return sign_on.name() if is_configured() else ""


def _suggested(invitation: Invitation) -> str:
    """Suggest an account name: the full name without marks, joined by dots."""
    name = ".".join(fold(invitation.full_name).split())[:60]
    return name if rules.is_username(name) else ""


def _dead(request: HttpRequest, invitation: Invitation | None) -> HttpResponse:
    """Say why a link opens nothing. Whoever forges one learns no more than that it is none."""
    words = {
        InvitationState.ACCEPTED: _("This link was used already. Sign in with the account that it opened."),
        InvitationState.EXPIRED: _("This link is out of date. Ask who invited you to send it anew."),
        InvitationState.WITHDRAWN: _("This invitation was withdrawn. Ask who invited you."),
        InvitationState.OPEN: _("This invitation no longer holds. Ask who invited you to send it anew."),
    }
    unknown = _("Such an invitation does not exist. Check that the whole link was copied.")
    context = {
        "title": _("The link opens nothing"),
        "sentence": words[invitation.state] if invitation else unknown,
        "was_used": invitation is not None and invitation.state == InvitationState.ACCEPTED,
    }
    return render(request, "organizations/invited_dead.html", context, status=410 if invitation else 404)


def _signed_in(request: HttpRequest, invitation: Invitation) -> HttpResponse:
    """Ask somebody who is signed in to leave first: the account is for whom it is sent to."""
    return _page(request, "invited_signed_in", _("This invitation is for somebody else"), invitation, status=409)


def _page(
    request: HttpRequest, name: str, title: str, invitation: Invitation, *, status: int, **more: Any
) -> HttpResponse:
    sentence = _("%(inviter)s invites %(person)s to the post: %(role)s, %(place)s.") % {
        "inviter": invitation.made_by.full_name,
        "person": invitation.full_name,
        "role": invitation.get_role_display(),
        "place": place_words(invitation.place),
    }
    context = {"title": title, "sentence": sentence, "invitation": invitation, **more}
    return render(request, f"organizations/{name}.html", context, status=status)

"""The door of staff pages: signed in, and with the right asked for. Every view of the desk is decorated with it."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, cast
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import resolve_url
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from coso.kit import clock
from coso.kit.errors import NotAllowed
from coso.organizations import policies
from coso.organizations.models import Person

P = ParamSpec("P")

USED_AT, USED_WITHIN = "used_at", 600

# What somebody may do whose password another person knows: change it, or leave.
WITH_ANY_PASSWORD = {
    "account_change_password",
    "account_set_password",
    "account_login",
    "account_logout",
    "account_reauthenticate",
    "mfa_authenticate",
    "mfa_reauthenticate",
}


class StaffRequest(HttpRequest):
    """A request of somebody who is signed in and holds a post."""

    person: Person


def staff(
    right: str,
) -> Callable[
    [Callable[Concatenate[StaffRequest, P], HttpResponseBase]],
    Callable[Concatenate[HttpRequest, P], HttpResponseBase],
]:
    """Open a page only to a signed-in person who has the right somewhere; the view's action checks where.

    A stranger is sent to sign in and comes back; a person without the right gets NotAllowed.
    """

    def door(
        view: Callable[Concatenate[StaffRequest, P], HttpResponseBase],
    ) -> Callable[Concatenate[HttpRequest, P], HttpResponseBase]:
        @wraps(view)
        def opened(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            if not request.user.is_authenticated:
                return _lead_away(request, redirect_to_login(_page_of(request)).url)
            if not policies.may(request.user, right):
                raise NotAllowed(right)
            stay_signed_in(request)
            request.person = request.user  # type: ignore[attr-defined]
            return view(cast(StaffRequest, request), *args, **kwargs)

        # The house test reads it: every desk page names the right that it asks for.
        opened.coso_right = right  # type: ignore[attr-defined]
        return cast("Callable[Concatenate[HttpRequest, P], HttpResponseBase]", opened)

    return door


def _lead_away(request: HttpRequest, address: str) -> HttpResponse:
    """Lead to another page; htmx would put it inside this one, so the whole page is asked to go."""
    if getattr(request, "htmx", False):
        return HttpResponse(headers={"HX-Redirect": address})
    return HttpResponseRedirect(address)


def _page_of(request: HttpRequest) -> str:
    """Give the page to come back to: the one asked for; of a form that was sent, the page that held it.

    Many addresses take a form and show nothing: whoever came back to one of them would only see an error.
    """
    if request.method in {"GET", "HEAD"}:
        return request.get_full_path()
    words = _("Nothing of what you sent was kept: you were signed out meanwhile. Sign in and try again.")
    messages.warning(request, words)
    came_from = request.headers.get("Referer", "")
    if not url_has_allowed_host_and_scheme(came_from, {request.get_host()}, require_https=request.is_secure()):
        return resolve_url(settings.LOGIN_REDIRECT_URL)
    there = urlsplit(came_from)
    return f"{there.path}?{there.query}".rstrip("?")


def stay_signed_in(request: HttpRequest) -> None:
    """Let the session end 12 hours after its last use, not in the middle of work; written at most every ten minutes."""
    now = int(clock.now().timestamp())
    if now - request.session.get(USED_AT, 0) >= USED_WITHIN:
        request.session[USED_AT] = now


class OwnPasswordMiddleware:
    """Lead whoever signed in with a temporary password to the page that changes it, from every page of staff.

    The public pages stay open: they ask nobody who he is.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer."""
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponseBase], args: object, kwargs: object
    ) -> HttpResponse | None:
        """Let the view answer, or lead away."""
        name = request.resolver_match.view_name if request.resolver_match else ""
        is_staffs = hasattr(view, "coso_right") or name.startswith(
            ("account_", "mfa_", "socialaccount_", "openid_connect_")
        )
        if not is_staffs or name in WITH_ANY_PASSWORD or not getattr(request.user, "must_change_password", False):
            return None
        back = urlencode({"next": request.get_full_path()}) if request.method == "GET" else ""
        return _lead_away(request, f"{reverse('account_change_password')}?{back}".rstrip("?"))

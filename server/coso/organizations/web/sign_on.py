"""Signing in through the province's single sign-on: going there, coming back, and not being known here."""

from collections.abc import Callable

import requests
from allauth.socialaccount.models import SocialAccount, SocialApp
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView, OAuth2LoginView
from django.conf import settings
from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from coso.kit.errors import NotFound
from coso.organizations.adapters import UNKNOWN, VerifiedIdentity, is_configured


@never_cache
def leave(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Lead to the issuer. A page that goes on by itself, for a form of ours leads to our own addresses only."""
    try:
        answer: HttpResponse = OAuth2LoginView.adapter_view(VerifiedIdentity(request, provider_id))(request)
    except SocialApp.DoesNotExist:
        raise NotFound from None
    except (requests.RequestException, OAuth2Error):
        return unreachable(request)
    return lead_on(request, answer)


def lead_on(request: HttpRequest, answer: HttpResponse) -> HttpResponse:
    """Turn a redirect to the issuer into a page that goes on by itself; leave any other answer as it is."""
    if answer.status_code != 302:
        return answer
    context = {"title": _("On to the single sign-on"), "address": answer["Location"], "name": name()}
    return render(request, "socialaccount/leaving.html", context)


def unreachable(request: HttpRequest) -> HttpResponse:
    """Say that the issuer does not answer as it should."""
    context = {
        "title": _("The single sign-on does not answer"),
        "sentence": _("Try again in some minutes, or sign in with your password."),
    }
    return render(request, "socialaccount/unreachable.html", context, status=502)


def taken_words() -> str:
    """Say that an identity was linked to another account in the moment between looking and linking."""
    return _("This identity was linked to an account a moment ago, and one identity opens one account only.")


class LinkedOnceMiddleware:
    """Answers with a page where the database refuses to link one identity twice.

    The library looks first and links then, on its own pages; two who do it at once both find nothing.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Go on."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Take the refusal that is about identities; leave every other error as it is."""
        if not isinstance(exception, IntegrityError) or SocialAccount._meta.db_table not in str(exception):
            return None
        context = {"title": _("The identity is linked already"), "sentence": taken_words()}
        return render(request, "socialaccount/unreachable.html", context, status=409)


@never_cache
def come_back(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Take what the issuer says of who comes back."""
    try:
        answer: HttpResponse = OAuth2CallbackView.adapter_view(VerifiedIdentity(request, provider_id))(request)
    except SocialApp.DoesNotExist:
        raise NotFound from None
    return answer


@never_cache
@require_safe
def unknown(request: HttpRequest) -> HttpResponse:
    """Say what somebody can do whose identity no account is linked to."""
    if not is_configured():
        raise NotFound
    context = {
        "title": _("No account is linked to this identity"),
        "who": request.session.get(UNKNOWN, ""),
        "name": name(),
    }
    return render(request, "socialaccount/unknown.html", context, status=403)


def name() -> str:
    """Say what the single sign-on is called."""
    return str(settings.OPTIONS["COSO_OIDC_NAME"] or _("the single sign-on"))


urlpatterns = [
    path("oidc/<str:provider_id>/login/", leave, name="openid_connect_login"),
    path("oidc/<str:provider_id>/login/callback/", come_back, name="openid_connect_callback"),
    path("dang-nhap-mot-lan/chua-lien-ket/", unknown, name="sign-on-unknown"),
]

"""How a province's single sign-on (OpenID Connect) meets our accounts: it opens those that it was linked to, no other.

Only the configured issuer is asked, each time within seconds and without following it elsewhere. Its word is taken
when signed by a key of its own (OpenID Connect Core 1.0, section 3.1.3.7); the code is bound to this browser by PKCE
(RFC 7636).
"""

from typing import Any
from urllib.parse import urlsplit

import jwt
import requests
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.internal import jwtkit
from allauth.socialaccount.models import SocialAccount, SocialLogin
from allauth.socialaccount.providers.base import AuthProcess
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.conf import settings
from django.http import HttpRequest
from django.shortcuts import redirect
from django.urls import reverse

PROVIDER = "sso"
"""Our name for the one issuer; it stands in the address to which the issuer sends people back."""
TIMEOUT = (3.05, 10.0)
"""Seconds to reach the issuer, and to hear from it."""
ALGORITHMS = {"RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "EdDSA"}
"""Signatures made with a key that the issuer publishes; never a shared secret, never none."""
CLAIMS = ("sub", "iss", "name", "preferred_username", "email", "email_verified")
"""What is kept of what the issuer tells of a person."""

IDENTITY, UNKNOWN = "sign_on_identity", "sign_on_unknown"
"""Keys of the session: with whom an invitation is being accepted; who came and is linked to no account."""
INVITED, INVITED_WITHIN = "coso_invited", 900
"""The signed cookie that keeps an invitation's link on the way to the issuer and back, and for how many seconds.

A session lies in the database, where no link may stand.
"""


def is_configured() -> bool:
    """Tell whether there is a single sign-on."""
    return bool(settings.SOCIALACCOUNT_PROVIDERS)


def origin_of(address: str) -> tuple[str, str, int | None]:
    """Give scheme, host and port of an address."""
    parts = urlsplit(address)
    usual = {"https": 443, "http": 80}.get(parts.scheme)
    return parts.scheme, parts.hostname or "", parts.port or usual


class IssuerOnly(requests.Session):
    """Asks nobody but the configured issuer, and follows it nowhere."""

    def request(self, method: Any, url: Any, *args: Any, **kwargs: Any) -> requests.Response:
        """Ask, or raise a RequestException."""
        if origin_of(str(url)) != origin_of(settings.OPTIONS["COSO_OIDC_ISSUER"]):
            raise requests.exceptions.InvalidURL("not the configured issuer")
        kwargs |= {"timeout": TIMEOUT, "allow_redirects": False}
        return super().request(method, url, *args, **kwargs)


class VerifiedIdentity(OpenIDConnectOAuth2Adapter):  # type: ignore[misc]
    """Takes from the issuer only a signed identity, meant for us."""

    @property
    def openid_config(self) -> dict[str, Any]:
        """Read the issuer's discovery, which must be its own (OpenID Connect Discovery 1.0, section 4.3)."""
        config: dict[str, Any] = super().openid_config
        if str(config.get("issuer", "")).rstrip("/") != settings.OPTIONS["COSO_OIDC_ISSUER"].rstrip("/"):
            raise OAuth2Error("the discovery names another issuer")
        return config

    def complete_login(self, request: HttpRequest, app: Any, token: Any, **kwargs: Any) -> SocialLogin:
        """Make a sign-in of a signed identity."""
        signed = kwargs["response"].get("id_token")
        if not signed:
            raise OAuth2Error("no id_token")
        claims = self._decode_id_token(app, signed)
        data = {"id_token": {name: claims[name] for name in CLAIMS if name in claims}}
        return self.get_provider().sociallogin_from_response(request, data)

    def _decode_id_token(self, app: Any, id_token: str) -> dict[str, Any]:
        # The library would trust the line alone; the signature costs one more question to the issuer.
        try:
            algorithm = jwt.get_unverified_header(id_token).get("alg")
        except jwt.PyJWTError as error:
            raise OAuth2Error("no id_token that can be read") from error
        if algorithm not in ALGORITHMS:
            raise OAuth2Error("the id_token is not signed by a published key")
        config = self.openid_config
        found: dict[str, Any] = jwtkit.verify_and_decode(
            credential=id_token,
            keys_url=config["jwks_uri"],
            issuer=config["issuer"],
            audience=app.client_id,
            lookup_kid=jwtkit.lookup_kid_jwk,
        )
        return found


class LinkedIdentities(DefaultSocialAccountAdapter):  # type: ignore[misc]
    """Lets in who linked this identity to an account himself, or holds an invitation; opens no account by itself."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        """Refuse."""
        return False

    def get_provider(self, request: HttpRequest, provider: str, client_id: str | None = None) -> Any:
        """Give the issuer, whose identities are verified."""
        found = super().get_provider(request, provider, client_id=client_id)
        found.oauth2_adapter_class = VerifiedIdentity
        return found

    def get_requests_session(self) -> requests.Session:
        """Give what asks the issuer and nobody else."""
        return IssuerOnly()

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Lead an identity that no account is linked to to the invitation that it holds, or to the page that helps."""
        if sociallogin.is_existing or sociallogin.state.get("process") == AuthProcess.CONNECT:
            return
        token = invited_token(request)
        if token:
            request.session[IDENTITY] = sociallogin.serialize()
            raise ImmediateHttpResponse(redirect("invited", token))
        request.session[UNKNOWN] = words_of(sociallogin.account)
        raise ImmediateHttpResponse(redirect("sign-on-unknown"))

    def get_connect_redirect_url(self, request: HttpRequest, socialaccount: SocialAccount) -> str:
        """Go back to one's own account, which shows what is linked."""
        return reverse("organizations:me")


def invited_token(request: HttpRequest) -> str:
    """Give the token of the invitation from which somebody went to the issuer; "" where there is none."""
    return str(request.get_signed_cookie(INVITED, default="", max_age=INVITED_WITHIN))


def words_of(account: SocialAccount) -> str:
    """Say who an identity is, for the person himself: the e-mail, the name there, or the bare number."""
    told = account.extra_data.get("id_token", {})
    return str(told.get("email") or told.get("preferred_username") or told.get("name") or account.uid)

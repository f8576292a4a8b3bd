"""What every answer carries and how an error becomes a page."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from coso.kit.errors import CosoError
from coso.ui.web import errors

GetResponse = Callable[[HttpRequest], HttpResponse]

# Own files only. `data:` is for the small pictures inside Bootstrap's and Leaflet's style sheets and allauth's QR code,
# `blob:` for a recording that is heard before it is sent.
POLICY = {
    "default-src": "'self'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data: blob:",
    "media-src": "'self' blob:",
    "font-src": "'self'",
    "connect-src": "'self'",
    "worker-src": "'self' blob:",
    "object-src": "'none'",
    "base-uri": "'self'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
}


class ContentSecurityMiddleware:
    """Forbid every inline script and style and everything from elsewhere.

    A view may set its own `Content-Security-Policy`; it is then left alone.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response
        self.policy = "; ".join(f"{name} {value}" for name, value in POLICY.items())

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, with the policy on it."""
        response = self.get_response(request)
        response.headers.setdefault("Content-Security-Policy", self.policy)
        response.headers.setdefault("Permissions-Policy", "geolocation=(self), microphone=(self), camera=(self)")
        return response


class ErrorPagesMiddleware:
    """Turn the house's errors into pages that say what happened and what to do next."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer; an address that only takes what a form sends has no page of its own to show."""
        response = self.get_response(request)
        if response.status_code == 405 and not response.content:
            page = errors.not_found(request)
            page.status_code = 405
            page.headers["Allow"] = response.headers["Allow"]
            return page
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Give the page of a CosoError; leave every other exception to Django."""
        if isinstance(exception, CosoError):
            return errors.page_for(request, exception)
        return None

"""Error pages: what happened, then what to do."""

import logging
import re

from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import render
from django.template import TemplateDoesNotExist, loader
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from coso.kit.errors import BadInput, CosoError, NotAllowed, NotFound, WrongState

log = logging.getLogger("coso.ui")

_RIGHT = re.compile(r"[a-z_]+\.[a-z_]+")
_TEMPLATES: dict[int, str] = {403: "403.html", 404: "404.html", 409: "ui/wrong_state.html"}


def page_for(request: HttpRequest, error: CosoError) -> HttpResponse:
    """Give the page of one of the house's errors, with its status; as JSON to whoever asked for JSON."""
    fields = error.fields if isinstance(error, BadInput) else {}
    # NotAllowed often names the right that is missing: a code for the log, not for a reader.
    words = "" if _RIGHT.fullmatch(str(error)) else str(error)
    if request.headers.get("Accept", "").startswith("application/json"):
        return JsonResponse({"error": words or _sentence(error), "fields": fields}, status=error.status)
    context = {"message": words, "fields": {k: v for k, v in fields.items() if k}, "back": _back(request)}
    return render(request, _TEMPLATES.get(error.status, "400.html"), context, status=error.status)


def _back(request: HttpRequest) -> str:
    """Give the page the reader came from, if it is one of ours: a stranger's link must not lead back to him."""
    came_from = request.headers.get("Referer", "")
    hosts = {request.get_host()}
    return came_from if url_has_allowed_host_and_scheme(came_from, hosts, require_https=request.is_secure()) else "/"


def _sentence(error: CosoError) -> str:
    match error:
        case NotAllowed():
            return _("Your post does not include this right at this place.")
        case NotFound():
            return _("There is no such record, or it lies outside the area that you look after.")
        case WrongState():
            return _("Somebody has changed this record meanwhile. Read it again before acting on it.")
        case _:
            return _("What was sent cannot be taken. Nothing was changed.")


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponseBase:
    """Say that the request could not be understood."""
    return render(request, "400.html", status=400)


def not_allowed(request: HttpRequest, exception: Exception | None = None) -> HttpResponseBase:
    """Say that the person's post does not include this."""
    return render(request, "403.html", status=403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Say that there is no such page within the person's scope."""
    return render(request, "404.html", status=404)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponseBase:
    """Say that the form is too old or came from elsewhere; for CSRF_FAILURE_VIEW."""
    log.warning("A form was refused: %s", reason)
    return render(request, "ui/form_expired.html", status=403)


def server_error(request: HttpRequest) -> HttpResponseBase:
    """Say that the fault is ours; uses nothing that could itself be broken."""
    try:
        body = loader.get_template("500.html").render({})
    except TemplateDoesNotExist:
        body = "500"
    return HttpResponse(body, status=500)

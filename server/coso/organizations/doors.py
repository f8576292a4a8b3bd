"""The door of staff pages: signed in, and with the right asked for. Every view of the desk is decorated with it."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, cast

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseBase

from coso.kit.errors import NotAllowed
from coso.organizations import policies
from coso.organizations.models import Person

P = ParamSpec("P")


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
                if getattr(request, "htmx", False):
                    return HttpResponse(headers={"HX-Redirect": redirect_to_login(request.get_full_path()).url})
                return redirect_to_login(request.get_full_path())
            if not policies.may(request.user, right):
                raise NotAllowed(right)
            request.person = request.user  # type: ignore[attr-defined]
            return view(cast(StaffRequest, request), *args, **kwargs)

        # The house test reads it: every desk page names the right that it asks for.
        opened.coso_right = right  # type: ignore[attr-defined]
        return cast("Callable[Concatenate[HttpRequest, P], HttpResponseBase]", opened)

    return door

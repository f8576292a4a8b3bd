"""Where apps say how their notices read, and by which other routes notices go out."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise

from coso.notices.models import Delivery, Notice
from coso.organizations.models import Person

_wordings: dict[str, Callable[[Notice], str]] = {}


def register_wording(kind: str, wording: Callable[[Notice], str]) -> None:
    """Let an app word its kind of notice; called from `AppConfig.ready`."""
    _wordings[kind] = wording


def wording_of(notice: Notice) -> str:
    """Word a notice for its reader."""
    wording = _wordings.get(notice.kind)
    return wording(notice) if wording else notice.kind


_pressing: set[str] = set()


def send_along(kind: str) -> None:
    """Let a kind of notice go out by other routes too, unless its reader turns that off; from `AppConfig.ready`."""
    _pressing.add(kind)


def is_pressing(kind: str) -> bool:
    """Tell whether a kind of notice goes out by other routes by itself."""
    return kind in _pressing


class NotNow(Exception):
    """The route did not answer or asks to wait; it is tried again. The message is kept, so no address stands in it."""


class Refused(Exception):
    """The route will never take this; the message is kept, so no address stands in it."""


@dataclass(frozen=True)
class Route:
    """A way beside the desk: e-mail; others register theirs."""

    key: str
    """At most 20 letters; stands in `Delivery.route`."""
    label: str | Promise
    is_on: Callable[[], bool]
    """Whether this system can send by it at all."""
    has_address: Callable[[Person], bool]
    """Whether a person can be reached by it."""
    send: Callable[[Delivery], None]
    """Send one notice, outside any transaction and with a timeout; raise NotNow or Refused."""


_routes: dict[str, Route] = {}


def register_route(route: Route) -> None:
    """Let an app carry notices; called from `AppConfig.ready`."""
    _routes[route.key] = route


def routes() -> list[Route]:
    """List the routes in the order of registration."""
    return list(_routes.values())


def route_of(key: str) -> Route | None:
    """Give a route by its key."""
    return _routes.get(key)

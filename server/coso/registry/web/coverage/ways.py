"""The ways between the pages of coverage."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from coso.organizations import policies
from coso.registry.web.coverage import days

_WAYS = [
    ("registry:coverage", _("By commune")),
    ("registry:coverage-villages", _("By village")),
    ("registry:uncovered", _("Not covered")),
    ("registry:map", _("Map")),
    ("registry:what-if", _("Try a cluster")),
]
# These may be told by the units of a past day, and take the choice along from one to the other.
_BY_DAY = {"registry:coverage", "registry:coverage-villages", "registry:uncovered"}
_BOUNDARIES = ("registry:boundaries", _("Boundaries"))


@dataclass(frozen=True)
class WayOn:
    """A page of coverage, as this request sees it."""

    label: Any
    url: str
    current: bool


def ways_for(request: HttpRequest) -> list[WayOn]:
    """Give the pages that this person may see; the present one is marked."""
    ways = [*_WAYS, _BOUNDARIES] if policies.may_throughout(request.user, "place.change") else _WAYS
    found = []
    for name, label in ways:
        url = reverse(name)
        address = days.address(request, url) if name in _BY_DAY else url
        found.append(WayOn(label, address, request.path == url))
    return found

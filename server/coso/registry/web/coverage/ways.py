"""The ways between the pages of coverage."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from coso.organizations import policies

_WAYS = [
    ("registry:coverage", _("By commune")),
    ("registry:coverage-villages", _("By village")),
    ("registry:uncovered", _("Not covered")),
    ("registry:map", _("Map")),
    ("registry:what-if", _("Try a cluster")),
]
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
    return [WayOn(label, url, request.path == url) for name, label in ways if (url := reverse(name))]

"""The tabs over the registry's lists. Whoever adds a list adds its line here."""

from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from coso.organizations import policies

Text = str | Promise


@dataclass(frozen=True)
class Tab:
    """One list of the registry."""

    label: Text
    url_name: str
    right: str = "registry.read"


@dataclass(frozen=True)
class ShownTab:
    """A tab as this request sees it."""

    label: Text
    url: str
    current: bool


TABS = [
    Tab(_("Facilities"), "registry:facilities"),
    Tab(_("Loudspeaker clusters"), "registry:clusters"),
    Tab(_("Equipment"), "registry:equipment-list"),
    Tab(_("Use"), "registry:use"),
    Tab(_("Transfers"), "registry:transfers"),
    Tab(_("Inspection"), "registry:rounds", "inspection.read"),
    Tab(_("Inspections made"), "registry:inspections", "inspection.read"),
    Tab(_("Defects"), "registry:defects", "inspection.read"),
    Tab(_("Coverage"), "registry:coverage"),
]


def tabs_for(request: HttpRequest) -> list[ShownTab]:
    """Give the lists that this person may see; the one of the present page is marked."""
    shown = []
    for tab in TABS:
        try:
            url = reverse(tab.url_name)
        except NoReverseMatch:
            continue
        if policies.may(request.user, tab.right):
            shown.append(ShownTab(tab.label, url, request.path == url))
    return shown

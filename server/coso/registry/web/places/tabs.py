"""The tabs over the lists of places."""

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from coso.registry.web.facilities.tabs import ShownTab

_TABS = [
    (_("Places"), "places:places"),
    (_("Figures by unit"), "places:figures"),
    (_("Changes of units"), "places:changes"),
    (_("Units without a known successor"), "places:open-ends"),
    (_("Labels of areas"), "places:labels"),
]


def tabs_for(request: HttpRequest) -> list[ShownTab]:
    """Give the lists of places; the one of the present page is marked."""
    return [ShownTab(label, url, request.path == url) for label, name in _TABS for url in [reverse(name)]]

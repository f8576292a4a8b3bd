"""The tabs over the lists of documents: all of them, those that came in, those whose answers are awaited."""

from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from coso.organizations import policies

_TABS = [
    (_("Official documents"), "documents:documents", "document.read"),
    (_("Documents that came in"), "documents:arrived", "document.receive"),
    (_("Answers awaited"), "documents:awaited", "document.send"),
]


@dataclass(frozen=True)
class ShownTab:
    """A tab as this request sees it."""

    label: str | Promise
    url: str
    current: bool


def tabs_for(request: HttpRequest) -> list[ShownTab]:
    """Give the lists that this person may see, the present one marked; none where there is but one."""
    seen = [(label, reverse(name)) for label, name, right in _TABS if policies.may(request.user, right)]
    return [ShownTab(label, url, request.path == url) for label, url in seen] if len(seen) > 1 else []

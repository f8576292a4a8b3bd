"""The tabs over the lists of tasks and parts. Whoever adds a page beside them adds its line here."""

from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from coso.organizations import policies

Text = str | Promise


@dataclass(frozen=True)
class Tab:
    """One page of tasks."""

    label: Text
    url_name: str
    right: str = "task.read"


@dataclass(frozen=True)
class ShownTab:
    """A tab as this request sees it."""

    label: Text
    url: str
    current: bool


TABS = [
    Tab(_("Tasks"), "plans:tasks"),
    Tab(_("Work of my unit"), "plans:mine"),
    Tab(_("Work of the units"), "plans:parts"),
    Tab(_("Reminders sent"), "plans:reminders"),
]


def tabs_for(request: HttpRequest) -> list[ShownTab]:
    """Give the pages that this person may see; the present one is marked."""
    shown = []
    for tab in TABS:
        try:
            url = reverse(tab.url_name)
        except NoReverseMatch:
            continue
        if policies.may(request.user, tab.right):
            shown.append(ShownTab(tab.label, url, request.path == url))
    return shown

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
            shown.append(ShownTab(tab.label, url, request.path == url or _is_look_of(tab, request)))
    return shown


def _is_look_of(tab: Tab, request: HttpRequest) -> bool:
    """Tell whether the page is another view of the list that the tab opens."""
    names = [name for _label, name in LOOKS]
    return tab.url_name == names[0] and request.path in [reverse(name) for name in names]


LOOKS = [
    (_("List"), "plans:parts"),
    (_("Board"), "plans:board"),
    (_("Chart"), "plans:gantt"),
    (_("Calendar"), "plans:calendar"),
]
OWN = {"page", "sort", "thang", "nam", "theo", "don-vi", "export"}
"""What belongs to one view alone and is not carried to the next."""


def looks_for(request: HttpRequest) -> list[ShownTab]:
    """Give the views of the same parts; the filters go along."""
    kept = request.GET.copy()
    for name in OWN:
        kept.pop(name, None)
    tail = f"?{kept.urlencode()}" if kept else ""
    return [ShownTab(label, reverse(name) + tail, request.path == reverse(name)) for label, name in LOOKS]

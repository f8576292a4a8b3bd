"""By which units coverage is told: the villages of today or of a past day, under communes of then or of today."""

from urllib.parse import urlencode

from django.http import HttpRequest
from django.utils.translation import gettext, ngettext

from coso.places.queries.figures import State, states
from coso.registry.queries import coverage, reaching
from coso.registry.web.places.listing import day_filter
from coso.ui import show
from coso.ui.lists import Filter
from coso.ui.units import SWITCH, THEN, by_then, switch

DAY = "ngay"


def _states(request: HttpRequest) -> list[State]:
    """Give the states of the units, read once for each request."""
    known: list[State] | None = vars(request).get("unit_states")
    if known is None:
        known = vars(request)["unit_states"] = states()
    return known


def asked(request: HttpRequest) -> reaching.By:
    """Read from the address which villages and communes are meant; what makes no sense there is today."""
    for state in _states(request):
        if state.ends and state.begins.isoformat() == request.GET.get(DAY):
            return reaching.By(state.ends, then=by_then(request, THEN))
    return reaching.TODAY


def filters(request: HttpRequest) -> list[Filter]:
    """Offer the days whose units are known and, once a past one is chosen, its communes or those of today."""
    known = _states(request)
    if len(known) < 2:
        return []
    return [day_filter(known), switch(THEN)] if asked(request).day else [day_filter(known)]


def kept(request: HttpRequest) -> dict[str, str]:
    """Give what a link to another page of coverage takes along, so that it is told by the same units."""
    if asked(request).day is None:
        return {}
    return {name: value for name in (DAY, SWITCH) if (value := request.GET.get(name, ""))}


def address(request: HttpRequest, url: str, **more: object) -> str:
    """Write an address that keeps the choice."""
    written = urlencode(more | kept(request))
    return f"{url}?{written}" if written else url


def words(request: HttpRequest) -> str:
    """Say which villages and communes are meant, and which are left out; "" for those of today."""
    by = asked(request)
    if by.day is None:
        return ""
    if by.then:
        said = gettext(
            "These are the villages of %(day)s under their communes of then, each with what reaches today the village "
            "that it became."
        )
    else:
        said = gettext(
            "These are the villages of %(day)s under the communes of today, each with what reaches today the village "
            "that it became."
        )
    said %= {"day": f"{by.day:%d/%m/%Y}"}
    if lost := coverage.untraced(request.user, by):
        said += " " + ngettext(
            "Of %(count)s village of that day nobody knows what followed; it is in no figure here.",
            "Of %(count)s villages of that day nobody knows what followed; they are in no figure here.",
            lost,
        ) % {"count": show.number(lost)}
    return said

"""The list and map of the villages that nothing reaches, the hardest class first."""

from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from coso.organizations.doors import StaffRequest, staff
from coso.registry.queries import coverage, reaching
from coso.registry.web.coverage import days, words
from coso.registry.web.coverage.villages import EMPTY_THEN, columns_for, crumbs, joined, narrowing, search_in
from coso.registry.web.coverage.ways import ways_for
from coso.ui import show
from coso.ui.lists import Action, Empty, ListSpec, list_response
from coso.ui.parts import Layer


def _uncovered_spec(request: HttpRequest, everything: reaching.Villages) -> ListSpec:
    rows_shown: list[Any] = []
    by = days.asked(request)
    are_any = by.day is None or coverage.are_any(request.user, by)

    def sentence(request: HttpRequest) -> str:
        if not are_any:
            return str(EMPTY_THEN.text)
        # The rows say how many they are, where they are all; else the whole is counted on its own.
        if rows_shown and not any(request.GET.get(name) for name in ("q", "commune", "class")):
            count, people = rows_shown[0].found_in_all, rows_shown[0].people_in_all or 0
        else:
            whole = coverage.counted(everything)
            count, people = whole.villages, whole.people
        return _uncovered_sentence(count, people, days.words(request))

    return ListSpec(
        key="thon-chua-duoc-phu",
        title=_("Villages that nothing reaches"),
        sentence=sentence,
        columns=columns_for(request, "coverage", "channels"),
        search=search_in(request),
        search_label=_("Search for a village or commune, with or without marks"),
        filters=[*narrowing(request), *days.filters(request)],
        row_link=lambda row: reverse("places:place", args=[row.pk]),
        row_key=lambda row: str(row.code),
        primary=Action(_("Where would a cluster help?"), reverse("registry:what-if")),
        empty=Empty(_("Some channel reaches every village"), icon="done") if are_any else EMPTY_THEN,
        prepare=rows_shown.extend,
        counted_along="found_in_all",
    )


def _uncovered_sentence(count: int, people: int, told: str) -> str:
    said = gettext("Some channel reaches every village.")
    if count:
        said = ngettext(
            "%(count)s village, the hardest class first; %(people)s people known to live there.",
            "%(count)s villages, the hardest class first; %(people)s people known to live there.",
            count,
        ) % {"count": show.number(count), "people": show.number(people)}
    return f"{said} {told}".strip()


@require_safe
@staff("registry.read")
def uncovered(request: StaffRequest) -> HttpResponseBase:
    """List the villages that nothing reaches and show them on the map, the hardest class first."""
    by = days.asked(request)
    everything = coverage.uncovered(coverage.villages(request.person, by))
    asked = {name: value for name in ("commune", "class") if (value := request.GET.get(name, ""))}
    layer = Layer(
        "chua-phu",
        _("Not covered"),
        days.address(request, reverse("registry:map-layer", args=["chua-phu"]), **asked),
        keys=[(str(words.NOTHING), words.COVERAGE[words.NOTHING])],
    )
    extra = {
        "crumbs": crumbs(),
        "ways": ways_for(request),
        "layers": [layer],
        "areas_url": reverse("registry:map-areas"),
    }
    rows = coverage.summed(coverage.hardest_first(joined(everything, by), by))
    spec = _uncovered_spec(request, everything)
    return list_response(request, spec, rows, template="registry/coverage/uncovered.html", extra=extra)

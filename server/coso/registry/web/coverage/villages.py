"""The list of villages with what reaches each, and the list and map of those that nothing reaches."""

from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from coso.organizations.doors import StaffRequest, staff
from coso.registers.ports import import_link
from coso.registry.queries import coverage
from coso.registry.rules.coverage import UNLABELLED, Channel
from coso.registry.web.chips import sample_chip
from coso.registry.web.coverage import words
from coso.registry.web.coverage.ways import ways_for
from coso.ui import show
from coso.ui.lists import Action, Choices, Column, Empty, Filter, ListSpec, list_response
from coso.ui.parts import Crumb, Layer

NO_CLASS = "none"


def classes(request: HttpRequest) -> Choices:
    """List the classes of difficulty that a list may be narrowed to."""
    known: list[tuple[str, Any]] = [(kind.code, kind.name) for kind in _kinds(request)]
    return [*known, (NO_CLASS, _("No class noted"))] if known else []


def in_class(rows: coverage.Villages, value: str) -> coverage.Villages:
    """Keep the villages of one class, the hardest of theirs."""
    codes = [kind.code for kind in coverage.difficulties()]
    return rows.filter(rank=codes.index(value) if value in codes else UNLABELLED)


def communes(request: HttpRequest) -> Choices:
    """List the communes that a list may be narrowed to."""
    return [(str(pk), name) for pk, name in coverage.communes(request.user).values_list("pk", "name")]


def _kinds(request: HttpRequest) -> list[Any]:
    """Give the classes, read once for each request."""
    known: list[Any] | None = getattr(request, "difficulty_kinds", None)
    if known is None:
        known = coverage.difficulties()
        request.difficulty_kinds = known  # type: ignore[attr-defined]
    return known


def _reached(rows: coverage.Villages, value: str) -> coverage.Villages:
    return coverage.uncovered(rows) if value == "no" else coverage.covered(rows)


def _missing(rows: coverage.Villages, value: str) -> coverage.Villages:
    return rows.filter(**{coverage.FLAGS[Channel(value)]: False})


def _flag(channel: Channel) -> Any:
    return lambda village: getattr(village, coverage.FLAGS[channel])


def _channels(village: Any) -> str:
    """Name what reaches a village, in the order of the channels."""
    there = coverage.channels_of(village)
    said = [str(word) for channel, word in words.CHANNELS.items() if channel in there]
    return ", ".join(said)


def _columns(kinds: Any) -> list[Column]:
    return [
        Column("name", _("Village or group"), "name", sort="sort_key"),
        Column("commune", _("Commune or ward"), "parent.name", sort="parent__sort_key"),
        Column("class", _("Class of difficulty"), lambda row: words.class_of(row.rank, kinds), sort="rank"),
        Column("coverage", _("Coverage"), words.village_chip, kind="state"),
        Column("channels", _("Channels"), _channels),
        Column("speaker", _("Loudspeaker"), words.speaker_chip, kind="state"),
        Column("population", _("Population"), "population", sort="population", kind="number"),
        Column("sample", _("Data"), sample_chip, kind="state"),
        *(Column(str(channel), word, _flag(channel), kind="bool", shown=False) for channel, word in _SINGLY),
        Column("code", _("Code"), "code", shown=False),
        Column("latitude", _("Latitude"), "latitude", kind="number", shown=False),
        Column("longitude", _("Longitude"), "longitude", kind="number", shown=False),
    ]


def _hiding(kinds: Any, *names: str) -> list[Column]:
    """Give the columns, some of them only in the file."""
    return [replace(one, shown=False) if one.name in names else one for one in _columns(kinds)]


# The loudspeaker has a column of its own: one that stands and is silent is more than a no.
_SINGLY = [(channel, word) for channel, word in words.CHANNELS.items() if channel != Channel.SPEAKER]


_FILTERS = [
    Filter("commune", _("Commune or ward"), communes, lambda rows, value: rows.filter(parent=value)),
    Filter("class", _("Class of difficulty"), classes, in_class),
]


def _spec(request: HttpRequest) -> ListSpec:
    """Make the list for one request: it names the classes as they are today."""
    return ListSpec(
        key="do-phu-thon",
        import_url=import_link("tin-hieu"),
        title=_("Coverage, village by village"),
        sentence=_("What reaches each village today: one channel is enough to be reached."),
        columns=_hiding(_kinds(request), "speaker"),
        search=["folded", "parent__folded"],
        search_label=_("Search for a village or commune, with or without marks"),
        filters=[
            Filter("coverage", _("Coverage"), [("no", _("Reached by none")), ("yes", _("Reached by some"))], _reached),
            Filter("missing", _("Without"), [(str(one), word) for one, word in words.CHANNELS.items()], _missing),
            *_FILTERS,
        ],
        default_sort="name",
        row_link=lambda row: reverse("places:place", args=[row.pk]),
        row_key=lambda row: str(row.code),
        primary=Action(_("Villages that nothing reaches"), reverse("registry:uncovered")),
        empty=_EMPTY,
    )


_EMPTY = Empty(_("No village yet"), _("Coverage is told of villages and groups; enter them first."), icon="village")


def _uncovered_spec(request: HttpRequest, count: int, people: int) -> ListSpec:
    said = ngettext(
        "%(count)s village, the hardest class first; %(people)s people known to live there.",
        "%(count)s villages, the hardest class first; %(people)s people known to live there.",
        count,
    )
    told = {"count": show.number(count), "people": show.number(people)}
    return ListSpec(
        key="thon-chua-duoc-phu",
        title=_("Villages that nothing reaches"),
        sentence=said % told if count else _("Some channel reaches every village."),
        columns=_hiding(_kinds(request), "coverage", "channels"),
        search=["folded", "parent__folded"],
        search_label=_("Search for a village or commune, with or without marks"),
        filters=_FILTERS,
        row_link=lambda row: reverse("places:place", args=[row.pk]),
        row_key=lambda row: str(row.code),
        primary=Action(_("Where would a cluster help?"), reverse("registry:what-if")),
        empty=Empty(_("Some channel reaches every village"), icon="done"),
    )


@require_safe
@staff("registry.read")
def village_list(request: StaffRequest) -> HttpResponseBase:
    """List the villages of today with what reaches each."""
    rows = coverage.villages(request.person).select_related("parent")
    extra = {"crumbs": _crumbs(), "ways": ways_for(request)}
    return list_response(request, _spec(request), rows, template="registry/coverage/villages.html", extra=extra)


@require_safe
@staff("registry.read")
def uncovered(request: StaffRequest) -> HttpResponseBase:
    """List the villages that nothing reaches and show them on the map, the hardest class first."""
    everything = coverage.uncovered(coverage.villages(request.person))
    known = coverage.counted(everything)
    asked = {name: value for name in ("commune", "class") if (value := request.GET.get(name, ""))}
    address = reverse("registry:map-layer", args=["chua-phu"])
    layer = Layer(
        "chua-phu",
        _("Not covered"),
        f"{address}?{_written(asked)}" if asked else address,
        keys=[(str(words.NOTHING), words.COVERAGE[words.NOTHING])],
    )
    extra = {
        "crumbs": _crumbs(),
        "ways": ways_for(request),
        "layers": [layer],
        "areas_url": reverse("registry:map-areas"),
    }
    rows = coverage.hardest_first(everything.select_related("parent"))
    spec = _uncovered_spec(request, known.villages, known.people)
    return list_response(request, spec, rows, template="registry/coverage/uncovered.html", extra=extra)


def narrowed(request: HttpRequest, rows: coverage.Villages) -> coverage.Villages:
    """Narrow villages as the address of the list asks; what makes no sense there is left aside."""
    for filter_ in _FILTERS:
        value = request.GET.get(filter_.name, "")
        if any(str(known) == value for known, _label in filter_.options(request)):
            rows = filter_.apply(rows, value)
    return rows


def _written(asked: dict[str, str]) -> str:
    return urlencode(asked)


def _crumbs() -> list[Crumb]:
    return [Crumb(_("Coverage"), reverse("registry:coverage"))]

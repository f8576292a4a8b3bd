"""The list of villages with what reaches each, and what it shares with that of those that nothing reaches."""

from dataclasses import replace
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from coso.organizations.doors import StaffRequest, staff
from coso.registers.ports import import_link
from coso.registry.queries import coverage, hardness, reaching
from coso.registry.rules.coverage import UNLABELLED, Channel
from coso.registry.web.chips import sample_chip
from coso.registry.web.coverage import days, words
from coso.registry.web.coverage.ways import ways_for
from coso.ui.lists import Action, Choices, Column, Empty, Filter, ListSpec, list_response
from coso.ui.parts import Crumb
from coso.ui.show import read
from coso.ui.units import name_of_then

NO_CLASS = "none"


def classes(request: HttpRequest) -> Choices:
    """List the classes of difficulty that a list may be narrowed to."""
    known: list[tuple[str, Any]] = [(kind.code, kind.name) for kind in _kinds(request)]
    return [*known, (NO_CLASS, _("No class noted"))] if known else []


def in_class(rows: reaching.Villages, value: str) -> reaching.Villages:
    """Keep the villages of one class, the hardest of theirs."""
    codes = [kind.code for kind in hardness.difficulties()]
    return rows.filter(rank=codes.index(value) if value in codes else UNLABELLED)


def communes(request: HttpRequest) -> Choices:
    """List the communes that a list may be narrowed to; those that ended with their last day."""
    by = days.asked(request)
    found = coverage.communes(request.user, by).only("name", "valid_to")
    return [(str(one.pk), name_of_then(one) if by.then else one.name) for one in found]


def _kinds(request: HttpRequest) -> list[Any]:
    """Give the classes, read once for each request."""
    known: list[Any] | None = getattr(request, "difficulty_kinds", None)
    if known is None:
        known = hardness.difficulties()
        request.difficulty_kinds = known  # type: ignore[attr-defined]
    return known


def _reached(rows: reaching.Villages, value: str) -> reaching.Villages:
    return coverage.uncovered(rows) if value == "no" else coverage.covered(rows)


def _missing(rows: reaching.Villages, value: str) -> reaching.Villages:
    return rows.filter(**{reaching.FLAGS[Channel(value)]: False})


def _flag(channel: Channel) -> Any:
    return lambda village: getattr(village, reaching.FLAGS[channel])


def _channels(village: Any) -> str:
    """Name what reaches a village, in the order of the channels."""
    there = reaching.channels_of(village)
    said = [str(word) for channel, word in words.CHANNELS.items() if channel in there]
    return ", ".join(said)


def columns_for(request: HttpRequest, *hidden: str) -> list[Column]:
    """Give the columns, some of them only in the file."""
    kinds, by = _kinds(request), days.asked(request)
    commune = by.commune.replace("__", ".")
    label = _("Commune or ward")
    columns = [
        Column("name", _("Village or group"), "name", sort="sort_key"),
        Column(
            "commune",
            format_lazy(_("{label} (of then)"), label=label) if by.then else label,
            lambda row: name_of_then(row.parent) if by.then else read(row, f"{commune}.name"),
            sort=[f"{by.commune}__sort_key", "sort_key"],
        ),
        *([Column("today", _("Unit of today"), "current.name")] if by.day else []),
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
    return [replace(one, shown=False) if one.name in hidden else one for one in columns]


# The loudspeaker has a column of its own: one that stands and is silent is more than a no.
_SINGLY = [(channel, word) for channel, word in words.CHANNELS.items() if channel != Channel.SPEAKER]


def narrowing(request: HttpRequest) -> list[Filter]:
    """Give the filters by commune and by class, for both lists."""
    commune = days.asked(request).commune
    return [
        Filter("commune", _("Commune or ward"), communes, lambda rows, value: rows.filter(**{commune: value})),
        Filter("class", _("Class of difficulty"), classes, in_class),
    ]


def search_in(request: HttpRequest) -> list[str]:
    """Find a village by its name and that of its commune; one of a past day by those of today too."""
    names = ["folded", "parent__folded"]
    return [*names, *(f"current__{name}" for name in names)] if days.asked(request).day else names


def _spec(request: HttpRequest) -> ListSpec:
    """Make the list for one request: it names the classes as they are today."""
    told = days.words(request)
    return ListSpec(
        key="do-phu-thon",
        import_url=import_link("tin-hieu"),
        title=_("Coverage, village by village"),
        sentence=told or _("What reaches each village today: one channel is enough to be reached."),
        columns=columns_for(request, "speaker"),
        search=search_in(request),
        search_label=_("Search for a village or commune, with or without marks"),
        filters=[
            Filter("coverage", _("Coverage"), [("no", _("Reached by none")), ("yes", _("Reached by some"))], _reached),
            Filter("missing", _("Without"), [(str(one), word) for one, word in words.CHANNELS.items()], _missing),
            *narrowing(request),
            *days.filters(request),
        ],
        default_sort="commune",
        keys_first=True,
        row_link=lambda row: reverse("places:place", args=[row.pk]),
        row_key=lambda row: str(row.code),
        primary=Action(_("Villages that nothing reaches"), days.address(request, reverse("registry:uncovered"))),
        empty=EMPTY if not told else EMPTY_THEN,
    )


EMPTY = Empty(_("No village yet"), _("Coverage is told of villages and groups; enter them first."), icon="village")


EMPTY_THEN = Empty(_("No village of that day"), _("No village is entered among the units of that day."), icon="village")


@require_safe
@staff("registry.read")
def village_list(request: StaffRequest) -> HttpResponseBase:
    """List the villages of today, or of a past day, with what reaches each."""
    by = days.asked(request)
    rows = joined(coverage.villages(request.person, by), by)
    extra = {"crumbs": crumbs(), "ways": ways_for(request)}
    return list_response(request, _spec(request), rows, template="registry/coverage/villages.html", extra=extra)


def narrowed(request: HttpRequest, rows: reaching.Villages) -> reaching.Villages:
    """Narrow villages as the address of the list asks; what makes no sense there is left aside."""
    for filter_ in narrowing(request):
        value = request.GET.get(filter_.name, "")
        if any(str(known) == value for known, _label in filter_.options(request)):
            rows = filter_.apply(rows, value)
    return rows


def joined(rows: reaching.Villages, by: reaching.By) -> reaching.Villages:
    """Join what the columns read."""
    return rows.select_related("parent", "current__parent") if by.day else rows.select_related("parent")


def crumbs() -> list[Crumb]:
    """Lead back to the overview."""
    return [Crumb(_("Coverage"), reverse("registry:coverage"))]

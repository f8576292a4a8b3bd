"""How far the communes are reached: a map, the classes of difficulty, and every commune in a row."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.text import format_lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from coso.organizations.doors import StaffRequest, staff
from coso.places.models import Place
from coso.registry.queries import coverage, hardness
from coso.registry.rules.coverage import UNLABELLED, Channel, Group, Tally, tallies, tally
from coso.registry.web.coverage import days, words
from coso.registry.web.coverage.villages import EMPTY, EMPTY_THEN, NO_CLASS
from coso.registry.web.coverage.ways import ways_for
from coso.ui.lists import Action, Column, ListSpec, list_response
from coso.ui.parts import Crumb, Figure
from coso.ui.rows import MemoryRows
from coso.ui.units import name_of_then


@dataclass(frozen=True)
class CommuneRow:
    """One commune and how far its villages are reached."""

    commune: Place
    tally: Tally

    @property
    def share_heard(self) -> float | None:
        """Give the share of people who hear a loudspeaker."""
        return self.tally.share_of(Channel.SPEAKER)


@dataclass(frozen=True)
class ClassRow:
    """One class of difficulty and how far its villages are reached."""

    name: Any
    tally: Tally
    share_heard: float | None
    url: str


def _spec(request: HttpRequest, sentence: str) -> ListSpec:
    """Make the list for one request: it names communes of today or of a past day."""
    by, uncovered = days.asked(request), reverse("registry:uncovered")
    label = _("Commune or ward")

    def missing_url(row: CommuneRow) -> str | None:
        return days.address(request, uncovered, commune=row.commune.pk) if row.tally.missing else None

    return ListSpec(
        key="do-phu-xa",
        title=_("Coverage"),
        sentence=sentence,
        columns=[
            Column(
                "name",
                format_lazy(_("{label} (of then)"), label=label) if by.then else label,
                lambda row: name_of_then(row.commune) if by.then else row.commune.name,
                sort="commune.name",
            ),
            Column("villages", _("Villages in all"), "tally.villages", sort="tally.villages", kind="number"),
            Column("share", _("People reached"), "tally.share", sort="tally.share", kind="share"),
            Column("heard", _("People who hear a loudspeaker"), "share_heard", sort="share_heard", kind="share"),
            Column(
                "missing",
                _("Villages not reached"),
                "tally.missing",
                sort="tally.missing",
                kind="number",
                link=lambda row: (
                    days.address(request, uncovered, commune=row.commune.pk) if row.tally.missing else None
                ),
            ),
            Column(
                "silent", _("Villages with silent loudspeakers"), "tally.silent", sort="tally.silent", kind="number"
            ),
            Column("unknown", _("Population not known"), "tally.unknown", sort="tally.unknown", kind="number"),
            Column("people", _("Population"), "tally.people", kind="number", shown=False),
            Column(
                "people_reached", _("People reached, in figures"), "tally.people_covered", kind="number", shown=False
            ),
            Column("code", _("Code"), "commune.code", shown=False),
        ],
        search=["commune.name"],
        search_label=_("Search for a commune, with or without marks"),
        filters=days.filters(request),
        default_sort="share",
        row_link=lambda row: reverse("places:place", args=[row.commune.pk]),
        row_key=lambda row: str(row.commune.code),
        primary=Action(_("Villages that nothing reaches"), days.address(request, uncovered)),
        empty=EMPTY_THEN if by.day else EMPTY,
    )


@require_safe
@staff("registry.read")
def overview(request: StaffRequest) -> HttpResponseBase:
    """Show how far the communes within the person's scope are reached."""
    by = days.asked(request)
    counted = coverage.groups(request.person, by)
    rows = commune_rows(counted)
    whole = tally(counted)
    said = f"{words.sentence(whole)} {days.words(request)}".strip()
    if by.day and not whole.villages:
        said = str(EMPTY_THEN.text)
    extra = {
        "crumbs": [Crumb(_("Facilities"), reverse("registry:facilities"))],
        "ways": ways_for(request),
        "classes": _classes(request, counted),
        "figures": _figures(whole),
        # Codes are used again, and the sketch has the communes of today: those of then are on no map.
        "areas_url": "" if by.then else reverse("registry:map-areas"),
        "states": {row.commune.code: words.commune_tone(row.tally) for row in rows},
        "told": {row.commune.code: _told(row.tally) for row in rows},
        "keys": list(words.COMMUNES.items()),
    }
    spec = _spec(request, said)
    return list_response(request, spec, MemoryRows(rows), template="registry/coverage/overview.html", extra=extra)


def commune_rows(counted: Sequence[Group]) -> list[CommuneRow]:
    """Give a row for each commune that holds a village."""
    by_commune = tallies(counted, lambda group: group.commune)
    found = Place.objects.in_bulk(by_commune)
    rows = [CommuneRow(found[pk], told) for pk, told in by_commune.items() if pk in found]
    return sorted(rows, key=lambda row: row.commune.sort_key)


def _classes(request: HttpRequest, counted: Sequence[Group]) -> list[ClassRow]:
    """Give a row for each class, the hardest first; nothing where no class was noted for any village."""
    kinds = hardness.difficulties()
    by_rank = tallies(counted, lambda group: group.rank)
    if set(by_rank) <= {UNLABELLED}:
        return []
    rows = []
    for rank, told in sorted(by_rank.items()):
        name = words.class_of(rank, kinds) or _("No class noted")
        asked = {"class": kinds[rank].code if rank < len(kinds) else NO_CLASS}
        url = days.address(request, reverse("registry:uncovered"), **asked) if told.missing else ""
        rows.append(ClassRow(name, told, told.share_of(Channel.SPEAKER), url))
    return rows


def _figures(whole: Tally) -> list[Figure]:
    return [
        Figure(word, whole.by_channel.get(channel, 0), gettext("of %(all)s villages") % {"all": whole.villages})
        for channel, word in words.CHANNELS.items()
    ]


def _told(told: Tally) -> str:
    return gettext("%(covered)s of %(villages)s villages reached") % {
        "covered": told.covered,
        "villages": told.villages,
    }

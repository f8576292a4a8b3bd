"""How far the communes are reached: a map, the classes of difficulty, and every commune in a row."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from coso.organizations.doors import StaffRequest, staff
from coso.places.models import Place
from coso.registry.queries import coverage
from coso.registry.rules.coverage import UNLABELLED, Channel, Group, Tally, tallies, tally
from coso.registry.web.coverage import words
from coso.registry.web.coverage.villages import NO_CLASS
from coso.registry.web.coverage.ways import ways_for
from coso.ui.lists import Action, Column, Empty, ListSpec, list_response
from coso.ui.parts import Crumb, Figure
from coso.ui.rows import MemoryRows


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


def _missing_url(row: CommuneRow) -> str | None:
    if not row.tally.missing:
        return None
    return f"{reverse('registry:uncovered')}?{urlencode({'commune': row.commune.pk})}"


SPEC = ListSpec(
    key="do-phu-xa",
    title=_("Coverage"),
    columns=[
        Column("name", _("Commune or ward"), "commune.name", sort="commune.name"),
        Column("villages", _("Villages in all"), "tally.villages", sort="tally.villages", kind="number"),
        Column("share", _("People reached"), "tally.share", sort="tally.share", kind="share"),
        Column("heard", _("People who hear a loudspeaker"), "share_heard", sort="share_heard", kind="share"),
        Column(
            "missing",
            _("Villages not reached"),
            "tally.missing",
            sort="tally.missing",
            kind="number",
            link=_missing_url,
        ),
        Column("silent", _("Villages with silent loudspeakers"), "tally.silent", sort="tally.silent", kind="number"),
        Column("unknown", _("Population not known"), "tally.unknown", sort="tally.unknown", kind="number"),
        Column("people", _("Population"), "tally.people", kind="number", shown=False),
        Column("people_reached", _("People reached, in figures"), "tally.people_covered", kind="number", shown=False),
        Column("code", _("Code"), "commune.code", shown=False),
    ],
    search=["commune.name"],
    search_label=_("Search for a commune, with or without marks"),
    default_sort="share",
    row_link=lambda row: reverse("places:place", args=[row.commune.pk]),
    row_key=lambda row: str(row.commune.code),
    primary=lambda request: Action(gettext("Villages that nothing reaches"), reverse("registry:uncovered")),
    empty=Empty(_("No village yet"), _("Coverage is told of villages and groups; enter them first."), icon="village"),
)


@require_safe
@staff("registry.read")
def overview(request: StaffRequest) -> HttpResponseBase:
    """Show how far the communes within the person's scope are reached."""
    counted = coverage.groups(request.person)
    rows = commune_rows(request, counted)
    whole = tally(counted)
    extra = {
        "sentence": words.sentence(whole, has_samples=coverage.has_samples(request.person)),
        "crumbs": [Crumb(_("Facilities"), reverse("registry:facilities"))],
        "ways": ways_for(request),
        "classes": _classes(counted),
        "figures": _figures(whole),
        "areas_url": reverse("registry:map-areas"),
        "states": {row.commune.code: words.commune_tone(row.tally) for row in rows},
        "told": {row.commune.code: _told(row.tally) for row in rows},
        "keys": list(words.COMMUNES.items()),
    }
    return list_response(request, SPEC, MemoryRows(rows), template="registry/coverage/overview.html", extra=extra)


def commune_rows(request: HttpRequest, counted: Sequence[Group]) -> list[CommuneRow]:
    """Give a row for each commune that holds a village in scope."""
    by_commune = tallies(counted, lambda group: group.commune)
    found = coverage.communes(request.user).in_bulk()
    rows = [CommuneRow(found[pk], told) for pk, told in by_commune.items() if pk in found]
    return sorted(rows, key=lambda row: row.commune.sort_key)


def _classes(counted: Sequence[Group]) -> list[ClassRow]:
    """Give a row for each class, the hardest first; nothing where no class was noted for any village."""
    kinds = coverage.difficulties()
    by_rank = tallies(counted, lambda group: group.rank)
    if set(by_rank) <= {UNLABELLED}:
        return []
    rows = []
    for rank, told in sorted(by_rank.items()):
        name = words.class_of(rank, kinds) or _("No class noted")
        asked = {"class": kinds[rank].code if rank < len(kinds) else NO_CLASS}
        url = f"{reverse('registry:uncovered')}?{urlencode(asked)}" if told.missing else ""
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

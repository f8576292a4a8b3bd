"""Every village accounted for: how each one stands with a bulletin, and on what ground."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from coso.channels.ports import channels
from coso.channels.rules import REACHED, Ground, Sign, State, Why, strongest
from coso.kit import clock
from coso.newsroom.models import Bulletin
from coso.newsroom.queries import villages_of
from coso.organizations import rules as posts
from coso.organizations.models import Post
from coso.places.models import Place
from coso.places.queries import StandIns, ids_in, stand_ins
from coso.registry.models import SpeakerCluster, Station


@dataclass(frozen=True)
class VillageReach:
    """How one village stands with one bulletin."""

    village: Place
    state: State
    ground: Ground
    clusters: list[str]
    """The names of the clusters that serve it."""
    at: datetime | None = None
    """When it was played, told or shown."""
    by_whom: str = ""
    """The cluster that played, or the person who told."""
    why: Why = Why.NOTHING
    """Why it is not reached, or what stands in the way while it waits."""
    since: datetime | None = None
    on_the_way: list[str] = field(default_factory=list)
    """The people nearest to it who can tell it by word of mouth; none once it is reached."""

    @property
    def played_at(self) -> datetime | None:
        """When it was played; None unless it was."""
        return self.at if self.state == State.PLAYED else None

    @property
    def is_reached(self) -> bool:
        """Whether the village has the message."""
        return self.state in REACHED

    @property
    def sentence(self) -> str:
        """Say why it is not reached, for a reader; empty when there is nothing to say."""
        return why_sentence(self.why, self.since)


def why_sentence(why: Why, since: datetime | None) -> str:
    """Say in words what stands in the way of a village."""
    if why == Why.SILENT and since is not None:
        return _("The loudspeaker has been silent since %(since)s.") % {"since": f"{clock.local(since):%H:%M %d/%m/%Y}"}
    return {
        Why.NOTHING: "",
        Why.NOT_APPROVED: _("The bulletin is not approved, or was withdrawn."),
        Why.NO_CLUSTER: _("No loudspeaker serves this village."),
        Why.NO_DEVICE: _("The loudspeaker has no device that is enrolled."),
        Why.NOT_SCHEDULED: _("The bulletin has no time on the schedule here."),
        Why.SILENT: _("The loudspeaker has never been heard from."),
        Why.CUT: _("The loudspeaker was cut off before the end."),
        Why.MISSED: _("The loudspeaker missed its time."),
        Why.REFUSED: _("The loudspeaker refused what it was sent."),
        Why.MEDIA_BAD: _("The loudspeaker could not use the sound."),
        Why.NO_REPORT: _("The loudspeaker is heard from but has not reported."),
    }[why]


def reach_of(bulletin: Bulletin, day: date | None = None) -> list[VillageReach]:
    """Say of each village in the bulletin's areas how it stands, in as many queries for one as for a thousand.

    The villages are those of a day (today); of an area that ended, those of its last day: an old bulletin still
    names who was to hear it.
    """
    villages = list(villages_of(bulletin, day))
    # The channels are handed the villages with what stands for them, so that none has to ask again.
    ids = stand_ins(village.pk for village in villages)
    told = [channel.signs(bulletin, ids) for channel in channels() if channel.by_village]
    serving = _clusters_of(ids)
    near = _people_near(villages)
    found = []
    for village in villages:
        sign = strongest(signs[village.pk] for signs in told if village.pk in signs)
        sign = sign or Sign(State.NOT_REACHED, why=Why.NO_CLUSTER)
        found.append(
            VillageReach(
                village=village,
                state=sign.state,
                ground=sign.ground,
                clusters=serving.get(village.pk, []),
                at=sign.at,
                by_whom=sign.by if sign.state in REACHED else "",
                why=sign.why,
                since=sign.since,
                on_the_way=[] if sign.state in REACHED else near.get(village.pk, []),
            )
        )
    return found


def stations_off_network(bulletin: Bulletin) -> QuerySet[Station]:
    """List the stations that play a bulletin by loudspeakers on no network, in the order of their places."""
    villages = stand_ins(villages_of(bulletin).order_by().values_list("pk", flat=True))
    serving = SpeakerCluster.objects.filter(is_networked=False, retired_on=None, villages__in=villages.rows)
    return Station.objects.filter(pk__in=serving.order_by().values("station")).order_by("place__sort_key", "pk")


def _clusters_of(villages: StandIns) -> dict[int, list[str]]:
    rows = (
        SpeakerCluster.villages.through.objects.filter(place_id__in=villages.rows, speakercluster__retired_on=None)
        .order_by("speakercluster__sort_key")
        .values_list("place_id", "speakercluster__name")
    )
    found: dict[int, dict[str, None]] = {}
    for served, name in rows:
        for village in villages.stands_for[served]:
            found.setdefault(village, {})[name] = None
    return {village: list(names) for village, names in found.items()}


def _people_near(villages: Sequence[Place]) -> dict[int, list[str]]:
    """Name for each village the people with `reach.tell` whose post lies nearest above it."""
    above = {village.pk: ids_in(village.current_path) for village in villages}
    today = clock.today()
    rows = (
        Post.objects.filter(
            Q(held_to=None) | Q(held_to__gte=today),
            held_from__lte=today,
            person__is_active=True,
            role__in=[str(role) for role in posts.roles_with("reach.tell")],
            place__current__in={place for path in above.values() for place in path},
        )
        .order_by("person__sort_key")
        .values_list("place__current_id", "person__full_name")
    )
    at: dict[int, list[str]] = {}
    for place_id, name in rows:
        at.setdefault(place_id or 0, []).append(name)
    return {pk: next((at[place] for place in reversed(path) if place in at), []) for pk, path in above.items()}


def reach_summary(bulletin: Bulletin, reach: Sequence[VillageReach] | None = None) -> dict[str, Any]:
    """Count villages by state and ground; `fraction` is reached out of all (0.0 when there is no village)."""
    rows = reach_of(bulletin) if reach is None else reach
    counts: dict[str, Any] = {state.value: sum(row.state == state for row in rows) for state in State}
    for ground in (Ground.SIGNED, Ground.REPORTED, Ground.STATED):
        counts[ground.value] = sum(row.is_reached and row.ground == ground for row in rows)
    counts["villages"] = len(rows)
    counts["reached"] = sum(row.is_reached for row in rows)
    counts["fraction"] = counts["reached"] / len(rows) if rows else 0.0
    return counts


# Silence and the end of a slot come with time alone, without any write.
_TICK_S = 30


def reach_version(bulletin: Bulletin) -> str:
    """Give a text that changes whenever the reach may have changed, without working the reach out."""
    parts = [channel.marker(bulletin) for channel in channels()]
    tick = int(clock.now().timestamp()) // _TICK_S
    return "-".join([bulletin.state, str(bulletin.revision), *parts, str(tick)])

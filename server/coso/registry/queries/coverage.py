"""What reaches each village of today, and how far the communes are reached; few questions, however many villages.

A village is reached by a cluster that works and stands for it, by a board or a house that serves it, by a communicator
of its own or of its commune, by a phone signal (with which the portal opens). Whatever hangs on a unit of then counts
for the unit of today that follows it.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db.models import Case, Count, Exists, F, IntegerField, OuterRef, Q, QuerySet, Subquery, Sum, Value, When
from django.db.models.functions import Coalesce, Least

from coso.kit import clock
from coso.organizations import policies
from coso.organizations.models import Communicator
from coso.places import queries as units
from coso.places.models import AreaLabel, LabelFamily, LabelKind, Level, Place
from coso.registry import ports
from coso.registry.models import Facility, Signal, SignalStrength, SpeakerCluster
from coso.registry.rules.coverage import UNLABELLED, Channel, Group, Tally, by_hardness
from coso.registry.rules.kinds import codes_of

FLAGS = {
    Channel.SPEAKER: "has_speaker",
    Channel.BOARD: "has_board",
    Channel.COMMUNICATOR: "has_communicator",
    Channel.SIGNAL: "has_signal",
}
"""The annotation that tells of each channel."""

# A station is heard through its clusters, a mobile team is there now and then: neither is a board or a house.
_SERVING = ("board", "house", "lending")


Villages = QuerySet[Any]
"""Places with what `villages` tells of them; the annotations are beyond what types can say."""


def difficulties() -> list[LabelKind]:
    """List the classes of difficulty, the hardest first; a village's rank is the place in this list."""
    kinds = LabelKind.objects.filter(family=LabelFamily.DIFFICULTY)
    return sorted(kinds, key=lambda kind: by_hardness(kind.code, kind.order))


def villages(person: object, day: date | None = None) -> Villages:
    """List the villages of today within a person's right to read the registry, each with what reaches it.

    Annotated with `has_speaker`, `has_board`, `has_communicator`, `has_signal`; `speaker_stands` (a cluster stands for
    it, working or not); `rank`, its hardest class of difficulty, its own or its commune's.
    """
    return annotated(units.now().filter(policies.scope(person, "registry.read", "path")), day)


def annotated(places: QuerySet[Place], day: date | None = None) -> Villages:
    """Say of the villages among some places what reaches them; see `villages`."""
    today = day or clock.today()
    standing = _standing(today)
    rows = places.filter(level=Level.VILLAGE).annotate(
        has_speaker=Exists(ports.working(standing)),
        speaker_stands=Exists(standing),
        has_board=Exists(_boards(today)),
        has_communicator=Exists(_communicators(today)),
        has_signal=Exists(_signals()),
    )
    return ranked(rows, today)


def ranked(places: QuerySet[Place], day: date | None = None) -> Villages:
    """Say of places their hardest class of difficulty as `rank`, the place in `difficulties()`; UNLABELLED for none.

    A village has its own labels and those of its commune. What a unit of then was given holds for the very same area
    under a later name; for what it was merged into, nobody has decided (`places.queries.labels_of` tells of it).
    """
    kinds = difficulties()
    if not kinds:
        return places.annotate(rank=Value(UNLABELLED))
    today = day or clock.today()
    # Labels of other families come last; asked for by kind, SQLite would go through the index of kinds, not of places.
    order = Case(
        *(When(kind=kind.pk, then=Value(place)) for place, kind in enumerate(kinds)),
        default=Value(UNLABELLED),
        output_field=IntegerField(),
    )
    labels = (
        AreaLabel.objects.filter(Q(valid_to=None) | Q(valid_to__gte=today), valid_from__lte=today)
        .annotate(place_in_order=order)
        .order_by("place_in_order")
        .values("place_in_order")
    )
    grounds: list[Any] = [
        Coalesce(Subquery(labels.filter(place=OuterRef("pk"))[:1]), UNLABELLED),
        Coalesce(Subquery(labels.filter(place=OuterRef("parent"))[:1]), UNLABELLED),
    ]
    if followed := _followed(kinds, today):
        steps = (When(Q(pk__in=ids) | Q(parent__in=ids), then=Value(rank)) for rank, ids in sorted(followed.items()))
        grounds.append(Case(*steps, default=Value(UNLABELLED), output_field=IntegerField()))
    return places.annotate(rank=Least(*grounds))


def _followed(kinds: Sequence[LabelKind], day: date) -> dict[int, set[int]]:
    """Give by rank the units of today that carry a label under an earlier name; mostly there are none."""
    ended = AreaLabel.objects.filter(
        Q(valid_to=None) | Q(valid_to__gte=day), kind__family=LabelFamily.DIFFICULTY, place__valid_to__lt=day
    )
    carried = set(ended.order_by().values_list("kind_id", flat=True))
    return {rank: units.carriers(kind.pk, day) for rank, kind in enumerate(kinds) if kind.pk in carried}


def uncovered(rows: Villages) -> Villages:
    """Keep the villages that nothing reaches."""
    return rows.filter(**dict.fromkeys(FLAGS.values(), False))


def covered(rows: Villages) -> Villages:
    """Keep the villages that some channel reaches."""
    anything = Q()
    for flag in FLAGS.values():
        anything |= Q(**{flag: True})
    return rows.filter(anything)


def channels_of(village: Place) -> frozenset[Channel]:
    """Give what reaches a village that `villages` gave."""
    return frozenset(channel for channel, flag in FLAGS.items() if getattr(village, flag))


def groups(person: object, day: date | None = None) -> list[Group]:
    """Count the villages within a person's right by commune, class and channels: one question for every roll-up."""
    rows = (
        villages(person, day)
        .order_by()
        .values("parent_id", "rank", "speaker_stands", *FLAGS.values())
        .annotate(counted=Count("pk"), known=Count("population"), people=Sum("population"))
    )
    return [
        Group(
            commune=row["parent_id"],
            rank=row["rank"],
            channels=frozenset(channel for channel, flag in FLAGS.items() if row[flag]),
            is_silent=row["speaker_stands"] and not row["has_speaker"],
            villages=row["counted"],
            people=row["people"] or 0,
            known=row["known"],
        )
        for row in rows
    ]


def counted(rows: Villages) -> Tally:
    """Count some villages and the people known to live there."""
    found = rows.order_by().aggregate(villages=Count("pk"), people=Sum("population"), known=Count("population"))
    people, unknown = found["people"] or 0, found["villages"] - found["known"]
    return Tally(villages=found["villages"], people=people, unknown=unknown)


def has_samples(person: object) -> bool:
    """Tell whether any village within a person's right is made up for a demonstration."""
    inside = policies.scope(person, "registry.read", "path")
    return units.now().filter(inside, level=Level.VILLAGE, is_sample=True).exists()


def communes(person: object) -> QuerySet[Place]:
    """List the communes of today that hold a village within a person's right, in Vietnamese order."""
    held = units.now().filter(policies.scope(person, "registry.read", "path"), level=Level.VILLAGE)
    return units.communes().filter(pk__in=held.order_by().values("parent"))


def signal_of(village: Place) -> Signal | None:
    """Give what is known of the signal of a village, its own note before one of a village that it followed."""
    found = Signal.objects.filter(village__current=village.pk).order_by(
        Case(When(village=village.pk, then=Value(0)), default=Value(1)), "-noted_on"
    )
    return found.first()


def _standing(day: date) -> QuerySet[SpeakerCluster]:
    """List the clusters that stand for the village asked about; on its last day one is down: nothing plays there."""
    return SpeakerCluster.objects.filter(
        Q(retired_on=None) | Q(retired_on__gt=day),
        Q(installed_on=None) | Q(installed_on__lte=day),
        villages__current=OuterRef("pk"),
    ).order_by()


def _boards(day: date) -> QuerySet[Facility]:
    return Facility.objects.filter(
        Q(closed_on=None) | Q(closed_on__gte=day),
        Q(opened_on=None) | Q(opened_on__lte=day),
        kind__in=codes_of(*_SERVING),
        serves__current=OuterRef("pk"),
    ).order_by()


def _signals() -> QuerySet[Signal]:
    """List the notes of a signal that hold: a village's own goes before those of what it followed (`signal_of`)."""
    own = Signal.objects.filter(village=OuterRef(OuterRef("pk")))
    return Signal.objects.filter(Q(village=OuterRef("pk")) | ~Exists(own), village__current=OuterRef("pk")).exclude(
        strength=SignalStrength.NONE
    )


def _communicators(day: date) -> QuerySet[Communicator]:
    return Communicator.objects.filter(
        Q(ended_on=None) | Q(ended_on__gte=day),
        Q(areas__current=OuterRef("pk")) | Q(areas__current=OuterRef("parent")),
        decided_on__lte=day,
    ).order_by()


def located(rows: Villages) -> Villages:
    """Keep the places whose middle is known."""
    return rows.filter(latitude__isnull=False, longitude__isnull=False)


def hardest_first(rows: Villages) -> Villages:
    """Order villages by class, the hardest first, then by people, then by commune and name."""
    return rows.order_by("rank", F("population").desc(nulls_last=True), "parent__sort_key", "sort_key", "pk")

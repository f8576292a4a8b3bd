"""What reaches each village, and how far the communes are reached; few questions, however many villages.

A village is reached by a cluster that works and stands for it, by a board or a house that serves it, by a communicator
of its own or of its commune, by a phone signal (with which the portal opens). Whatever hangs on a unit of then counts
for the unit of today that follows it; a village of a past day is told by what reaches today the one that it became.
"""

from typing import Any

from django.db.models import Count, F, Q, QuerySet, Sum, Value, Window

from coso.organizations import policies
from coso.places import queries as units
from coso.places.models import Level, Place
from coso.registry.queries.reaching import FLAGS, IS_SILENT, TODAY, WORKS, By, Villages, annotated, loudest
from coso.registry.rules.coverage import Channel, Group, Tally


def villages(person: object, by: By = TODAY) -> Villages:
    """List the villages within a person's right to read the registry, each with what reaches it today.

    Annotated with `has_speaker`, `has_board`, `has_communicator`, `has_signal`; `speaker_stands` (a cluster stands for
    it, working or not); `rank`, its hardest class of difficulty, its own or its commune's. Of a past day those are left
    out whose successor nobody traced (`untraced`): what reaches them is not known.
    """
    return annotated(_held(person, by), by)


def are_any(person: object, by: By) -> bool:
    """Tell whether any village is known of the day."""
    return _held(person, by).exists()


def untraced(person: object, by: By) -> int:
    """Count the villages of a past day of which nobody knows what followed."""
    if by.day is None:
        return 0
    inside = policies.scope(person, "registry.read", "path")
    return units.at(by.day).filter(inside, level=Level.VILLAGE, current=None).count()


def uncovered(rows: Villages) -> Villages:
    """Keep the villages that nothing reaches."""
    flags: dict[str, Any] = dict.fromkeys(FLAGS.values(), False)
    # What was asked of each of them to keep it is known of it, and need not be asked again to tell it.
    kept: Villages = rows.filter(**flags).annotate(**{flag: Value(False) for flag in flags})
    return kept


def summed(rows: Villages) -> Villages:
    """Say in each row how many there are (`found_in_all`) and how many people (`people_in_all`; None: none known)."""
    told: Villages = rows.annotate(found_in_all=Window(Count("pk")), people_in_all=Window(Sum("population")))
    return told


def covered(rows: Villages) -> Villages:
    """Keep the villages that some channel reaches."""
    anything = Q()
    for flag in FLAGS.values():
        anything |= Q(**{flag: True})
    return rows.filter(anything)


def groups(person: object, by: By = TODAY) -> list[Group]:
    """Count the villages within a person's right by commune, class and channels: one question for every roll-up."""
    commune = f"{by.commune}_id"
    others = {channel: flag for channel, flag in FLAGS.items() if channel != Channel.SPEAKER}
    rows = (
        villages(person, by)
        .annotate(loudest=loudest(by))
        .order_by()
        .values(commune, "rank", "loudest", *others.values())
        .annotate(counted=Count("pk"), known=Count("population"), people=Sum("population"))
        .annotate(samples=Count("pk", filter=Q(is_sample=True)))
    )
    return [
        Group(
            commune=row[commune],
            rank=row["rank"],
            channels=frozenset(
                [channel for channel, flag in others.items() if row[flag]]
                + ([Channel.SPEAKER] if row["loudest"] == WORKS else [])
            ),
            is_silent=row["loudest"] == IS_SILENT,
            villages=row["counted"],
            people=row["people"] or 0,
            known=row["known"],
            samples=row["samples"],
        )
        for row in rows
    ]


def counted(rows: Villages) -> Tally:
    """Count some villages and the people known to live there."""
    found = rows.order_by().aggregate(villages=Count("pk"), people=Sum("population"), known=Count("population"))
    people, unknown = found["people"] or 0, found["villages"] - found["known"]
    return Tally(villages=found["villages"], people=people, unknown=unknown)


def communes(person: object, by: By = TODAY) -> QuerySet[Place]:
    """List the communes that hold a village within a person's right, in Vietnamese order."""
    return Place.objects.filter(pk__in=_held(person, by).order_by().values(by.commune))


def _held(person: object, by: By) -> QuerySet[Place]:
    inside = policies.scope(person, "registry.read", "path")
    if by.day is None:
        return units.now().filter(inside, level=Level.VILLAGE)
    return units.at(by.day).filter(inside, level=Level.VILLAGE, current__isnull=False)


def located(rows: Villages) -> Villages:
    """Keep the places whose middle is known."""
    return rows.filter(latitude__isnull=False, longitude__isnull=False)


def hardest_first(rows: Villages, by: By = TODAY) -> Villages:
    """Order villages by class, the hardest first, then by people, then by commune and name."""
    return rows.order_by("rank", F("population").desc(nulls_last=True), f"{by.commune}__sort_key", "sort_key", "pk")

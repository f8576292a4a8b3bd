"""Reading occurrences and parts: whose they are, until when, how far they have come."""

from collections.abc import Sequence
from datetime import date

from django.db.models import Case, Exists, F, IntegerField, OuterRef, Prefetch, Q, QuerySet, Value, When
from django.db.models.functions import Coalesce

from coso.documents.models import DocumentState
from coso.kit import clock
from coso.kit.errors import NotFound
from coso.plans import policies
from coso.plans.models import Attachment, Blocker, Extension, ExtensionState, Occurrence, Part, Task
from coso.plans.queries.tasks import HEAVY, KEPT
from coso.plans.rules import State

NEAREST = (F("until").asc(nulls_last=True), "occurrence__task__document_id", "occurrence__task__position", "pk")


def all_parts() -> QuerySet[Part]:
    """List the parts that stand, of confirmed documents, with body, occurrence, task, document and `until`.

    `until` is the deadline: the part's own, else the occurrence's.
    """
    confirmed = Q(occurrence__task__document__state=DocumentState.CONFIRMED)
    return _joined(Part.objects.filter(confirmed, dropped_at=None))


def _joined(rows: QuerySet[Part]) -> QuerySet[Part]:
    return (
        rows.filter(occurrence__task__document__state__in=KEPT)
        .select_related("organization__place", "occurrence__task__document__organization__place")
        .defer(*(f"occurrence__task__document__{name}" for name in HEAVY))
        .annotate(until=Coalesce("due_on", "occurrence__due_on"))
        .order_by(*NEAREST)
    )


def visible_parts(person: object) -> QuerySet[Part]:
    """List the parts that a person may read, the nearest deadline first; those taken away are left out."""
    return all_parts().filter(policies.readable(person))


def parts_kept(person: object) -> QuerySet[Part]:
    """List the parts that a person may read, those of withdrawn documents too: to look at, not to work on."""
    return _joined(Part.objects.filter(policies.readable(person), dropped_at=None))


def parts_of(person: object) -> QuerySet[Part]:
    """List the parts of a person's own bodies, the nearest deadline first: "việc của đơn vị tôi"."""
    if not policies.may_read(person):
        return Part.objects.none()
    return all_parts().filter(policies.own(person))


def open_parts(rows: QuerySet[Part]) -> QuerySet[Part]:
    """Keep the parts that are not done and whose task no later document replaces or ends."""
    ended = Q(occurrence__task__replaced_by__isnull=False) | Q(occurrence__task__ended_by__isnull=False)
    return rows.exclude(state=State.DONE).exclude(ended)


def late_parts(rows: QuerySet[Part], today: date | None = None) -> QuerySet[Part]:
    """Keep the open parts whose deadline has passed; `rows` come from `visible_parts` or `parts_of`."""
    return open_parts(rows).filter(Q(until__lt=today or clock.today()))


def get_visible_part(person: object, part_id: int) -> Part:
    """Give one part, one taken away too, or raise NotFound when it is out of the person's scope."""
    part = _joined(Part.objects.filter(policies.readable(person), pk=part_id)).first()
    if part is None:
        raise NotFound
    return part


def late_first(rows: QuerySet[Part], today: date) -> QuerySet[Part]:
    """Order parts: late ones, then those under way or to begin by their deadlines, those done at the end."""
    rank = Case(
        When(state=State.DONE, then=Value(2)),
        When(until__lt=today, then=Value(0)),
        default=Value(1),
        output_field=IntegerField(),
    )
    return rows.annotate(rank=rank).order_by("rank", *NEAREST)


def with_open_matters(rows: QuerySet[Part]) -> QuerySet[Part]:
    """Say of each part whether something stands in its way (`is_blocked`) or a later deadline is asked (`asks`)."""
    blocked = Blocker.objects.filter(part=OuterRef("pk"), cleared_at=None)
    asked = Extension.objects.filter(part=OuterRef("pk"), state=ExtensionState.ASKED)
    return rows.annotate(is_blocked=Exists(blocked), asks=Exists(asked))


def occurrences_of(task: Task, person: object) -> QuerySet[Occurrence]:
    """List the occurrences of a task, the latest first, each with the parts that a person may read (`shown`)."""
    parts = with_open_matters(visible_parts(person)).order_by("pk")
    return task.occurrences.order_by("-period_from", "-pk").prefetch_related(Prefetch("parts", parts, to_attr="shown"))


def unassigned(task: Task) -> list[str]:
    """List the names of a task's units that stand for no body in this system yet: nobody has their parts."""
    return [unit.name for unit in task.units.all() if unit.organization_id is None]


def has_unassigned() -> Q:
    """Give the filter of tasks with such a unit."""
    return Q(units__organization=None, units__isnull=False)


def present_part(task_id: int, person: object) -> Part | None:
    """Give the part of a person's own body in a task to which something made today belongs; None when there is none.

    One that is not done before one that is; the occurrence of today before earlier ones, these before what is ahead.
    """
    today = clock.today()
    rank = Case(
        When(occurrence__period_from__gt=today, then=Value(2)),
        When(Q(occurrence__period_to=None) | Q(occurrence__period_to__gte=today), then=Value(0)),
        default=Value(1),
        output_field=IntegerField(),
    )
    done = Case(When(state=State.DONE, then=Value(1)), default=Value(0), output_field=IntegerField())
    mine = all_parts().filter(policies.own(person), occurrence__task=task_id)
    return mine.annotate(rank=rank, is_done=done).order_by("is_done", "rank", "-occurrence__period_from", "pk").first()


def known_parts(person: object, ids: Sequence[int]) -> QuerySet[Part]:
    """List those of some parts that a person may know of, those taken away too."""
    return _joined(Part.objects.filter(policies.readable(person), pk__in=ids))


def knows_part(person: object, part_id: int) -> bool:
    """Tell whether a person may know of a part."""
    return known_parts(person, [part_id]).exists()


def known_files(person: object, ids: Sequence[int]) -> dict[str, str]:
    """Map the ids of those of some files that a person may know of to their names."""
    found = Attachment.objects.filter(pk__in=ids)
    inside = Part.objects.filter(policies.readable(person), pk__in=found.values("part"))
    return {str(pk): name for pk, name in found.filter(part__in=inside.values("pk")).values_list("pk", "name")}

"""Reading tasks."""

from datetime import date

from django.db.models import Count, Exists, F, IntegerField, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from coso.documents.models import DocumentState
from coso.kit import clock
from coso.kit.errors import NotFound
from coso.organizations.models import Organization
from coso.plans import policies
from coso.plans.models import Occurrence, Part, Task, TaskUnit
from coso.plans.rules import State, lines_around

# The text of a document and its structure are far longer than all that a list tells of it.
HEAVY = ("text", "found", "structure")
# A document that was withdrawn after it was confirmed keeps its tasks: closed, but not gone.
KEPT = (DocumentState.CONFIRMED, DocumentState.WITHDRAWN)
STANDING = Q(document__state=DocumentState.CONFIRMED)
# A later document took its place, or orders it no more.
ENDED = Q(replaced_by__isnull=False) | Q(ended_by__isnull=False)


def visible_tasks(person: object) -> QuerySet[Task]:
    """List the tasks that a person may read, with their units; those of withdrawn documents too, which are closed."""
    if not policies.may_read(person):
        return Task.objects.none()
    return (
        Task.objects.filter(document__state__in=KEPT)
        .select_related("document")
        .defer(*(f"document__{name}" for name in HEAVY))
        .prefetch_related(Prefetch("units", TaskUnit.objects.select_related("organization")))
    )


def standing_tasks(person: object) -> QuerySet[Task]:
    """List the tasks that a person may read and that still ask something: their document was not withdrawn."""
    return visible_tasks(person).filter(STANDING)


def get_visible(person: object, task_id: int) -> Task:
    """Give one task, or raise NotFound when it is out of the person's scope."""
    joined = visible_tasks(person).select_related("document__organization__place")
    task = joined.annotate(is_late=is_late(clock.today())).filter(pk=task_id).first()
    if task is None:
        raise NotFound
    return task


def open_tasks_of(person: object, organizations: list[Organization]) -> QuerySet[Task]:
    """List the tasks not done in which one of these organizations has a part, the nearest deadline first."""
    mine = Q(units__organization__in=organizations) | Q(occurrences__parts__organization__in=organizations)
    nearest = F("due_on").asc(nulls_last=True)
    standing = standing_tasks(person).exclude(ENDED).exclude(state=State.DONE)
    # By the key: a task with many parts would else come as often as it has parts.
    found = standing.filter(pk__in=Task.objects.filter(mine).values("pk"))
    return found.annotate(is_late=is_late(clock.today())).order_by(nearest, "position")


def is_late(today: date) -> Q:
    """Tell of a task whether a part of it is late, or an occurrence that nobody has a part of."""
    late = Part.objects.annotate(until=Coalesce("due_on", "occurrence__due_on")).filter(
        Q(until__lt=today), occurrence__task=OuterRef("pk"), dropped_at=None
    )
    bare = Occurrence.objects.filter(task=OuterRef("pk"), due_on__lt=today, parts=None).exclude(state=State.DONE)
    return STANDING & (Q(Exists(late.exclude(state=State.DONE))) | Q(Exists(bare)))


def with_progress(rows: QuerySet[Task], today: date) -> QuerySet[Task]:
    """Say of each task how many parts its present occurrences have (`parts_all`), and how many are done."""
    present = Part.objects.filter(
        Q(occurrence__period_to=None) | Q(occurrence__period_to__gte=today),
        occurrence__task=OuterRef("pk"),
        occurrence__period_from__lte=today,
        dropped_at=None,
    )
    return rows.annotate(
        parts_all=_count(present), parts_done=_count(present.filter(state=State.DONE)), is_late=is_late(today)
    )


def _count(parts: QuerySet[Part]) -> Coalesce:
    counted = parts.order_by().values("occurrence__task").annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)


def sentences_of(task: Task) -> list[str]:
    """Give the lines of the document in which a task stands."""
    return lines_around(task.document.text, task.source) if task.source else []

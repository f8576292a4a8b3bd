"""Reading tasks."""

from django.db.models import F, Prefetch, Q, QuerySet

from coso.documents.models import DocumentState
from coso.kit.errors import NotFound
from coso.organizations.models import Organization
from coso.plans import policies
from coso.plans.models import Task, TaskUnit
from coso.plans.rules import State

# The text of a document and its structure are far longer than all that a list tells of it.
HEAVY = ("text", "found", "structure")


def visible_tasks(person: object) -> QuerySet[Task]:
    """List the tasks of confirmed documents that a person may read, with their units."""
    if not policies.may_read(person):
        return Task.objects.none()
    return (
        Task.objects.filter(document__state=DocumentState.CONFIRMED)
        .select_related("document")
        .defer(*(f"document__{name}" for name in HEAVY))
        .prefetch_related(Prefetch("units", TaskUnit.objects.select_related("organization")))
    )


def get_visible(person: object, task_id: int) -> Task:
    """Give one task, or raise NotFound when it is out of the person's scope."""
    task = visible_tasks(person).select_related("document__organization__place").filter(pk=task_id).first()
    if task is None:
        raise NotFound
    return task


def open_tasks_of(person: object, organizations: list[Organization]) -> QuerySet[Task]:
    """List the tasks not done in which one of these organizations has a part, the nearest deadline first."""
    mine = Q(units__organization__in=organizations) | Q(occurrences__parts__organization__in=organizations)
    nearest = F("due_on").asc(nulls_last=True)
    standing = visible_tasks(person).filter(replaced_by=None).exclude(state=State.DONE)
    # By the key: a task with many parts would else come as often as it has parts.
    return standing.filter(pk__in=Task.objects.filter(mine).values("pk")).order_by(nearest, "position")

"""The trace: from a document to its tasks, their parts and what shows them, and back."""

from django.db.models import Count, Prefetch, Q, QuerySet

from coso.documents.models import Document
from coso.kit.refs import Ref
from coso.plans.models import Evidence, Part, Task
from coso.plans.queries.tasks import visible_tasks
from coso.plans.queries.work import parts_kept
from coso.plans.rules import State


def tasks_in(document: Document, person: object) -> QuerySet[Task]:
    """List the tasks of a document in its order, each with its evidence (`shown`) and counts of its parts."""
    standing = Q(occurrences__parts__dropped_at=None, occurrences__parts__isnull=False)
    evidence = Evidence.objects.select_related("part__organization").order_by("-attached_at")
    done = standing & Q(occurrences__parts__state=State.DONE)
    return (
        visible_tasks(person)
        .filter(document=document)
        .annotate(
            all=Count("occurrences__parts", filter=standing, distinct=True),
            done=Count("occurrences__parts", filter=done, distinct=True),
        )
        .prefetch_related(Prefetch("evidence", evidence, to_attr="shown"))
        .order_by("position")
    )


def parts_in(document: Document, person: object) -> QuerySet[Part]:
    """List the parts of a document's tasks that a person may read, by task and period."""
    rows = parts_kept(person).filter(occurrence__task__document=document)
    return rows.order_by("occurrence__task__position", "-occurrence__period_from", "pk")


def tasks_shown_by(ref: Ref, person: object) -> QuerySet[Task]:
    """List the tasks for which something was made: from a bulletin, a paper, a round back to the plan."""
    return visible_tasks(person).filter(pk__in=Evidence.objects.filter(ref=str(ref)).values("task"))

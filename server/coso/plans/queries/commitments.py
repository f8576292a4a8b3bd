"""Reading what was opened to residents: no person's name, nothing that units reported, only what the owner wrote."""

from collections.abc import Sequence

from django.db.models import Prefetch, Q, QuerySet

from coso.kit import clock
from coso.kit.text import fold
from coso.organizations.models import Organization
from coso.plans.models import Occurrence, Task, TaskState, UnitRole
from coso.plans.queries.tasks import ENDED, HEAVY, STANDING, is_late


def commitments() -> QuerySet[Task]:
    """List the tasks that stand on the public page, the latest opened first, each with `is_late`."""
    return (
        Task.objects.filter(STANDING, is_public=True)
        .exclude(ENDED)
        .select_related("document")
        .defer(*(f"document__{name}" for name in HEAVY))
        .annotate(late=is_late(clock.today()))
        .order_by("-published_at", "-pk")
    )


def with_milestones(rows: QuerySet[Task]) -> QuerySet[Task]:
    """Give each task its periods that have begun (`milestones`), the latest first."""
    begun = Occurrence.objects.filter(period_from__lte=clock.today()).order_by("-period_from", "-pk")
    return rows.prefetch_related(Prefetch("occurrences", begun, to_attr="milestones"))


def leading(tasks: Sequence[Task]) -> dict[int, list[str]]:
    """Name the bodies that lead some tasks, as they are called today."""
    found: dict[int, list[str]] = {task.pk: [] for task in tasks}
    bodies = Organization.objects.filter(
        parts__occurrence__task__in=found, parts__role=UnitRole.LEAD, parts__dropped_at=None
    )
    for pk, name in bodies.order_by("sort_key").values_list("parts__occurrence__task", "name").distinct():
        found[pk].append(name)
    return found


def in_public_state(rows: QuerySet[Task], state: str) -> QuerySet[Task]:
    """Keep the commitments in one state as residents read it: late, under way, done or not begun."""
    if state == "late":
        return rows.filter(Q(late=True)).exclude(state=TaskState.DONE)
    return rows.filter(state=state) if state in TaskState.values else rows


def with_public_words(rows: QuerySet[Task], words: Sequence[str]) -> QuerySet[Task]:
    """Keep the commitments whose words for residents hold some folded words; nothing else of a task is searched."""
    if not words:
        return rows
    told = rows.order_by().values_list("pk", "public_words")
    return rows.filter(pk__in=[pk for pk, said in told if all(word in fold(said) for word in words)])

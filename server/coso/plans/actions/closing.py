"""Closing the tasks of a document that was withdrawn: they stay to be read, and ask nothing of anybody any more."""

from uuid import UUID

from django.db import transaction

from coso.documents.models import Document
from coso.journal import actions as journal
from coso.journal.bus import publish
from coso.kit.refs import Ref
from coso.notices import actions as notices
from coso.organizations.models import Person
from coso.plans import events
from coso.plans.models import Part, Task, TaskState
from coso.plans.queries.bodies import reporters_of_many

CLOSED = "plan.closed"


@transaction.atomic
def close_tasks(*, document_id: UUID | str, by: Person) -> int:
    """Note on each task that its document was withdrawn, and tell who still had a part to do; give how many tasks.

    Residents read them no more, and the tasks whose place they took stand again. What was reported stays.
    """
    document = Document.objects.get(pk=document_id)
    # What it ended or replaced stands again.
    Task.objects.filter(ended_by=document).update(ended_by=None)
    tasks = list(Task.objects.select_for_update(of=("self",)).filter(document=document).order_by("pk"))
    for task in tasks:
        was_public = task.is_public
        task.is_public, task.replaces = False, None
        task.save(update_fields=["is_public", "replaces"])
        journal.record("task.closed", by=by, refs=[Ref("task", str(task.pk))])
        if was_public:
            publish(events.CommitmentWithdrawn(task_id=task.pk, by_id=by.pk))
    undone = Part.objects.filter(occurrence__task__in=tasks, dropped_at=None).exclude(state=TaskState.DONE)
    concerned = reporters_of_many(undone.order_by().values_list("organization_id", flat=True).distinct())
    people = set().union(*concerned.values()) - {by.pk}
    told = {"document": str(document)}
    notices.tell(Person.objects.filter(pk__in=people), CLOSED, Ref("document", str(document.pk)), told)
    return len(tasks)

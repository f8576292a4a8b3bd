"""Background work on files too large to be checked or written while a person waits."""

from uuid import UUID

from coso.kit.tasks import task
from coso.registers import actions
from coso.registers.events import WorkAsked


@task()
def work_on_import(import_id: str) -> None:
    """Do what one import waits for: its check, its writing, its undoing."""
    actions.work(import_id=UUID(import_id))


def when_asked(event: WorkAsked) -> None:
    """Put the work in the queue, in the transaction that asked for it."""
    work_on_import.enqueue(import_id=str(event.import_id))

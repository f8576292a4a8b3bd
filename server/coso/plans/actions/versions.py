"""What becomes of the tasks of a document when a later one amends it: they stay, are replaced, or end."""

from coso.documents.models import Document, DocumentState
from coso.documents.queries import differences
from coso.documents.rules.versions import Difference, Kind
from coso.journal import actions as journal
from coso.kit.refs import Ref
from coso.organizations.models import Person
from coso.plans.models import Task


class Amended:
    """The tasks of the document that another amends, each found by its row; none where it amends none.

    An earlier document that was withdrawn meanwhile has no tasks to keep: everything is made anew.
    """

    def __init__(self, document: Document) -> None:
        self.document = document
        self._rows: dict[tuple[str, int], tuple[Difference, Task]] = {}
        self._gone: list[Task] = []
        earlier = document.replaces
        if earlier is None or earlier.state != DocumentState.CONFIRMED:
            return
        for key, found in differences(document).items():
            for difference in found:
                task = None if difference.before is None else task_of(earlier, key, difference.before)
                if task is None or Task.objects.filter(replaces=task).exists():
                    continue
                if difference.after is None:
                    self._gone.append(task)
                else:
                    self._rows[key, difference.after] = difference, task

    def stays(self, key: str, row: int) -> bool:
        """Tell whether a row orders what a task of the earlier document orders already, word for word."""
        found = self._rows.get((key, row))
        return found is not None and found[0].kind is Kind.SAME

    def take_place(self, task: Task, key: str, row: int) -> None:
        """Let a new task take the place of the one that it changes."""
        found = self._rows.get((key, row))
        if found is not None:
            task.replaces = found[1]
            task.save(update_fields=["replaces"])

    def end_gone(self, by: Person) -> None:
        """End the tasks that the later document orders no more; what was reported on them stays."""
        for task in self._gone:
            task.ended_by = self.document
            task.save(update_fields=["ended_by"])
            refs = [Ref("task", str(task.pk)), Ref("document", str(self.document.pk))]
            journal.record("task.ended", by=by, refs=refs, data={"document": str(self.document)})


def task_of(document: Document, key: str, row: int) -> Task | None:
    """Give the task of a document's row; of one that stayed as it was, that of the document before."""
    position = row if key == "tasks" else len(document.structure.get("tasks", [])) + row
    task = Task.objects.filter(document=document, position=position).first()
    if task is not None or document.replaces is None:
        return task
    for difference in differences(document).get(key, []):
        if difference.after == row and difference.before is not None and difference.kind is Kind.SAME:
            return task_of(document.replaces, key, difference.before)
    return None

"""Holding a task while something about it is written: one after the other, so that nothing reported is lost."""

from typing import Any

from coso.documents.models import DocumentState
from coso.journal import actions as journal
from coso.kit.errors import NotAllowed, NotFound, WrongState
from coso.kit.refs import Ref
from coso.organizations.models import Person
from coso.plans import policies, queries
from coso.plans.models import Part, Task


def hold_task(task_id: int, by: Person) -> Task:
    """Lock a task that a person may read; its parts and occurrences are written under this lock only.

    Raise WrongState when its document was withdrawn: the task stays as it stands.
    """
    queries.get_visible(by, task_id)
    joined = Task.objects.select_for_update(of=("self",)).select_related("document__organization__place")
    task = joined.defer(*(f"document__{name}" for name in queries.HEAVY)).get(pk=task_id)
    if task.document.state != DocumentState.CONFIRMED:
        raise WrongState
    return task


def hold_owned(task_id: int, by: Person) -> Task:
    """Lock a task that a person shares out."""
    task = hold_task(task_id, by)
    if not policies.may_assign(by, task):
        raise NotAllowed("task.assign")
    return task


def hold_part(part_id: int, by: Person, *, whole: bool = True) -> Part:
    """Lock the task of a part that a person may read, and give the part as it stands now.

    Raise WrongState when the part was taken away, unless `whole` is False.
    """
    known = queries.get_visible_part(by, part_id)
    task = hold_task(known.occurrence.task_id, by)
    part = Part.objects.select_related("organization__place", "occurrence").filter(pk=part_id).first()
    if part is None:
        raise NotFound
    if whole and part.dropped_at is not None:
        raise WrongState
    part.occurrence.task = task
    return part


def hold_reported(part_id: int, by: Person) -> Part:
    """Lock a part on which a person reports."""
    part = hold_part(part_id, by)
    if not policies.may_report(by, part):
        raise NotAllowed("task.report")
    return part


def hold_owned_part(part_id: int, by: Person) -> Part:
    """Lock a part of a task that a person shares out."""
    part = hold_part(part_id, by)
    if not policies.may_assign(by, part.occurrence.task):
        raise NotAllowed("task.assign")
    return part


def ref_of(part: Part) -> Ref:
    """Give the reference of a part."""
    return Ref("part", str(part.pk))


def note(verb: str, part: Part, by: Person, *, reason: str = "", **data: Any) -> None:
    """Record what was done about a part, in its own history and in that of its task."""
    refs = [ref_of(part), Ref("task", str(part.occurrence.task_id))]
    journal.record(verb, by=by, refs=refs, data={"body": part.organization_id, **data}, reason=reason)

"""Attaching what shows that a task was done: what the system made for it, and files that units hand in."""

from django.db import transaction

from coso.journal import actions as journal
from coso.kit.refs import Ref
from coso.organizations.models import Person
from coso.plans import queries
from coso.plans.models import Evidence


@transaction.atomic
def attach_evidence(*, task_id: int, ref: Ref, by: Person | None, part_id: int | None = None) -> Evidence:
    """Attach something that was made for a task; attaching it again does nothing.

    It belongs to the part named, else to that of a body of the person, where there is one.
    """
    there = Evidence.objects.filter(task=task_id, ref=str(ref)).first()
    if there is not None:
        return there
    if part_id is None and by is not None:
        part = queries.present_part(task_id, by)
        part_id = part.pk if part else None
    evidence, is_new = Evidence.objects.get_or_create(
        task_id=task_id, ref=str(ref), defaults={"attached_by": by, "part_id": part_id}
    )
    if is_new:
        about = [Ref("part", str(part_id))] if part_id else []
        journal.record("task.evidence_attached", by=by or "system", refs=[Ref("task", str(task_id)), ref, *about])
    return evidence

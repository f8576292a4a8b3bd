"""Making tasks of a confirmed document, moving them, attaching what was made for them."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from coso.documents.models import Document
from coso.journal import actions as journal
from coso.journal.bus import publish
from coso.kit.dates import last_day
from coso.kit.errors import BadInput, NotAllowed, NotFound, WrongState
from coso.kit.refs import Ref
from coso.kit.text import fold
from coso.organizations.models import Organization, Person
from coso.organizations.queries import organizations_on
from coso.plans import events, policies, rules
from coso.plans.models import Evidence, Task, TaskKind, TaskUnit, UnitRole


@transaction.atomic
def make_tasks(*, document: Document, by: Person) -> list[Task]:
    """Make the tasks and duties that a confirmed document orders; called once, when it is confirmed.

    `document.structure` holds `tasks` and `duties` with the keys of the reader's output.
    """
    known = _known_organizations(document)
    made: list[Task] = []
    for kind, rows in (
        (TaskKind.TASK, document.structure.get("tasks", [])),
        (TaskKind.DUTY, document.structure.get("duties", [])),
    ):
        made += [_make(document, kind, len(made) + i, row, known) for i, row in enumerate(rows)]
    journal.record("plan.tasks_made", by=by, refs=[Ref("document", str(document.pk))], data={"count": len(made)})
    publish(events.TasksMade(document_id=str(document.pk), count=len(made)))
    return made


def _make(document: Document, kind: TaskKind, position: int, row: dict[str, Any], known: "Known") -> Task:
    due = row.get("due") or ""
    task = Task.objects.create(
        document=document,
        kind=kind,
        ref=row.get("ref") or "",
        position=position,
        title=row.get("title") or "; ".join(row.get("items", []))[:500],
        items=[*row.get("items", []), *row.get("sub_items", [])],
        time_text=row.get("time_text") or "",
        due=due,
        due_on=last_day(due),
        recurrence=row.get("recurrence") or "",
        lead_is_request=bool(row.get("lead_is_request") or row.get("request")),
    )
    own_text = {fold(sub["unit"]): sub["text"] for sub in [*row.get("sub_leads", []), *row.get("unit_roles", [])]}
    roles = [
        (UnitRole.LEAD, row.get("lead") or row.get("unit") or []),
        (UnitRole.COORDINATING, row.get("coordinating") or []),
        (UnitRole.IMPLEMENTING, row.get("implementing") or []),
    ]
    units = [
        TaskUnit(
            task=task,
            role=role,
            name=name,
            position=i,
            text=own_text.get(fold(name), ""),
            organization=known.get(fold(name)),
        )
        for role, names in roles
        for i, name in enumerate(names)
    ]
    TaskUnit.objects.bulk_create(units)
    return task


Known = dict[str, Organization]


def _known_organizations(document: Document) -> Known:
    """Map folded names and short names to the organizations valid when the document was issued."""
    found: Known = {}
    everyone = organizations_on(document.issued_on) if document.issued_on else Organization.objects.all()
    for organization in everyone:
        for name in (organization.name, organization.short_name):
            if name:
                found.setdefault(fold(name), organization)
    return found


@transaction.atomic
def attach_evidence(*, task_id: int, ref: Ref, by: Person | None) -> Evidence:
    """Attach something that was made for a task; attaching it again does nothing."""
    evidence, is_new = Evidence.objects.get_or_create(task_id=task_id, ref=str(ref), defaults={"attached_by": by})
    if is_new:
        journal.record("task.evidence_attached", by=by or "system", refs=[Ref("task", str(task_id)), ref])
    return evidence


@transaction.atomic
def move_task(*, task_id: int, by: Person, to: str, note: str = "") -> Task:
    """Say how a task stands now."""
    task = Task.objects.select_for_update().filter(pk=task_id).first()
    if task is None or not policies.may_read(by):
        raise NotFound
    if not policies.may_report(by, task):
        raise NotAllowed("task.report")
    if to not in set(rules.State):
        raise BadInput(fields={"to": [_("Choose one of the states in the list.")]})
    if not rules.may_move(rules.State(task.state), rules.State(to)):
        raise WrongState
    before, task.state = task.state, to
    task.save(update_fields=["state"])
    journal.record("task.moved", by=by, refs=[Ref("task", str(task.pk))], data={"from": before, "to": to}, reason=note)
    publish(events.TaskMoved(task_id=task.pk, state=to))
    return task

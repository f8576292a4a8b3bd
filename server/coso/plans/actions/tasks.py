"""Making tasks of a confirmed document: who does them, where they stand in its text, their first occurrences."""

from collections import Counter
from collections.abc import Callable
from typing import Any

from django.db import transaction

from coso.documents.models import Document, UnitKind
from coso.documents.queries import named_units
from coso.journal import actions as journal
from coso.journal.bus import publish
from coso.kit.dates import last_day
from coso.kit.refs import Ref
from coso.kit.text import fold
from coso.notices import actions as notices
from coso.organizations.models import Organization, Person
from coso.organizations.queries import organizations_on
from coso.plans import events
from coso.plans.actions import versions
from coso.plans.actions.occurrences import open_missing, roll_up
from coso.plans.models import Part, Task, TaskKind, TaskUnit, UnitRole
from coso.plans.queries import Heirs
from coso.plans.queries.bodies import reporters_of_many

SHARED = "plan.parts_shared"
Joined = Callable[[str], "list[tuple[Organization | None, str]]"]
"""Gives the bodies that a name stands for, each with the group as written ("" for a body named by itself)."""


@transaction.atomic
def make_tasks(*, document: Document, by: Person) -> list[Task]:
    """Make the tasks and duties that a confirmed document orders, with their occurrences and each unit's part.

    `document.structure` holds `tasks` and `duties` with the keys of the reader's output; called once, when the
    document is confirmed. Where it amends an earlier one, a task that stays as it was is not made again, one that
    changed takes the place of the earlier, and one that is gone ends.
    """
    joined, heirs = _joined(document), Heirs()
    amended = versions.Amended(document)
    made: list[Task] = []
    position = 0
    for kind, key in ((TaskKind.TASK, "tasks"), (TaskKind.DUTY, "duties")):
        for i, row in enumerate(document.structure.get(key, [])):
            if not amended.stays(key, i):
                task = _make(document, kind, position, row, _source(document, key, row))
                TaskUnit.objects.bulk_create(_units(task, row, joined))
                amended.take_place(task, key, i)
                made.append(task)
            position += 1
    amended.end_gone(by)
    for task in made:
        open_missing(task, heirs=heirs)
        roll_up(task)
    journal.record("plan.tasks_made", by=by, refs=[Ref("document", str(document.pk))], data={"count": len(made)})
    publish(events.TasksMade(document_id=str(document.pk), count=len(made)))
    _tell(document, by)
    return made


def _make(document: Document, kind: TaskKind, position: int, row: dict[str, Any], source: list[list[int]]) -> Task:
    due = row.get("due") or ""
    return Task.objects.create(
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
        source=source,
    )


def _source(document: Document, key: str, row: dict[str, Any]) -> list[list[int]]:
    """Give where a task stands in the text: as the row says, else where the reader found the values of that number."""
    if row.get("source"):
        return [list(span) for span in row["source"]]
    read = document.found.get("values", {}).get(key, [])
    place = next((i for i, one in enumerate(read) if one.get("ref") and one.get("ref") == row.get("ref")), None)
    if place is None:
        return []
    spans: dict[str, list[list[int]]] = document.found.get("spans", {})
    found = sorted(span for way, some in spans.items() if way.startswith(f"{key}.{place}.") for span in some)
    merged: list[list[int]] = []
    for start, end in found:
        if merged and start <= merged[-1][1] + 1:
            merged[-1][1] = max(merged[-1][1], end)
        else:
            merged.append([start, end])
    return merged


def _units(task: Task, row: dict[str, Any], joined: Joined) -> list[TaskUnit]:
    own = {fold(sub["unit"]): sub["text"] for sub in [*row.get("sub_leads", []), *row.get("unit_roles", [])]}
    roles = [
        (UnitRole.LEAD, row.get("lead") or row.get("unit") or []),
        (UnitRole.COORDINATING, row.get("coordinating") or []),
        (UnitRole.IMPLEMENTING, row.get("implementing") or []),
    ]
    return [
        TaskUnit(
            task=task,
            role=role,
            name=name if not group or body is None else body.name,
            group=group,
            position=position,
            text=_own_text(own, name),
            organization=body,
        )
        for role, names in roles
        for position, name in enumerate(names)
        for body, group in joined(name)
    ]


def _own_text(own: dict[str, str], name: str) -> str:
    """Find what a unit alone is to do; the document may give one text to several units at once."""
    wanted = fold(name)
    return own.get(wanted) or next((text for units, text in own.items() if wanted in units), "")


def _joined(document: Document) -> Joined:
    """Join names to the bodies that a person confirmed; where nobody did, to bodies of that day by their names."""
    units = named_units(document)
    known = _known_organizations(document)

    def bodies(name: str) -> list[tuple[Organization | None, str]]:
        unit = units.get(fold(name)[:300])
        if unit is None:
            return [(known.get(fold(name)), "")]
        found = list(unit.organizations.all())
        group = unit.name if unit.kind == UnitKind.GROUP or len(found) > 1 else ""
        return [(body, group) for body in found] or [(None, "")]

    return bodies


def _known_organizations(document: Document) -> dict[str, Organization]:
    """Map folded names and short names to the organizations valid when the document was issued."""
    found: dict[str, Organization] = {}
    everyone = organizations_on(document.issued_on) if document.issued_on else Organization.objects.all()
    for organization in everyone:
        for name in (organization.name, organization.short_name):
            if name:
                found.setdefault(fold(name), organization)
    return found


def _tell(document: Document, by: Person) -> None:
    """Tell who reports for the units, once each, how many parts fell to them."""
    given = Counter(
        Part.objects.filter(occurrence__task__document=document, dropped_at=None)
        .order_by()
        .values_list("organization_id", flat=True)
    )
    counts: Counter[int] = Counter()
    for body, people in reporters_of_many(given).items():
        for person in people - {by.pk}:
            counts[person] += given[body]
    for told in Person.objects.filter(pk__in=counts):
        notices.tell([told], SHARED, Ref("document", str(document.pk)), {"count": counts[told.pk]})

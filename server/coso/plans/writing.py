"""Papers begun from tasks and plans, and papers issued for a task as its evidence."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from coso.documents.events import PaperIssued, PaperWithdrawn
from coso.documents.models import Document, DocumentState
from coso.documents.ports import Begun, register_paper_source
from coso.documents.queries import get_visible
from coso.documents.rules.papers import Content, Copy, day_words
from coso.journal.bus import subscribe
from coso.kit import clock
from coso.kit.errors import NotFound
from coso.kit.refs import Kind, Ref, number_in, register_kind
from coso.organizations.models import Person
from coso.plans import actions, policies, queries
from coso.plans.models import Blocker, Part, Task, UnitRole
from coso.plans.ports import TaskStep, register_step
from coso.plans.rules.reports import Row, plan_report, task_report
from coso.plans.rules.states import State
from coso.plans.web.chips import time_of


def name_of(document: Document) -> str:
    """Name a document as other papers cite it: Kế hoạch số 82/KH-UBND ngày 13 tháng 3 năm 2017 của UBND tỉnh …."""
    number = f" số {document.number}/{document.symbol}" if document.symbol else ""
    day = f" {day_words(document.issued_on)}" if document.issued_on else ""
    issuer = f" của {document.issuer}" if document.issuer else ""
    about = f" về {document.title[:1].lower()}{document.title[1:]}" if document.title else ""
    return f"{document.kind or 'Văn bản'}{number}{day}{issuer}{about}"


def _row(task: Task) -> Row:
    leads = "; ".join(unit.name for unit in task.units.all() if unit.role == UnitRole.LEAD)
    return Row(task.ref, task.title, leads, time_of(task), State(task.state), task.due_on)


def begin_from_task(person: Person, ident: str) -> Begun | None:
    """Begin a report about a task with what its units reported."""
    try:
        task = queries.get_visible(person, number_in(ident))
    except NotFound:
        return None
    parts = [part for one in queries.occurrences_of(task, person)[:3] for part in one.shown]  # type: ignore[attr-defined]
    blockers = Blocker.objects.filter(part__in=parts, cleared_at=None).values_list("words", flat=True)
    content = task_report(
        name_of(task.document), _row(task), [_part_row(part) for part in parts], list(blockers), clock.today()
    )
    title = f"Kết quả thực hiện nhiệm vụ {task.ref} {task.document}".strip()
    return Begun("report", title[:500], _to_issuer(content, task.document))


def _part_row(part: Part) -> Row:
    last = part.progress.first()
    due = part.due_on or part.occurrence.due_on
    return Row(
        ref="",
        title=part.text,
        units=part.organization.name,
        deadline=f"{due:%d/%m/%Y}" if due else "",
        state=State(part.state),
        due_on=due,
        percent=part.percent,
        words=last.words if last else "",
    )


def _to_issuer(content: Content, document: Document) -> Content:
    return Content(
        addressees=[document.issuer] if document.issuer else [],
        bases=content.bases,
        body=content.body,
        recipients=[Copy("Lưu: VT", "file")],
    )


def begin_from_plan(person: Person, ident: str) -> Begun | None:
    """Begin a report about a plan with the states of its tasks."""
    document = _plan(person, ident)
    if document is None:
        return None
    tasks = queries.visible_tasks(person).filter(document=document).order_by("position")
    content = plan_report(name_of(document), [_row(task) for task in tasks], clock.today())
    return Begun("report", f"Kết quả thực hiện {document}"[:500], _to_issuer(content, document))


def _plan(person: object, ident: str) -> Document | None:
    try:
        document = get_visible(person, ident)
    except NotFound:
        return None
    return document if document.state == DocumentState.CONFIRMED else None


def attach_issued(event: PaperIssued) -> None:
    """Attach an issued paper to the task that it was written for."""
    kind, _colon, ident = event.about.partition(":")
    if kind == "task" and Task.objects.filter(pk=number_in(ident)).exists():
        by = Person.objects.get(pk=event.by_id)
        actions.attach_evidence(task_id=number_in(ident), ref=Ref("document", event.document_id), by=by)


def close_withdrawn(event: PaperWithdrawn) -> None:
    """Close the tasks that a withdrawn paper ordered."""
    actions.close_tasks(document_id=event.document_id, by=Person.objects.get(pk=event.by_id))


def register() -> None:
    """Offer the step on a task's page, the beginnings, and listen for issued papers."""
    register_step(
        TaskStep(
            label=_("Write a paper"),
            icon="signature",
            url=lambda task: f"{reverse('documents:new-paper')}?about=task:{task.pk}",
            right="paper.write",
        )
    )
    register_paper_source("task", begin_from_task)
    register_paper_source("plan", begin_from_plan)
    register_kind(
        "plan",
        Kind(
            name=lambda ident: str(found) if (found := Document.objects.filter(pk=ident).first()) else None,
            address=lambda ident: reverse("documents:document", args=[ident]),
            visible=lambda person, ident: policies.may_read(person) and _plan(person, ident) is not None,
        ),
    )
    subscribe(PaperIssued, attach_issued)
    subscribe(PaperWithdrawn, close_withdrawn)

"""The trace of a document: its text with each task lit and linked, and the tree of tasks, parts and evidence."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from coso.documents import queries as documents
from coso.documents.models import DocumentState
from coso.kit import clock
from coso.kit.errors import NotFound
from coso.kit.refs import Ref, describe_many
from coso.organizations.doors import StaffRequest, staff
from coso.plans import queries, rules
from coso.plans.models import Part
from coso.plans.web.chips import part_chip, period_of, state_chip
from coso.plans.web.pages import task_crumbs

MOST_PARTS = 30
"""Of one task; the others stand on its own page."""


@require_safe
@staff("task.read")
def trace(request: StaffRequest, document_id: UUID) -> HttpResponse:
    """Show where each task stands in the text and what became of it; out of scope or unconfirmed is 404."""
    document = documents.get_visible(request.person, document_id)
    was_taken_back = document.state == DocumentState.WITHDRAWN and document.confirmed_at is None
    if document.state == DocumentState.READ or was_taken_back:
        raise NotFound
    today = clock.today()
    tasks = list(queries.tasks_in(document, request.person))
    parts: dict[int, list[Part]] = {}
    for part in queries.parts_in(document, request.person):
        parts.setdefault(part.occurrence.task_id, []).append(part)
    evidence = [one for task in tasks for one in task.shown]  # type: ignore[attr-defined]
    named = describe_many((Ref.parse(one.ref) for one in evidence), request.person)
    rows = [
        {
            "task": task,
            "chip": state_chip(task, today),
            "parts": [
                {"part": part, "period": period_of(part.occurrence), "chip": part_chip(part, today)}
                for part in parts.get(task.pk, [])[:MOST_PARTS]
            ],
            "more": max(len(parts.get(task.pk, [])) - MOST_PARTS, 0),
            "evidence": [named[Ref.parse(one.ref)] for one in task.shown if Ref.parse(one.ref) in named],  # type: ignore[attr-defined]
        }
        for task in tasks
    ]
    states = {task.pk: row["chip"] for task, row in zip(tasks, rows, strict=True)}
    counts = {"tasks": len(tasks), "parts": sum(len(some) for some in parts.values()), "evidence": len(evidence)}
    context = {
        "title": _("Trace of %(document)s") % {"document": document},
        "sentence": ngettext(
            "%(tasks)s task, %(parts)s parts, %(evidence)s things made for it.",
            "%(tasks)s tasks, %(parts)s parts, %(evidence)s things made for them.",
            counts["tasks"],
        )
        % counts,
        "document": document,
        "rows": rows,
        "runs": [
            {"run": run, "chip": states.get(run.key) if run.key is not None else None}
            for run in rules.lit(document.text, {task.pk: task.source for task in tasks})
        ],
        "crumbs": task_crumbs(),
    }
    return render(request, "plans/trace.html", context)

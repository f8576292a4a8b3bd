"""One unit's part of a task: how it stands, and the one thing a page that is done about it."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from coso.journal import queries as journal
from coso.kit import clock
from coso.kit.errors import NotAllowed, NotFound
from coso.kit.refs import Ref
from coso.organizations.doors import StaffRequest, staff
from coso.plans import actions, policies, queries
from coso.plans.models import Blocker, Extension, ExtensionState, Part, Progress, TaskState
from coso.plans.web.chips import is_closed, matter_chips, part_chip, period_of
from coso.plans.web.forms import AnswerForm, BlockerForm, ClearForm, ExtensionForm, FileForm, ReasonForm, ReportForm
from coso.plans.web.pages import Fact, FormPage, part_crumbs, short, take, task_crumbs
from coso.plans.web.task import evidence_lines
from coso.ui.parts import Entry


@require_safe
@staff("task.read")
def part(request: StaffRequest, part_id: int) -> HttpResponse:
    """Show one part: what it is, until when, what was reported, what shows it, what stands in the way."""
    found = queries.get_visible_part(request.person, part_id)
    task = found.occurrence.task
    blockers = list(found.blockers.select_related("asked", "raised_by", "cleared_by"))
    extensions = list(found.extensions.select_related("asked_by", "answered_by"))
    stands = found.dropped_at is None and not is_closed(task)
    is_open = stands and found.state != TaskState.DONE
    found.is_blocked = any(one.cleared_at is None for one in blockers)  # type: ignore[attr-defined]
    found.asks = any(one.state == ExtensionState.ASKED for one in extensions)  # type: ignore[attr-defined]
    context = {
        "title": f"{found.organization}: {short(task)}",
        "part": found,
        "task": task,
        "chips": [part_chip(found, clock.today()), *matter_chips(found)],
        "period": period_of(found.occurrence),
        "sentences": queries.sentences_of(task),
        "log": [_entry(one) for one in found.progress.select_related("by")],
        "evidence": evidence_lines(request, found.evidence.select_related("part__organization")),
        "blockers": [{"one": one, "may_clear": stands and _may_clear(request, one, found)} for one in blockers],
        "extensions": [{"one": one, "may_answer": stands and _may_answer(request, one, found)} for one in extensions],
        "is_open": is_open,
        "is_done": stands and found.state == TaskState.DONE,
        "may_report": stands and policies.may_report(request.person, found),
        "may_assign": stands and policies.may_assign(request.person, task),
        "history": journal.told(Ref("part", str(found.pk)), most=50),
        "crumbs": task_crumbs(task),
    }
    return render(request, "plans/part.html", context)


def _entry(progress: Progress) -> Entry:
    words = progress.words or _("Reported as done, with the evidence beside it.")
    state = _("%(percent)s %% · %(state)s") % {"percent": progress.percent, "state": progress.get_state_display()}
    return Entry(at=progress.at, sentence=words, by=progress.by, note=state, icon="edit")


def _may_clear(request: StaffRequest, blocker: Blocker, part: Part) -> bool:
    return blocker.cleared_at is None and policies.may_clear(request.person, blocker, part)


def _may_answer(request: StaffRequest, extension: Extension, part: Part) -> bool:
    asked = extension.state == ExtensionState.ASKED
    return asked and policies.may_answer(request.person, asked_by_id=extension.asked_by_id, task=part.occurrence.task)


def _reported(request: StaffRequest, part_id: int) -> Part:
    found = queries.get_visible_part(request.person, part_id)
    if not policies.may_report(request.person, found):
        raise NotAllowed("task.report")
    return found


def facts(part: Part) -> list[Fact]:
    """Say what a form about a part is about."""
    told = [Fact(_("Task"), str(part.occurrence.task)), Fact(_("Unit"), part.said)]
    if part.text:
        told.append(Fact(_("Own part"), part.text))
    deadline = part.deadline
    if deadline:
        told.append(Fact(_("Deadline"), f"{deadline:%d/%m/%Y}"))
    return told


def page_of(part: Part, **more: Any) -> FormPage:
    """Make a form's page about a part."""
    told: dict[str, Any] = {"sentence": part.organization.name, "about": facts(part), **more}
    return FormPage(back=reverse("plans:part", args=[part.pk]), crumbs=part_crumbs(part), **told)


@staff("task.report")
def report(request: StaffRequest, part_id: int) -> HttpResponse:
    """Take how far a part has come."""
    found = _reported(request, part_id)
    page = page_of(
        found,
        title=_("Report on the part"),
        submit=_("Send the report"),
        said=_("The report was kept."),
    )
    form = ReportForm(request.POST or None, part=found)
    return take(request, form, lambda sent: actions.report_part(part_id=part_id, by=request.person, **sent), page)


@staff("task.report")
def add_file(request: StaffRequest, part_id: int) -> HttpResponse:
    """Take a file as evidence."""
    found = _reported(request, part_id)
    page = page_of(
        found,
        title=_("Add evidence"),
        submit=_("Hand the file in"),
        said=_("The file was handed in."),
        icon="upload",
    )
    form = FileForm(request.POST or None, request.FILES or None)

    def keep(sent: dict[str, Any]) -> object:
        file = sent["file"]
        return actions.add_file(part_id=part_id, by=request.person, data=file.read(), name=file.name or "")

    return take(request, form, keep, page)


@staff("task.report")
def ask_extension(request: StaffRequest, part_id: int) -> HttpResponse:
    """Take the question for a later deadline."""
    found = _reported(request, part_id)
    page = page_of(
        found,
        title=_("Ask for a later deadline"),
        submit=_("Ask"),
        said=_("Whoever shared the work out was told and will answer."),
    )
    form = ExtensionForm(request.POST or None)
    return take(request, form, lambda sent: actions.ask_extension(part_id=part_id, by=request.person, **sent), page)


@staff("task.assign")
def answer_extension(request: StaffRequest, extension_id: int) -> HttpResponse:
    """Take the answer to who asks for a later deadline."""
    extension = Extension.objects.select_related("asked_by").filter(pk=extension_id).first()
    if extension is None:
        raise NotFound
    found = queries.get_visible_part(request.person, extension.part_id)
    if not policies.may_answer(request.person, asked_by_id=extension.asked_by_id, task=found.occurrence.task):
        raise NotAllowed("task.assign")
    asked = [
        Fact(_("Asked until"), f"{extension.until:%d/%m/%Y}"),
        Fact(_("Why"), extension.reason),
        Fact(_("Asked by"), str(extension.asked_by)),
    ]
    page = page_of(
        found,
        title=_("Answer who asks for a later deadline"),
        submit=_("Answer"),
        said=_("The unit was told your answer."),
        about=[*facts(found), *asked],
    )

    def answer(sent: dict[str, Any]) -> object:
        grant = sent["grant"] == "yes"
        return actions.answer_extension(
            extension_id=extension_id, by=request.person, grant=grant, answer=sent["answer"]
        )

    return take(request, AnswerForm(request.POST or None), answer, page)


@staff("task.report")
def raise_blocker(request: StaffRequest, part_id: int) -> HttpResponse:
    """Take what stands in the way of a part."""
    found = _reported(request, part_id)
    page = page_of(
        found,
        title=_("Say what stands in the way"),
        submit=_("Say it"),
        said=_("Whoever can help was told."),
        icon="hand",
    )
    form = BlockerForm(request.POST or None, part=found)
    return take(request, form, lambda sent: actions.raise_blocker(part_id=part_id, by=request.person, **sent), page)


@staff("task.read")
def clear_blocker(request: StaffRequest, blocker_id: int) -> HttpResponse:
    """Take how what stood in the way was cleared."""
    blocker = Blocker.objects.select_related("asked").filter(pk=blocker_id).first()
    if blocker is None:
        raise NotFound
    found = queries.get_visible_part(request.person, blocker.part_id)
    if not policies.may_clear(request.person, blocker, found):
        raise NotAllowed("task.report")
    page = page_of(
        found,
        title=_("Say how it was cleared"),
        submit=_("It is cleared"),
        said=_("The unit was told that nothing stands in its way."),
        icon="check",
        about=[*facts(found), Fact(_("What stands in the way"), blocker.words)],
    )
    form = ClearForm(request.POST or None)
    return take(
        request, form, lambda sent: actions.clear_blocker(blocker_id=blocker_id, by=request.person, **sent), page
    )


@staff("task.assign")
def return_part(request: StaffRequest, part_id: int) -> HttpResponse:
    """Take the reason for which a part that was reported as done goes back to its unit."""
    found = queries.get_visible_part(request.person, part_id)
    if not policies.may_assign(request.person, found.occurrence.task):
        raise NotAllowed("task.assign")
    page = page_of(
        found,
        title=_("Give the part back"),
        submit=_("Give it back"),
        said=_("The part went back to its unit."),
        icon="returned",
    )
    form = ReasonForm(request.POST or None)
    return take(request, form, lambda sent: actions.return_part(part_id=part_id, by=request.person, **sent), page)

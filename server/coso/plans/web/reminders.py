"""Reminders: what went out, the ones by hand, the rules by which the others go out by themselves."""

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from coso.kit import clock
from coso.kit.errors import BadInput, NotFound
from coso.kit.refs import number_in
from coso.organizations.doors import StaffRequest, staff
from coso.organizations.policies import may, require
from coso.places import queries as places
from coso.plans import actions, queries
from coso.plans.models import Part, Reminder, ReminderLevel, ReminderRule, TaskState
from coso.plans.web.chips import late_chip, part_chip, period_of
from coso.plans.web.lists import COLUMNS, FILTERS, SEARCH, bodies_with_parts, documents_with_tasks
from coso.plans.web.pages import task_crumbs
from coso.plans.web.reminding import RemindForm, RuleForm
from coso.plans.web.tabs import tabs_for
from coso.plans.words import rule_words
from coso.ui.chips import Chip, Tone
from coso.ui.lists import Action, Column, Empty, Filter, ListSpec, list_response
from coso.ui.parts import Crumb


def _sentence(request: HttpRequest) -> str:
    rows = queries.visible_reminders(request.user)
    month = rows.filter(sent_at__gte=clock.now() - timedelta(days=30))
    count, unheeded = month.count(), month.filter(queries.is_unheeded()).count()
    if not count:
        return gettext("No reminder went out in the last 30 days.")
    said = ngettext(
        "%(count)s reminder went out in the last 30 days.", "%(count)s reminders went out in the last 30 days.", count
    ) % {"count": count}
    if unheeded:
        said += " " + ngettext(
            "After %(count)s of them nothing was reported.", "After %(count)s of them nothing was reported.", unheeded
        ) % {"count": unheeded}
    return said


def _way(reminder: Reminder) -> str:
    if reminder.sent_by is not None:
        return gettext("By hand: %(who)s") % {"who": reminder.sent_by}
    return gettext("By rule, %(day)s") % {"day": rule_words(reminder.days or 0)}


def _answer(reminder: Reminder) -> Chip:
    part = reminder.part
    if part.state == TaskState.DONE:
        return part_chip(part, clock.today())
    if getattr(reminder, "heeded", False):
        return Chip(gettext("Reported since"), Tone.ACTIVE)
    is_late = part.deadline is not None and part.deadline < clock.today()
    return late_chip() if is_late else Chip(gettext("Nothing reported since"), Tone.WAITING)


def _since(rows: QuerySet[Reminder], value: str) -> QuerySet[Reminder]:
    return rows.filter(sent_at__gte=clock.now() - timedelta(days=number_in(value)))


def _primary(request: HttpRequest) -> Action | None:
    if not may(request.user, "task.assign"):
        return None
    return Action(_("Choose parts to remind of"), reverse("plans:remind-choose"))


LEVELS = [(str(level), label) for level, label in ReminderLevel.choices]

SENT = ListSpec(
    key="don-doc",
    title=_("Reminders sent"),
    sentence=_sentence,
    columns=[
        Column("task", _("Task"), lambda one: str(one.part.occurrence.task), sort="part__occurrence__task__folded"),
        Column("unit", _("Unit"), lambda one: one.part.said, sort="part__organization__sort_key"),
        Column("sent", _("Sent"), "sent_at", sort="sent_at", kind="when"),
        Column("way", _("How"), _way),
        Column("due", _("Deadline"), "due_on", sort="due_on", kind="date"),
        Column("level", _("Reaches"), lambda one: one.get_level_display(), sort="level"),
        Column("told", _("People told"), "told", sort="told", kind="number"),
        Column("words", _("Words"), "words", shown=False),
        Column("answer", _("Since then"), _answer, kind="state"),
    ],
    search=("part__occurrence__task__folded", "part__organization__folded"),
    search_label=_("Search for a unit or a task"),
    filters=[
        Filter("unit", _("Unit"), bodies_with_parts, lambda rows, value: rows.filter(part__organization=value)),
        Filter(
            "way", _("How"), [("hand", _("By hand")), ("rule", _("By rule"))],
            lambda rows, value: rows.filter(sent_by__isnull=value == "rule"),
        ),
        Filter("level", _("Reaches"), LEVELS, lambda rows, value: rows.filter(level=value)),
        Filter(
            "since", _("Sent within"), [("1", _("One day")), ("7", _("7 days")), ("30", _("30 days"))], _since
        ),
        Filter(
            "unheeded", _("Since then"), [("yes", _("Nothing reported since"))],
            lambda rows, _value: rows.filter(queries.is_unheeded()),
        ),
        Filter(
            "document", _("Document"), documents_with_tasks,
            lambda rows, value: rows.filter(part__occurrence__task__document=value),
        ),
    ],
    default_sort="-sent",
    empty=Empty(
        _("No reminder was sent yet"),
        _("Units are reminded by rule as their deadlines come near, or by hand by whoever shares the work out."),
        icon="bell",
    ),
    row_link=lambda one: reverse("plans:part", args=[one.part_id]),
    primary=_primary,
)  # fmt: skip


@require_safe
@staff("task.read")
def sent(request: StaffRequest) -> HttpResponseBase:
    """List the reminders about the parts that a person may read."""
    rows = queries.with_answers(queries.visible_reminders(request.person))
    extra = {"tabs": tabs_for(request), "sets_rules": may(request.person, "task.assign", places.province())}
    return list_response(request, SENT, rows, template="plans/reminders.html", extra=extra)


def _box(part: Part) -> str:
    label = gettext("Choose %(what)s") % {"what": part.organization.name}
    return format_html(
        '<input class="form-check-input" type="checkbox" name="phan" value="{}" form="remind" aria-label="{}">',
        part.pk, label,
    )  # fmt: skip


class _Box:
    """The box of one row; `coso.ui.show` draws what knows how to draw itself."""

    def __init__(self, part: Part) -> None:
        self._part = part

    def __html__(self) -> str:
        return _box(self._part)


CHOOSE = ListSpec(
    key="chon-don-doc",
    title=_("Choose parts to remind of"),
    sentence=_("Tick the parts, then go on: you read who is told before anything is sent."),
    columns=[COLUMNS[1], Column("box", _("Remind"), _Box), COLUMNS[0], *COLUMNS[5:-1]],
    search=SEARCH,
    search_label=_("Search for a unit or a task"),
    filters=[
        Filter("unit", _("Unit"), bodies_with_parts, lambda rows, value: rows.filter(organization=value)),
        *(one for one in FILTERS if one.name in {"late", "role", "document"}),
    ],
    empty=Empty(_("No part waits to be done."), icon="done"),
    row_link=lambda part: reverse("plans:part", args=[part.pk]),
    exports=False,
)


@require_safe
@staff("task.assign")
def choose(request: StaffRequest) -> HttpResponseBase:
    """List the open parts with boxes, the late ones first."""
    rows: Any = queries.late_first(queries.with_open_matters(queries.remindable(request.person)), clock.today())
    crumbs = [*task_crumbs(), Crumb(_("Reminders sent"), reverse("plans:reminders"))]
    return list_response(request, CHOOSE, rows, template="plans/remind_choose.html", extra={"crumbs": crumbs})


@staff("task.assign")
def remind(request: StaffRequest) -> HttpResponse:
    """Show whom a reminder of the chosen parts (`phan`) reaches, and send it."""
    sent_along = request.POST if request.method == "POST" else request.GET
    chosen = {number_in(value) for value in sent_along.getlist("phan")[: actions.MOST_AT_ONCE + 1]}
    parts = list(queries.remindable(request.person).filter(pk__in=chosen))
    if not chosen:
        messages.warning(request, _("Tick at least one part first."))
        return redirect("plans:remind-choose")
    if not parts:
        raise NotFound
    form = RemindForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            gone = actions.remind(part_ids=[part.pk for part in parts], by=request.person, **form.cleaned_data)
        except BadInput as error:
            form.take_errors(error.fields)
        else:
            words = ngettext("%(count)s reminder was sent.", "%(count)s reminders were sent.", len(gone))
            messages.success(request, words % {"count": len(gone)})
            return redirect("plans:part", parts[0].pk) if len(parts) == 1 else redirect("plans:reminders")
    context = {
        "title": _("Remind"),
        "sentence": _("Read whom the reminder reaches, and say in your own words what is to be done."),
        "form": form,
        "rows": _rows(parts),
        "back": reverse("plans:part", args=[parts[0].pk]) if len(parts) == 1 else reverse("plans:remind-choose"),
        "crumbs": [*task_crumbs(), Crumb(_("Reminders sent"), reverse("plans:reminders"))],
    }
    return render(request, "plans/remind.html", context, status=422 if form.errors else 200)


def _rows(parts: list[Part]) -> list[dict[str, Any]]:
    """Say of each part whom a reminder reaches, and whether one went out by hand today."""
    today, earlier = clock.today(), queries.reminded_today(part.pk for part in parts)
    return [
        {
            "part": part,
            "chip": part_chip(part, today),
            "period": period_of(part.occurrence),
            "unit": [str(one) for one in queries.people_at(part, ReminderLevel.UNIT)],
            "leader": [str(one) for one in queries.people_at(part, ReminderLevel.LEADER)],
            "earlier": part.pk in earlier,
        }
        for part in parts
    ]


@staff("task.assign")
def rules(request: StaffRequest) -> HttpResponse:
    """Show the rules, and take another one."""
    require(request.person, "task.assign", places.province())
    form = RuleForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.set_reminder_rule(by=request.person, days=form.days, level=form.cleaned_data["level"])
        except BadInput as error:
            form.take_errors({"count" if name == "days" else name: lines for name, lines in error.fields.items()})
        else:
            messages.success(request, _("The rule holds from now on."))
            return redirect("plans:reminder-rules")
    context = {
        "title": _("When reminders go out"),
        "sentence": _("For every part that is not done. At night and on days off nothing goes out."),
        "rules": [{"rule": one, "day": rule_words(one.days)} for one in ReminderRule.objects.all()],
        "form": form,
        "crumbs": [*task_crumbs(), Crumb(_("Reminders sent"), reverse("plans:reminders"))],
    }
    return render(request, "plans/reminder_rules.html", context, status=422 if form.errors else 200)


@require_POST
@staff("task.assign")
def drop_rule(request: StaffRequest, rule_id: int) -> HttpResponse:
    """Let no reminder go out on one rule's day any more."""
    rule = ReminderRule.objects.filter(pk=rule_id).first()
    if rule is None:
        raise NotFound
    actions.drop_reminder_rule(by=request.person, days=rule.days)
    messages.success(request, _("The rule was taken away."))
    return redirect("plans:reminder-rules")

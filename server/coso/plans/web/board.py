"""The board: the parts in columns by their state."""

from itertools import chain
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST, require_safe

from coso.kit import clock
from coso.kit.errors import NotAllowed
from coso.organizations.doors import StaffRequest, staff
from coso.plans import actions, policies, queries
from coso.plans.models import TaskState
from coso.plans.web.chips import matter_chips, part_chip, period_of
from coso.plans.web.looks import narrowed, page, spec_of

MOST = 30
SPEC = spec_of(gettext_lazy("Board of the parts"), without=("state",))


@require_safe
@staff("task.read")
def board(request: StaffRequest) -> HttpResponse:
    """Show the parts that the filters leave, by state; the nearest deadlines of each column first."""
    rows, context = narrowed(request, SPEC)
    counts, today = queries.counts_by_state(rows), clock.today()
    late = queries.late_parts(rows).count()
    shown = {state: list(rows.filter(state=state)[:MOST]) for state in TaskState}
    mine = policies.reportable(request.person, chain.from_iterable(shown.values()))
    columns = []
    for state in TaskState:
        cards = [
            {
                "part": part,
                "chips": [part_chip(part, today), *matter_chips(part)],
                "period": period_of(part.occurrence),
                "reports": part.pk in mine and state != TaskState.DONE,
            }
            for part in shown[state]
        ]
        found = counts.get(state, 0)
        columns.append({"state": state, "label": state.label, "cards": cards, "count": found, "more": found > MOST})
    said = ngettext("%(count)s part.", "%(count)s parts.", sum(counts.values())) % {"count": sum(counts.values())}
    if late:
        said += " " + ngettext("%(count)s part is late.", "%(count)s parts are late.", late) % {"count": late}
    more: dict[str, Any] = {"title": SPEC.title, "sentence": said, "columns": columns}
    return page(request, "board", {**context, **more})


@require_POST
@staff("task.report")
def begin(request: StaffRequest, part_id: int) -> HttpResponse:
    """Move a part from "not begun" to "under way", as its unit."""
    found = queries.get_visible_part(request.person, part_id)
    if not policies.may_report(request.person, found):
        raise NotAllowed("task.report")
    if found.state == TaskState.OPEN:
        actions.report_part(part_id=part_id, by=request.person, words=_("Work has begun."), percent=found.percent)
        messages.success(request, _("The part is under way."))
    back = request.POST.get("back", "")
    safe = url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure())
    return redirect(back if safe and back.startswith("/") else reverse("plans:board"))

"""The calendar of deadlines: a month's grid, the same as a list, and the address for other programs."""

from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from coso.kit import clock
from coso.organizations.doors import StaffRequest, staff
from coso.plans import actions, queries
from coso.plans.models import CalendarAddress
from coso.plans.rules import spans
from coso.plans.web.chips import part_chip
from coso.plans.web.looks import carried, narrowed, page, spec_of
from coso.plans.web.pages import task_crumbs
from coso.ui.parts import Crumb

SPEC = spec_of(gettext_lazy("Calendar of deadlines"), without=("period",))
MOST = 200
IN_A_DAY = 3


def _month(asked: str) -> date:
    """Read the first day of a month from "2026-11"; this month where it makes no sense."""
    try:
        day = date.fromisoformat(f"{asked}-01")
    except ValueError:
        return clock.today().replace(day=1)
    return day if 1990 <= day.year <= 2100 else clock.today().replace(day=1)


@require_safe
@staff("task.read")
def calendar(request: StaffRequest) -> HttpResponse:
    """Show the deadlines of one month (`thang`, "2026-11") that the filters leave."""
    rows, context = narrowed(request, SPEC)
    first = _month(request.GET.get("thang", ""))
    after = (first + timedelta(days=32)).replace(day=1)
    today = clock.today()
    due = queries.due_between(rows, first, after - timedelta(days=1))
    count = due.count()
    by_day: dict[date, list[Any]] = {}
    for part in due[:MOST]:
        if part.deadline is not None:
            by_day.setdefault(part.deadline, []).append({"part": part, "chip": part_chip(part, today)})
    grid = [
        [
            {
                "day": day,
                "items": by_day.get(day, [])[:IN_A_DAY] if day else [],
                "more": max(len(by_day.get(day, [])) - IN_A_DAY, 0) if day else 0,
                "count": len(by_day.get(day, [])) if day else 0,
                "is_today": day == today,
            }
            for day in week
        ]
        for week in spans.weeks(first.year, first.month)
    ]
    more: dict[str, Any] = {
        "title": SPEC.title,
        "sentence": ngettext("%(count)s deadline in this month.", "%(count)s deadlines in this month.", count)
        % {"count": count},
        "month": _("Month %(month)s/%(year)s") % {"month": first.month, "year": first.year},
        "weekdays": [_("Mon"), _("Tue"), _("Wed"), _("Thu"), _("Fri"), _("Sat"), _("Sun")],
        "grid": grid,
        "days": list(by_day.items()),
        "hidden": max(count - MOST, 0),
        "earlier": carried(request, thang=f"{first - timedelta(days=1):%Y-%m}"),
        "later": carried(request, thang=f"{after:%Y-%m}"),
    }
    return page(request, "calendar", {**context, **more})


@staff("task.read")
@never_cache
def address(request: StaffRequest) -> HttpResponse:
    """Let a person make the secret address of his own calendar, which is shown once, or withdraw it."""
    fresh = ""
    if request.method == "POST" and "withdraw" in request.POST:
        actions.withdraw_calendar_address(person=request.person)
        messages.success(request, _("The address reads nothing any more."))
        return redirect("plans:calendar-address")
    if request.method == "POST":
        secret = actions.make_calendar_address(person=request.person)
        fresh = _whole(request, secret)
    known = CalendarAddress.objects.filter(person=request.person).first()
    context = {
        "title": _("Deadlines in your own calendar"),
        "sentence": _("Your phone or mail program reads the deadlines of your unit at a secret address of yours."),
        "fresh": fresh,
        "known": known,
        "crumbs": [*task_crumbs(), Crumb(_("Calendar of deadlines"), reverse("plans:calendar"))],
    }
    return render(request, "plans/calendar_address.html", context)


def _whole(request: HttpRequest, secret: str) -> str:
    return request.build_absolute_uri(reverse("calendar-feed", args=[secret]))

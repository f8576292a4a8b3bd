"""The chart of the tasks over months or quarters, by document, with a table that says the same."""

from collections.abc import Iterable
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_safe

from coso.kit import clock
from coso.kit.refs import number_in
from coso.organizations.doors import StaffRequest, staff
from coso.plans import queries
from coso.plans.models import Occurrence
from coso.plans.rules import spans
from coso.plans.web.chips import occurrence_chip, period_of
from coso.plans.web.looks import carried, narrowed, page, spec_of

SPEC = spec_of(gettext_lazy("Chart of the tasks"), without=("state", "period"))
ROWS = 40
LEFT, WIDTH, LINE, HEAD = 200, 960, 28, 30
"""The measures of the picture, in its own units: the column of names, the whole, one row, the head."""
ROMAN = ("I", "II", "III", "IV")


@require_safe
@staff("task.read")
def gantt(request: StaffRequest) -> HttpResponse:
    """Show the tasks of the parts that the filters leave; `nam` is the first year, `theo` months or quarters."""
    rows, context = narrowed(request, SPEC)
    by = spans.QUARTERS if request.GET.get("theo") == spans.QUARTERS else spans.MONTHS
    asked = number_in(request.GET.get("nam", ""))
    year = asked if 1990 <= asked <= 2100 else clock.today().year
    strip = spans.strip(year, by)
    found = Paginator(queries.occurrences_with(rows, strip.first, strip.last), ROWS).get_page(request.GET.get("page"))
    count = found.paginator.count
    step = 3 if by == spans.QUARTERS else 1
    other = spans.MONTHS if by == spans.QUARTERS else spans.QUARTERS
    more: dict[str, Any] = {
        "title": SPEC.title,
        "sentence": ngettext("%(count)s period of tasks.", "%(count)s periods of tasks.", count) % {"count": count},
        "picture": _picture(strip, list(found)),
        "page": found,
        "span": f"{year}" if step == 1 else f"{year}–{year + 2}",
        "earlier": carried(request, nam=str(year - step), page="1"),
        "later": carried(request, nam=str(year + step), page="1"),
        "other": carried(request, theo=other, page="1"),
        "by_months": by == spans.MONTHS,
        "next_page": carried(request, page=str(found.number + 1)) if found.has_next() else "",
        "previous_page": carried(request, page=str(found.number - 1)) if found.has_previous() else "",
    }
    return page(request, "gantt", {**context, **more})


def _picture(strip: spans.Strip, occurrences: Iterable[Occurrence]) -> dict[str, Any]:
    """Measure the picture: columns, one line for each occurrence, a line for today."""
    # Whole numbers only: a page in Vietnamese would write others with a comma, which no picture understands.
    today, room, lines, before = clock.today(), WIDTH - LEFT, [], None
    top = HEAD
    for one in occurrences:
        document = one.task.document
        heads = document.pk != before
        before = document.pk
        if heads:
            lines.append({"y": top, "head": str(document)})
            top += LINE
        ends = one.due_on or one.period_to or strip.last
        bar = strip.bar(min(one.period_from, ends), ends)
        lines.append(
            {
                "y": top,
                "one": one,
                "task": one.task,
                "period": period_of(one),
                "chip": occurrence_chip(one, today),
                "name": _shortened(f"{one.task.ref}. {one.task.title}"),
                "x": round(LEFT + bar[0] * room) if bar else None,
                "w": max(round(bar[1] * room), 2) if bar else None,
                "done": f"{one.done}/{one.all}",  # type: ignore[attr-defined]
            }
        )
        top += LINE
    width = room / len(strip.columns)
    columns = [
        {"x": round(LEFT + place * width), "label": _column(year, number, strip.by)}
        for place, (year, number) in enumerate(strip.columns)
    ]
    now = round(LEFT + strip.place(today) * room) if strip.first <= today <= strip.last else None
    return {"lines": lines, "columns": columns, "height": top + 6, "width": WIDTH, "now": now}


def _column(year: int, number: int, by: str) -> str:
    if by == spans.QUARTERS:
        return f"{ROMAN[number - 1]}/{year % 100:02d}"
    return _("M%(month)s") % {"month": number}


def _shortened(words: str, most: int = 28) -> str:
    return words if len(words) <= most else f"{words[: most - 1].rstrip()}…"

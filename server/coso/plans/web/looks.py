"""What the list, the board, the chart and the calendar of parts share: the filters, and the tabs between them."""

from dataclasses import replace
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from coso.organizations.doors import StaffRequest
from coso.plans import queries
from coso.plans.web.lists import ALL
from coso.plans.web.tabs import looks_for, tabs_for
from coso.ui.lists import RESULTS_ID, ListSpec, narrowed_rows


def spec_of(title: Any, *, without: tuple[str, ...] = ()) -> ListSpec:
    """Give the filters of the list of parts, without those that a view answers by itself."""
    return replace(ALL, title=title, filters=[one for one in ALL.filters if one.name not in without])


def narrowed(request: StaffRequest, spec: ListSpec) -> tuple[Any, dict[str, Any]]:
    """Give the parts that a person may read, as the filters leave them, and what the page shows of the filters."""
    rows: Any = queries.with_open_matters(queries.visible_parts(request.person))
    return narrowed_rows(request, spec, rows)


def page(request: StaffRequest, template: str, context: dict[str, Any]) -> HttpResponse:
    """Show a view, or its results alone where htmx asks for them."""
    name = f"plans/{template}_results.html" if request.headers.get("HX-Target") == RESULTS_ID else "plans/look.html"
    more = {"tabs": tabs_for(request), "looks": looks_for(request), "results": f"plans/{template}_results.html"}
    return render(request, name, {**context, **more})


def carried(request: HttpRequest, **changes: str) -> str:
    """Write the address of this page with some values changed and the filters kept."""
    kept = request.GET.copy()
    for name, value in changes.items():
        kept[name] = value
    return f"?{kept.urlencode()}"

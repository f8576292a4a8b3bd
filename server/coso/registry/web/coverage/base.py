"""The operator's base map, served in parts: the reader's browser asks for the bytes that it draws."""

from django.http import HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_safe

from coso.kit.errors import NotFound
from coso.kit.ranges import serve_file
from coso.organizations.doors import StaffRequest, staff
from coso.registry.queries.basemap import base_map
from coso.ui.parts import MapBase

A_DAY_S = 86_400


@require_safe
@staff("desk.use")
def base(request: StaffRequest) -> HttpResponseBase:
    """Give a part of the base map."""
    found = base_map()
    if found is None:
        raise NotFound
    return serve_file(request, found.path, "application/vnd.pmtiles", fresh_s=A_DAY_S)


def shown() -> MapBase | None:
    """Tell maps where the base map is, when there is one."""
    found = base_map()
    return MapBase(reverse("registry:base-map"), found.credit) if found else None

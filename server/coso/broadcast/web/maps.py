"""The map of the communes of today, for whoever follows a bulletin's reach."""

from django.http import HttpResponseBase, JsonResponse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from coso.organizations.doors import StaffRequest, staff
from coso.places.queries import province
from coso.registry.queries.areas import areas_around


@require_safe
@cache_control(private=True, max_age=60)
@staff("reach.read")
def schematic(request: StaffRequest) -> HttpResponseBase:
    """Give the communes as GeoJSON: boundaries where they are known, else a sketch."""
    drawn = areas_around(province())
    return JsonResponse(drawn, content_type="application/geo+json", json_dumps_params={"ensure_ascii": False})

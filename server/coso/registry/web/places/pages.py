"""The sketched map of a place, or its true boundaries where they are known."""

from django.http import HttpResponseBase, JsonResponse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from coso.organizations.doors import StaffRequest, staff
from coso.registry import queries
from coso.registry.queries.areas import areas_around


@require_safe
@cache_control(private=True, max_age=60)
@staff("place.read")
def schematic(request: StaffRequest, place_id: int) -> HttpResponseBase:
    """Give the area of a place's commune as GeoJSON, or every commune of the province: boundaries or a sketch."""
    found = queries.get_place(request.person, place_id)
    drawn = areas_around(found)
    return JsonResponse(drawn, content_type="application/geo+json", json_dumps_params={"ensure_ascii": False})

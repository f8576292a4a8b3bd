"""The schematic map of the communes of today: cells around centroids, a sketch and not boundaries."""

from django.http import FileResponse, HttpResponseBase
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from coso.organizations.doors import StaffRequest, staff
from coso.places.queries import schematic_file


@require_safe
@cache_control(private=True, max_age=86400)
@staff("reach.read")
def schematic(request: StaffRequest) -> HttpResponseBase:
    """Give the GeoJSON of the cells."""
    return FileResponse(schematic_file().open("rb"), content_type="application/geo+json")

"""Addresses of the pages of coverage and the map."""

from django.urls import URLPattern, path

from coso.registry.web.coverage import base, boundaries, maps, overview, signals, spots, uncovered, villages

urlpatterns: list[URLPattern] = [
    path("do-phu/", overview.overview, name="coverage"),
    path("do-phu/thon/", villages.village_list, name="coverage-villages"),
    path("do-phu/thon/<int:village_id>/tin-hieu/", signals.signal, name="signal"),
    path("do-phu/chua-phu/", uncovered.uncovered, name="uncovered"),
    path("do-phu/ban-do/", maps.map_page, name="map"),
    path("do-phu/ban-do/don-vi.geojson", maps.map_areas, name="map-areas"),
    path("do-phu/ban-do/lop/<slug:key>.geojson", maps.layer, name="map-layer"),
    path("do-phu/ban-do/nen.pmtiles", base.base, name="base-map"),
    path("do-phu/them-cum-loa/", spots.what_if, name="what-if"),
    path("do-phu/dia-gioi/", boundaries.boundaries, name="boundaries"),
    path("do-phu/dia-gioi/moi/", boundaries.add, name="add-boundaries"),
    path("do-phu/dia-gioi/moi/<str:token>.geojson", boundaries.drawn, name="boundaries-drawn"),
    path("do-phu/dia-gioi/moi/giu/", boundaries.keep, name="keep-boundaries"),
    path("do-phu/dia-gioi/<int:boundaries_id>/rut/", boundaries.withdraw, name="withdraw-boundaries"),
]

"""Addresses of the pages of places; `places` itself stands below the door of staff pages and has none."""

from django.urls import path

from coso.registry.web import places

app_name = "places"

urlpatterns = [
    path("", places.place_list, name="places"),
    path("<int:place_id>/", places.place, name="place"),
    path("<int:place_id>/ban-do.geojson", places.schematic, name="map"),
]

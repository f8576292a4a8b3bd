"""Addresses of the pages of places; `places` itself stands below the door of staff pages and has none."""

from django.urls import path

from coso.registry.web.places import pages

app_name = "places"

urlpatterns = [
    path("", pages.place_list, name="places"),
    path("<int:place_id>/", pages.place, name="place"),
    path("<int:place_id>/ban-do.geojson", pages.schematic, name="map"),
]

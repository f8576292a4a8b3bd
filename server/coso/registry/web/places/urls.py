"""Addresses of the pages of places; `places` itself stands below the door of staff pages and has none."""

from django.urls import path

from coso.registry.web.places import figures, listing, pages

app_name = "places"

urlpatterns = [
    path("", listing.place_list, name="places"),
    path("so-lieu/", figures.by_unit, name="figures"),
    path("<int:place_id>/", pages.place, name="place"),
    path("<int:place_id>/ban-do.geojson", pages.schematic, name="map"),
]

"""Addresses of the pages of stations and clusters, and of all that the registry keeps."""

from django.urls import path

from coso.registry.web import clusters, editing
from coso.registry.web.coverage.urls import urlpatterns as coverage
from coso.registry.web.facilities.urls import urlpatterns as facilities
from coso.registry.web.inspections.urls import urlpatterns as inspections

app_name = "registry"

urlpatterns = [
    path("cum-loa/", clusters.cluster_list, name="clusters"),
    path("cum-loa/<int:cluster_id>/", clusters.cluster, name="cluster"),
    path("cum-loa/<int:cluster_id>/sua/", editing.edit_cluster, name="edit-cluster"),
    path("cum-loa/<int:cluster_id>/thao-do/", editing.retire_cluster, name="retire-cluster"),
    path("cum-loa/<int:cluster_id>/dung-lai/", editing.restore_cluster, name="restore-cluster"),
    path("cum-loa/moi/", editing.choose_station, name="new-cluster"),
    path("tram/moi/", editing.add_station, name="new-station"),
    path("tram/<int:station_id>/cum-loa-moi/", editing.add_cluster, name="add-cluster"),
    *facilities,
    *inspections,
    *coverage,
]

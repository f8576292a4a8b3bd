"""Addresses of the pages of stations and clusters."""

from django.urls import path

from coso.registry.web import clusters, editing

app_name = "registry"

urlpatterns = [
    path("", clusters.cluster_list, name="clusters"),
    path("cum-loa/<int:cluster_id>/", clusters.cluster, name="cluster"),
    path("cum-loa/<int:cluster_id>/sua/", editing.edit_cluster, name="edit-cluster"),
    path("cum-loa/moi/", editing.choose_station, name="new-cluster"),
    path("tram/moi/", editing.add_station, name="new-station"),
    path("tram/<int:station_id>/cum-loa-moi/", editing.add_cluster, name="add-cluster"),
]

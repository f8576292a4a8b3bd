"""Addresses of the devices' pages."""

from django.urls import path

from coso.devices.web import views

app_name = "devices"

urlpatterns = [
    path("<uuid:device_id>/", views.device, name="device"),
    path("<uuid:device_id>/thu-hoi/", views.revoke, name="revoke"),
    path("su-co/<int:fault_id>/da-xu-ly/", views.clear_fault, name="clear-fault"),
    path("dang-ky/<int:cluster_id>/", views.enrolment, name="enrolment"),
]

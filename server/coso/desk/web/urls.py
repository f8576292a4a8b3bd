"""Addresses of the desk's own pages."""

from django.urls import path

from coso.desk.web import views

app_name = "desk"

urlpatterns = [
    path("", views.today, name="today"),
    path("tim/", views.search, name="search"),
    path("noi-lam-viec/", views.switch, name="switch"),
]

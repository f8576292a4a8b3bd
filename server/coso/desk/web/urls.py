"""Addresses of the desk's own pages."""

from django.urls import path

from coso.desk.web import journal, views

app_name = "desk"

urlpatterns = [
    path("", views.today, name="today"),
    path("tim/", views.search, name="search"),
    path("noi-lam-viec/", views.switch, name="switch"),
    path("nhat-ky/", journal.entry_list, name="journal"),
    path("nhat-ky/kiem-tra/", journal.verify, name="journal-verify"),
    path("nhat-ky/<uuid:entry_id>/", journal.entry, name="journal-entry"),
]

"""Addresses of the desk's own pages."""

from django.urls import path

from coso.desk.web import journal, views
from coso.desk.web.registers import pages, runs

app_name = "desk"

urlpatterns = [
    path("", views.today, name="today"),
    path("tim/", views.search, name="search"),
    path("noi-lam-viec/", views.switch, name="switch"),
    path("so-lieu/", pages.register_list, name="registers"),
    path("so-lieu/lan-nhap/", pages.import_list, name="imports"),
    path("so-lieu/lan-nhap/<uuid:import_id>/", runs.import_page, name="import"),
    path("so-lieu/lan-nhap/<uuid:import_id>/tien-do/", runs.progress, name="import-progress"),
    path("so-lieu/lan-nhap/<uuid:import_id>/cot/", runs.choose_columns, name="import-columns"),
    path("so-lieu/lan-nhap/<uuid:import_id>/nhap/", runs.commit, name="import-commit"),
    path("so-lieu/lan-nhap/<uuid:import_id>/hoan-tac/", runs.undo, name="import-undo"),
    path("so-lieu/lan-nhap/<uuid:import_id>/dung/", runs.stop, name="import-stop"),
    path("so-lieu/lan-nhap/<uuid:import_id>/kiem-tra-lai/", runs.check_again, name="import-again"),
    path("so-lieu/lan-nhap/<uuid:import_id>/dong-sai.xlsx", runs.wrong_rows, name="import-wrong"),
    path("so-lieu/<slug:kind>/", pages.register_page, name="register"),
    path("so-lieu/<slug:kind>/mau.xlsx", pages.template_file, name="register-template"),
    path("so-lieu/<slug:kind>/xuat.xlsx", pages.rows_file, name="register-rows"),
    path("nhat-ky/", journal.entry_list, name="journal"),
    path("nhat-ky/kiem-tra/", journal.verify, name="journal-verify"),
    path("nhat-ky/<uuid:entry_id>/", journal.entry, name="journal-entry"),
]

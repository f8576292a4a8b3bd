"""Addresses of the look itself."""

from django.urls import path
from django.views.i18n import set_language

from coso.ui.web import patterns

app_name = "ui"

urlpatterns = [
    path("", patterns.patterns, name="patterns"),
    path("bieu-mau/", patterns.form_page, name="pattern_form"),
    path("danh-sach/", patterns.list_page, name="pattern_list"),
    path("cau/", patterns.lines_page, name="pattern_lines"),
    path("chi-tiet/", patterns.detail_page, name="pattern_detail"),
    path("cong/", patterns.portal_page, name="pattern_portal"),
    path("bang-canh-bao/", patterns.alert_page, name="pattern_alert"),
    path("ban-do.json", patterns.areas, name="pattern_areas"),
    path("ngon-ngu/", set_language, name="language"),
]

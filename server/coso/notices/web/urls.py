"""Addresses of the notices' pages."""

from django.urls import path

from coso.notices.web import views

app_name = "notices"

urlpatterns = [path("", views.notices, name="notices"), path("da-xem/", views.see, name="see")]

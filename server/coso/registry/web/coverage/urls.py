"""Addresses of the pages of coverage and the map."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []

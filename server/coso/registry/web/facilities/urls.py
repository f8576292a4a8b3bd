"""Addresses of the pages of facilities, equipment, transfers and use."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []

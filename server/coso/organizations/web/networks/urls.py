"""Addresses of the pages of the three networks and of the bodies that lead the field."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []

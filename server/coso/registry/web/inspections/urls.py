"""Addresses of the pages of inspections and defects."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []

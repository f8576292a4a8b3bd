"""Django's entry for the look of the house."""

from django.apps import AppConfig


class UiConfig(AppConfig):
    """The app of templates, tags and static files."""

    name = "coso.ui"
    label = "ui"

"""The site as a Django app: fills ports that need every app at once."""

from django.apps import AppConfig


class SiteConfig(AppConfig):
    """Wires the apps together."""

    name = "coso.site"
    label = "coso_site"

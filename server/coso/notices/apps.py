"""Notices as a Django app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NoticesConfig(AppConfig):
    """Who is told what, and when they saw it."""

    name = "coso.notices"
    label = "notices"
    verbose_name = _("Notices")

    def ready(self) -> None:
        """Carry notices by e-mail too."""
        from coso.notices import tasks
        from coso.notices.adapters import email
        from coso.notices.ports import register_route

        register_route(email.ROUTE)
        tasks.register()

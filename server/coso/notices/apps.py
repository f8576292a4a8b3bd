"""Notices as a Django app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NoticesConfig(AppConfig):
    """Who is told what, and when they saw it."""

    name = "coso.notices"
    label = "notices"
    verbose_name = _("Notices")

"""Desk as a Django app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DeskConfig(AppConfig):
    """The staff's shell: today, search, and pages that join several apps."""

    name = "coso.desk"
    label = "desk"
    verbose_name = _("Desk")

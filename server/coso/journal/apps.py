"""The journal as a Django app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class JournalConfig(AppConfig):
    """The record of actions."""

    name = "coso.journal"
    label = "journal"
    verbose_name = _("Journal")

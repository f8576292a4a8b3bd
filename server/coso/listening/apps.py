"""Listening as a Django app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ListeningConfig(AppConfig):
    """What people say back: feedback, replies, deadlines."""

    name = "coso.listening"
    label = "listening"
    verbose_name = _("Listening")

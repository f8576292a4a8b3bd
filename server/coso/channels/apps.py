"""Channels as a Django app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ChannelsConfig(AppConfig):
    """What every channel owes a bulletin, and the simple channels."""

    name = "coso.channels"
    label = "channels"
    verbose_name = _("Channels")

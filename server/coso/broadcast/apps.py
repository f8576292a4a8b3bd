"""Broadcast as a Django app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class BroadcastConfig(AppConfig):
    """On air: slots, manifests, alerts, deliveries, play log, reach."""

    name = "coso.broadcast"
    label = "broadcast"
    verbose_name = _("Broadcast")

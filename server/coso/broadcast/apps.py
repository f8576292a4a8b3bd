"""Broadcast as a Django app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class BroadcastConfig(AppConfig):
    """On air: slots, manifests, alerts, deliveries, play log, reach."""

    name = "coso.broadcast"
    label = "broadcast"
    verbose_name = _("Broadcast")

    def ready(self) -> None:
        """Plug in the loudspeakers, name slots, listen to newsroom and devices."""
        from datetime import timedelta

        from coso.broadcast import actions, handlers, kinds
        from coso.broadcast.adapters import LoudspeakerChannel, StationChannel
        from coso.channels.ports import register_channel
        from coso.kit.periodic import register_job

        register_channel(LoudspeakerChannel())
        register_channel(StationChannel())
        kinds.register()
        handlers.register()
        register_job("broadcast.renew_manifests", every=timedelta(minutes=5), run=actions.renew_manifests)
        from coso.broadcast.web import shell

        shell.register()

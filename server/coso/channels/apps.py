"""Channels as a Django app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ChannelsConfig(AppConfig):
    """The channel contract and the simple channels."""

    name = "coso.channels"
    label = "channels"
    verbose_name = _("Channels")

    def ready(self) -> None:
        """Plug in the simple channels and word the journal's entries."""
        from django.utils.translation import gettext

        from coso.channels.adapters import CommunicatorChannel, PortalChannel
        from coso.channels.ports import register_channel
        from coso.journal.ports import register_sentence

        register_channel(CommunicatorChannel())
        register_channel(PortalChannel())
        register_sentence(
            "reach.told", lambda entry: gettext("Told %(village)s the bulletin.") % {"village": entry.data["village"]}
        )
        register_sentence(
            "reach.telling_withdrawn",
            lambda entry: gettext("Took back that %(village)s was told.") % {"village": entry.data["village"]},
        )

"""Devices as a Django app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DevicesConfig(AppConfig):
    """The boxes: identity, enrolment, keys, heartbeat, faults. Boxes, not bulletins."""

    name = "coso.devices"
    label = "devices"
    verbose_name = _("Devices")

    def ready(self) -> None:
        """Name devices in references and in the journal; tell the registry how clusters are doing."""
        from coso.devices import kinds
        from coso.devices.web import shell

        kinds.register()
        shell.register()

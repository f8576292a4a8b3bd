"""Devices as a Django app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DevicesConfig(AppConfig):
    """The boxes: identity, enrolment, keys, heartbeat, faults. Boxes, not bulletins."""

    name = "coso.devices"
    label = "devices"
    verbose_name = _("Devices")

    def ready(self) -> None:
        """Name devices in references and in the journal."""
        from coso.devices import kinds

        kinds.register()

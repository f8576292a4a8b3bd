"""Registers as a Django app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RegistersConfig(AppConfig):
    """Registers in and out as .xlsx."""

    name = "coso.registers"
    label = "registers"
    verbose_name = _("Registers in and out")

"""Registers as a Django app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RegistersConfig(AppConfig):
    """Registers in and out as .xlsx."""

    name = "coso.registers"
    label = "registers"
    verbose_name = _("Registers in and out")

    def ready(self) -> None:
        """Word the journal, and put large files in the queue."""
        from coso.journal.bus import subscribe
        from coso.registers import sentences, tasks
        from coso.registers.events import WorkAsked

        sentences.register()
        subscribe(WorkAsked, tasks.when_asked)

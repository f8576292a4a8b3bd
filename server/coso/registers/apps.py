"""Registers as a Django app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RegistersConfig(AppConfig):
    """Registers in and out as .xlsx."""

    name = "coso.registers"
    label = "registers"
    verbose_name = _("Registers in and out")

    def ready(self) -> None:
        """Word the journal, put large files in the queue, have old ones erased."""
        from datetime import timedelta

        from coso.journal.bus import subscribe
        from coso.kit.periodic import register_job
        from coso.registers import actions, sentences, tasks
        from coso.registers.events import WorkAsked

        sentences.register()
        subscribe(WorkAsked, tasks.when_asked)
        register_job("registers.erase_old", every=timedelta(hours=1), run=actions.erase_old)

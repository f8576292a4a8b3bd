"""Registry as a Django app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RegistryConfig(AppConfig):
    """What stands where: stations, speaker clusters, and which villages they serve."""

    name = "coso.registry"
    label = "registry"
    verbose_name = _("Registry")

    def ready(self) -> None:
        """Word this app's entries of the journal, answer for references, stand on the rail."""
        from coso.registry import handlers, registers, sentences, tasks, writing
        from coso.registry.queries import figures
        from coso.registry.web import bodies, shell
        from coso.registry.web.coverage import shell as coverage
        from coso.registry.web.inspections import shell as inspections

        handlers.register()
        sentences.register()
        shell.register()
        bodies.register()
        figures.register()
        coverage.register()
        inspections.register()
        tasks.register()
        registers.register()
        writing.register()

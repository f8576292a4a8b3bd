"""The desk as a Django app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy


class DeskConfig(AppConfig):
    """The staff's shell."""

    name = "coso.desk"
    label = "desk"
    verbose_name = gettext_lazy("Desk")

    def ready(self) -> None:
        """Fill the shell, and join what apps know onto the pages of others."""
        from coso.desk.web import joins, shell
        from coso.desk.web.registers import shell as registers

        shell.register()
        registers.register()
        joins.register()

"""Organizations as a Django app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OrganizationsConfig(AppConfig):
    """Bodies, people and posts."""

    name = "coso.organizations"
    label = "organizations"
    verbose_name = _("Organizations")

    def ready(self) -> None:
        """Name people in the journal, word this app's entries, answer for references, stand on the rail."""
        from coso.journal.ports import register_actor_names
        from coso.organizations import sentences
        from coso.organizations.queries import person_name
        from coso.organizations.web import shell

        register_actor_names(person_name)
        sentences.register()
        shell.register()

"""Places as a Django app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PlacesConfig(AppConfig):
    """Dated administrative units."""

    name = "coso.places"
    label = "places"
    verbose_name = _("Places")

    def ready(self) -> None:
        """Word this app's entries of the journal."""
        from coso.places import sentences

        sentences.register()

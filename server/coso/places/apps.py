"""Places as a Django app."""

from datetime import timedelta

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PlacesConfig(AppConfig):
    """Dated administrative units."""

    name = "coso.places"
    label = "places"
    verbose_name = _("Places")

    def ready(self) -> None:
        """Word this app's entries of the journal, and keep the geography of today while days go by."""
        from coso.kit.periodic import register_job
        from coso.places import actions, sentences

        sentences.register()
        register_job("places.keep_today", every=timedelta(minutes=1), run=actions.keep_today)

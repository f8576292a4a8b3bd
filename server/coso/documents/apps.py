"""Documents as a Django app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DocumentsConfig(AppConfig):
    """Documents of the system."""

    name = "coso.documents"
    label = "documents"
    verbose_name = _("Documents")

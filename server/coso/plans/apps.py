"""Plans as a Django app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PlansConfig(AppConfig):
    """Tasks that a plan orders, who does them, by when, with which evidence."""

    name = "coso.plans"
    label = "plans"
    verbose_name = _("Plans")

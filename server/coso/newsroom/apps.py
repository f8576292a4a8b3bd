"""Newsroom as a Django app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NewsroomConfig(AppConfig):
    """Bulletins, their sound, review and approval."""

    name = "coso.newsroom"
    label = "newsroom"
    verbose_name = _("Newsroom")

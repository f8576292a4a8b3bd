"""Which facilities a body runs, told on its page."""

from collections.abc import Sequence

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from coso.organizations.models import Organization
from coso.organizations.ports import LINES_OF_A_BODY, register_body_lines
from coso.registry import queries
from coso.ui.lists import Line


def facilities_of(person: object, bodies: Sequence[Organization]) -> list[Line]:
    """List the facilities that some bodies run and that were not closed, as far as a person may see them."""
    rows = queries.facilities_seen_by(person).filter(organization__in=bodies, closed_on=None).order_by("sort_key", "pk")
    return [
        Line(row.name, reverse("registry:facility", args=[row.pk]), row.place.name) for row in rows[:LINES_OF_A_BODY]
    ]


def register() -> None:
    """Called from `AppConfig.ready`."""
    register_body_lines("facilities", _("Facilities that it runs"), facilities_of)

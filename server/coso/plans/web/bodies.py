"""In which open tasks a body has a part, told on its page."""

from collections.abc import Sequence

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from coso.kit import clock
from coso.organizations.models import Organization
from coso.organizations.ports import LINES_OF_A_BODY, register_body_lines
from coso.plans import queries
from coso.plans.web.chips import state_chip
from coso.ui.lists import Line


def tasks_of(person: object, bodies: Sequence[Organization]) -> list[Line]:
    """List the open tasks in which one of some bodies has a part, as far as a person may read them."""
    today = clock.today()
    rows = queries.open_tasks_of(person, list(bodies))[:LINES_OF_A_BODY]
    return [
        Line(str(task), reverse("plans:task", args=[task.pk]), str(task.document), state_chip(task, today))
        for task in rows
    ]


def register() -> None:
    """Called from `AppConfig.ready`."""
    register_body_lines("tasks", _("Open tasks"), tasks_of)

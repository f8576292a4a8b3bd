"""Newsroom as a Django app."""

from typing import TYPE_CHECKING

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.http import HttpRequest

    from coso.plans.models import Task


class NewsroomConfig(AppConfig):
    """Bulletins, their sound, review and approval."""

    name = "coso.newsroom"
    label = "newsroom"
    verbose_name = _("Newsroom")

    def ready(self) -> None:
        """Word the journal and the notices, put the entries on the rail, offer the step from a task."""
        from coso.journal.bus import subscribe
        from coso.newsroom import duties, policies, queries, sentences, tasks
        from coso.newsroom.events import SoundRequested
        from coso.organizations.policies import may
        from coso.organizations.ports import register_duties
        from coso.places.ports import Figure, register_figure
        from coso.plans.ports import TaskStep, register_step
        from coso.ui.ports import NavItem, register_nav

        sentences.register()
        subscribe(SoundRequested, tasks.when_requested)
        register_duties("newsroom", _("Bulletins not yet submitted"), duties.find, duties.hand_over, right=duties.RIGHT)
        register_nav(
            NavItem(
                key="newsroom",
                label=_("Bulletins"),
                icon="bulletin",
                url_name="newsroom:list",
                order=30,
                right=lambda request: may(request.user, policies.READ),
                badge=_waiting,
                phone=2,
            )
        )
        register_nav(
            NavItem(
                key="lexicon",
                label=_("Lexicon"),
                icon="language",
                url_name="newsroom:lexicon",
                order=230,
                right=lambda request: may(request.user, policies.WRITE) or policies.may_edit_lexicon(request.user),
            )
        )
        register_figure(
            Figure("ban-tin", _("Bulletins approved in the year, by place"), queries.approved_by_place, order=70)
        )
        register_step(TaskStep(label=_("Write a bulletin"), icon="bulletin", url=_write_for, right=policies.WRITE))


def _waiting(request: "HttpRequest") -> int | None:
    from coso.newsroom import queries

    return queries.count_waiting(request.user) or None


def _write_for(task: "Task") -> str:
    from django.urls import reverse

    return f"{reverse('newsroom:write')}?task={task.pk}"

"""Puts the schedule on the rail and the reach on a bulletin's page."""

from collections.abc import Sequence

from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from coso.broadcast import queries
from coso.broadcast.web import reach
from coso.newsroom.models import Bulletin, BulletinState
from coso.newsroom.ports import register_life, register_panel
from coso.organizations.policies import may
from coso.ui.parts import Step
from coso.ui.ports import NavItem, register_nav


def life(request: HttpRequest, bulletin: Bulletin) -> Sequence[Step]:
    """Give the dots that follow approval: on air, reached, counting the villages within the reader's scope."""
    if bulletin.state != BulletinState.APPROVED:
        return [Step(_("On air")), Step(_("Reached"))]
    summary = queries.reach_summary(bulletin, reach.rows_for(request, bulletin))
    reached, villages = summary["reached"], summary["villages"]
    alert = bulletin.alerts.order_by("created_at").first()
    slot = bulletin.slots.filter(cancelled_at=None).order_by("starts_at").first()
    at = alert.created_at if alert else slot.starts_at if slot else None
    words = _("Reached %(reached)s of %(all)s") % {"reached": reached, "all": villages}
    return [
        Step(_("On air"), "done" if summary["played"] else "now" if at else "ahead", at=at),
        Step(words, "done" if villages and reached == villages else "now" if reached else "ahead"),
    ]


def register() -> None:
    """Called from `AppConfig.ready`."""
    register_panel(reach.panel)
    register_life(life)
    register_nav(
        NavItem(
            key="broadcast",
            label=gettext_lazy("On air"),
            icon="broadcast",
            url_name="broadcast:slots",
            order=40,
            right=lambda request: may(request.user, "schedule.read"),
            phone=2,
        )
    )

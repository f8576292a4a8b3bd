"""The operations board of one emergency: black, read from three metres, nothing else on it."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from coso.broadcast import queries
from coso.broadcast.web.chips import reach_chip
from coso.broadcast.web.reach import visible_rows
from coso.newsroom import queries as newsroom
from coso.newsroom.models import Bulletin
from coso.organizations.doors import StaffRequest, staff


def _context(request: StaffRequest, bulletin: Bulletin) -> dict[str, Any]:
    rows = visible_rows(request.person, bulletin)
    return {
        "bulletin": bulletin,
        "summary": queries.reach_summary(bulletin, rows),
        "villages": [{"name": row.village.name, "chip": reach_chip(row)} for row in rows],
    }


@require_safe
@staff("reach.read")
def page(request: StaffRequest, bulletin_id: UUID) -> HttpResponse:
    """Show the board."""
    bulletin = newsroom.get_visible(request.person, bulletin_id)
    alert = bulletin.alerts.order_by("created_at").first()
    context = _context(request, bulletin) | {
        "title": bulletin.title,
        "sentence": ", ".join(area.name for area in bulletin.areas.all()),
        "released_at": alert.created_at if alert else bulletin.approved_at,
    }
    return render(request, "broadcast/board.html", context)


@require_safe
@staff("reach.read")
def fresh(request: StaffRequest, bulletin_id: UUID) -> HttpResponse:
    """Give the live part anew."""
    bulletin = newsroom.get_visible(request.person, bulletin_id)
    return render(request, "broadcast/board_live.html", _context(request, bulletin))

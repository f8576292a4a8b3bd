"""Every village accounted for: the reach of one bulletin on a map and in a table, live, and as .xlsx."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from coso.broadcast import actions, queries
from coso.broadcast.models import Slot
from coso.broadcast.queries import VillageReach
from coso.broadcast.web.chips import TONES, ground_words, reach_chip, slot_chip, state_words
from coso.channels import actions as channels
from coso.channels.rules import State
from coso.kit import clock
from coso.newsroom import queries as newsroom
from coso.newsroom.models import Bulletin, BulletinClass, BulletinState
from coso.organizations import policies
from coso.organizations.doors import StaffRequest, staff
from coso.organizations.models import Person
from coso.ui.lists import Column, Empty, Filter, ListSpec, list_response
from coso.ui.parts import Crumb, Point
from coso.ui.rows import MemoryRows
from coso.ui.units import Way, by_then, by_units, untraced_chip

SPEC = ListSpec(
    key="toi-dau",
    title=_("Where it has arrived"),
    columns=[
        Column("village", _("Village"), "village.name", sort="village.sort_key"),
        Column("commune", _("In the commune"), "village.parent.name", sort="village.parent.sort_key"),
        Column("state", _("State"), reach_chip, sort="state", kind="state"),
        Column("ground", _("Ground"), lambda row: ground_words()[row.ground]),
        Column("by", _("By"), "by_whom"),
        Column("at", _("When"), "at", sort="at", kind="when"),
        Column("clusters", _("Loudspeakers"), lambda row: "; ".join(row.clusters)),
        Column("why", _("Why not"), "sentence"),
        Column("on_the_way", _("Who is on the way"), lambda row: "; ".join(row.on_the_way)),
    ],
    search=("village.folded",),
    search_label=_("Search for a village"),
    filters=[
        Filter(
            "state",
            _("State"),
            lambda request: [(state.value, word) for state, word in state_words().items()],
            lambda rows, value: rows.keep(lambda row: row.state == value),
        )
    ],
    page_size=50,
    empty=Empty(
        _("No village lies in its area"), _("Choose a place with villages as the area of the bulletin."), icon="place"
    ),
)


def sentence_of(bulletin: Bulletin, rows: list[VillageReach]) -> str:
    """Say how far a bulletin has come, naming the villages not reached when they are few."""
    reached = sum(row.is_reached for row in rows)
    said = ngettext(
        "It has reached %(reached)s of %(all)s village.", "It has reached %(reached)s of %(all)s villages.", len(rows)
    ) % {"reached": reached, "all": len(rows)}
    left = [row for row in rows if row.state == State.NOT_REACHED]
    if 0 < len(left) <= 3 and reached:
        names = "; ".join(
            f"{row.village.name} ({row.sentence.rstrip('.')})" if row.sentence else row.village.name for row in left
        )
        said += " " + gettext("Not reached: %(villages)s.") % {"villages": names}
    return said


def _points(rows: list[VillageReach]) -> list[Point]:
    words = state_words()
    return [
        Point(
            key=row.village.code,
            name=row.village.name,
            lat=row.village.latitude,
            lon=row.village.longitude,
            state=TONES[row.state],
            word=words[row.state],
        )
        for row in rows
        if row.village.latitude is not None and row.village.longitude is not None
    ]


def _names(row: VillageReach, *, then: bool) -> dict[str, Any]:
    """Name a village and its commune of then or of today; of one that ended also what it was, or that nothing is known.

    A bulletin that was for villages of then is still told village by village: what became one stays two rows.
    """
    village, today = row.village, row.village.current
    recorded = ", ".join(unit.name for unit in (village, village.parent) if unit is not None)
    if then or today is None:
        unknown = None if then else untraced_chip(village.name)
        return {"name": village.name, "commune": village.parent, "unknown": unknown}
    return {"name": today.name, "commune": today.parent, "former": recorded if today != village else ""}


def _parts(request: StaffRequest, bulletin: Bulletin, rows: list[VillageReach]) -> dict[str, Any]:
    """Give what the live part of the page shows."""
    then = by_then(request)
    summary = queries.reach_summary(bulletin, rows)
    tellable = bulletin.state == BulletinState.APPROVED
    return {
        "bulletin": bulletin,
        "rows": [
            {
                "reach": row,
                "named": _names(row, then=then),
                "chip": reach_chip(row),
                "ground": ground_words()[row.ground],
                "may_tell": tellable and not row.is_reached and policies.may(request.person, "reach.tell", row.village),
                "may_untell": row.state == State.TOLD and policies.may(request.person, "reach.tell", row.village),
            }
            for row in rows
        ],
        "summary": summary,
        "reach_sentence": sentence_of(bulletin, rows),
        "points": _points(rows),
        "slots": _slots(request.person, bulletin),
        "alerts": bulletin.alerts.filter(action="play").order_by("created_at"),
        "stations": _stations(request.person, bulletin),
    }


@require_safe
@staff("reach.read")
def page(request: StaffRequest, bulletin_id: UUID) -> HttpResponseBase:
    """Show the reach of one bulletin; `export=xlsx` gives it as a file."""
    bulletin = newsroom.get_visible(request.person, bulletin_id)
    then = by_then(request)
    rows = visible_rows(request.person, bulletin, then=then)
    if "export" in request.GET:
        commune = Way("village.parent", now="village.current.parent")
        return list_response(request, *by_units(request, SPEC, MemoryRows(rows), village="village", commune=commune))
    context = _parts(request, bulletin, rows) | {
        "title": bulletin.title,
        "chip_of_class": bulletin.get_rank_display(),
        "is_emergency": bulletin.rank == BulletinClass.EMERGENCY,
        "may_plan": bulletin.state == BulletinState.APPROVED and policies.may(request.person, "schedule.edit"),
        "by_then": then,
        "version": queries.reach_version(bulletin),
        "crumbs": [Crumb(bulletin.title, reverse("newsroom:bulletin", args=[bulletin.pk]))],
    }
    return render(request, "broadcast/reach.html", context)


def visible_rows(person: object, bulletin: Bulletin, *, then: bool = False) -> list[VillageReach]:
    """Give the villages of a bulletin that lie within the person's scope: of today, or of the day of its approval."""
    day = clock.local(bulletin.approved_at).date() if then and bulletin.approved_at else None
    return [row for row in queries.reach_of(bulletin, day) if policies.may(person, "reach.read", row.village)]


def rows_for(request: HttpRequest, bulletin: Bulletin) -> list[VillageReach]:
    """Give the reader's villages of a bulletin, worked out once for all parts of one page."""
    known: dict[UUID, list[VillageReach]] = vars(request).setdefault("reach_rows", {})
    if bulletin.pk not in known:
        known[bulletin.pk] = visible_rows(request.user, bulletin)
    return known[bulletin.pk]


def _slots(person: Person, bulletin: Bulletin) -> list[dict[str, Any]]:
    now = clock.now()
    slots: list[Slot] = list(queries.slots_visible_to(person).filter(bulletin=bulletin).order_by("-starts_at")[:50])
    return [
        {
            "slot": slot,
            "chip": slot_chip(slot, now),
            "may_cancel": not slot.cancelled_at
            and slot.ends_at + timedelta(seconds=slot.grace_s) > now
            and policies.may(person, "schedule.edit", slot.place),
        }
        for slot in slots
    ]


def _stations(person: Person, bulletin: Bulletin) -> list[dict[str, Any]]:
    """Give the stations on no network within the person's scope, and who said that they have played."""
    visible = queries.stations_off_network(bulletin).filter(policies.scope(person, "reach.read", "place__path"))
    stated = bulletin.stated_plays.filter(withdrawn_at=None).select_related("stated_by")
    by_station = {one.station_id: one for one in stated}
    return [
        {
            "station": station,
            "stated": by_station.get(station.pk),
            "may_state": bulletin.state == BulletinState.APPROVED and policies.may(person, "reach.tell", station.place),
        }
        for station in visible.select_related("place")
    ]


@require_safe
@staff("reach.read")
def fresh(request: StaffRequest, bulletin_id: UUID) -> HttpResponse:
    """Give the live part anew, or 304 when nothing has happened since."""
    bulletin = newsroom.get_visible(request.person, bulletin_id)
    then = by_then(request)
    tag = f'"{queries.reach_version(bulletin)}{"-then" if then else ""}"'
    if request.headers.get("If-None-Match") == tag:
        return HttpResponse(status=304)
    rows = visible_rows(request.person, bulletin, then=then)
    response = render(request, "broadcast/reach_live.html", _parts(request, bulletin, rows))
    response["ETag"] = tag
    response["Cache-Control"] = "private, no-cache"
    return response


@require_POST
@staff("reach.tell")
def tell(request: StaffRequest, bulletin_id: UUID, village_id: int) -> HttpResponse:
    """State that one told a village; one touch."""
    bulletin = newsroom.get_visible(request.person, bulletin_id)
    telling = channels.tell_village(bulletin_id=bulletin.pk, village_id=village_id, by=request.person)
    messages.success(request, gettext("Noted: you told %(village)s.") % {"village": telling.village.name})
    return redirect("broadcast:reach", bulletin.pk)


@require_POST
@staff("reach.tell")
def untell(request: StaffRequest, bulletin_id: UUID, village_id: int) -> HttpResponse:
    """Take the word back."""
    bulletin = newsroom.get_visible(request.person, bulletin_id)
    channels.withdraw_telling(bulletin_id=bulletin.pk, village_id=village_id, by=request.person)
    messages.success(request, gettext("Your word was taken back."))
    return redirect("broadcast:reach", bulletin.pk)


@require_POST
@staff("reach.tell")
def state_played(request: StaffRequest, bulletin_id: UUID, station_id: int) -> HttpResponse:
    """State that a station on no network has played; one touch."""
    bulletin = newsroom.get_visible(request.person, bulletin_id)
    stated = actions.state_played(bulletin_id=bulletin.pk, station_id=station_id, by=request.person)
    messages.success(request, gettext("Noted: %(station)s has played it.") % {"station": stated.station.name})
    return redirect("broadcast:reach", bulletin.pk)


@require_POST
@staff("reach.tell")
def withdraw_played(request: StaffRequest, bulletin_id: UUID, station_id: int) -> HttpResponse:
    """Take the word about a station back."""
    bulletin = newsroom.get_visible(request.person, bulletin_id)
    actions.withdraw_played(bulletin_id=bulletin.pk, station_id=station_id, by=request.person)
    messages.success(request, gettext("Your word was taken back."))
    return redirect("broadcast:reach", bulletin.pk)


def panel(request: HttpRequest, bulletin: Bulletin) -> str:
    """Draw the panel on a bulletin's page: how far it has come, its times, the ways on."""
    person = request.user
    if bulletin.state not in (BulletinState.APPROVED, BulletinState.WITHDRAWN) or not isinstance(person, Person):
        return ""
    rows = rows_for(request, bulletin)
    summary = queries.reach_summary(bulletin, rows)
    context = {
        "bulletin": bulletin,
        "summary": summary,
        "reach_sentence": sentence_of(bulletin, rows),
        "slots": _slots(person, bulletin)[:5],
        "alerts": bulletin.alerts.filter(action="play").order_by("created_at"),
        "may_plan": bulletin.state == BulletinState.APPROVED and policies.may(person, "schedule.edit"),
    }
    return render_to_string("broadcast/panel.html", context, request)

"""The schedule: every slot, the day of each station, giving a bulletin its time and taking it back."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.db.models import Prefetch, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from coso.broadcast import actions, queries
from coso.broadcast.models import Slot
from coso.broadcast.rules.schedule import Stretch
from coso.broadcast.web.chips import slot_chip
from coso.broadcast.web.forms import CancelForm, PlanForm, chosen
from coso.kit import clock
from coso.kit.errors import BadInput
from coso.newsroom import queries as newsroom
from coso.newsroom.models import BulletinClass
from coso.organizations import policies
from coso.organizations.doors import StaffRequest, staff
from coso.registry.models import SpeakerCluster, Station
from coso.ui.lists import Action, Column, Empty, Filter, ListSpec, list_response
from coso.ui.parts import Crumb, Segment
from coso.ui.units import by_units


def _sentence(request: HttpRequest) -> str:
    now = clock.now()
    mine = queries.slots_visible_to(request.user).filter(cancelled_at=None)  # type: ignore[arg-type]
    on_air = mine.filter(starts_at__lte=now, ends_at__gt=now).count()
    to_come = mine.filter(starts_at__gt=now).count()
    if on_air:
        return ngettext("%(count)s bulletin is on air now.", "%(count)s bulletins are on air now.", on_air) % {
            "count": on_air
        }
    if to_come:
        return ngettext("%(count)s time is still to come.", "%(count)s times are still to come.", to_come) % {
            "count": to_come
        }
    return gettext("Nothing is on the schedule.")


def _when(rows: QuerySet[Slot], value: str) -> QuerySet[Slot]:
    now = clock.now()
    if value == "coming":
        return rows.filter(ends_at__gt=now, cancelled_at=None)
    if value == "over":
        return rows.filter(ends_at__lte=now, cancelled_at=None)
    return rows.exclude(cancelled_at=None)


SPEC = ListSpec(
    key="lich-phat",
    title=_("On air"),
    sentence=_sentence,
    columns=[
        Column("starts", _("Time"), "starts_at", sort="starts_at", kind="when"),
        Column("bulletin", _("Bulletin"), "bulletin.title", sort="bulletin__folded"),
        Column("place", _("Place"), "place.name", sort="place__sort_key"),
        Column("rank", _("Class"), lambda slot: slot.bulletin.get_rank_display(), sort="bulletin__rank"),
        Column("state", _("State"), lambda slot: slot_chip(slot, clock.now()), kind="state"),
        Column("by", _("Scheduled by"), lambda slot: str(slot.created_by or ""), shown=False),
    ],
    search=("bulletin__folded", "place__folded"),
    search_label=_("Search for a bulletin or a place"),
    filters=[
        Filter(
            "when",
            _("When"),
            [("coming", _("To come")), ("over", _("Over")), ("off", _("Taken off"))],
            _when,
        ),
        Filter(
            "rank",
            _("Class"),
            BulletinClass.choices,
            lambda rows, value: rows.filter(bulletin__rank=value),
        ),
    ],
    default_sort="-starts",
    empty=Empty(
        _("Nothing on the schedule yet"),
        _("Open an approved bulletin and give it a time; it then stands here."),
        _("Open the bulletins"),
        "/ban-lam-viec/ban-tin/",
        icon="broadcast",
    ),
    row_link=lambda slot: reverse("broadcast:reach", args=[slot.bulletin_id]),
    primary=Action(_("Today, station by station"), "/ban-lam-viec/phat-song/hom-nay/"),
)


@staff("schedule.read")
def slot_list(request: StaffRequest) -> HttpResponseBase:
    """List the slots."""
    return list_response(request, *by_units(request, SPEC, queries.slots_visible_to(request.person), place="place"))


@staff("schedule.read")
def day(request: StaffRequest) -> HttpResponse:
    """Show today as a strip of time for each station within the person's scope."""
    start = clock.start_of_day(clock.today())
    stations = list(
        Station.objects.filter(policies.scope(request.person, "schedule.read", "place__path"))
        .select_related("place")
        .prefetch_related(Prefetch("clusters", SpeakerCluster.objects.filter(retired_on=None)))
        .order_by("place__sort_key")[:100]
    )
    clusters = [cluster.pk for station in stations for cluster in station.clusters.all()]
    plans = queries.plans_of(clusters, start, start + timedelta(days=1))
    shown = [{"station": station, "strips": _strips(station, plans, start)} for station in stations]
    now = clock.local(clock.now())
    context = {
        "title": gettext("Today on air"),
        "sentence": f"{clock.today():%d/%m/%Y}",
        "stations": shown,
        "now": now.hour * 60 + now.minute,
        "crumbs": [Crumb(_("On air"), reverse("broadcast:slots"))],
    }
    return render(request, "broadcast/day.html", context)


Plan = list[tuple[Stretch, Slot]]


def _strips(station: Station, plans: Mapping[int, Plan], start: datetime) -> list[dict[str, Any]]:
    """Give a strip for each thing that is played today, with the clusters that play it: all, or by name."""
    clusters = list(station.clusters.all())
    alike: dict[tuple[Stretch, ...], list[SpeakerCluster]] = {}
    for cluster in clusters:
        alike.setdefault(tuple(stretch for stretch, _slot in plans[cluster.pk]), []).append(cluster)
    return [
        {
            "label": station.name if len(those) == len(clusters) else ", ".join(one.name for one in those),
            "segments": _segments(plans[those[0].pk], start),
        }
        for stretches, those in alike.items()
        if stretches
    ]


def _segments(plan: Plan, start: datetime) -> list[Segment]:
    """Give the parts of a strip from what a cluster plays on the day that begins at `start`."""
    found = []
    for stretch, slot in plan:
        begins = int((stretch.starts_at - start).total_seconds() // 60)
        ends = max(int((stretch.ends_at - start).total_seconds() // 60), begins + 1)
        found.append(
            Segment(
                max(begins, 0),
                ends,
                slot.bulletin.title,
                slot.bulletin.rank,
                reverse("broadcast:reach", args=[slot.bulletin_id]),
            )
        )
    return found


@staff("schedule.edit")
def plan(request: StaffRequest, bulletin_id: UUID) -> HttpResponse:
    """Give a bulletin a time on air."""
    bulletin = newsroom.get_visible(request.person, bulletin_id)
    form = PlanForm(request.POST or None, person=request.person, bulletin=bulletin)
    if request.method == "POST" and form.is_valid():
        starts_at, where = form.cleaned_data["starts_at"], chosen(form)
        try:
            # All places or none: a bulletin on the air in half of them is what nobody asked for.
            with transaction.atomic():
                for place in where:
                    actions.schedule_bulletin(
                        bulletin_id=bulletin.pk, place_id=place.pk, starts_at=starts_at, by=request.person
                    )
        except BadInput as error:
            form.take_errors(error.fields)
        else:
            at = clock.local(starts_at)
            messages.success(
                request,
                gettext("On the schedule: %(place)s at %(time)s.")
                % {"place": ", ".join(place.name for place in where), "time": f"{at:%H:%M %d/%m/%Y}"},
            )
            return redirect("broadcast:reach", bulletin.pk)
    context: dict[str, Any] = {
        "title": gettext("Give it a time on air"),
        "sentence": bulletin.title,
        "bulletin": bulletin,
        "form": form,
        "taken": queries.slots_visible_to(request.person)
        .filter(cancelled_at=None, ends_at__gt=clock.now())
        .order_by("starts_at")[:12],
        "crumbs": [Crumb(bulletin.title, reverse("newsroom:bulletin", args=[bulletin.pk]))],
    }
    return render(request, "broadcast/plan.html", context, status=422 if form.errors else 200)


@staff("schedule.edit")
def cancel(request: StaffRequest, slot_id: UUID) -> HttpResponse:
    """Take a time off the schedule, saying why."""
    slot = queries.get_visible_slot(request.person, slot_id)
    form = CancelForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.cancel_slot(slot_id=slot_id, by=request.person, reason=form.cleaned_data["reason"])
        except BadInput as error:
            form.take_errors(error.fields)
        else:
            messages.success(request, gettext("It is off the schedule; loudspeakers that play it stop."))
            return redirect("broadcast:reach", slot.bulletin_id)
    context = {
        "title": gettext("Take it off the schedule"),
        "sentence": gettext("%(bulletin)s, %(place)s, %(time)s")
        % {
            "bulletin": slot.bulletin.title,
            "place": slot.place.name,
            "time": f"{clock.local(slot.starts_at):%H:%M %d/%m/%Y}",
        },
        "slot": slot,
        "form": form,
        "crumbs": [Crumb(_("On air"), reverse("broadcast:slots"))],
    }
    return render(request, "broadcast/cancel.html", context, status=422 if form.errors else 200)

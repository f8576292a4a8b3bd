"""What waits for a person today, gathered from every app within the person's rights."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Case, Q, When
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from coso.broadcast import queries as broadcast
from coso.channels.rules import State
from coso.devices import queries as devices
from coso.documents import policies as document_policies
from coso.documents import queries as documents
from coso.documents.models import DocumentState
from coso.kit import clock
from coso.listening import queries as listening
from coso.listening.models import FeedbackState
from coso.newsroom import queries as newsroom
from coso.newsroom.models import BulletinClass, BulletinState
from coso.organizations import policies
from coso.organizations.models import Person
from coso.places.models import Place
from coso.plans import queries as plans
from coso.registry import queries as registry
from coso.registry.queries import defects
from coso.ui.chips import Chip, Tone
from coso.ui.lists import Line
from coso.ui.units import now_name

MOST = 6
RECENT_DAYS = 7
LOOKED_AT = 60
"""Recent bulletins whose villages are looked through for one page; each costs some queries."""


@dataclass(frozen=True)
class Waiting:
    """One kind of thing that waits: its lines, and where the rest is."""

    key: str
    title: str
    lines: list[Line]
    all_url: str = ""
    is_urgent: bool = False


@dataclass(frozen=True)
class ToTell:
    """A bulletin and the villages of a communicator that nobody has told yet."""

    bulletin: Any
    villages: list[Place] = field(default_factory=list)


def waiting_for(person: Person) -> list[Waiting]:
    """List what waits for a person, the most urgent first; kinds with nothing in them are left out."""
    groups = [
        _approvals(person),
        _returned(person),
        _feedback(person),
        _documents(person),
        _silent(person),
        _facilities(person),
        _unreached(person),
        _late_tasks(person),
    ]
    return [group for group in groups if group is not None and group.lines]


def _approvals(person: Person) -> Waiting | None:
    if not policies.may(person, "bulletin.approve"):
        return None
    emergency = Case(When(rank=BulletinClass.EMERGENCY, then=0), default=1)
    found = newsroom.waiting_for(person).order_by(emergency, "submitted_at", "pk")
    bulletins = found.select_related("author").prefetch_related("areas")[:MOST]
    lines = [
        Line(
            text=one.title,
            url=reverse("newsroom:bulletin", args=[one.pk]),
            about=", ".join(dict.fromkeys(now_name(area) for area in one.areas.all())),
            chip=Chip(one.get_rank_display(), Tone.DANGER, icon="siren")
            if one.rank == BulletinClass.EMERGENCY
            else Chip(_("Waits for you"), Tone.NEED),
            aside=str(one.author),
        )
        for one in bulletins
    ]
    urgent = any(one.rank == BulletinClass.EMERGENCY for one in bulletins)
    return Waiting("approve", _("To approve"), lines, reverse("newsroom:list") + "?viec=toi", urgent)


def _returned(person: Person) -> Waiting | None:
    if not policies.may(person, "bulletin.write"):
        return None
    lines = [
        Line(
            one.title,
            reverse("newsroom:bulletin", args=[one.pk]),
            chip=Chip(_("Came back"), Tone.NEED, icon="returned"),
        )
        for one in newsroom.returned_to(person)[:MOST]
    ]
    return Waiting("returned", _("Came back to you"), lines)


def _feedback(person: Person) -> Waiting | None:
    if not policies.may(person, "feedback.handle"):
        return None
    today = clock.today()
    found = (
        listening.visible_to(person)
        .filter(state__in=[FeedbackState.NEW, FeedbackState.IN_HAND])
        .order_by("due_on", "received_at")[:MOST]
    )
    lines = [
        Line(
            text=one.text if len(one.text) <= 90 else one.text[:89] + "…",
            url=reverse("listening:one", args=[one.pk]),
            about=now_name(one.place),
            chip=Chip(_("Late"), Tone.NEED, icon="late")
            if one.due_on < today
            else Chip(one.get_state_display(), Tone.NEED),
            aside=_("by %(day)s") % {"day": f"{one.due_on:%d/%m/%Y}"},
        )
        for one in found
    ]
    return Waiting("feedback", _("To answer"), lines, reverse("listening:feedback") + "?due=open")


def _documents(person: Person) -> Waiting | None:
    if not document_policies.may_confirm(person):
        return None
    lines = [
        Line(
            text=f"{one}: {one.title}",
            url=reverse("documents:document", args=[one.pk]),
            chip=Chip(one.get_state_display(), Tone.NEED),
        )
        for one in documents.visible_to(person).filter(state=DocumentState.READ)[:MOST]
    ]
    return Waiting("documents", _("To confirm"), lines, reverse("documents:documents") + "?state=read")


def _silent(person: Person) -> Waiting | None:
    if not policies.may(person, "device.read"):
        return None
    silent = list(devices.silent(devices.visible_to(person)).order_by("heard_at")[: MOST + 1])
    lines = [
        Line(
            text=one.cluster.name if one.cluster else one.serial,
            url=reverse("registry:cluster", args=[one.cluster_id]) if one.cluster_id else "",
            about=now_name(one.cluster.station.place) if one.cluster else "",
            chip=Chip(_("Silent"), Tone.NEED, icon="offline"),
            aside=_("since %(time)s") % {"time": f"{clock.local(one.heard_at):%H:%M %d/%m}"}
            if one.heard_at
            else _("never heard"),
        )
        for one in silent[:MOST]
    ]
    return Waiting("silent", _("Loudspeakers that are silent"), lines)


def _facilities(person: Person) -> Waiting | None:
    """Count the institutions that stand unused, the licences that are missing or end soon, and the overdue defects."""
    if not policies.may(person, "registry.edit"):
        return None
    mine = registry.facilities_edited_by(person)
    unused, licences = mine.filter(registry.unused()).count(), mine.filter(registry.badly_licensed()).count()
    words = ngettext(
        "%(count)s institution had no activity in the last 3 months",
        "%(count)s institutions had no activity in the last 3 months",
        unused,
    ) % {"count": unused}
    radio = ngettext(
        "%(count)s FM station has no frequency licence, or one that ends within 60 days",
        "%(count)s FM stations have no frequency licence, or one that ends within 60 days",
        licences,
    ) % {"count": licences}
    overdue = defects.defects_seen_by(person).filter(defects.UNSETTLED, due_on__lt=clock.today()).count()
    late = ngettext("%(count)s defect is past its deadline", "%(count)s defects are past their deadline", overdue) % {
        "count": overdue
    }
    address = reverse("registry:facilities")
    lines = [
        Line(said, url, chip=Chip(word, Tone.NEED, icon=icon))
        for count, said, url, word, icon in [
            (overdue, late, f"{reverse('registry:defects')}?overdue=yes", _("Overdue"), "late"),
            (unused, words, f"{address}?state=unused", _("Unused"), "late"),
            (licences, radio, f"{address}?state=licence", _("Licence"), "radio"),
        ]
        if count
    ]
    return Waiting("facilities", _("Facilities to look after"), lines, address)


def _unreached(person: Person) -> Waiting | None:
    """Name the recent bulletins with villages not reached; whose villages it can see, it counts."""
    if not policies.may(person, "reach.read"):
        return None
    since = clock.now() - clock.days(RECENT_DAYS)
    recent = newsroom.visible_to(person).filter(state=BulletinState.APPROVED, approved_at__gte=since)
    lines: list[Line] = []
    for one in recent.order_by("-approved_at")[:LOOKED_AT]:
        if len(lines) == MOST:
            break
        rows = [row for row in broadcast.reach_of(one) if policies.may(person, "reach.read", row.village)]
        left = [row for row in rows if row.state == State.NOT_REACHED]
        if left:
            said = ngettext("%(count)s village is not reached", "%(count)s villages are not reached", len(left))
            lines.append(
                Line(
                    text=one.title,
                    url=reverse("broadcast:reach", args=[one.pk]),
                    about=said % {"count": len(left)},
                    aside=f"{sum(row.is_reached for row in rows)}/{len(rows)}",
                    chip=Chip(_("Not reached"), Tone.NEED),
                )
            )
    return Waiting("unreached", _("Not yet with everybody"), lines)


def _late_tasks(person: Person) -> Waiting | None:
    if not policies.may(person, "task.report"):
        return None
    parts = list(plans.late_parts(plans.parts_of(person))[:MOST])
    lines = [
        Line(
            text=f"{one.occurrence.task.ref}. {one.occurrence.task.title[:110]}",
            url=reverse("plans:part", args=[one.pk]),
            about=one.organization.name,
            chip=Chip(_("Late"), Tone.NEED, icon="late"),
            aside=f"{one.deadline:%d/%m/%Y}",
        )
        for one in parts
    ]
    return Waiting("tasks", _("Tasks past their time"), lines, reverse("plans:mine"))


def to_tell(person: Person) -> list[ToTell]:
    """List the recent bulletins that have not reached villages which this person tells in person."""
    if not policies.may(person, "village.tell"):
        return []
    since = clock.now() - clock.days(RECENT_DAYS)
    # What is over need not be told any more.
    holds = Q(expires_at=None) | Q(expires_at__gt=clock.now())
    recent = newsroom.visible_to(person).filter(holds, state=BulletinState.APPROVED, approved_at__gte=since)
    found = []
    for one in recent.order_by("-approved_at")[:LOOKED_AT]:
        mine = [
            row.village
            for row in broadcast.reach_of(one)
            if not row.is_reached and policies.may(person, "village.tell", row.village)
        ]
        if mine:
            found.append(ToTell(one, mine))
    return found


@dataclass(frozen=True)
class Found:
    """What a search found in one app."""

    title: str
    lines: list[Line]
    all_url: str


def search(person: Person, folded: str) -> list[Found]:
    """Search everything a person may see by folded words; kinds in which nothing is found are left out."""
    words = folded.split()[:8]
    if not words:
        return []
    groups = [
        _search(_("Bulletins"), newsroom.visible_to(person), words, "newsroom:list", "newsroom:bulletin", str),
        _search(_("Tasks"), plans.visible_tasks(person), words, "plans:tasks", "plans:task", str),
        _search(_("Documents"), documents.visible_to(person), words, "documents:documents", "documents:document",
                lambda one: f"{one}: {one.title}"),
        _search(_("What people say"), listening.visible_to(person), words, "listening:feedback", "listening:one",
                lambda one: one.text[:110]),
    ]  # fmt: skip
    return [group for group in groups if group.lines]


def _search(title: str, rows: Any, words: Iterable[str], list_url: str, one_url: str, text: Any) -> Found:
    for word in words:
        rows = rows.filter(folded__contains=word)
    lines = [Line(text(one), reverse(one_url, args=[one.pk])) for one in rows[:MOST]]
    return Found(title, lines, reverse(list_url))

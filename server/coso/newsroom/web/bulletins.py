"""The list of bulletins and the page of one."""

from typing import Any

from django.db.models import Q
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from coso.kit import refs
from coso.newsroom import policies, ports, queries
from coso.newsroom.models import Bulletin, BulletinClass, BulletinState, Sound
from coso.newsroom.rules.review import Standing, Step
from coso.newsroom.web import words
from coso.newsroom.web.forms import RecordingForm
from coso.newsroom.web.sides import sides
from coso.organizations import policies as posts
from coso.organizations.choosing import communes_with
from coso.organizations.doors import StaffRequest, staff
from coso.organizations.models import Person
from coso.places import queries as places
from coso.places.models import Level, Place
from coso.ui.lists import Action, Choices, Column, Empty, Filter, ListSpec, list_response
from coso.ui.units import by_then, name_of_then, switch, untraced_chip


@staff(policies.READ)
def bulletins(request: StaffRequest) -> HttpResponseBase:
    """List the bulletins a person may know of."""
    return list_response(request, _spec(request.person, then=by_then(request)), queries.for_list(request.person))


def _spec(person: Person, *, then: bool) -> ListSpec:
    asking = set(queries.waiting_for(person).values_list("pk", flat=True))
    asking |= set(queries.returned_to(person).values_list("pk", flat=True))
    writes = posts.may(person, policies.WRITE)
    write = Action(_("Write a bulletin"), reverse("newsroom:write")) if writes else None
    return ListSpec(
        key="ban-tin",
        title=gettext_lazy("Bulletins"),
        sentence=_standing(len(asking)),
        columns=[
            Column("title", gettext_lazy("Title of the bulletin"), "title", sort="folded"),
            Column(
                "state",
                gettext_lazy("State"),
                lambda row: words.chip(row, asks_you=row.pk in asking),
                sort="state",
                kind="state",
            ),
            Column("rank", gettext_lazy("Class"), words.rank_chip, sort="rank", kind="state"),
            Column("areas", gettext_lazy("Where it is heard"), lambda row: _areas(row, then=then)),
            Column("author", gettext_lazy("Author"), "author.full_name", sort="author__sort_key"),
            Column("created", gettext_lazy("Written on"), "created_at", sort="created_at", kind="when"),
            Column("approved", gettext_lazy("Approved"), "approved_at", sort="approved_at", kind="when", shown=False),
            Column("until", gettext_lazy("Holds until"), "expires_at", sort="expires_at", kind="when", shown=False),
        ],
        search=["folded"],
        search_label=gettext_lazy("Search in titles and texts"),
        filters=[
            Filter("viec", gettext_lazy("Work"), _WORK, lambda rows, _value: rows.filter(pk__in=asking)),
            Filter(
                "trang-thai",
                gettext_lazy("State"),
                BulletinState.choices,
                lambda rows, value: rows.filter(state=value),
            ),
            Filter("loai", gettext_lazy("Class"), BulletinClass.choices, lambda rows, value: rows.filter(rank=value)),
            Filter(
                "noi",
                gettext_lazy("Where it is heard"),
                _communes_of_then if then else communes_with(policies.READ),
                _heard_in,
            ),
            Filter("nguoi", gettext_lazy("Author"), _authors, lambda rows, value: rows.filter(author=value)),
            switch(),
        ],
        default_sort="-created",
        row_link=lambda row: reverse("newsroom:bulletin", args=[row.pk]),
        primary=write,
        empty=Empty(
            gettext_lazy("No bulletin yet"),
            gettext_lazy("A bulletin is written once and goes out over every channel."),
            gettext_lazy("Write a bulletin") if writes else "",
            reverse("newsroom:write") if writes else "",
            "bulletin",
        ),
    )


_WORK = [("toi", gettext_lazy("Waits for me"))]


def _standing(asking: int) -> str:
    if not asking:
        return _("Nothing waits for you here.")
    return ngettext("%(count)s bulletin waits for you.", "%(count)s bulletins wait for you.", asking) % {
        "count": asking
    }


def _communes_of_then(request: HttpRequest) -> Choices:
    """List the communes that bulletins were for, or for whose villages; those that ended with their last day."""
    links = Bulletin.areas.through.objects.filter(bulletin__in=queries.visible_to(request.user).order_by().values("pk"))
    named = Q(pk__in=links.values("place")) | Q(pk__in=links.values("place__parent"))
    found = Place.objects.filter(named, level=Level.COMMUNE)
    return [(str(commune.pk), name_of_then(commune)) for commune in found]


def _areas(bulletin: Bulletin, *, then: bool) -> Any:
    """Name the areas: as they were, or by the units of today that hold them; one that nobody traced keeps its name."""
    areas = list(bulletin.areas.all())
    if then:
        return words.area_words(areas)
    if areas and all(area.current is None for area in areas):
        return untraced_chip(words.area_words(areas))
    return words.area_words({area.current or area for area in areas})


def _authors(request: HttpRequest) -> Choices:
    found = Person.objects.filter(pk__in=queries.visible_to(request.user).order_by().values("author"))
    return [(str(pk), name) for pk, name in found.values_list("pk", "full_name")]


def _heard_in(rows: Any, value: str) -> Any:
    """Keep the bulletins that a commune hears: for it, for a village of it, for the province around it.

    A commune of today hears what was for those of then that went into it; one of then what was for itself.
    """
    commune = Place.objects.filter(pk=value, level=Level.COMMUNE).first()
    if commune is None:
        return rows.none()
    heard = Bulletin.objects.filter(places.hung_on(commune, "areas") | places.hung_above(commune, "areas"))
    return rows.filter(pk__in=heard.order_by().values("pk"))


@staff(policies.READ)
def bulletin(request: StaffRequest, bulletin_id: Any) -> HttpResponseBase:
    """Show one bulletin: where it stands, what it says, how it sounds, what happened."""
    found = queries.get_visible(request.person, bulletin_id)
    return render(request, "newsroom/bulletin.html", page(request, found))


def page(request: StaffRequest, found: Bulletin, recording: RecordingForm | None = None) -> dict[str, Any]:
    """Gather what the page of a bulletin shows."""
    person = request.person
    standing = policies.standing(person, found)
    heard = queries.current_sound(found)
    steps = policies.steps(person, found, has_sound=heard is not None)
    villages = queries.villages_of(found).count()
    takes_part = standing.writes or standing.approves or posts.may(person, "journal.read")
    returned = words.return_reason(found) if found.state == BulletinState.RETURNED and takes_part else None
    written = queries.written_text(found.title, found.body)
    return {
        "bulletin": found,
        "title": found.title,
        "sentence": words.lead(found, steps, has_sound=heard is not None, villages=villages),
        "crumbs": [(_("Bulletins"), reverse("newsroom:list")), (found.title, "")],
        "chip": words.chip(found, asks_you=Step.APPROVE in steps or (returned is not None and standing.had_a_hand)),
        "rank": words.rank_chip(found),
        "can": {str(step): True for step in steps},
        # What was returned is first put right; once the text has changed, submitting comes first again.
        "edit_first": returned is not None and returned[1] == found.revision,
        "reason": returned[0] if returned else "",
        "life": words.life(request, found),
        "areas": words.area_words(found.areas.all(), most=12),
        "villages": villages,
        "sides": sides(written, queries.spoken(found.title, found.body)),
        "may_teach": policies.may_edit_lexicon(person),
        **sound_context(found, standing, steps, heard),
        "recording": recording or RecordingForm(),
        "entries": words.history(found, with_reasons=takes_part),
        "panels": ports.panels(request, found),
        "origin": _about(found.origin, person),
        "task": _about(f"task:{found.task_id}" if found.task_id else "", person),
        "earlier": list(found.revisions.filter(number__lt=found.revision)) if takes_part else [],
    }


def sound_context(found: Bulletin, standing: Standing, steps: frozenset[Step], heard: Sound | None) -> dict[str, Any]:
    """Gather what the panel of a bulletin's sound shows."""
    latest = queries.latest_sound(found)
    under_way = latest if latest is not None and latest.state in queries.UNDER_WAY else None
    trouble = latest if latest is not None and latest.state in {"failed", "stopped"} else None
    stale = heard is not None and not heard.is_recording and heard.spoken_text != _spoken(found)
    return {
        "bulletin": found,
        "heard": heard,
        "length": words.length(heard.duration_ms) if heard is not None else "",
        "under_way": under_way,
        "trouble": trouble,
        "trouble_words": _(trouble.error) if trouble is not None and trouble.error else "",
        "may_make": Step.MAKE_SOUND in steps and under_way is None and (heard is None or stale),
        "may_stop": standing.writes or standing.approves,
        "is_stale": stale and Step.MAKE_SOUND in steps,
    }


def _spoken(found: Bulletin) -> str:
    return queries.spoken(found.title, found.body).text


def _about(ref: str, person: Person) -> tuple[str, str] | None:
    """Give name and address of the record a bulletin answers, when the reader may know of it."""
    return refs.describe(refs.Ref.parse(ref), person) if ref else None

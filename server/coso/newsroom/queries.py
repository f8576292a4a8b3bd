"""Reading bulletins, their sound and their spoken text."""

from collections import Counter
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import F, Prefetch, Q, QuerySet

from coso.kit import clock
from coso.kit.errors import NotFound
from coso.newsroom import policies
from coso.newsroom.models import Bulletin, BulletinClass, BulletinState, LexiconWord, Sound, SoundState
from coso.newsroom.rules.speech import LexiconEntry, SpokenText, speak_text
from coso.organizations import policies as posts
from coso.organizations.models import Person
from coso.places import queries as places
from coso.places.models import Place

UNDER_WAY = (SoundState.WAITING, SoundState.MAKING)


def visible_to(person: object) -> QuerySet[Bulletin]:
    """List the bulletins a person may know of, newest first, each once."""
    # A subquery, because several areas within one scope would repeat the row.
    return Bulletin.objects.filter(pk__in=Bulletin.objects.filter(policies.visible(person)).values("pk"))


def get_visible(person: object, bulletin_id: UUID | str) -> Bulletin:
    """Give one bulletin with what its page shows, or raise NotFound when it is out of the person's scope."""
    bulletin = (
        visible_to(person)
        .filter(pk=_uuid(bulletin_id))
        .select_related("author", "approved_by", "organization", "task__document")
        .prefetch_related("areas__parent", "hands")
        .first()
    )
    if bulletin is None:
        raise NotFound
    return bulletin


def lock(person: object, bulletin_id: UUID | str) -> Bulletin:
    """Lock one bulletin for a change, or raise NotFound when it is out of the person's scope."""
    found = visible_to(person).filter(pk=_uuid(bulletin_id))
    bulletin = found.select_for_update().first()
    if bulletin is None:
        raise NotFound
    return bulletin


def _uuid(typed: UUID | str) -> UUID:
    if isinstance(typed, UUID):
        return typed
    try:
        return UUID(str(typed))
    except ValueError:
        raise NotFound from None


def waiting_for(person: object) -> QuerySet[Bulletin]:
    """List the submitted bulletins that a person may approve or return, the oldest submission first."""
    beyond = _areas_beyond(person, policies.APPROVE)
    unreleasable = Q(rank=BulletinClass.EMERGENCY, pk__in=_areas_beyond(person, policies.RELEASE))
    mine = Q(author=_pk(person)) | Q(
        pk__in=Bulletin.hands.through.objects.filter(person=_pk(person)).values("bulletin")
    )
    return (
        visible_to(person)
        .filter(state=BulletinState.SUBMITTED, areas__isnull=False)
        .exclude(pk__in=beyond)
        .exclude(unreleasable)
        .exclude(mine)
        .distinct()
        .order_by("submitted_at", "pk")
    )


def _areas_beyond(person: object, right: str) -> QuerySet[Any, Any]:
    """List the ids of submitted bulletins with an area at which a person lacks a right."""
    # Every page of the desk counts what waits: the few submitted ones are looked at, not all there ever were.
    links = Bulletin.areas.through.objects.filter(bulletin__state=BulletinState.SUBMITTED)
    return links.exclude(posts.scope(person, right, "place__path")).values("bulletin")


def _pk(person: object) -> int | None:
    return person.pk if isinstance(person, Person) else None


def approvers_of(bulletin: Bulletin) -> list[Person]:
    """List who may decide on a bulletin: the right at every area, for an emergency one more, and no hand in it."""
    rights = [policies.APPROVE]
    if bulletin.rank == BulletinClass.EMERGENCY:
        rights.append(policies.RELEASE)
    able: dict[int, Person] | None = None
    for place in bulletin.areas.all():
        for right in rights:
            here = {person.pk: person for person in posts.people_with(right, place)}
            able = here if able is None else {pk: person for pk, person in able.items() if pk in here}
    hands = {bulletin.author_id, *bulletin.hands.values_list("pk", flat=True)}
    return [person for pk, person in (able or {}).items() if pk not in hands]


def returned_to(person: object) -> QuerySet[Bulletin]:
    """List a person's own bulletins that came back for changes."""
    return visible_to(person).filter(state=BulletinState.RETURNED, author=_pk(person))


def count_waiting(person: object) -> int:
    """Count what asks something of a person now: to approve, or his own that came back."""
    waiting = waiting_for(person).count() if posts.may(person, policies.APPROVE) else 0
    returned = returned_to(person).count() if posts.may(person, policies.WRITE) else 0
    return waiting + returned


def public() -> QuerySet[Bulletin]:
    """List what the portal shows: approved, public, not over; the newest approval first."""
    return Bulletin.objects.filter(
        Q(expires_at=None) | Q(expires_at__gt=clock.now()), state=BulletinState.APPROVED, is_public=True
    ).order_by("-approved_at", "-pk")


def sounds_of(bulletins: Iterable[Bulletin]) -> dict[UUID, Sound]:
    """Give the sound that goes out for each bulletin that has one, in one query.

    It is ready, of the present revision, with its file; a recording goes before a synthesized voice.
    """
    revision = {bulletin.pk: bulletin.revision for bulletin in bulletins}
    rows = (
        Sound.objects.filter(bulletin_id__in=revision, state=SoundState.READY, mp3__isnull=False)
        .select_related("mp3", "opus")
        .order_by("is_recording", "made_at", "pk")
    )
    # The last of this order wins: the newest recording, else the newest synthesis.
    return {sound.bulletin_id: sound for sound in rows if sound.revision == revision[sound.bulletin_id]}


def current_sound(bulletin: Bulletin) -> Sound | None:
    """Give the sound that goes out for one bulletin; None while it has none."""
    return sounds_of([bulletin]).get(bulletin.pk)


def audible(bulletins: Iterable[Bulletin]) -> set[UUID]:
    """Tell which of these bulletins have a sound that goes out, in one query."""
    ready = Sound.objects.filter(state=SoundState.READY, revision=F("bulletin__revision"))
    return set(ready.filter(bulletin__in=[one.pk for one in bulletins]).values_list("bulletin_id", flat=True))


def latest_sound(bulletin: Bulletin) -> Sound | None:
    """Give the newest attempt at a sound of the present revision, whatever came of it."""
    return Sound.objects.filter(bulletin=bulletin, revision=bulletin.revision).order_by("-pk").first()


def sound_under_way(bulletin: Bulletin) -> Sound | None:
    """Give the sound of the present revision that is being made, if one is."""
    return Sound.objects.filter(bulletin=bulletin, revision=bulletin.revision, state__in=UNDER_WAY).first()


def submission_of(bulletin: Bulletin) -> str:
    """Name the submission that a bulletin's approver has before him; "" before the first."""
    return clock.iso(bulletin.submitted_at) if bulletin.submitted_at else ""


def villages_of(bulletin: Bulletin, day: date | None = None) -> QuerySet[Place]:
    """List the villages in a bulletin's areas on a day (today), each once; of an area that ended, those of its last."""
    return places.villages_on(bulletin.areas.all(), day)


def lexicon_entries() -> list[LexiconEntry]:
    """List the operator's readings, which win over those that come with the program."""
    return [
        LexiconEntry(written=word.written, spoken=word.spoken, before=word.before, after=word.after, note=word.note)
        for word in LexiconWord.objects.all()
    ]


def written_text(title: str, body: str) -> str:
    """Join title and body as they are read aloud: the title first, a pause after it."""
    return f"{title.strip()}\n\n{body.strip()}".strip()


def spoken(title: str, body: str) -> SpokenText:
    """Say a title and a body in words, by the lexicon of this system. Spans are those of `written_text`."""
    return speak_text(written_text(title, body), lexicon=lexicon_entries())


def writable_places(person: object) -> QuerySet[Place]:
    """List the places of today for which a person may write, at every level, in Vietnamese order."""
    return places.now().filter(posts.scope(person, policies.WRITE, "path")).select_related("parent")


def approved_by_place(day: date) -> dict[int, int]:
    """Count the bulletins approved from 1 January to a day by the places they are for; one for two counts for each."""
    span = (clock.start_of_day(date(day.year, 1, 1)), clock.start_of_day(day + timedelta(days=1)))
    approved = Bulletin.objects.filter(approved_at__gte=span[0], approved_at__lt=span[1])
    return dict(Counter(approved.exclude(areas=None).order_by().values_list("areas", flat=True)))


def for_list(person: object) -> QuerySet[Bulletin]:
    """List what a person may know of with the names a list shows, in a fixed number of queries."""
    return (
        visible_to(person)
        .select_related("author")
        .prefetch_related(Prefetch("areas", Place.objects.select_related("parent", "current__parent")))
    )

"""How a bulletin is told on pages: its chip, its areas, where it stands, its life, its history."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from coso.journal import ports as sentences
from coso.journal import queries as journal
from coso.journal.models import Entry as Record
from coso.kit import clock
from coso.kit.refs import Ref
from coso.newsroom import ports, queries
from coso.newsroom.models import Bulletin, BulletinClass, BulletinState
from coso.newsroom.rules import review
from coso.newsroom.rules.review import Step
from coso.places.models import Level, Place
from coso.ui.chips import Chip, Tone
from coso.ui.forms import Text
from coso.ui.parts import Entry
from coso.ui.parts import Step as Dot

RANKS: dict[str, Text] = {
    BulletinClass.NORMAL: gettext_lazy(
        "The commune chooses when to play it. It keeps to the hours of quiet. For what can wait: vaccination days, "
        "markets, payments."
    ),
    BulletinClass.PRIORITY: gettext_lazy(
        "It comes first in the programme; where two meet, the commune settles their order. It never sounds in the "
        "hours of quiet. For what must be known soon: water cuts, dengue nearby."
    ),
    BulletinClass.EMERGENCY: gettext_lazy(
        "It sounds at once, over every programme and in the hours of quiet too. Only for disaster, fire, epidemic or "
        "danger to life. Released by a second person."
    ),
}
RANK_ICONS = {"normal": "bulletin", "priority": "flag", "emergency": "siren"}
RANK_TONES = {"priority": "need", "emergency": "danger"}

_CHIPS = {
    BulletinState.DRAFT: (gettext_lazy("Draft"), Tone.WAITING, "draft"),
    BulletinState.SUBMITTED: (gettext_lazy("Waiting for approval"), Tone.WAITING, "waiting"),
    BulletinState.RETURNED: (gettext_lazy("Returned for changes"), Tone.WAITING, "returned"),
    BulletinState.APPROVED: (gettext_lazy("Approved"), Tone.DONE, "approve"),
    BulletinState.WITHDRAWN: (gettext_lazy("Withdrawn"), Tone.OFF, "withdrawn"),
}


def chip(bulletin: Bulletin, *, asks_you: bool = False) -> Chip:
    """Give the state as a chip; amber when the reader is the one who must act."""
    if asks_you and bulletin.state == BulletinState.SUBMITTED:
        return Chip(gettext_lazy("Waits for your approval"), Tone.NEED)
    if asks_you and bulletin.state == BulletinState.RETURNED:
        return Chip(gettext_lazy("Returned to you"), Tone.NEED, "returned")
    if bulletin.state == BulletinState.APPROVED and review.has_expired(bulletin.expires_at, clock.now()):
        return Chip(gettext_lazy("Its time is over"), Tone.OFF, "archive")
    word, tone, icon = _CHIPS[BulletinState(bulletin.state)]
    return Chip(word, tone, icon)


def rank_chip(bulletin: Bulletin) -> Chip:
    """Give the class as a chip; red is kept for emergencies."""
    tones = {BulletinClass.EMERGENCY: Tone.DANGER, BulletinClass.PRIORITY: Tone.ACTIVE}
    rank = BulletinClass(bulletin.rank)
    return Chip(rank.label, tones.get(rank, Tone.WAITING), RANK_ICONS[bulletin.rank])


def area_words(areas: Iterable[Place], most: int = 3) -> str:
    """Name the areas of a bulletin, villages with their commune; beyond a few, say how many more there are."""
    places = sorted(areas, key=_order)
    groups: dict[Place | None, list[str]] = {}
    for place in places[:most]:
        groups.setdefault(place.parent if place.level == Level.VILLAGE else None, []).append(place.name)
    names = "; ".join(_group(commune, villages) for commune, villages in groups.items())
    more = len(places) - most
    if more <= 0:
        return names
    return ngettext("%(names)s and %(more)s more place", "%(names)s and %(more)s more places", more) % {
        "names": names,
        "more": more,
    }


def _order(place: Place) -> tuple[bool, str, str]:
    is_village = place.level == Level.VILLAGE
    return (is_village, place.parent.sort_key if is_village and place.parent else "", place.sort_key)


def _group(commune: Place | None, names: list[str]) -> str:
    listed = ", ".join(names)
    return _("%(villages)s (%(commune)s)") % {"villages": listed, "commune": commune.name} if commune else listed


def consequence(bulletin: Bulletin, villages: int) -> str:
    """Say what happens once a bulletin is approved."""
    told = {"count": villages, "areas": area_words(bulletin.areas.all())}
    if not villages:
        return _("It will be for %(areas)s, where the system knows no village yet.") % told
    if bulletin.rank == BulletinClass.EMERGENCY:
        return _("It will be played AT ONCE to %(count)s villages, in the hours of quiet too: %(areas)s.") % told
    if bulletin.rank == BulletinClass.PRIORITY:
        return _("It will be played to %(count)s villages, first in the programme: %(areas)s.") % told
    return _("It will be played to %(count)s villages, at the hours that the commune chooses: %(areas)s.") % told


def lead(bulletin: Bulletin, steps: frozenset[Step], *, has_sound: bool, villages: int) -> str:
    """Say in one sentence where a bulletin stands and what comes next."""
    match BulletinState(bulletin.state):
        case BulletinState.DRAFT if has_sound:
            return _("A draft that can be heard. Listen to it, then submit it for approval.")
        case BulletinState.DRAFT:
            return _("A draft. Its sound comes next: listen to it before you submit it.")
        case BulletinState.RETURNED:
            return _("Returned for changes. Put right what is asked for and submit it again.")
        case BulletinState.SUBMITTED if Step.APPROVE in steps:
            return _("It waits for you: read it, listen to it, then approve or return it.")
        case BulletinState.SUBMITTED:
            return _waiting_for(bulletin)
        case BulletinState.APPROVED if review.has_expired(bulletin.expires_at, clock.now()):
            return _("Its time is over; it is not played any more.")
        case BulletinState.APPROVED:
            told = {"count": villages, "areas": area_words(bulletin.areas.all())}
            return _("Approved, for %(count)s villages: %(areas)s.") % told
        case _:
            return _("Withdrawn; it is not played and not shown.")


def _waiting_for(bulletin: Bulletin) -> str:
    names = [person.full_name for person in queries.approvers_of(bulletin)[:3]]
    if not names:
        return _("It waits for approval, and nobody holds the post to approve it. Tell the administrator.")
    return _("It waits for approval by %(names)s.") % {"names": _(" or ").join(names)}


def life(request: HttpRequest, bulletin: Bulletin) -> list[Dot]:
    """Give the life line as the reader may know it: draft, submitted, approved, on air, reached."""
    state = BulletinState(bulletin.state)
    approved, submitted = bulletin.approved_at is not None, bulletin.submitted_at is not None
    dots = [
        Dot(_("Draft"), "done", bulletin.created_at, bulletin.author.full_name),
        Dot(_("Submitted"), "done" if submitted else "ahead", bulletin.submitted_at),
    ]
    if state == BulletinState.RETURNED:
        dots[1] = Dot(_("Returned"), "now", bulletin.submitted_at)
    by = bulletin.approved_by.full_name if bulletin.approved_by else ""
    waits = state == BulletinState.SUBMITTED
    label = _("Waiting for approval") if waits else _("Approved")
    dots.append(Dot(label, "done" if approved else "ahead", bulletin.approved_at, by))
    if state == BulletinState.WITHDRAWN:
        return [dot for dot in dots if dot.state == "done"] + [Dot(_("Withdrawn"), "failed")]
    after = ports.life_after_approval(request, bulletin) if approved else []
    dots += after or [Dot(_("On air")), Dot(_("Reached"))]
    present = next((place for place, dot in enumerate(dots) if dot.state == "ahead"), None)
    if present is not None and not after and state != BulletinState.RETURNED:
        told = dots[present]
        dots[present] = Dot(told.label, "now", told.at, told.by, told.url)
    return dots


def history(bulletin: Bulletin, *, with_reasons: bool, most: int = 30) -> list[Entry]:
    """Tell what happened to a bulletin, newest first; reasons only to those who take part in the review."""
    records: Sequence[Record] = list(journal.history(Ref("bulletin", str(bulletin.pk)))[:most])
    names = sentences.actors_of(records)
    return [
        Entry(
            at=record.at,
            sentence=sentences.sentence_of(record),
            by=_("The system") if record.actor == "system" else names[sentences.key_of(record)],
            note=_reason(record) if with_reasons else "",
        )
        for record in records
    ]


def _reason(record: Record) -> Any:
    reason = getattr(record, "reason", None)
    return reason.text if reason is not None else ""


def length(milliseconds: int | None) -> str:
    """Say how long a sound is."""
    seconds = round((milliseconds or 0) / 1000)
    minutes, seconds = divmod(seconds, 60)
    if not minutes:
        return _("%(seconds)s seconds") % {"seconds": seconds}
    return _("%(minutes)s minutes %(seconds)s seconds") % {"minutes": minutes, "seconds": seconds}


def return_reason(bulletin: Bulletin) -> tuple[str, int] | None:
    """Give why a bulletin was last returned and at which revision; None when it never was."""
    record = journal.history(Ref("bulletin", str(bulletin.pk))).filter(verb="bulletin.returned").first()
    if record is None:
        return None
    return str(_reason(record)), int(record.data.get("revision", 0))


def whole(place: Place) -> str:
    """Say of a province or a commune that all of it is meant."""
    return _("all communes and villages") if place.level == Level.PROVINCE else _("all villages")

"""What every change of a bulletin looks at before anything is written."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from coso.kit import clock, text
from coso.kit.errors import BadInput, NotAllowed
from coso.newsroom import policies, queries
from coso.newsroom.models import Bulletin
from coso.newsroom.rules import review
from coso.newsroom.rules.review import Rank, State, Step
from coso.organizations import policies as posts
from coso.organizations.models import Person
from coso.places.models import Place


@dataclass(frozen=True)
class Content:
    """What a person wrote, tidied and within every limit."""

    title: str
    body: str
    rank: Rank
    areas: list[Place]
    expires_at: datetime | None


def content(
    *, by: Person, title: str, body: str, rank: str, areas: Sequence[Place], expires_at: datetime | None
) -> Content:
    """Tidy and check what a person wrote; raise BadInput with a sentence beside each wrong field."""
    if not posts.may(by, policies.WRITE):
        raise NotAllowed(policies.WRITE)
    wrong: dict[str, list[str]] = {}
    title, body = text.squeeze(_printable(title)), text.nfc(_printable(body)).strip()
    if not title:
        wrong["title"] = [_("Write a title.")]
    elif len(title) > review.TITLE_MOST:
        wrong["title"] = [too_long(len(title), review.TITLE_MOST)]
    if not body:
        wrong["body"] = [_("Write what people are to hear.")]
    elif len(body) > review.BODY_MOST:
        wrong["body"] = [too_long(len(body), review.BODY_MOST)]
    if rank not in set(Rank):
        wrong["rank"] = [_("Choose one of the three classes.")]
    if expires_at is not None and review.has_expired(expires_at, clock.now()):
        wrong["expires_at"] = [_("The time until which it holds must lie ahead.")]
    if faults := _wrong_areas(by, areas):
        wrong["areas"] = faults
    if wrong:
        raise BadInput(fields=wrong)
    kept = set(review.outermost([place.path for place in areas]))
    chosen = {place.pk: place for place in areas if place.path in kept}
    return Content(title, body, Rank(rank), list(chosen.values()), expires_at)


def _printable(typed: str) -> str:
    """Give line ends one form and drop signs that nobody typed (PostgreSQL refuses NUL in a text)."""
    plain = typed.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(c for c in plain if c in "\n\t" or (c.isprintable() or c.isspace()))


def too_long(length: int, most: int) -> str:
    """Say how much too long a text is."""
    return _("It has %(length)s characters; at most %(most)s fit. Shorten it.") % {"length": length, "most": most}


def _wrong_areas(by: Person, areas: Sequence[Place]) -> list[str]:
    if not areas:
        return [_("Choose at least one place that is to hear it.")]
    if len(areas) > review.AREAS_MOST:
        return [
            _("Choose at most %(most)s places; a commune stands for all of its villages.") % {"most": review.AREAS_MOST}
        ]
    today = clock.today()
    over = [place.name for place in areas if not place.is_valid_on(today)]
    if over:
        return [
            _("%(places)s: these units do not exist today. Choose the units that followed them.")
            % {"places": ", ".join(over)}
        ]
    beyond = [place.name for place in areas if not policies.may_write_at(by, [place])]
    if beyond:
        return [_("%(places)s: your post does not write bulletins there.") % {"places": ", ".join(beyond)}]
    return []


def reason(typed: str) -> str:
    """Tidy a reason; raise BadInput when it is too short to help anybody, or too long."""
    tidy = text.nfc(_printable(typed)).strip()
    if len(tidy) < review.REASON_LEAST:
        sentence = ngettext(
            "Write the reason in a few words (at least %(least)s character).",
            "Write the reason in a few words (at least %(least)s characters).",
            review.REASON_LEAST,
        )
        raise BadInput(fields={"reason": [sentence % {"least": review.REASON_LEAST}]})
    if len(tidy) > review.REASON_MOST:
        raise BadInput(fields={"reason": [too_long(len(tidy), review.REASON_MOST)]})
    return tidy


def has_sound(bulletin: Bulletin) -> bool:
    """Tell whether a ready sound of the present revision exists."""
    return queries.current_sound(bulletin) is not None


def steps(by: Person, bulletin: Bulletin) -> frozenset[Step]:
    """Give what a person may do with a locked bulletin now."""
    return policies.steps(by, bulletin, has_sound=has_sound(bulletin))


def state_of(bulletin: Bulletin) -> State:
    """Give the state as the rules know it."""
    return State(bulletin.state)


def lock(by: Person, bulletin_id: UUID | str) -> Bulletin:
    """Lock a bulletin that a person may know of."""
    return queries.lock(by, bulletin_id)

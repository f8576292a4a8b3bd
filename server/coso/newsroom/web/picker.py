"""Choosing places within one's right: what is chosen stays ticked, the rest is found by name; no script needed."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q

from coso.kit import text
from coso.newsroom import policies, queries
from coso.newsroom.web import words
from coso.organizations import policies as posts
from coso.organizations.models import Person
from coso.places.models import Level, Place

MOST = 24
_LEVELS = {Level.PROVINCE: 0, Level.DISTRICT: 1, Level.COMMUNE: 2, Level.VILLAGE: 3}


@dataclass(frozen=True)
class Choice:
    """One place to tick."""

    place: Place
    about: str
    chosen: bool


@dataclass(frozen=True)
class Picker:
    """What the picker shows: chosen places first, then those found."""

    choices: list[Choice]
    found: bool
    """Whether any place fits what was typed, besides those chosen already."""
    typed: str
    more: int
    """How many places were found beyond those shown."""


def picker(person: Person, chosen: Iterable[int | str], typed: str = "") -> Picker:
    """Gather the places to tick; ids that are no places of this person's are left out."""
    ids = {int(pk) for pk in chosen if str(pk).isascii() and str(pk).isdigit() and len(str(pk)) < 18}
    writable = queries.writable_places(person)
    ticked = sorted(writable.filter(pk__in=ids), key=_order)
    words_typed = text.fold(typed).split()[:5]
    if words_typed:
        found = writable
        for word in words_typed:
            # A village is also found by its commune: "thôn 6 sơn kim".
            found = found.filter(Q(folded__contains=word) | Q(parent__folded__contains=word, level=Level.VILLAGE))
    else:
        roots = [place.pk for place in posts.places_with(person, policies.WRITE)]
        found = writable.filter(pk__in=roots) | writable.filter(parent__in=roots)
    rest = sorted(found.exclude(pk__in=[place.pk for place in ticked]), key=_order)
    choices = [_choice(place, True) for place in ticked] + [_choice(place, False) for place in rest[:MOST]]
    return Picker(choices, bool(rest) or not words_typed, typed, max(len(rest) - MOST, 0))


def _order(place: Place) -> tuple[int, str, str]:
    parent = place.parent.sort_key if place.parent and place.level == Level.VILLAGE else ""
    return (_LEVELS[Level(place.level)], parent, place.sort_key)


def _choice(place: Place, chosen: bool) -> Choice:
    about = place.parent.name if place.level == Level.VILLAGE and place.parent else words.whole(place)
    return Choice(place, about, chosen)

"""Choosing one unit among thousands by a few words of its name, and saying each so that no two are confused."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Case, IntegerField, Q, QuerySet, Value, When

from coso.kit import clock
from coso.places.models import Level, Place
from coso.places.rules import names, typed

MOST_MATCHES = 20
_MOST_WORDS = 8
_LOOKED_AT = 100
"""So many are put in order; among more, another word is needed anyway."""
_LEVELS = [When(level=level, then=Value(rank)) for rank, level in enumerate(Level.values)]


@dataclass(frozen=True)
class Match:
    """A unit that may be meant, as it is said: 'Thôn 3, xã Kỳ Xuân'."""

    place: Place
    words: str


@dataclass(frozen=True)
class Matches:
    """The first units that may be meant, the likeliest first."""

    found: list[Match]
    more: bool
    """Whether there are others: a further word helps."""


def matches(words: str, among: QuerySet[Place], *, most: int = MOST_MATCHES) -> Matches:
    """Find the units whose name, with that of the unit above, has all the words typed, with or without marks.

    A word finds what begins with it, and a type may be shortened: 'tdp 5 tran phu' finds Tổ dân phố 5 of Phường
    Trần Phú. Nothing typed finds the first units there are, the upper levels first.
    """
    name = typed.take_apart(words)
    code = words.strip().replace("\0", "")
    found = among.filter(_means(name) | Q(code=code) if name.whole else Q()).annotate(
        fit=Case(
            When(folded=name.whole, then=Value(0)),
            When(folded__startswith=name.whole, then=Value(1)),
            default=Value(2),
            output_field=IntegerField(),
        ),
        rank=Case(*_LEVELS, output_field=IntegerField()),
    )
    ordered = found.select_related("parent").order_by("fit", "rank", "sort_key", "parent__sort_key", "code")
    rows = sorted(ordered[:_LOOKED_AT], key=lambda unit: not _in_order(name.whole.split(), unit))
    return Matches(said(rows[:most]), more=len(rows) > most)


def said(units: Sequence[Place]) -> list[Match]:
    """Say units, each with the one above it where that tells something, and its code where the name comes twice.

    The units should have their `parent` joined.
    """
    return [Match(unit, words) for unit, words in zip(units, _told_apart(units), strict=True)]


def with_above(unit: Place) -> str:
    """Say one unit with the one above it: 'Thôn 3, xã Kỳ Xuân'; what lies under the province needs no more."""
    above = unit.parent
    days = "" if unit.is_valid_on(clock.today()) else f" ({_days(unit)})"
    if above is None or above.level == Level.PROVINCE:
        return f"{unit.name}{days}"
    return f"{unit.name}, {names.in_sentence(above.name)}{days}"


def _days(unit: Place) -> str:
    until = f"{unit.valid_to:%d/%m/%Y}" if unit.valid_to else "…"
    return f"{unit.valid_from:%d/%m/%Y}–{until}"


def _told_apart(units: Sequence[Place]) -> Iterable[str]:
    # Asked of the whole table, not of what is shown: a unit is called the same before and after it was chosen.
    namesakes = Place.objects.filter(folded__in={unit.folded for unit in units}, valid_to=None)
    count: Counter[tuple[str, int | None, str]] = Counter(
        namesakes.order_by().values_list("folded", "parent_id", "level")
    )
    for unit in units:
        words = with_above(unit)
        twice = count[unit.folded, unit.parent_id, unit.level] > (unit.valid_to is None)
        yield f"{words} ({unit.code})" if twice and unit.level != Level.PROVINCE else words


def _in_order(words: Sequence[str], unit: Place) -> bool:
    """Tell whether the words come one after the other: 'thon 2 son kim 1' is not Thôn 1 of Xã Sơn Kim 2."""
    own = f"{unit.folded} {unit.parent.folded if unit.parent else ''}".split()
    rest = iter(own)
    return all(any(part.startswith(word) for part in rest) for word in words)


def _means(name: typed.Name) -> Q:
    """Give the filter: every word as typed, or, where the type was shortened, of that type with the other words."""
    meant = _all_words(name.whole.split())
    bare = name.bare.split()
    for kind in name.kinds:
        meant |= Q(folded__startswith=f"{kind} ") & _all_words(bare)
    return meant


def _all_words(words: Sequence[str]) -> Q:
    found = Q()
    for word in words[:_MOST_WORDS]:
        found &= _has(word, "") | _has(word, "parent__") | Q(code__iexact=word)
    return found


def _has(word: str, prefix: str) -> Q:
    return Q(**{f"{prefix}folded__startswith": word}) | Q(**{f"{prefix}folded__contains": f" {word}"})

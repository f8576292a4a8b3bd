"""What went into a unit and what followed it, since the first list: as a picture of boxes and lines, and as a table."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext

from coso.places import queries as units
from coso.places.models import Place, Succession
from coso.ui import show

WIDE, GAP, HIGH, STEP, HEAD = 176, 44, 40, 48, 28
"""The width of a column, the space between two, the height of a box and of a row, the height of the dates on top."""
MOST = 60
"""A picture of more boxes tells nothing; the table still does."""
_LONGEST = 23
TWO_LEVELS = date(2025, 6, 30)
"""From here on days are known: the lists before give years (Luật 72/2025/QH15 ended the old units on this day)."""


@dataclass(frozen=True)
class Box:
    """One unit, from the column in which it begins to the last one in which it lasts."""

    place: Place
    x: int
    y: int
    width: int
    words: str
    about: str
    is_here: bool

    @property
    def baseline(self) -> int:
        """Where the name is written."""
        return self.y + 17

    @property
    def second_line(self) -> int:
        """Where the code is written."""
        return self.y + 32


@dataclass(frozen=True)
class Line:
    """One link between two boxes; dashed when it is not verified."""

    path: str
    is_verified: bool
    words: str
    x: int
    y: int


@dataclass(frozen=True)
class Picture:
    """All that is drawn."""

    width: int
    height: int
    columns: list[tuple[int, str]]
    boxes: list[Box]
    lines: list[Line]


@dataclass(frozen=True)
class Row:
    """One line of the table: what went where, how much of it, and how that is known."""

    link: Succession
    old_seen: bool
    new_seen: bool
    words: str
    removable: bool

    @property
    def old_days(self) -> str:
        """From when until when the old unit was."""
        return span_words(self.link.predecessor)

    @property
    def new_days(self) -> str:
        """From when until when its successor is."""
        return span_words(self.link.successor)


def family(found: Place) -> list[Succession]:
    """Give every link on the ways to a unit and on those from it, the earliest first; both units with their parents."""
    before, after = units.linked_to([found.pk], back=True), units.linked_to([found.pk])
    wanted = Succession.objects.filter(successor__in=before) | Succession.objects.filter(predecessor__in=after)
    return list(
        wanted.select_related("predecessor__parent", "successor__parent", "change").order_by(
            "predecessor__valid_to", "predecessor__sort_key", "-is_default", "pk"
        )
    )


def share_words(link: Succession) -> str:
    """Say how much of a unit went over, and what is not sure about it."""
    words = []
    if not link.is_whole:
        if link.share is None:
            words.append(gettext("in part, share unknown"))
        else:
            words.append(gettext("%(share)s per cent") % {"share": show.number(round(link.share * 100, 1))})
    if not link.is_verified:
        words.append(gettext("not verified"))
    return ", ".join(words)


def day_words(place: Place, day: date | None) -> str:
    """Write a day of a unit's life; only its year where the day was taken and not known."""
    if day is None:
        return ""
    return f"{day:%d/%m/%Y}" if place.dates_verified or day >= TWO_LEVELS else f"{day:%Y}"


def span_words(place: Place) -> str:
    """Write from when until when a unit is."""
    begins = day_words(place, place.valid_from)
    if place.valid_to is None:
        return gettext("since %(day)s") % {"day": begins}
    return f"{begins}–{day_words(place, place.valid_to)}"


def rows(links: Iterable[Succession], seen: set[int], *, open_for: int = 0) -> list[Row]:
    """Make the table; a unit outside the reader's scope is named without a way to its page.

    `open_for` is the unit whose own links may be taken back, where no change made them.
    """
    return [
        Row(
            link,
            link.predecessor_id in seen,
            link.successor_id in seen,
            share_words(link) or gettext("whole"),
            link.predecessor_id == open_for and link.change_id is None,
        )
        for link in links
    ]


def picture(found: Place, links: list[Succession]) -> Picture | None:
    """Lay the boxes out: a column for each day on which something began, a row for each first unit."""
    places = {found.pk: found}
    for link in links:
        places |= {link.predecessor_id: link.predecessor, link.successor_id: link.successor}
    if len(places) < 2 or len(places) > MOST:
        return None
    days = sorted({place.valid_from for place in places.values()})
    heights = _heights(places, links)
    boxes = {pk: _box(place, days, heights[pk], here=pk == found.pk) for pk, place in places.items()}
    return Picture(
        width=len(days) * (WIDE + GAP) - GAP,
        height=HEAD + round((max(heights.values()) + 1) * STEP),
        columns=[(number * (WIDE + GAP), _head(day, places.values())) for number, day in enumerate(days)],
        boxes=list(boxes.values()),
        lines=[_line(boxes[link.predecessor_id], boxes[link.successor_id], link) for link in links],
    )


def _head(day: date, places: Iterable[Place]) -> str:
    return next(day_words(place, day) for place in places if place.valid_from == day)


def _heights(places: Mapping[int, Place], links: list[Succession]) -> dict[int, float]:
    """Give each unit its row: first units one after another, a later one amid those that it was made of."""
    origins: dict[int, list[int]] = defaultdict(list)
    followed = set()
    for link in links:
        origins[link.successor_id].append(link.predecessor_id)
        followed.add(link.predecessor_id)
    heights: dict[int, float] = {}
    asked: set[int] = set()
    free = 0

    def put(pk: int) -> None:
        nonlocal free
        asked.add(pk)
        own = [old for old in origins[pk] if old not in asked]
        for old in own:
            if old not in asked:
                put(old)
        if own:
            heights[pk] = (heights[own[0]] + heights[own[-1]]) / 2
        else:
            heights[pk] = float(free)
            free += 1

    for pk in sorted(places, key=lambda pk: (pk in followed, places[pk].valid_from, places[pk].sort_key)):
        if pk not in asked:
            put(pk)
    return heights


def _box(place: Place, days: list[date], height: float, *, here: bool) -> Box:
    begins = days.index(place.valid_from)
    lasts = [number for number, day in enumerate(days) if place.is_valid_on(day)]
    columns = (lasts[-1] if lasts else begins) - begins + 1
    name = place.name if len(place.name) <= _LONGEST else f"{place.name[: _LONGEST - 1].rstrip()}…"
    return Box(
        place=place,
        x=begins * (WIDE + GAP),
        y=HEAD + round(height * STEP),
        width=columns * (WIDE + GAP) - GAP,
        words=name,
        about=place.code,
        is_here=here,
    )


def _line(old: Box, new: Box, link: Succession) -> Line:
    x1, y1, x2, y2 = old.x + old.width, old.y + HIGH // 2, new.x, new.y + HIGH // 2
    if x2 <= x1:
        # It was taken into a unit that stood beside it already.
        x1, x2 = old.x + old.width // 2, old.x + old.width // 2
        y1, y2 = (old.y + HIGH, new.y) if new.y > old.y else (old.y, new.y + HIGH)
    middle = (x1 + x2) // 2
    words = "" if link.is_whole else (f"{show.number(round((link.share or 0) * 100))} %" if link.share else "?")
    # The share stands where the line leaves: in its midst lines cross.
    return Line(f"M{x1} {y1}C{middle} {y1} {middle} {y2} {x2} {y2}", link.is_verified, words, x1 + 16, y1 - 4)


def told(found: Place, seen: Any, *, may_change: bool) -> dict[str, Any]:
    """Give what the page of a unit shows of its history."""
    links = family(found)
    ids = {pk for link in links for pk in (link.predecessor_id, link.successor_id)}
    known = set(seen.filter(pk__in=ids).values_list("pk", flat=True))
    return {"picture": picture(found, links), "rows": rows(links, known, open_for=found.pk if may_change else 0)}

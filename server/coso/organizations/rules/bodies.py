"""What is true of bodies over time: who followed whom, and what may not be."""

import re
from collections.abc import Iterable, Mapping
from datetime import date

from coso.kit.text import fold

Span = tuple[date | None, date | None]
"""A first and a last day, both counting; an empty one is open."""


def overlap(one: Span, other: Span) -> bool:
    """Tell whether two spans of time share a day."""
    return _begins_by(one[0], other[1]) and _begins_by(other[0], one[1])


def _begins_by(first: date | None, last: date | None) -> bool:
    return first is None or last is None or first <= last


def heir(start: int, successors: Mapping[int, int], ended: Mapping[int, date], day: date) -> int | None:
    """Give the body that holds on a day what was another's: itself while it lasts, else at the end of its chain.

    `successors` maps a body to the one that followed it, `ended` a body to its last day; bodies that still last are
    missing there. None when the chain breaks off, or leads back into itself.
    """
    seen: set[int] = set()
    found: int | None = start
    while found is not None and found in ended and ended[found] < day:
        if found in seen:
            return None
        seen.add(found)
        found = successors.get(found)
    return found


def would_circle(sources: Iterable[int], target: int, successors: Mapping[int, int]) -> bool:
    """Tell whether letting one body follow others would lead some chain back into itself."""
    wanted = set(sources)
    seen: set[int] = set()
    here: int | None = target
    while here is not None and here not in seen:
        if here in wanted:
            return True
        seen.add(here)
        here = successors.get(here)
    return False


def is_body_code(code: str) -> bool:
    """Tell whether a body's code is 2 to 40 of a–z, 0–9 and hyphen, beginning with a letter."""
    return re.fullmatch(r"[a-z][a-z0-9-]{1,39}", code) is not None


def code_from(name: str) -> str:
    """Propose a code for a body of a name: 'Trung tâm Văn hóa' → 'trung-tam-van-hoa'."""
    bare = re.sub(r"[^a-z0-9]+", "-", fold(name)).strip("-")
    return bare if len(bare) <= 40 else bare[:40].rpartition("-")[0] or bare[:40]

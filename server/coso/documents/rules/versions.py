"""A document that amends another: which tasks stay, which change and how, which are new, which are gone."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from rapidfuzz import fuzz

from coso.kit.text import fold

Row = dict[str, Any]
ALIKE = 80.0
"""From so many per cent on two titles, folded, are the same task in other words."""
SURELY_ALIKE = 92.0
"""From so many on they are, whatever their numbers."""
_FIELDS = ("title", "lead", "unit", "coordinating", "implementing", "items", "time_text", "due", "recurrence")
_AMENDS = re.compile(r"\b(?:sửa đổi|bổ sung|thay thế|điều chỉnh)\b", re.IGNORECASE)


class Kind(StrEnum):
    """What became of a task."""

    SAME = "same"
    CHANGED = "changed"
    NEW = "new"
    GONE = "gone"


@dataclass(frozen=True)
class Difference:
    """What became of one task; `before` and `after` are places among the rows of the two documents."""

    kind: Kind
    before: int | None
    after: int | None
    fields: tuple[str, ...] = ()
    """Which values changed."""


def compare(before: Sequence[Row], after: Sequence[Row]) -> list[Difference]:
    """Tell what became of each task, in the order of the later document, those gone at the end.

    A task is known again by its number where the words are alike, else by its words.
    """
    pairs = _pairs(before, after)
    found = []
    for i, row in enumerate(after):
        earlier = pairs.get(i)
        if earlier is None:
            found.append(Difference(Kind.NEW, None, i))
            continue
        changed = tuple(name for name in _FIELDS if _plain(before[earlier].get(name)) != _plain(row.get(name)))
        found.append(Difference(Kind.CHANGED if changed else Kind.SAME, earlier, i, changed))
    gone = set(range(len(before))) - set(pairs.values())
    return found + [Difference(Kind.GONE, i, None) for i in sorted(gone)]


def _pairs(before: Sequence[Row], after: Sequence[Row]) -> dict[int, int]:
    """Map each row of the later document to the one of the earlier that it is; the most alike first."""
    said = [_words(row) for row in before]
    scored = []
    for i, row in enumerate(after):
        words = _words(row)
        for j, other in enumerate(said):
            score = fuzz.token_sort_ratio(words, other)
            same_ref = bool(row.get("ref")) and row.get("ref") == before[j].get("ref")
            if score >= SURELY_ALIKE or (same_ref and score >= ALIKE):
                scored.append((-(score + (5 if same_ref else 0)), i, j))
    pairs: dict[int, int] = {}
    for _score, i, j in sorted(scored):
        if i not in pairs and j not in pairs.values():
            pairs[i] = j
    return pairs


def _words(row: Row) -> str:
    return fold(str(row.get("title") or "") or " ".join([*(row.get("unit") or []), *(row.get("items") or [])]))[:2000]


def _plain(value: object) -> object:
    if isinstance(value, list):
        return sorted(fold(str(one)) for one in value)
    return fold(str(value)) if value else []


def likely_amended(title: str, text: str, known: Sequence[tuple[str, str, str]]) -> int | None:
    """Give which of some documents, each (number, symbol, title), a document most likely amends; None when none.

    One whose number and symbol it cites within a sentence that amends, else one with nearly its title.
    """
    for i, (number, symbol, _title) in enumerate(known):
        if number and symbol:
            cited = re.search(rf"\b{re.escape(number)}\s*/\s*{re.escape(symbol)}(?![\w-])", text)
            if cited and _AMENDS.search(text[max(0, cited.start() - 200) : cited.start()]):
                return i
    wanted = fold(title)
    if len(wanted) < 20:
        return None
    scores = [(fuzz.ratio(wanted, fold(other)), -i) for i, (_n, _s, other) in enumerate(known)]
    best = max(scores, default=(0.0, 0))
    return -best[1] if best[0] >= 90.0 else None

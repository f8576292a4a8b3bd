"""The parts of a file: the document itself, what is attached behind its signature, annexes, and a second document."""

from __future__ import annotations

import re
from collections.abc import Sequence

from .closing import Closing
from .header import has_motto, has_number
from .kinds import kind_of_line
from .lines import Kind, Line

_ANNEX = re.compile(r"PHỤ LỤC\b|PHỤ BIỂU\b|BIỂU (?:MẪU|SỐ)\b|DANH MỤC\b|MẪU SỐ\b")
# How far from the motto the number and the kind of a second document may stand.
_NUMBER_WITHIN = 14
_KIND_WITHIN = 30


def split_parts(lines: Sequence[Line], closing: Closing) -> list[list[Line]]:
    """Give three parts: before the signature, what is attached behind it (a decision's plan), and the annexes."""
    before, after = list(lines[: closing.begins_at]), list(lines[closing.ends_at :])
    annex = next((i for i, line in enumerate(after) if _opens_annex(line)), len(after))
    return [before, after[:annex], after[annex:]]


def _opens_annex(line: Line) -> bool:
    return line.kind is Kind.TEXT and line.passage.text.isupper() and _ANNEX.match(line.passage.text) is not None


def find_second_head(lines: Sequence[Line], body_at: int) -> int | None:
    """Find where a second document opens: another motto with another number and kind near it; None if there is none.

    The plan attached to a decision may repeat the motto, but has no number of its own.
    """
    for index in range(body_at, len(lines)):
        line = lines[index]
        if line.kind is not Kind.TEXT or not has_motto(line.passage):
            continue
        near = lines[index : index + _NUMBER_WITHIN]
        kinds = lines[index : index + _KIND_WITHIN]
        numbered = any(has_number(one.passage) for one in near if one.kind is Kind.TEXT)
        named = any(one.passage.text.isupper() and kind_of_line(one.passage.text) for one in kinds)
        if numbered and named:
            return _with_what_stands_above(lines, index, body_at)
    return None


def _with_what_stands_above(lines: Sequence[Line], index: int, body_at: int) -> int:
    """Take the issuer's lines in capitals, which stand above the motto, with the second document."""
    begin = index
    for at in range(index - 1, max(body_at, index - 8) - 1, -1):
        line = lines[at]
        if line.kind is Kind.TEXT and line.passage and not line.passage.text.isupper():
            break
        if line.kind is Kind.TEXT:
            begin = at
    return begin

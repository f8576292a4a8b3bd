"""The text as lines: words, blanks, and the bars that part the cells of a table.

A table comes either as one cell a line between lonely bars (a web page turned into markdown), or as
rows `| a | b |`. Both become cells between bars; two bars in a row end a table's row.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum

from .passages import Passage, clean, join

_RULE = re.compile(r"[\s*_=\-–—.|:+]*\Z")
_ROW = re.compile(r"\s*\|.*\|.*\S")
# No table of an office has more columns; a scanner's noise may.
_MOST_BARS = 40
_HASHES = re.compile(r"\s{0,3}#{1,6}\s+")
_LONELY_DASH = re.compile(r"[-–+]\Z")
_OPENS_LIKE_ITEM = re.compile(r"[-–—•+|]|\d{1,2}[.)]|[a-zđ]\)")
_PAGE_NUMBER = re.compile(r"(?:[-–—]\s*)?\d{1,3}(?:\s*[-–—])?\Z|(?i:trang\s+\d{1,3}(?:\s*/\s*\d{1,3})?)\Z")


class Kind(Enum):
    """What a line is."""

    TEXT = "text"
    BLANK = "blank"
    BAR = "bar"


@dataclass(frozen=True)
class Line:
    """One line of the text, or one cell of a row."""

    kind: Kind
    passage: Passage
    in_table: bool = False


def read_lines(text: str) -> list[Line]:
    """Cut a text into lines and leave out page numbers."""
    lines: list[Line] = []
    begin = 0
    blank = Line(Kind.BLANK, clean(text, 0, 0))
    for raw in re.split(r"(?<=[\n\f\v\x85\u2028\u2029])|(?<=\r)(?!\n)", text):
        if not raw or raw.isspace():
            lines.append(blank)
        else:
            lines += _read_line(text, begin, begin + len(raw), in_table=_is_in_table(lines))
        begin += len(raw)
    lines = _with_lonely_dashes_joined(lines)
    return [line for index, line in enumerate(lines) if not _is_page_number(lines, index)]


def _with_lonely_dashes_joined(lines: list[Line]) -> list[Line]:
    """Put a dash that stands alone before the line that follows at once; drop any other."""
    joined: list[Line] = []
    for line in lines:
        last = joined[-1] if joined else None
        if last is not None and last.kind is Kind.TEXT and _LONELY_DASH.match(last.passage.text):
            if line.kind is Kind.TEXT and line.passage and not _OPENS_LIKE_ITEM.match(line.passage.text):
                joined[-1] = Line(Kind.TEXT, join([last.passage, line.passage]), line.in_table)
                continue
            joined[-1] = Line(Kind.BLANK, last.passage[:0])
        joined.append(line)
    if joined and joined[-1].kind is Kind.TEXT and _LONELY_DASH.match(joined[-1].passage.text):
        joined[-1] = Line(Kind.BLANK, joined[-1].passage[:0])
    return joined


def _read_line(text: str, begin: int, end: int, *, in_table: bool) -> list[Line]:
    raw = text[begin:end]
    empty = clean(text, begin, begin)
    if raw.strip() == "|":
        return [Line(Kind.BAR, empty, in_table=True)]
    if _RULE.match(raw) and not (not in_table and _LONELY_DASH.match(raw.strip())):
        return [Line(Kind.BLANK, empty)]
    if _ROW.match(raw) and raw.count("|") <= _MOST_BARS:
        return _cells(text, begin, end)
    if hashes := _HASHES.match(raw):
        begin += hashes.end()
    return [Line(Kind.TEXT, clean(text, begin, end), in_table)]


def _cells(text: str, begin: int, end: int) -> list[Line]:
    empty = clean(text, begin, begin)
    lines = [Line(Kind.BAR, empty, in_table=True)]
    inside = text[begin:end].rstrip()
    at = begin + inside.index("|") + 1
    last = begin + len(inside) - (1 if inside.endswith("|") else 0)
    while at <= last:
        bar = text.find("|", at, last)
        stop = bar if bar >= 0 else last
        lines += [Line(Kind.TEXT, clean(text, at, stop), in_table=True), Line(Kind.BAR, empty, in_table=True)]
        at = stop + 1
    return lines


def _is_in_table(lines: list[Line]) -> bool:
    """Tell whether a cell is open: a bar came, and since then no end of a row followed by a blank."""
    for index in range(len(lines) - 1, max(len(lines) - 60, -1), -1):
        line = lines[index]
        if line.kind is Kind.BAR:
            return True
        if line.kind is Kind.BLANK:
            return False
        if not line.in_table:
            return False
    return False


def _is_page_number(lines: list[Line], index: int) -> bool:
    line = lines[index]
    if line.kind is not Kind.TEXT or line.in_table or not _PAGE_NUMBER.match(line.passage.text):
        return False
    around = [lines[near].kind for near in (index - 1, index + 1) if 0 <= near < len(lines)]
    # A lonely number is a page number; a number inside a running block may be a wrapped line.
    return Kind.TEXT not in around or line.passage.text[-1] in "-–—" or Kind.BLANK in around

"""The rows of a document that a person corrects, its tasks and duties: where each stands, one split, two joined."""

from __future__ import annotations

import re
from typing import Any

Row = dict[str, Any]
Structure = dict[str, Any]
Spans = list[list[int]]

KEYS = ("tasks", "duties")
_LISTS = ("lead", "unit", "coordinating", "implementing", "items", "sub_items", "sub_leads", "unit_roles", "item_times")
_LONGEST_REF = 20
_SENTENCE_END = re.compile(r"[.;]\s+(?=\S)")


class NothingToSplit(Exception):
    """Nothing says where the second task begins: start a new line there."""


def with_sources(values: Structure, spans: dict[str, Spans]) -> Structure:
    """Give what was read, each row with its place in the text (`source`) and its place among those read (`read`)."""
    filled = {
        key: [
            {**row, "read": i, "source": merged(_of_row(f"{key}.{i}.", spans))}
            for i, row in enumerate(values.get(key, []))
        ]
        for key in KEYS
    }
    return {**values, **filled}


def _of_row(prefix: str, spans: dict[str, Spans]) -> Spans:
    return [span for way, some in spans.items() if way.startswith(prefix) for span in some]


def merged(spans: Spans) -> Spans:
    """Put spans in order, those that touch made one."""
    found: Spans = []
    for start, end in sorted(spans):
        if found and start <= found[-1][1] + 1:
            found[-1][1] = max(found[-1][1], end)
        else:
            found.append([start, end])
    return found


def split(structure: Structure, key: str, at: int, text: str) -> Structure:
    """Make two rows of one, where a line of its title (or its items) begins, else where its first sentence ends.

    Both keep the units and the time; each keeps its own part of the place in the `text`, where that is found there.
    """
    rows = structure[key]
    first, second = _halves(rows[at], text)
    second["ref"] = _free_ref(str(rows[at].get("ref") or ""), {str(row.get("ref")) for row in rows})
    return {**structure, key: [*rows[:at], first, second, *rows[at + 1 :]]}


def _halves(row: Row, text: str) -> tuple[Row, Row]:
    if "title" in row:
        one, other = _two(str(row["title"] or ""))
        first, second = {**row, "title": one}, {**row, "title": other}
        begins = _place_of(other, row.get("source", []), text)
        if begins is not None:
            first["source"], second["source"] = cut(row["source"], begins)
        return first, second
    items = row.get("items") or []
    if len(items) < 2:
        raise NothingToSplit
    begins = _place_of(items[1], row.get("source", []), text)
    first, second = {**row, "items": items[:1]}, {**row, "items": items[1:]}
    if begins is not None:
        first["source"], second["source"] = cut(row["source"], begins)
    return first, second


def _two(title: str) -> tuple[str, str]:
    lines = [line.strip() for line in title.splitlines() if line.strip()]
    if len(lines) > 1:
        return lines[0], " ".join(lines[1:])
    end = _SENTENCE_END.search(title)
    if end is None:
        raise NothingToSplit
    return title[: end.start()].strip(), title[end.end() :].strip()


def _place_of(words: str, source: Spans, text: str) -> int | None:
    """Find where some words begin within a row's place in the text; line breaks count as spaces."""
    if not source or not words.strip():
        return None
    start, end = source[0][0], source[-1][1]
    pattern = r"\s+".join(re.escape(word) for word in words.split()[:6])
    found = re.compile(pattern).search(text, start, end)
    return found.start() if found else None


def cut(spans: Spans, at: int) -> tuple[Spans, Spans]:
    """Part spans at a place in the text."""
    before = [[start, min(end, at)] for start, end in spans if start < at]
    return before, [[max(start, at), end] for start, end in spans if end > at]


def _free_ref(ref: str, taken: set[str]) -> str:
    for number in range(2, len(taken) + 3):
        suffix = f" ({number})"
        made = f"{ref[: _LONGEST_REF - len(suffix)]}{suffix}"
        if made not in taken:
            return made
    raise AssertionError("some number is free")


def join(structure: Structure, key: str, at: int) -> Structure:
    """Make one row of a row and the next; the first's number and time hold, units and places of both."""
    rows = structure[key]
    if not 0 <= at < len(rows) - 1:
        return structure
    first, second = rows[at], rows[at + 1]
    one = {**second, **{name: value for name, value in first.items() if value not in (None, "", [])}}
    for name in _LISTS:
        if first.get(name) or second.get(name):
            one[name] = _both(first.get(name) or [], second.get(name) or [])
    if "title" in first or "title" in second:
        one["title"] = " ".join(str(row["title"]).strip() for row in (first, second) if row.get("title"))
    one["source"] = merged([*first.get("source", []), *second.get("source", [])])
    # Joined halves of one row are that row again; of two rows the joined one lights up only as a whole.
    if first.get("read") != second.get("read"):
        one.pop("read", None)
    return {**structure, key: [*rows[:at], one, *rows[at + 2 :]]}


def _both(first: list[Any], second: list[Any]) -> list[Any]:
    return [*first, *(one for one in second if one not in first)]

"""Duties: what each body has to do, told under its name."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .document import Duty, DutyItem, Report
from .labels import begins_with_label
from .letters import UPPER
from .numbering import Rank
from .passages import Passage
from .sections import Purpose, purpose_of, read_sections, section_title
from .times import find_recurrence
from .titles import split_bracket
from .tree import Node
from .units import UnitList, take_units

_LEADS_WITH = re.compile(r"\b(?:[Cc]hủ trì\s*[,;]?\s*(?:và\s+)?)?[Pp]hối hợp(?:\s+chặt chẽ)?\s+(?:với|cùng)\s+")
_REPORTS = re.compile(r"báo cáo")
_CLAUSE = re.compile(rf"\s*;\s+|\.\s+(?=[{UPPER}])")
_TO = re.compile(rf"\b(?:gửi về|về|gửi|cho|với|lên|trình|báo cáo)\s+(?=[{UPPER}])")
_VIA = re.compile(rf"\b(?:thông )?qua\s+(?=[{UPPER}])")
_BRACKET = re.compile(r"\s*\(.*\)\s*\Z")
_END_MARK = re.compile(r"\s*\.\s?/\s?\.?.{0,4}\Z")


def read_duties(root: Node, task_refs: frozenset[str]) -> tuple[Duty, ...]:
    """Read the duties: items that open with a body, in the sections that share the work out.

    Where no section does, in any section but those of aims and money.
    """
    sections = read_sections(root)
    sharing = [s for s in sections if purpose_of(section_title(s)) is Purpose.ORGANISATION]
    others = [s for s in sections if purpose_of(section_title(s)) not in (Purpose.AIMS, Purpose.FUNDING)]
    without_sections = all(section.rank != Rank.ROMAN for section in sections)
    duties: list[Duty] = []
    for section in sharing or others:
        # Without sections, "3. Sở Tài chính …" is a duty itself.
        nodes = [section] if without_sections else section.children
        for node in nodes:
            duties += _duties_of(node, task_refs)
    return tuple(duties)


def _duties_of(node: Node, task_refs: frozenset[str]) -> Iterator[Duty]:
    if node.marker is None or not node.marker.is_numbered or node.ref in task_refs:
        return
    heading = node.passage
    named = take_units(heading)
    if named.units:
        yield _duty(node, named)
        return
    # "2. Trách nhiệm cụ thể" stands above the bodies.
    for child in node.marked:
        yield from _duties_of(child, task_refs)


def _duty(node: Node, named: UnitList) -> Duty:
    items = tuple(_items(node, named))
    only = items[0] if len(items) == 1 else None
    return Duty(
        ref=node.ref,
        unit=tuple(unit.found() for unit in named.units),
        items=items,
        is_request=named.is_request,
        coordinating=only.coordinating if only else (),
        recurrence=only.recurrence if only else None,
        report=next((item.report for item in items if item.report), None),
    )


def _items(node: Node, named: UnitList) -> Iterator[DutyItem]:
    if _BRACKET.sub("", named.rest.text).strip(" .:;"):
        yield _item(named.rest, ())
    children = node.marked or node.children
    for child in children:
        if not begins_with_label(child.passage):
            yield _item(child.passage, tuple(_item(below.passage, ()) for below in child.walk()))


def _item(passage: Passage, sub_items: tuple[DutyItem, ...]) -> DutyItem:
    passage = _without_end_mark(passage)
    text, note = split_bracket(passage)
    if note is not None and not text:
        text, note = passage, None
    together = _LEADS_WITH.search(text.text)
    helpers = take_units(text[together.end() :]).units if together else []
    where = note if note is not None and find_recurrence(_outside_report(note)) else text
    return DutyItem(
        text=text.found(),
        note=note.found() if note else None,
        coordinating=tuple(unit.found() for unit in helpers),
        recurrence=find_recurrence(_outside_report(where)),
        report=_report(note) or _report(text) if note else _report(text),
        sub_items=sub_items,
    )


def _without_end_mark(passage: Passage) -> Passage:
    mark = _END_MARK.search(passage.text)
    return passage[: mark.start()] if mark else passage


def _outside_report(passage: Passage) -> Passage:
    """Give the words before the clause that asks for a report, whose recurrence is the report's own."""
    for clause in passage.split(_CLAUSE):
        if _REPORTS.search(clause.text):
            at = passage.starts.index(clause.starts[0])
            return passage[:at] if at else passage[:0]
    return passage


def _report(passage: Passage) -> Report | None:
    for clause in passage.split(_CLAUSE):
        said = _REPORTS.search(clause.text)
        if said is None:
            continue
        to = next(_bodies(clause, _TO, said.start()), None)
        if to is None:
            continue
        via = next(_bodies(clause, _VIA, said.start()), None)
        recurrence = find_recurrence(clause)
        return Report(clause.trimmed().found(), recurrence, to.found(), via.found() if via else None)
    return None


def _bodies(clause: Passage, pattern: re.Pattern[str], after: int) -> Iterator[Passage]:
    for match in pattern.finditer(clause.text, after):
        following = clause[match.end() :]
        end = _VIA.search(following.text)
        named = take_units(following[: end.start()] if end else following)
        if named.units:
            yield named.whole

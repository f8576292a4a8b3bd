"""Tasks: items of the body with their leads, helpers and times."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from .document import SubLead, Task, UnitRole
from .labels import Label, begins_with_label, read_clauses, read_labels
from .letters import UPPER
from .passages import Passage
from .sections import is_heading
from .spans import Found
from .times import Time, before_deadline, find_deadline, find_period, read_time
from .titles import read_title
from .tree import Node
from .units import NAMES_WITHIN, leads_in, opens_with_unit, take_body, take_units
from .work import Work

_WITH = re.compile(r"\A(?:chủ trì\s*[,;]?\s*(?:và\s+)?)?phối hợp(?:\s+(?:chặt chẽ|đồng bộ))?\s+(?:với|cùng)\s+")
_ASKED = re.compile(rf"\b(?:đề nghị|giao|yêu cầu|cùng)\s+(?=[{UPPER}c])")
_HELPS = re.compile(r"\A(?:cùng\s+)?phối hợp\b")
_LEADS = re.compile(r"\A(?:làm\s+)?(?:đầu mối\s+)?chủ trì\s*[,;]?\s*")
_CLAUSE = re.compile(r"\s*;\s+")
_SHORTEST_TITLE = 20
_SPEAKS_OF_TIME = re.compile(r"(?:thoi (?:gian|han)|hoan thanh|han )")
_AFTER_NAME = re.compile(r"\([^)]{1,60}\)\s*")


@dataclass
class _Draft:
    """A task while its lines are read."""

    lead: list[Passage] = field(default_factory=list)
    coordinating: list[Passage] = field(default_factory=list)
    implementing: list[Passage] = field(default_factory=list)
    roles: list[UnitRole] = field(default_factory=list)
    sub_leads: list[SubLead] = field(default_factory=list)
    is_request: bool = False
    time: Time | None = None
    deliverable: Passage | None = None


def read_tasks(work: Work, *, year: int | None) -> tuple[Task, ...]:
    """Read the tasks that `work` found; `year` is the document's, for "trong quý II" and the like."""
    tasks = [
        *(_labelled_task(node, year) for node in work.labelled),
        *(_plain_task(node, year) for node in work.plain),
        *(_led_task(node, year) for node in work.led),
    ]
    return tuple(sorted(tasks, key=lambda task: task.title.spans[:1] or ((0, 0),)))


def _plain_task(node: Node, year: int | None) -> Task:
    title, detail = read_title(_before_order(node.passage))
    if not is_heading(node) and (clause := _CLAUSE.search(title.text)) is not None:
        # The first clause of running text names the order; what follows goes into it.
        title, detail = title[: clause.start()], title[clause.end() :]
    children = [child for child in node.children if not begins_with_label(child.passage)]
    draft = _Draft()
    for passage in (node.passage, *(child.passage for child in children)):
        _take_orders(draft, passage)
    for child in node.children:
        for labelled in read_labels(child.passage):
            _take(draft, labelled.label, labelled.content, child, year)
    if draft.time is None:
        for child in (node, *children):
            for labelled in read_clauses(child.passage):
                if labelled.label is Label.TIME:
                    _take(draft, labelled.label, labelled.content, child, year)
    if draft.time is None:
        draft.time = _stated_deadline(node, year)
    items = tuple(child.passage.found() for child in node.walk() if child.marker is not None)
    return _task(node, title, draft, detail, items)


def _before_order(passage: Passage) -> Passage:
    """Give what is to be done, before ": Giao Sở A chủ trì …" says who does it."""
    first = next(iter(leads_in(passage)), None)
    if first is None or first[0] < _SHORTEST_TITLE or "(" in passage.text[: first[0]][-3:]:
        return passage
    return passage[: first[0]].rstrip(" :.;,-–")


def _led_task(node: Node, year: int | None) -> Task:
    """Read an order in running text: "Trong năm 2018, Văn phòng HĐND tỉnh tiếp tục …"."""
    named = take_body(node.passage)
    draft = _Draft(lead=list(named.units), is_request=named.is_request)
    said = named.rest if named.units else node.passage
    bracket = _AFTER_NAME.match(said.text)
    said = said[bracket.end() :] if bracket else said
    helpers, said = _helpers_in(said)
    draft.coordinating += helpers
    draft.time = find_deadline(node.passage, year) or find_period(node.passage)
    title, detail = read_title(said)
    return _task(node, title, draft, detail, ())


def _take_orders(draft: _Draft, passage: Passage) -> None:
    """Take who leads where running text says so, with the helpers named beside."""
    for _, named in leads_in(passage):
        new = [unit for unit in named.units if unit.text not in {lead.text for lead in draft.lead}]
        if not new:
            continue
        draft.lead += new
        draft.is_request = draft.is_request or named.is_request
        helpers, said = _helpers_in(named.rest)
        draft.coordinating += helpers
        _note_role(draft, named.whole, "lead", said)


def _labelled_task(node: Node, year: int | None) -> Task:
    draft = _Draft()
    for child in _labelled_lines(node):
        for labelled in read_labels(child.passage):
            _take(draft, labelled.label, labelled.content, child, year)
    if draft.time is None:
        draft.time = _stated_deadline(node, year)
    title, detail = read_title(node.passage)
    items = tuple(child.passage.found() for child in node.marked if not begins_with_label(child.passage))
    return _task(node, title, draft, detail, items)


def _labelled_lines(node: Node) -> Iterator[Node]:
    """Give the lines under an item, and in place of an empty "Phân công thực hiện:" the labelled lines under it."""
    for child in node.children:
        below = [inner for inner in child.children if begins_with_label(inner.passage)]
        if below and not any(said.content for said in read_labels(child.passage)):
            yield from below
        else:
            yield child


def _stated_deadline(node: Node, year: int | None) -> Time | None:
    """Find a deadline in the item's own words, or in a line under it that is about nothing else."""
    lines = [node, *(c for c in node.children if c.marker is None or _SPEAKS_OF_TIME.match(c.passage.folded))]
    return next((time for line in lines if (time := find_deadline(line.passage, year))), None)


def _task(node: Node, title: Passage, draft: _Draft, detail: Passage | None, items: tuple[Found[str], ...]) -> Task:
    return Task(
        ref=node.ref,
        title=title.found(),
        lead=_founds(draft.lead),
        coordinating=_founds(draft.coordinating),
        implementing=_founds(draft.implementing),
        time=draft.time,
        unit_roles=tuple(draft.roles),
        sub_leads=tuple(draft.sub_leads),
        lead_is_request=draft.is_request,
        deliverable=draft.deliverable.found() if draft.deliverable else None,
        detail=detail.found() if detail else None,
        items=items,
    )


def _take(draft: _Draft, label: Label, content: Passage, node: Node, year: int | None) -> None:
    if label is Label.LEAD:
        _take_leads(draft, content, node)
    elif label is Label.COORDINATING:
        for part in _parts(content, node):
            _take_helpers(draft, part)
    elif label is Label.IMPLEMENTING:
        for part in _parts(content, node):
            draft.implementing += take_units(part).units or [part.trimmed()]
    elif label is Label.TIME and content:
        draft.time = read_time(content, year=year)
        draft.deliverable = draft.deliverable or before_deadline(content, year=year)
    elif label is Label.DELIVERABLE and content:
        draft.deliverable = content.trimmed()


def _parts(content: Passage, node: Node) -> list[Passage]:
    """Give the clauses of a labelled line, or the items under it where the line itself is empty."""
    if not content:
        return [child.passage for child in node.children]
    parts: list[Passage] = []
    begin = 0
    for match in _CLAUSE.finditer(content.text):
        if opens_with_unit(content[match.end() : match.end() + NAMES_WITHIN]):
            parts.append(content[begin : match.start()])
            begin = match.end()
    return [*parts, content[begin:]]


def _take_leads(draft: _Draft, content: Passage, node: Node) -> None:
    if not content:
        for child in node.children:
            named = take_units(child.passage)
            draft.lead += named.units or [child.passage.trimmed()]
            if named.units and named.rest:
                draft.sub_leads.append(SubLead(named.whole.found(), named.rest.trimmed().found()))
        return
    for part in _parts(content, node):
        named = take_units(part)
        if not named.units:
            draft.lead.append(part.trimmed())
            continue
        draft.lead += named.units
        draft.is_request = draft.is_request or named.is_request
        helpers, said = _helpers_in(named.rest)
        draft.coordinating += helpers
        _note_role(draft, named.whole, "lead", said)


def _take_helpers(draft: _Draft, part: Passage) -> None:
    named = take_units(part)
    draft.coordinating += named.units or ([part.trimmed()] if part.trimmed() else [])
    if named.units:
        _note_role(draft, named.whole, "coordinating", named.rest)


def _helpers_in(rest: Passage) -> tuple[list[Passage], Passage]:
    """Find who must help, hidden in a lead's line, and give what the lead is to do.

    "… chủ trì phối hợp với B làm C" and "… chủ trì và đề nghị B phối hợp làm C".
    """
    together = _WITH.match(rest.text)
    if together is not None:
        named = take_units(rest[together.end() :])
        return named.units, named.rest or rest
    for asked in _ASKED.finditer(rest.text):
        named = take_units(rest[asked.end() : asked.end() + NAMES_WITHIN])
        if named.units and _HELPS.match(named.rest.text):
            return named.units, rest
    leads = _LEADS.match(rest.text)
    return [], rest[leads.end() :] if leads else rest


def _note_role(draft: _Draft, unit: Passage, role: str, said: Passage) -> None:
    said = said.trimmed()
    if said:
        draft.roles.append(UnitRole(unit.found(), role, said.found()))


def _founds(passages: Sequence[Passage]) -> tuple[Found[str], ...]:
    return tuple(passage.found() for passage in passages if passage)

"""Which items of the body are tasks, and which are the duties of a body: by headings, names and shape.

A section's heading says what it is for; where it says nothing, the items under it do: an item that opens
with a body is that body's duty, an item with "Đơn vị chủ trì:" under it is a task.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from .labels import Label, read_labels
from .numbering import Rank
from .sections import Purpose, is_category, is_heading, is_setting, purpose_of, read_sections, section_title
from .tree import Node
from .units import UnitList, leads_in, take_body

# A meeting's conclusions also praise and agree: no work in that.
_CONCLUDES = re.compile(r"(?:danh gia|ghi nhan|bieu duong|thong nhat|co ban thong nhat|dong y|nhat tri|hoan nghenh)\b")
_FEWEST_WORDS = 3
_WHO = {Label.LEAD, Label.COORDINATING, Label.IMPLEMENTING}


@dataclass
class Work:
    """The nodes that carry work, in reading order; `led` are orders in running text that name their own lead."""

    labelled: list[Node] = field(default_factory=list)
    plain: list[Node] = field(default_factory=list)
    led: list[Node] = field(default_factory=list)
    duties: list[tuple[Node, UnitList]] = field(default_factory=list)

    @property
    def has_tasks(self) -> bool:
        """Tell whether any task was found."""
        return bool(self.labelled or self.plain or self.led)


def sort_work(root: Node) -> Work:
    """Sort the items of the body into tasks and duties."""
    work = Work()
    sections = read_sections(root)
    dashed: list[list[Node]] = []
    if any(section.rank == Rank.ROMAN for section in sections):
        for section in sections:
            _sort_section(section, sections, work, dashed)
    else:
        _sort_orders(sections or [node for node in root.children if node.rank == Rank.ARTICLE], work, dashed)
    if dashed and not work.has_tasks and not work.duties:
        # Nothing else tells of work: the dashes are the tasks.
        work.led = [node for dashes in dashed for node in dashes]
    else:
        work.duties = _with_dashes(work.duties, dashed, root)
    return work


def labelled_in(annexes: Node) -> list[Node]:
    """Give the items of annexes that say who leads."""
    return [node for node in annexes.walk() if node.rank >= Rank.NUMBER and _says_who(node)]


def orders_in(root: Node) -> list[tuple[Node, UnitList]]:
    """Give the paragraphs of a letter without numbers that order or ask a body to do something."""
    named = [(node, take_body(node.passage)) for node in root.walk()]
    return [(node, units) for node, units in named if units.units and len(units.rest.text.split()) >= _FEWEST_WORDS]


def _sort_section(section: Node, sections: Sequence[Node], work: Work, dashed: list[list[Node]]) -> None:
    purpose = purpose_of(section_title(section))
    if purpose in (Purpose.AIMS, Purpose.FUNDING):
        return
    named = _body_of(section)
    if named.units and _mostly(sections):
        work.duties.append((section, named))
    elif _says_who(section):
        work.labelled.append(section)
    else:
        _sort(section, purpose, work, dashed)


def _sort(above: Node, purpose: Purpose, work: Work, dashed: list[list[Node]]) -> None:
    nodes = [child for child in above.children if child.marker is not None and child.marker.is_numbered]
    if not nodes:
        _note_dashes(above, purpose, work, dashed)
        return
    shares = purpose is Purpose.ORGANISATION or (_mostly(nodes) and len(nodes) > 1)
    for node in nodes:
        named = _body_of(node)
        below = [child for child in node.marked if child.marker and child.marker.is_numbered]
        if _says_who(node):
            work.labelled.append(node)
        elif len(below) > 1 and _mostly(below) and is_heading(node):
            _sort(node, Purpose.ORGANISATION, work, dashed)
        elif named.units and (shares or (purpose in (Purpose.TASKS, Purpose.CONTENT) and not is_setting(node))):
            work.duties.append((node, named))
        elif inner := _labelled_below(node):
            work.labelled += inner
        elif is_setting(node) and is_heading(node) and not _is_longer(node):
            continue
        elif purpose in (Purpose.TASKS, Purpose.CONTENT):
            _sort_order(node, below, purpose, work, dashed)
        elif purpose is Purpose.ORGANISATION:
            _note_dashes(node, purpose, work, dashed)


def _sort_order(node: Node, below: Sequence[Node], purpose: Purpose, work: Work, dashed: list[list[Node]]) -> None:
    led = [child for child in below if next(iter(leads_in(child.passage)), None) is not None]
    if led and 2 * len(led) >= len(below):
        # "2. Đầu tư hạ tầng" over "2.1. … (Sở A chủ trì)": those below are the tasks.
        work.plain += below
    elif is_category(node):
        if below:
            _sort(node, Purpose.TASKS, work, dashed)
        elif purpose is Purpose.TASKS and _is_longer(node):
            work.plain.append(node)
    else:
        work.plain.append(node)


def _is_longer(node: Node) -> bool:
    """Tell whether an item says more than a category's name."""
    return len(node.passage) > 2 * 35


def _sort_orders(nodes: Sequence[Node], work: Work, dashed: list[list[Node]]) -> None:
    """Sort the numbered parts of a document without sections: orders, bodies, and headings over either."""
    speaks = any(purpose_of(section_title(node)) is not Purpose.OTHER for node in nodes)
    for node in nodes:
        purpose = purpose_of(section_title(node))
        named = _body_of(node)
        if purpose in (Purpose.AIMS, Purpose.FUNDING):
            continue
        if node.rank == Rank.ARTICLE:
            if named.units and named.rest and not named.rest.text.startswith("chịu trách nhiệm thi hành"):
                work.duties.append((node, named))
        elif named.units:
            work.duties.append((node, named))
        elif _says_who(node):
            work.labelled.append(node)
        elif purpose is not Purpose.OTHER or _heads_bodies(node):
            _sort(node, Purpose.ORGANISATION if purpose is Purpose.OTHER else purpose, work, dashed)
        elif inner := _labelled_below(node):
            work.labelled += inner
        elif not _CONCLUDES.match(node.passage.folded) and (
            not is_heading(node) or (not speaks and not is_setting(node))
        ):
            work.plain.append(node)


def _body_of(node: Node) -> UnitList:
    return take_body(node.passage, heads=is_heading(node) and bool(node.children))


def _heads_bodies(node: Node) -> bool:
    below = [child for child in node.marked if child.marker and child.marker.is_numbered]
    return bool(below) and _mostly(below)


def _mostly(nodes: Sequence[Node]) -> bool:
    """Tell whether at least half of these items open with a body."""
    return 2 * sum(bool(take_body(node.passage).units) for node in nodes) >= len(nodes)


def _says_who(node: Node) -> bool:
    # "3. Tổ chức thực hiện: …" is a part of its own, no label of the part above it.
    lines = (child for child in node.children if child.rank > Rank.DOTTED)
    return any(said.label in _WHO for child in lines for said in read_labels(child.passage))


def _says_when(node: Node) -> bool:
    return any(
        said.label is Label.TIME
        for child in node.children
        if child.marker is None or not child.marker.is_numbered
        for said in read_labels(child.passage)
    )


def _labelled_below(node: Node) -> list[Node]:
    """Give the items below with "Đơn vị chủ trì:" under them; those with a time alone count only beside such."""
    inside = [below for below in node.walk() if below.rank >= Rank.NUMBER]
    if any(_says_who(below) for below in inside):
        return [below for below in inside if _says_who(below) or _says_when(below)]
    return [] if _says_when(node) else [below for below in node.marked if _says_when(below)]


def _note_dashes(above: Node, purpose: Purpose, work: Work, dashed: list[list[Node]]) -> None:
    dashes = [child for child in above.children if child.rank == Rank.DASH] or [
        child
        for child in above.children
        if child.marker is None and (named := take_body(child.passage)).units and named.rest
    ]
    if inner := _labelled_below(above):
        work.labelled += inner
    elif purpose is Purpose.ORGANISATION and dashes and _mostly(dashes):
        dashed.append(dashes)


def _with_dashes(
    duties: Sequence[tuple[Node, UnitList]], dashed: Sequence[Sequence[Node]], root: Node
) -> list[tuple[Node, UnitList]]:
    """Put the dashes that open with a body among the duties, in reading order."""
    found = [(node, named) for dashes in dashed for node in dashes if (named := take_body(node.passage)).units]
    if not found:
        return list(duties)
    order = {id(node): place for place, node in enumerate(root.walk())}
    return sorted([*duties, *found], key=lambda duty: order[id(duty[0])])

"""Paragraphs as a tree: parts, sections, items, and what stands under them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from .labels import begins_with_label
from .letters import UPPER
from .numbering import LETTERS, Marker, Rank
from .paragraphs import Paragraph
from .passages import Passage

_SPOILT_NUMBER = re.compile(rf"(?P<n>[\dlIiOoSBZ|!\]]{{1,2}})(?:\s?[.,)]\s*|\s+)(?=[{UPPER}]\w)")
_LOOKS_LIKE_DIGIT = str.maketrans(
    {**dict.fromkeys("lIi|!]", "1"), **dict.fromkeys("Oo", "0"), "S": "5", "B": "8", "Z": "2"}
)
_SPOILT_LETTER = re.compile(r"\S\)\s+")


@dataclass
class Node:
    """One paragraph with everything under it; the root has neither mark nor words."""

    marker: Marker | None
    passage: Passage
    parent: Node | None = None
    children: list[Node] = field(default_factory=list)

    @property
    def rank(self) -> int:
        """Give the depth by mark: -1 for the root, beyond the last for plain words."""
        if self.marker is not None:
            return self.marker.rank
        return -1 if self.parent is None else Rank.PLUS + 1

    @property
    def marked(self) -> list[Node]:
        """Give the children that carry a mark."""
        return [child for child in self.children if child.marker is not None]

    @property
    def ref(self) -> str:
        """Give the place as people cite it: `II.1`, `13.a`; plain items count after a hyphen: `3-1`."""
        if self.parent is None:
            return ""
        above = self.parent.ref
        if self.marker is not None and self.marker.is_numbered:
            label = self.marker.label
            if self.marker.rank is Rank.DOTTED:
                return _under(self._section_ref(), label)
            if self.marker.rank is Rank.ARTICLE:
                return f"Điều {label}"
            return _under(above, label)
        alike = [child for child in self.parent.children if child.rank == self.rank]
        place = next(i for i, child in enumerate(alike, 1) if child is self)
        return f"{above}-{place}" if above else str(place)

    def _section_ref(self) -> str:
        """Give the ref that a dotted number (1.2) already counts below."""
        node = self.parent
        while node is not None and node.rank > Rank.ROMAN:
            node = node.parent
        return node.ref if node is not None else ""

    def walk(self) -> Iterator[Node]:
        """Give all nodes below, in reading order."""
        stack = list(reversed(self.children))
        while stack:
            node = stack.pop()
            yield node
            stack.extend(reversed(node.children))


def _under(above: str, label: str) -> str:
    return f"{above}.{label}" if above else label


def build_tree(groups: Iterable[Iterable[Paragraph]], empty: Passage) -> Node:
    """Hang each paragraph under the nearest one of an outer rank; each group (body, attachment) begins anew."""
    root = Node(None, empty)
    for group in groups:
        open_node = root
        for read in group:
            paragraph = _with_number_restored(open_node, _with_letter_restored(open_node, read))
            parent = _parent(open_node, paragraph)
            node = Node(paragraph.marker, paragraph.passage, parent)
            parent.children.append(node)
            if paragraph.marker is not None:
                open_node = node
    return root


def _with_number_restored(open_node: Node, paragraph: Paragraph) -> Paragraph:
    """Restore a number that a scan spoilt ("l2." for "12.", "12 Rà soát" for "12. Rà soát") from the count before."""
    if paragraph.marker is not None:
        return paragraph
    spoilt = _SPOILT_NUMBER.match(paragraph.passage.text)
    if spoilt is None:
        return paragraph
    node: Node | None = open_node
    while node is not None and node.rank > Rank.NUMBER:
        node = node.parent
    if node is None or node.marker is None or node.marker.rank is not Rank.NUMBER:
        return paragraph
    digits = spoilt["n"].translate(_LOOKS_LIKE_DIGIT)
    if not digits.isdigit() or int(digits) != node.marker.count + 1:
        return paragraph
    return Paragraph(Marker(Rank.NUMBER, digits, int(digits)), paragraph.passage[spoilt.end() :])


def _with_letter_restored(open_node: Node, paragraph: Paragraph) -> Paragraph:
    """Restore a letter that a scan spoilt ("1." for "l)", "ø)" for "g)") from the count around it."""
    letter = _next_letter(open_node)
    if letter is None:
        return paragraph
    marker = Marker(Rank.LETTER, letter, LETTERS.index(letter) + 1)
    read = paragraph.marker
    if read is None:
        spoilt = _SPOILT_LETTER.match(paragraph.passage.text)
        return Paragraph(marker, paragraph.passage[spoilt.end() :]) if spoilt else paragraph
    looks_alike = read.rank is Rank.NUMBER and read.label == "1" and letter in "il"
    return Paragraph(marker, paragraph.passage) if looks_alike else paragraph


def _next_letter(open_node: Node) -> str | None:
    """Give the letter that an open list expects next."""
    node: Node | None = open_node
    while node is not None and node.rank >= Rank.DASH:
        node = node.parent
    if node is None or node.marker is None or node.marker.rank is not Rank.LETTER:
        return None
    return LETTERS[node.marker.count] if node.marker.count < len(LETTERS) else None


def _parent(open_node: Node, paragraph: Paragraph) -> Node:
    node = open_node
    if paragraph.marker is None:
        # "Thời hạn: …" speaks of the item before it; any other plain words of the numbered part.
        if begins_with_label(paragraph.passage):
            return node
        while node.parent is not None and node.rank >= Rank.DASH:
            node = node.parent
        return node
    while node.parent is not None and node.rank >= paragraph.marker.rank:
        node = node.parent
    return node

"""The sections of the body, and what each is for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import Enum

from .labels import begins_with_label
from .numbering import Rank
from .titles import split_bracket
from .tree import Node


class Purpose(Enum):
    """What a section tells."""

    FUNDING = "funding"
    ORGANISATION = "organisation"
    TASKS = "tasks"
    AIMS = "aims"
    OTHER = "other"


# In folded letters; the first row that fits counts.
_PURPOSES: list[tuple[Purpose, re.Pattern[str]]] = [
    (Purpose.AIMS, re.compile(r"muc dich|muc tieu|quan diem|doi tuong|pham vi|su can thiet|thuc trang|danh gia")),
    (Purpose.FUNDING, re.compile(r"kinh phi|nguon luc tai chinh|nguon von|du toan")),
    (Purpose.ORGANISATION, re.compile(r"to chuc thuc hien|trach nhiem|phan cong|to chuc trien khai")),
    (Purpose.TASKS, re.compile(r"nhiem vu|giai phap")),
]


_LONGEST_HEADING = 150


def purpose_of(title: str) -> Purpose:
    """Tell what a section is for by its (folded) heading."""
    return next((purpose for purpose, words in _PURPOSES if words.search(title)), Purpose.OTHER)


def read_sections(root: Node) -> list[Node]:
    """Give the sections: parts under Roman numerals, or the outermost numbers where there are none."""
    roman = [node for node in root.walk() if node.rank == Rank.ROMAN and not _is_inside_item(node)]
    if roman:
        return roman
    return [node for node in root.children if node.rank == Rank.NUMBER]


def _is_inside_item(node: Node) -> bool:
    parent = node.parent
    return parent is not None and parent.rank > Rank.ROMAN


def section_title(node: Node) -> str:
    """Give the folded words of a heading without remarks in brackets; "" for a sentence, which is no heading."""
    if not is_heading(node):
        return ""
    return split_bracket(node.passage)[0].folded


def is_heading(node: Node) -> bool:
    """Tell whether a numbered line is a heading: short, or in capitals, and without a full stop."""
    text = node.passage.text
    return text.isupper() or (len(text) <= _LONGEST_HEADING and not text.endswith((".", ";", "./.")))


def labelled_parents(root: Node) -> Iterator[Node]:
    """Give the items that have labelled lines under them, in reading order."""
    for node in root.walk():
        if node.rank >= Rank.NUMBER and any(begins_with_label(child.passage) for child in node.children):
            yield node

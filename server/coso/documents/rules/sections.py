"""The sections of the body, and what each is for."""

from __future__ import annotations

import re
from enum import Enum

from .numbering import Rank
from .titles import split_bracket
from .tree import Node


class Purpose(Enum):
    """What a section tells."""

    FUNDING = "funding"
    ORGANISATION = "organisation"
    TASKS = "tasks"
    CONTENT = "content"
    AIMS = "aims"
    OTHER = "other"


# In folded letters; the first row that fits counts.
_PURPOSES: list[tuple[Purpose, re.Pattern[str]]] = [
    (Purpose.AIMS, re.compile(r"(?:danh gia|tinh hinh|thuc trang|ket qua|su can thiet)\b")),
    (Purpose.FUNDING, re.compile(r".*(?:kinh phi|nguon luc tai chinh|nguon von|du toan|co che tai chinh)")),
    (
        Purpose.ORGANISATION,
        re.compile(
            r".*(?:to chuc thuc hien|trach nhiem|phan cong|to chuc trien khai|che do bao cao|theo doi, (?:kiem|danh))"
        ),
    ),
    (Purpose.TASKS, re.compile(r".*(?:nhiem vu|giai phap|bien phap)")),
    (Purpose.CONTENT, re.compile(r".*(?:noi dung|cong viec)")),
    (
        Purpose.AIMS,
        re.compile(
            r".*(?:muc dich|muc tieu|quan diem|doi tuong|pham vi|tieu chi|tieu chuan|chi tieu|thoi gian|dia diem)"
        ),
    ),
]
# Headings of things that every plan tells of and nobody does.
_SETTINGS = re.compile(
    r"(?:cac )?(?:muc dich|yeu cau|muc tieu|hinh thuc|thoi gian|thoi diem|tien do|dia diem|doi tuong|pham vi|"
    r"thanh phan|quy mo|"
    r"kinh phi|nguon luc|nguyen tac|quan diem|phuong cham|chu de|khau hieu|so luong|tieu chi|tieu chuan|can cu|luu y|"
    r"noi dung va hinh thuc)\b"
)
_CATEGORY = re.compile(r"(?:mot so |cac |nhung )?(?:nhom )?(?:noi dung|nhiem vu|giai phap|bien phap|cong viec)\b")
_LONGEST_CATEGORY = 70
_LONGEST_HEADING = 150


def purpose_of(title: str) -> Purpose:
    """Tell what a section is for by its (folded) heading."""
    return next((purpose for purpose, words in _PURPOSES if words.match(title)), Purpose.OTHER)


def is_setting(node: Node) -> bool:
    """Tell whether an item only says where, when, for whom or on what ground: no work in itself."""
    return _SETTINGS.match(node.passage.folded) is not None


def is_category(node: Node) -> bool:
    """Tell whether an item only heads the orders below it: "2. Nội dung thi đua"."""
    folded = node.passage.folded.rstrip(" .:")
    return len(folded) <= _LONGEST_CATEGORY and _CATEGORY.match(folded) is not None


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
    text = split_bracket(node.passage.rstrip(" :"))[0].text
    return text.isupper() or (len(text) <= _LONGEST_HEADING and not text.endswith((".", ";", "./.")))

"""Labelled lines: "Đơn vị chủ trì: …", "Thời gian thực hiện: …"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

from .passages import Passage


class Label(Enum):
    """What a labelled line tells."""

    LEAD = "lead"
    COORDINATING = "coordinating"
    IMPLEMENTING = "implementing"
    TIME = "time"
    DELIVERABLE = "deliverable"
    FUNDING = "funding"


# In folded letters, so that case and lost marks don't matter; the longest way to say it first.
_WHO = r"(?:(?:cac )?(?:don vi|co quan|co quan, don vi|don vi, co quan) )"
_SAID: list[tuple[Label, str]] = [
    (
        Label.LEAD,
        _WHO + r"?(?:duoc giao )?chu tri(?:,? (?:thuc hien|tham muu|trien khai|theo doi))*"
        r"|" + _WHO + r"(?:dau moi|tham muu|phu trach)|phan cong(?: thuc hien| nhiem vu| trach nhiem)?"
        r"|trach nhiem(?: thuc hien| chu tri)?|to chuc thuc hien(?=\s*:\s*\S)",
    ),
    (Label.COORDINATING, _WHO + r"?phoi hop(?: thuc hien| trien khai)?"),
    (Label.IMPLEMENTING, _WHO + r"(?:thuc hien|trien khai|chiu trach nhiem)"),
    (
        Label.TIME,
        r"(?:thoi gian|thoi han|thoi diem|tien do|lo trinh|han hoan thanh|han thuc hien|hoan thanh)"
        r"(?: du kien)?(?: thuc hien| hoan thanh| trien khai| bao cao)*",
    ),
    (Label.DELIVERABLE, r"(?:ket qua|san pham)(?: du kien| dau ra| thuc hien| hoan thanh| can dat)*"),
    (Label.FUNDING, r"(?:nguon )?kinh phi(?: thuc hien)?"),
]
_LABELS = "|".join(f"(?P<{label.value}>{said})" for label, said in _SAID)
# A label opens a line or a clause and ends with a colon; the colon may come after a bracket.
_AT_START = re.compile(rf"(?:{_LABELS})\s*(?:\([^)]*\)\s*)?:")
_IN_CLAUSE = re.compile(rf"(?:\A|(?<=[;.] ))[-–+]?\s*(?:{_LABELS})\s*:")
_IN_TEXT = re.compile(rf"(?:(?<=[;.,] )|(?<=\())[-–+]?\s*(?:{_LABELS})\s*:")


@dataclass(frozen=True)
class Labelled:
    """What a label says."""

    label: Label
    content: Passage


def begins_with_label(passage: Passage) -> bool:
    """Tell whether a line opens with a label."""
    return _AT_START.match(passage.folded) is not None


def read_labels(passage: Passage) -> Iterator[Labelled]:
    """Give each label of a line with what follows it; nothing unless the line opens with one."""
    first = _AT_START.match(passage.folded)
    if first is None:
        return
    matches = list(_IN_CLAUSE.finditer(passage.folded)) or [first]
    for index, match in enumerate(matches):
        end = matches[index + 1].start() if index + 1 < len(matches) else len(passage)
        name = next(name for name, value in match.groupdict().items() if value is not None)
        yield Labelled(Label(name), passage[match.end() : end].strip())


def read_clauses(passage: Passage) -> Iterator[Labelled]:
    """Give the labels that open a clause inside running text: "… Thời gian hoàn thành: Quý II/2025"."""
    matches = list(_IN_TEXT.finditer(passage.folded))
    for index, match in enumerate(matches):
        end = matches[index + 1].start() if index + 1 < len(matches) else len(passage)
        name = next(name for name, value in match.groupdict().items() if value is not None)
        yield Labelled(Label(name), passage[match.end() : end].strip(" ;.,()"))

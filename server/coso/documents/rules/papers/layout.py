"""The layout of a paper as data: each measure with the place in Nghị định 30/2020/NĐ-CP that sets it.

`seen` tells whether the rule itself was read in a published text of the decree; the others come from second hand and
still need to be compared with its Phụ lục I (docs/how-to/write-an-official-paper.md says so too).
"""

from dataclasses import dataclass

DECREE = "Nghị định 30/2020/NĐ-CP"
_GENERAL = "Phụ lục I, Phần I, Mục I, khoản"
_ITEM = "Phụ lục I, Phần I, Mục II, khoản"


@dataclass(frozen=True)
class Measure:
    """A length in millimetres: what we use, and between what it may lie."""

    name: str
    value: float
    low: float
    high: float
    source: str
    seen: bool = True


@dataclass(frozen=True)
class Style:
    """How one part is set: size in points and between what it may lie."""

    name: str
    size: float
    low: float
    high: float
    source: str
    bold: bool = False
    italic: bool = False
    capitals: bool = False
    align: str = "left"
    seen: bool = False


FONT = "Times New Roman"
PAGE = {
    one.name: one
    for one in (
        Measure("width", 210, 210, 210, f"{_GENERAL} 1"),
        Measure("height", 297, 297, 297, f"{_GENERAL} 1"),
        Measure("top", 20, 20, 25, f"{_GENERAL} 3"),
        Measure("bottom", 20, 20, 25, f"{_GENERAL} 3"),
        Measure("left", 30, 30, 35, f"{_GENERAL} 3"),
        Measure("right", 17, 15, 20, f"{_GENERAL} 3"),
        Measure("indent", 10, 10, 12.7, f"{_ITEM} 6", seen=False),
    )
}
STYLES = {
    one.name: one
    for one in (
        Style("page_number", 13, 13, 14, f"{_GENERAL} 7", align="center", seen=True),
        Style("country", 12, 12, 13, f"{_ITEM} 1", bold=True, capitals=True, align="center"),
        Style("motto", 13, 13, 14, f"{_ITEM} 1", bold=True, align="center"),
        Style("parent_body", 12, 12, 13, f"{_ITEM} 2", capitals=True, align="center"),
        Style("issuer", 12, 12, 13, f"{_ITEM} 2", bold=True, capitals=True, align="center"),
        Style("number", 13, 13, 13, f"{_ITEM} 3", align="center"),
        Style("date", 13, 13, 14, f"{_ITEM} 4", italic=True, align="center"),
        Style("kind", 14, 13, 14, f"{_ITEM} 5", bold=True, capitals=True, align="center"),
        Style("title", 14, 13, 14, f"{_ITEM} 5", bold=True, align="center"),
        Style("about", 12, 12, 13, f"{_ITEM} 5", align="center"),
        Style("addressee", 14, 13, 14, f"{_ITEM} 9"),
        Style("body", 14, 13, 14, f"{_ITEM} 6", align="justify"),
        Style("signature", 14, 13, 14, f"{_ITEM} 7", bold=True, capitals=True, align="center"),
        Style("signer", 14, 13, 14, f"{_ITEM} 7", bold=True, align="center"),
        Style("recipients_head", 12, 12, 12, f"{_ITEM} 9", bold=True, italic=True),
        Style("recipients", 11, 11, 11, f"{_ITEM} 9"),
        Style("annex", 14, 14, 14, "Phụ lục I, Phần I, Mục III, khoản 1", bold=True, align="center"),
    )
}
# Two columns of the head: the body at the left, the country at the right (Phụ lục I, Phần IV, the plan of a page).
HEAD_COLUMNS = (69.0, 94.0)

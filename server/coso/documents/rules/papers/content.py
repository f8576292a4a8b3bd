"""What is written in a paper, as plain data: checked, squeezed and bounded before it is kept or printed."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from coso.kit.text import squeeze

PART, ARTICLE, SECTION, POINT, ITEM, DASH, PLUS, TEXT, TABLE = STYLES = (
    "part",
    "article",
    "section",
    "point",
    "item",
    "dash",
    "plus",
    "text",
    "table",
)
PURPOSES = ("act", "report", "know", "file")
FORMS = ("paper", "electronic")

MOST_BLOCKS, MOST_LINES, MOST_ANNEXES = 400, 200, 20
MOST_ROWS, MOST_COLUMNS = 500, 12
LONGEST_TEXT, LONGEST_LINE, LONGEST_CELL = 20_000, 1_000, 2_000
# What XML can't hold; Word would call the file damaged.
_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")


class TooMuch(ValueError):
    """A paper holds more than one can: `part` says of what, `most` how much may be."""

    def __init__(self, part: str, most: int) -> None:
        super().__init__(part)
        self.part, self.most = part, most


@dataclass(frozen=True)
class Block:
    """One paragraph of the body with its rank, or a table (its rows; the first is the head)."""

    style: str
    text: str = ""
    rows: list[list[str]] = field(default_factory=list)


@dataclass(frozen=True)
class Copy:
    """One line of the list of recipients."""

    name: str
    purpose: str = "know"
    form: str = "electronic"


@dataclass(frozen=True)
class Annex:
    """Something that follows the paper on pages of its own."""

    title: str
    text: str = ""
    rows: list[list[str]] = field(default_factory=list)


@dataclass(frozen=True)
class Content:
    """All that is written by hand in a paper; what names it (title, number, day, signer) stands beside."""

    parent_body: str = ""
    """The superior body that stands above the issuing one, as printed."""
    issuer: str = ""
    """The issuing body as the paper prints it; empty: its name in the system."""
    addressees: list[str] = field(default_factory=list)
    bases: list[str] = field(default_factory=list)
    body: list[Block] = field(default_factory=list)
    recipients: list[Copy] = field(default_factory=list)
    on_paper: str = ""
    """Who gets it on paper, where that is said in words at the end of the list."""
    electronically: str = ""
    collective: str = ""
    """On whose behalf it is signed: 'Ủy ban nhân dân'."""
    head: str = ""
    """In whose stead it is signed: 'Chủ tịch'."""
    secretary: str = ""
    """Who kept the minutes."""
    annexes: list[Annex] = field(default_factory=list)

    @classmethod
    def of(cls, data: Mapping[str, Any]) -> "Content":
        """Read stored or sent data: unknown keys are left out, empty lines dropped. Raise TooMuch."""
        return cls(
            **{name: _line(data.get(name)) for name in _LINES},
            addressees=_lines(data.get("addressees"), "addressees"),
            bases=_lines(data.get("bases"), "bases"),
            body=_blocks(data.get("body")),
            recipients=_copies(data.get("recipients")),
            annexes=_annexes(data.get("annexes")),
        )

    def stored(self) -> dict[str, Any]:
        """Give the data to be kept: what is empty is left out."""
        return {name: value for name, value in asdict(self).items() if value}


_LINES = ("parent_body", "issuer", "on_paper", "electronically", "collective", "head", "secretary")


def clean(value: object, longest: int = LONGEST_TEXT, part: str = "text") -> str:
    """Give a text on one line that XML can hold. Raise TooMuch when it is longer than it may be."""
    said = squeeze(_NOT_IN_XML.sub("", str(value or "")))
    if len(said) > longest:
        raise TooMuch(part, longest)
    return said


def _line(value: object) -> str:
    return clean(value, LONGEST_LINE, "line")


def _listed(value: object, part: str, most: int) -> Sequence[Any]:
    found = value if isinstance(value, list) else []
    if len(found) > most:
        raise TooMuch(part, most)
    return found


def _lines(value: object, part: str) -> list[str]:
    return [said for one in _listed(value, part, MOST_LINES) if (said := clean(one, LONGEST_TEXT, part))]


def _blocks(value: object) -> list[Block]:
    blocks = []
    for one in _listed(value, "body", MOST_BLOCKS):
        if not isinstance(one, Mapping):
            continue
        style = one.get("style") if one.get("style") in STYLES else TEXT
        rows = _rows(one.get("rows")) if style == TABLE else []
        block = Block(str(style), "" if style == TABLE else clean(one.get("text")), rows)
        if block.text or block.rows:
            blocks.append(block)
    return blocks


def _rows(value: object) -> list[list[str]]:
    rows = []
    for row in _listed(value, "rows", MOST_ROWS):
        cells = [clean(cell, LONGEST_CELL, "cell") for cell in _listed(row, "columns", MOST_COLUMNS)]
        if any(cells):
            rows.append(cells)
    width = max((len(row) for row in rows), default=0)
    return [row + [""] * (width - len(row)) for row in rows]


def _copies(value: object) -> list[Copy]:
    copies = []
    for one in _listed(value, "recipients", MOST_LINES):
        if isinstance(one, Mapping) and (name := clean(one.get("name"), 300, "recipient")):
            purpose, form = one.get("purpose"), one.get("form")
            copies.append(
                Copy(
                    name,
                    str(purpose) if purpose in PURPOSES else "know",
                    str(form) if form in FORMS else "electronic",
                )
            )
    return copies


def _annexes(value: object) -> list[Annex]:
    annexes = []
    for one in _listed(value, "annexes", MOST_ANNEXES):
        if not isinstance(one, Mapping):
            continue
        text = "\n".join(_lines(str(one.get("text") or "").splitlines(), "annex"))
        annex = Annex(_line(one.get("title")), text, _rows(one.get("rows")))
        if annex.title or annex.text or annex.rows:
            annexes.append(annex)
    return annexes

"""Finding what could tell who somebody is, so that an officer takes it out before a question becomes public.

The program only points; a person decides. What it cannot see (a name without a title before it), the page asks about.
"""

import re
from dataclasses import dataclass

_MARK = "[…]"

_LETTERS = [chr(i) for i in range(0x41, 0x1EFA) if chr(i).isalpha()]
_UPPER = "".join(c for c in _LETTERS if c.isupper())
_LOWER = "".join(c for c in _LETTERS if c.islower())
_CAPITALIZED = f"[{_UPPER}][{_LOWER}]*"
# A title of address and one to four capitalized words: "ông Nguyễn Văn A", "chị Hoa".
_TITLES = (
    r"(?:ông|bà|anh|chị|em|cô|chú|bác|cụ|cháu|thầy|gia đình(?: ông| bà| anh| chị)?|hộ(?: ông| bà)?"
    r"|tên(?: tôi)? là|tôi là)"
)

_PATTERNS: list[tuple[str, re.Pattern[str]]] = [
    ("email", re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")),
    ("link", re.compile(r"(?:https?://|www\.|facebook\.com/|zalo\.me/)\S+", re.IGNORECASE)),
    # Vietnamese numbers have 9 to 11 figures, written with spaces, dots or hyphens, with 0 or +84 in front.
    ("phone", re.compile(r"(?<![\w.])(?:\+?84|0)(?:[\s.\-]?\d){8,10}(?!\d)")),
    ("id_number", re.compile(r"(?<!\d)(?:\d{12}|\d{9})(?!\d)")),
    ("plate", re.compile(r"(?<!\w)\d{2}[A-Z]{1,2}\d?[\s\-.]\d{3,5}(?:\.\d{2})?(?!\w)")),
    ("birth_date", re.compile(r"(?:sinh(?: ngày| năm)?\s+)\d{1,4}(?:[/.\-]\d{1,2}[/.\-]\d{4})?", re.IGNORECASE)),
    (
        "address",
        re.compile(
            r"(?:số nhà|nhà số|ngõ|ngách|hẻm|kiệt|căn hộ|thửa(?: đất)?(?: số)?|tờ bản đồ(?: số)?)\s+[\w/\-]+",
            re.IGNORECASE,
        ),
    ),
    ("name", re.compile(rf"(?i:\b{_TITLES})\s+({_CAPITALIZED}(?:\s+{_CAPITALIZED}){{0,4}})")),
]


@dataclass(frozen=True)
class Private:
    """A piece of text that could tell who somebody is: `text[start:end]`."""

    kind: str
    start: int
    end: int


def find_private(text: str) -> list[Private]:
    """Point at contact data, numbers, addresses and titled names in a text; the pieces never overlap."""
    found: list[Private] = []
    for kind, pattern in _PATTERNS:
        for match in pattern.finditer(text):
            start, end = match.span(1) if kind == "name" else match.span()
            if not any(start < other.end and other.start < end for other in found):
                found.append(Private(kind, start, end))
    return sorted(found, key=lambda piece: piece.start)


def mask(text: str) -> str:
    """Give the text with every piece that was pointed at replaced by […]; what an officer starts from."""
    masked, last = [], 0
    for piece in find_private(text):
        masked += [text[last : piece.start], _MARK]
        last = piece.end
    return "".join([*masked, text[last:]])


def holds_contact(text: str, contact: str) -> bool:
    """Tell whether a text still says how to reach somebody, however spaced or dotted it writes the number."""
    if not contact.strip():
        return False
    figures = _figures(contact)
    return _bare(contact) in _bare(text) or (len(figures) >= LEAST_FIGURES and figures in _figures(text))


LEAST_FIGURES = 8
"""Fewer figures than a telephone number has may stand in any text: a date, a sum."""


def _bare(text: str) -> str:
    return " ".join(text.split()).lower()


def _figures(text: str) -> str:
    return "".join(c for c in text if c.isascii() and c.isdigit())

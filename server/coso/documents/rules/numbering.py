"""The marks that head the parts of a document: Phần, I., 1., 1.1., Điều 1., a), -, +."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import IntEnum

from .letters import UPPER
from .passages import Passage


class Rank(IntEnum):
    """How deep a mark stands, the outermost first."""

    PART = 0
    ROMAN = 1
    ARTICLE = 2
    NUMBER = 3
    DOTTED = 4
    LETTER = 5
    DASH = 6
    PLUS = 7


@dataclass(frozen=True)
class Marker:
    """A mark: its rank, what it says and its place in the count (0 for a dash or a plus)."""

    rank: Rank
    label: str
    count: int = 0

    @property
    def is_numbered(self) -> bool:
        """Tell whether the mark counts, so that a person can refer to it."""
        return self.rank < Rank.DASH


# Letters as lists use them; f, j, w and z are not counted in Vietnamese.
LETTERS = "abcdđeghiklmnopqrstuvxy"
_COUNTED_WITH = {"f": "e", "j": "i", "w": "v", "z": "y"}
_ROMAN_DIGITS = {"I": 1, "V": 5, "X": 10, "L": 50}
_ORDINALS = ["nhất", "hai", "ba", "tư", "năm", "sáu", "bảy", "tám", "chín", "mười"]

# An OCR or a word processor may put a list mark before the number: "- 2. …", "- + …".
_LIST = r"(?:[-–—•▪●]\s+)?"
_SHAPES: list[tuple[Rank, re.Pattern[str]]] = [
    (Rank.PART, re.compile(r"(?i:phần)\s+(?i:thứ\s+)?(?P<n>\w+)\s*[.:\-–]?\s*(?=\S|\Z)")),
    (Rank.ARTICLE, re.compile(r"Điều\s+(?P<n>\d{1,3})\s*[.:]\s*")),
    (Rank.NUMBER, re.compile(_LIST + r"(?P<roman>[IVXL]{1,7})\.(?P<n>\d{1,2})(?!\.?\d)[.)]?\s+(?=\S)")),
    (Rank.ROMAN, re.compile(_LIST + r"(?P<n>[IVXL]{1,7})\s*(?:[.)/]|\s?[-–](?=\s))\s*(?=[^\W\d_])")),
    (Rank.DOTTED, re.compile(_LIST + r"(?P<n>\d{1,2}(?:\.\d{1,2}){1,3})[.)]?\s+(?=[^\W\d_])")),
    (Rank.NUMBER, re.compile(_LIST + r"\(?(?P<n>\d{1,2})\s*[.)]\s*(?=[^\W\d_]|[\"“(])")),
    (Rank.NUMBER, re.compile(_LIST + rf"(?P<n>\d{{1,2}})\s?[-–]\s+(?=[{UPPER}])")),
    (Rank.LETTER, re.compile(_LIST + r"(?P<n>[a-zđ])\s*(?:\)\s*|\.\s+)(?=\S)")),
    (Rank.PART, re.compile(r"(?P<n>[A-HĐ])\.\s+(?=[^\W\d_]{2})")),
    (Rank.PLUS, re.compile(r"(?:[-–—•▪●]\s*)?\+\s*(?=\S)")),
    (Rank.DASH, re.compile(r"(?:[-–—−•▪●*➢✓]|_{1,3}(?=\s))(?:\s*(?=[^\W\d_]|[\"“(])|\s+(?=\d))")),
]


# A quick look: most lines open with no mark.
_MAY_BE_MARKED = re.compile(
    r"[^\w\s]|_|\d|[IVXLl|!HUTY1]{1,7}\s?[.,:/)\-–]|[IVXL]{1,7}\s+-|[a-zđ]\s*[).]|[A-HĐ]\.|Điều\s|(?i:phần)\s"
)
# A scan spoils Roman numerals ("HI." for III., "Il." for II.); before a heading in capitals they can be read.
_SPOILT_ROMAN = re.compile(rf"(?P<n>[IVXLl1|!HUTY\[\]]{{1,6}})\s*[.,:]\s*(?=[{UPPER}]{{2,}})")
_ROMAN_SIGNS = str.maketrans({**dict.fromkeys("l1![]LT", "I"), "H": "II", "U": "II", "Y": "V"})


def _spoilt_roman(line: Passage) -> tuple[Marker, Passage] | None:
    match = _SPOILT_ROMAN.match(line.text)
    if match is None or match["n"].isdigit() or not line.text[match.end() :].isupper():
        return None
    label = match["n"].translate(_ROMAN_SIGNS)
    count = _roman(label)
    return (Marker(Rank.ROMAN, label, count), line[match.end() :]) if count else None


def read_marker(line: Passage) -> tuple[Marker, Passage] | None:
    """Read the mark at the head of a line and give it with the rest; None where there is none."""
    if not _MAY_BE_MARKED.match(line.text):
        return None
    for rank, shape in _SHAPES:
        match = shape.match(line.text)
        if match is None:
            continue
        marker = _marker(rank, match)
        if marker is not None:
            return marker, line[match.end() :]
    return _spoilt_roman(line)


def _marker(rank: Rank, match: re.Match[str]) -> Marker | None:
    if rank >= Rank.DASH:
        return Marker(rank, "")
    label = match["n"]
    count = _count(rank, label)
    if count is None:
        return None
    if match.groupdict().get("roman"):
        return Marker(rank, label, count) if _roman(match["roman"]) else None
    return Marker(rank, label, count)


def _count(rank: Rank, label: str) -> int | None:
    if rank is Rank.ROMAN:
        return _roman(label)
    if rank is Rank.LETTER:
        # A word processor counts f, j, w and z too: they share the place of the letter before.
        return LETTERS.index(_COUNTED_WITH.get(label, label)) + 1
    if rank is Rank.PART:
        return _part(label)
    return int(label.rsplit(".", 1)[-1])


def _part(label: str) -> int | None:
    if len(label) == 1 and label.lower() in LETTERS and label not in _ROMAN_DIGITS:
        return LETTERS.index(label.lower()) + 1
    if label.lower() in _ORDINALS:
        return _ORDINALS.index(label.lower()) + 1
    return _roman(label)


def _roman(label: str) -> int | None:
    """Give the value of a well-formed Roman numeral up to 89."""
    if not re.fullmatch(r"L?X{0,3}(?:IX|IV|V?I{0,3})|XL(?:IX|IV|V?I{0,3})", label) or not label:
        return None
    values = [_ROMAN_DIGITS[digit] for digit in label]
    return sum(-v if v < max(values[i:]) else v for i, v in enumerate(values))

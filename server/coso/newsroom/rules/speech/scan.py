"""One walk over the plain text: at each place the first rule that knows what stands there says it."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum

from coso.newsroom.rules.speech.lexicon import Lexicon


class Kind(StrEnum):
    """What was said last; rules for dashes, slashes and units ask."""

    WORD = "word"
    NUMBER = "number"
    UNIT = "unit"
    PER = "per"
    DATE = "date"
    DAY = "day"
    TIME = "time"
    ROMAN = "roman"
    MARK = "mark"


@dataclass(frozen=True, slots=True)
class Said:
    """What is spoken for a stretch of text.

    `length` is how much of the text it stands for when that is less than the rule's match;
    `readings` are the possible ones where the text does not decide.
    """

    text: str
    kind: Kind = Kind.WORD
    length: int | None = None
    readings: tuple[str, ...] = ()


@dataclass(slots=True)
class Scan:
    """The text, the lexicon, where the walk stands and what it said last."""

    text: str
    lexicon: Lexicon
    pos: int = 0
    at_line_start: bool = True
    last_kind: Kind | None = None
    last_end: int = -1
    pieces: list[tuple[int, int, Said | None]] = field(default_factory=list)

    def just_said(self, *kinds: Kind, gap: int = 0) -> bool:
        """Tell whether the thing said right before this place (at most `gap` letters ago) is of a kind."""
        return self.last_kind in kinds and 0 <= self.pos - self.last_end <= gap

    def line_before(self) -> str:
        """Give what stands before this place on its line."""
        return self.text[self.text.rfind("\n", 0, self.pos) + 1 : self.pos]

    def words_before(self, count: int) -> list[str]:
        """Give the last words and numbers before this place on its line, in small letters, in reading order."""
        return re.findall(r"\d[\d.,/:]*|[^\W\d_]+", self.line_before()[-80:].lower())[-count:]

    def word_before(self) -> str:
        """Give the word right before this place, parted from it by a space or a colon, or ""."""
        m = re.search(r"([^\W\d_]+)[ :/|_*]+$", self.line_before()[-40:])
        return m.group(1).lower() if m else ""


Rule = tuple[re.Pattern[str], Callable[[Scan, re.Match[str]], Said | None]]

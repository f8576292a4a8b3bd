"""The numbers that a word processor paints before paragraphs but doesn't write into them."""

from __future__ import annotations

from dataclasses import dataclass, field

_ROMAN = [(50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")]
BULLET = "-"


@dataclass(frozen=True)
class Level:
    """One level of a list: the kind of its numbers, the pattern around them (%1 is the first level's), its start."""

    kind: str
    pattern: str
    start: int = 1


@dataclass
class Counter:
    """Count one list; `next` gives the label of the next paragraph at a level."""

    levels: dict[int, Level]
    _counts: dict[int, int] = field(default_factory=dict)

    def next(self, depth: int) -> str:
        """Give the label at this depth; a bullet is a hyphen."""
        level = self.levels.get(depth)
        if level is None or level.kind == "none":
            return ""
        if level.kind == "bullet":
            return BULLET
        self._counts[depth] = self._counts.get(depth, level.start - 1) + 1
        for deeper in [d for d in self._counts if d > depth]:
            del self._counts[deeper]
        label = level.pattern
        for outer in range(depth + 1):
            shown = self.levels.get(outer, level)
            label = label.replace(f"%{outer + 1}", write_number(self._counts.get(outer, shown.start), shown.kind))
        return label


def write_number(number: int, kind: str) -> str:
    """Write a number as a list of this kind does (decimal, upperRoman, lowerRoman, upperLetter, lowerLetter)."""
    if kind in ("upperRoman", "lowerRoman"):
        roman = ""
        rest = number
        for value, digits in _ROMAN:
            roman += digits * (rest // value)
            rest %= value
        return roman.upper() if kind == "upperRoman" else roman
    if kind in ("upperLetter", "lowerLetter"):
        letter = chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)
        return letter.upper() if kind == "upperLetter" else letter
    return str(number)

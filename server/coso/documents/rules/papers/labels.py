"""The marks before the parts of a body: I., Điều 1., 1., 1.1., a), -, +, counted by where a part stands."""

from collections.abc import Iterable, Iterator

from coso.documents.rules.numbering import LETTERS
from coso.documents.rules.papers.content import (
    ARTICLE,
    DASH,
    ITEM,
    PART,
    PLUS,
    POINT,
    SECTION,
    TABLE,
    TEXT,
    Block,
)

# The outermost first; a count begins anew whenever something further out is passed.
_COUNTED = (PART, ARTICLE, SECTION, POINT, ITEM)
DEPTHS = {style: depth for depth, style in enumerate((*_COUNTED, DASH, PLUS))}
_TENS = ("", "X", "XX", "XXX", "XL", "L", "LX", "LXX", "LXXX", "XC")
_ONES = ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX")


def roman(number: int) -> str:
    """Write 1 to 99 as Romans did."""
    return _TENS[number // 10 % 10] + _ONES[number % 10] if number < 100 else str(number)


def letter(number: int) -> str:
    """Give the letter that lists use for a count: a, b, c, d, đ, e …; aa after y."""
    at = number - 1
    return LETTERS[at % len(LETTERS)] * (at // len(LETTERS) + 1)


def labelled(blocks: Iterable[Block]) -> Iterator[tuple[str, Block]]:
    """Give each block with its mark; plain text and tables have none.

    Articles count through the whole paper, whatever parts they stand in (Điều 1 … Điều 9).
    """
    counts = dict.fromkeys(_COUNTED, 0)
    for block in blocks:
        if block.style in counts:
            counts[block.style] += 1
            for inner in _COUNTED[_COUNTED.index(block.style) + 1 :]:
                if inner != ARTICLE:
                    counts[inner] = 0
        yield _label(block.style, counts), block


def _label(style: str, counts: dict[str, int]) -> str:
    match style:
        case "part":
            return f"{roman(counts[PART])}."
        case "article":
            return f"Điều {counts[ARTICLE]}."
        case "section":
            return f"{counts[SECTION]}."
        case "point":
            return f"{counts[SECTION]}.{counts[POINT]}." if counts[SECTION] else f"{counts[POINT]}."
        case "item":
            return f"{letter(counts[ITEM])})"
        case "dash":
            return "-"
        case "plus":
            return "+"
    return ""


def is_heading(blocks: list[Block], at: int) -> bool:
    """Tell whether a part heads what follows: something deeper stands under it, so it is printed bold."""
    block = blocks[at]
    if block.style == PART:
        return True
    if block.style not in (ARTICLE, SECTION, POINT) or len(block.text) > 300 or block.text.endswith((":", ";")):
        return False
    following = blocks[at + 1] if at + 1 < len(blocks) else None
    if following is None:
        return False
    if following.style in (TEXT, TABLE):
        # A whole sentence before plain text is text itself; a heading has no full stop.
        return not block.text.endswith(".")
    return DEPTHS[following.style] > DEPTHS[block.style]

"""The sentences of a document from which something was read: whole lines, in the order of the text."""

from collections.abc import Iterable, Sequence

MOST_LETTERS = 4_000


def lines_around(text: str, spans: Iterable[Sequence[int]]) -> list[str]:
    """Give the lines of a text in which some spans lie, each once; spans outside the text are left out."""
    taken: list[list[int]] = []
    for start, end in sorted((span[0], span[1]) for span in spans if len(span) == 2):
        if not 0 <= start < end <= len(text):
            continue
        first = text.rfind("\n", 0, start) + 1
        last = text.find("\n", end - 1)
        last = len(text) if last < 0 else last
        if taken and first <= taken[-1][1]:
            taken[-1][1] = max(taken[-1][1], last)
        else:
            taken.append([first, last])
    lines = [line for first, last in taken for line in _lines(text[first:last])]
    return _short(lines)


def _lines(passage: str) -> list[str]:
    return [line for line in (" ".join(one.split()) for one in passage.splitlines()) if line]


def _short(lines: list[str]) -> list[str]:
    """Leave out what is beyond a page's worth of letters."""
    kept: list[str] = []
    left = MOST_LETTERS
    for line in lines:
        if left <= 0:
            return [*kept, "…"]
        kept.append(line if len(line) <= left else f"{line[:left]}…")
        left -= len(line)
    return kept

"""The written and the spoken text side by side: each replaced stretch is marked on both, doubts are pointed at."""

from collections.abc import Iterable
from dataclasses import dataclass

from coso.newsroom.rules.speech import Replacement, SpokenText


@dataclass(frozen=True)
class Piece:
    """A stretch of text; `span` joins it with its counterpart on the other side."""

    text: str
    span: int | None = None


@dataclass(frozen=True)
class Doubted:
    """A stretch that could be read in several ways, and the one that was taken."""

    span: int | None
    written: str
    said: str
    readings: tuple[str, ...]


Paragraphs = list[list[Piece]]


@dataclass(frozen=True)
class Sides:
    """Both texts as paragraphs of pieces."""

    written: Paragraphs
    spoken: Paragraphs
    doubts: list[Doubted]
    replaced: int


def sides(written: str, spoken: SpokenText) -> Sides:
    """Lay a written text beside how it is said."""
    changed = [one for one in spoken.replacements if one.said and one.said != written[one.start : one.end]]
    numbers = {(one.start, one.end): number for number, one in enumerate(changed, start=1)}
    doubts = [
        Doubted(numbers.get((doubt.start, doubt.end)), doubt.written, doubt.said, doubt.readings)
        for doubt in spoken.doubts
    ]
    return Sides(
        written=_paragraphs(_written(written, changed)),
        spoken=_paragraphs(_spoken(spoken.text, changed)),
        doubts=doubts,
        replaced=len(changed),
    )


def _written(text: str, changed: list[Replacement]) -> Iterable[Piece]:
    at = 0
    for number, one in enumerate(changed, start=1):
        if one.start < at:
            continue
        yield Piece(text[at : one.start])
        yield Piece(text[one.start : one.end], number)
        at = one.end
    yield Piece(text[at:])


def _spoken(text: str, changed: list[Replacement]) -> Iterable[Piece]:
    """Find what was said in the order of the text; what tidying has altered stays unmarked."""
    at = 0
    for number, one in enumerate(changed, start=1):
        found = text.find(one.said.strip(), at)
        if found < 0 or not one.said.strip():
            continue
        end = found + len(one.said.strip())
        yield Piece(text[at:found])
        yield Piece(text[found:end], number)
        at = end
    yield Piece(text[at:])


def _paragraphs(pieces: Iterable[Piece]) -> Paragraphs:
    lines: Paragraphs = [[]]
    for piece in pieces:
        for place, part in enumerate(piece.text.split("\n")):
            if place:
                lines.append([])
            if part:
                lines[-1].append(Piece(part, piece.span))
    return [line for line in lines if any(piece.text.strip() for piece in line)]

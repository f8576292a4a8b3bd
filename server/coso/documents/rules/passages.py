"""A passage: cleaned text in which every character remembers where it came from.

All rules look for shapes in passages, cut them and join them; the spans follow by themselves.
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from collections.abc import Iterable, Iterator
from functools import cached_property, lru_cache

from .spans import Found, Span

# What cleaning removes: it never separates two halves of one value.
MARKUP = "*"
# Bars are the edges of cells, or noise of a scan.
_LIKE_BLANKS = "|\u200b\ufeff\u00ad"
# Latin letters with their marks, and punctuation: none of these is a combining mark.
_COMPOSED = re.compile("[\\x00-\u02ff\u1e00-\u1eff\u2010-\u2064]*")
_WORD = rf"[^\s{MARKUP}{_LIKE_BLANKS}]+"
_PIECES = re.compile(rf"(?P<words>{_WORD}(?: {_WORD})*)|(?P<blanks>[\s{_LIKE_BLANKS}]+)|(?P<markup>[{MARKUP}]+)")
_ONLY_BLANKS_AND_MARKUP = re.compile(r"[\s*|]*\Z")
_EDGES = " \t,;:.*/\\\"'“”_|"


@lru_cache(maxsize=4096)
def _fold_character(character: str) -> str:
    if character in "đĐ":
        return "d"
    base = unicodedata.normalize("NFD", character)[0].lower()
    return base if len(base) == 1 else character


def fold(text: str) -> str:
    """Give the text without case or Vietnamese marks, of the same length."""
    return "".join(map(_fold_character, text))


class Passage:
    """A piece of cleaned text that knows its source."""

    __slots__ = ("__dict__", "ends", "source", "starts", "text")

    def __init__(self, source: str, text: str, starts: array[int], ends: array[int]) -> None:
        self.source = source
        self.text = text
        self.starts = starts
        self.ends = ends

    def __len__(self) -> int:
        return len(self.text)

    def __bool__(self) -> bool:
        return bool(self.text)

    def __getitem__(self, cut: slice) -> Passage:
        return Passage(self.source, self.text[cut], self.starts[cut], self.ends[cut])

    def __repr__(self) -> str:
        return f"Passage({self.text!r})"

    @cached_property
    def folded(self) -> str:
        """Give the text without case or marks; indexes are those of `text`."""
        return fold(self.text)

    def group(self, match: re.Match[str], group: int | str = 0) -> Passage:
        """Cut out what a match (in `text` or in `folded`) found."""
        start, end = match.span(group)
        return self[max(start, 0) : max(end, 0)]

    def strip(self, characters: str = " ") -> Passage:
        """Cut these characters off both ends."""
        return self.lstrip(characters).rstrip(characters)

    def lstrip(self, characters: str = " ") -> Passage:
        """Cut these characters off the beginning."""
        cut = len(self.text) - len(self.text.lstrip(characters))
        return self[cut:] if cut else self

    def rstrip(self, characters: str = " ") -> Passage:
        """Cut these characters off the end."""
        kept = len(self.text.rstrip(characters))
        return self[:kept] if kept < len(self.text) else self

    def trimmed(self) -> Passage:
        """Cut off blanks, quotes and punctuation that belong to the sentence, not to the value."""
        kept = self.strip(_EDGES)
        # An ellipsis and a closed quotation are part of what is said.
        tail = self.text[len(self) - len(self.lstrip(_EDGES)) + len(kept) :]
        opened = '"“'
        extra = 1 if tail[:1] in ("”", '"') and tail and any(mark in kept.text for mark in opened) else 0
        begin = len(self) - len(self.lstrip(_EDGES))
        lead = 1 if begin and self.text[begin - 1] in opened and ("”" in kept.text or extra) else 0
        return self[begin - lead : begin + len(kept) + extra]

    def split(self, pattern: re.Pattern[str]) -> Iterator[Passage]:
        """Give the parts between matches of a pattern in `text`, without empty ones."""
        begin = 0
        for match in pattern.finditer(self.text):
            yield from self._part(begin, match.start())
            begin = match.end()
        yield from self._part(begin, len(self))

    def _part(self, begin: int, end: int) -> Iterator[Passage]:
        part = self[begin:end].strip()
        if part:
            yield part

    @property
    def spans(self) -> tuple[Span, ...]:
        """Give the places in the source, cut wherever something foreign stands between."""
        if not self.text:
            return ()
        if self.ends[-1] - self.starts[0] == len(self.text):
            return (Span(self.starts[0], self.ends[-1]),)
        spans = []
        begin = self.starts[0]
        for index in range(1, len(self.text)):
            gap = self.source[self.ends[index - 1] : self.starts[index]]
            if gap and not _ONLY_BLANKS_AND_MARKUP.match(gap):
                spans.append(Span(begin, self.ends[index - 1]))
                begin = self.starts[index]
        spans.append(Span(begin, self.ends[-1]))
        return tuple(spans)

    def found(self) -> Found[str]:
        """Give the text as a value."""
        return Found(self.text, self.spans)


def derived(value: str, *passages: Passage) -> Found[str]:
    """Give a value that was understood from these passages, not copied from them."""
    return Found(value, tuple(span for passage in passages for span in passage.spans), verbatim=False)


def join(passages: Iterable[Passage]) -> Passage:
    """Put passages of one source behind each other with single blanks between."""
    parts = [passage for passage in passages if passage]
    if not parts:
        return Passage("", "", array("I"), array("I"))
    if len(parts) == 1:
        return parts[0]
    texts, starts, ends = [parts[0].text], parts[0].starts[:], parts[0].ends[:]
    for part in parts[1:]:
        # The blank stands for the gap's first character, or for nothing where two pieces touch.
        at = ends[-1]
        starts.append(at)
        ends.append(min(at + 1, max(part.starts[0], at)))
        texts.append(part.text)
        starts += part.starts
        ends += part.ends
    return Passage(parts[0].source, " ".join(texts), starts, ends)


def clean(source: str, start: int = 0, end: int | None = None) -> Passage:
    """Read a range of the source: NFC, no markdown stars, single blanks, none at the ends."""
    stop = len(source) if end is None else end
    if _COMPOSED.fullmatch(source, start, stop):
        return _clean_composed(source, start, stop)
    characters: list[str] = []
    starts: array[int] = array("I")
    ends: array[int] = array("I")
    at = start
    while at < stop:
        after = at + 1
        while after < stop and unicodedata.combining(source[after]):
            after += 1
        composed = source[at:after]
        if after > at + 1:
            composed = unicodedata.normalize("NFC", composed)
        for character in composed:
            _append(character, at, after, characters, starts, ends)
        at = after
    while characters and characters[-1] == " ":
        del characters[-1], starts[-1], ends[-1]
    return Passage(source, "".join(characters), starts, ends)


def _clean_composed(source: str, start: int, stop: int) -> Passage:
    """Do the same piece by piece, for text in which no character combines with the one before."""
    pieces: list[str] = []
    starts: array[int] = array("I")
    ends: array[int] = array("I")
    for match in _PIECES.finditer(source, start, stop):
        begin, end = match.span()
        if match.lastgroup == "words":
            pieces.append(match.group())
        elif match.lastgroup == "blanks" and pieces and pieces[-1] != " ":
            pieces.append(" ")
            end = begin + 1
        else:
            continue
        starts.extend(range(begin, end))
        ends.extend(range(begin + 1, end + 1))
    if pieces and pieces[-1] == " ":
        del pieces[-1], starts[-1], ends[-1]
    return Passage(source, "".join(pieces), starts, ends)


def _append(character: str, at: int, after: int, characters: list[str], starts: array[int], ends: array[int]) -> None:
    if character in MARKUP:
        return
    if character.isspace() or character in _LIKE_BLANKS:
        if not characters or characters[-1] == " ":
            return
        character = " "
    characters.append(character)
    starts.append(at)
    ends.append(after)


def plain(text: str) -> str:
    """Give a text as values carry it: NFC, without markdown stars and bars, with single blanks."""
    return clean(text).text

"""How abbreviations and foreign words are read, as a table that an operator can edit."""

import csv
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from io import StringIO

from coso.kit.errors import BadInput
from coso.kit.text import fold, nfc

COLUMNS = ("written", "spoken", "before", "after", "note")
NUMBER_MARK = "#"
NAME_MARK = "Aa"
LINE_START = "^"
LINE_END = "$"
# What may stand between an abbreviation and the words that explain it without parting them.
_TOKEN = re.compile(r"\d[\d.,/]*|[^\W\d_]+|[/&^$-]")
_REACH = 100


@dataclass(frozen=True, slots=True)
class LexiconEntry:
    """One reading of one written form.

    `before` and `after` say which words must stand next to it, alternatives parted by "|":
    words without marks match any marks ("uy ban"), with marks exactly those ("sở"); "#" is a number,
    "Aa" a word with a capital, "^" the start and "$" the end of a line, "/" and "-" themselves;
    "*word" stands anywhere on that side of the line. Empty means everywhere.
    `before` "/" is the reading inside a document's number (07-CT/TW).
    """

    written: str
    spoken: str
    before: str = ""
    after: str = ""
    note: str = ""


def tokens(text: str) -> list[str]:
    """Cut the words, numbers and joining signs out of a stretch of one line."""
    return _TOKEN.findall(text)


def _same(pattern: str, token: str) -> bool:
    if pattern == NUMBER_MARK:
        return token[0].isdigit()
    if pattern == NAME_MARK:
        return token[0].isupper() and not token[1:].isupper()
    lowered = pattern.lower()
    return lowered == token.lower() or (lowered == fold(pattern) and lowered == fold(token))


def _alternatives(side: str) -> list[str]:
    return [part.strip() for part in side.split("|") if part.strip()]


def _stands(pattern: str, words: Sequence[str], *, edge: str) -> int:
    """Weigh one alternative against the words, nearest first: 0 when absent, else how much it says."""
    if pattern.startswith("*"):
        wanted = tokens(pattern[1:])
        if edge == LINE_START:
            wanted.reverse()
        for i in range(len(words) - len(wanted) + 1):
            if wanted and all(_same(p, w) for p, w in zip(wanted, words[i:], strict=False)):
                return len(wanted)
        return 0
    wanted = [LINE_START if edge == LINE_START else LINE_END] if pattern == edge else pattern.split()
    if edge == LINE_START:
        wanted = wanted[::-1]
    present = [*words[: len(wanted)], edge][: len(wanted)]
    if len(present) == len(wanted) and all(p == w or _same(p, w) for p, w in zip(wanted, present, strict=True)):
        return len(wanted) * 2
    return 0


@dataclass(frozen=True, slots=True)
class Surroundings:
    """The words around a written form on its line, each list nearest first."""

    before: tuple[str, ...]
    after: tuple[str, ...]

    @classmethod
    def of(cls, text: str, start: int, end: int) -> "Surroundings":
        """Read the words left and right of text[start:end] on the same line."""
        head = text[max(text.rfind("\n", 0, start) + 1, start - _REACH) : start]
        tail = text[end : end + _REACH].split("\n", 1)[0]
        return cls(tuple(reversed(tokens(head))), tuple(tokens(tail)))


def weigh(entry: LexiconEntry, around: Surroundings) -> int | None:
    """Say how well an entry fits its place: None not at all, 0 an entry that fits everywhere."""
    total = 0
    for side, words, edge in (
        (entry.before, around.before, LINE_START),
        (entry.after, around.after, LINE_END),
    ):
        alternatives = _alternatives(side)
        if not alternatives:
            continue
        best = max(_stands(pattern, words, edge=edge) for pattern in alternatives)
        if not best:
            return None
        total += best
    return total


class Lexicon:
    """Entries ready to be looked up by what stands at a place in the text."""

    def __init__(self, entries: Iterable[LexiconEntry], *, over: "Lexicon | None" = None) -> None:
        self._own: dict[str, list[LexiconEntry]] = {}
        for entry in entries:
            self._own.setdefault(self._key(entry.written), []).append(entry)
        self._over = over
        starts: dict[str, set[str]] = {}
        for key in [*self._own, *(over.keys() if over else ())]:
            starts.setdefault(key[0].lower(), set()).add(key)
        self._by_start = {c: sorted(keys, key=len, reverse=True) for c, keys in starts.items()}

    @staticmethod
    def _key(written: str) -> str:
        return " ".join(nfc(written).split())

    def keys(self) -> Iterable[str]:
        """List every written form."""
        return {**self._own, **(dict.fromkeys(self._over.keys()) if self._over else {})}.keys()

    def starting(self, letter: str) -> Sequence[str]:
        """List the written forms that begin with a letter, longest first."""
        return self._by_start.get(letter.lower(), ())

    def layers(self, written: str) -> Iterable[list[LexiconEntry]]:
        """Give the operator's entries for a written form, then the seed's."""
        if written in self._own:
            yield self._own[written]
        if self._over:
            yield from self._over.layers(written)

    def choose(self, written: str, around: Surroundings) -> tuple[LexiconEntry | None, tuple[str, ...]]:
        """Pick the entry for a place, and the other readings when nothing there decided between them."""
        for entries in self.layers(written):
            weighed = [(w, e) for e in entries if (w := weigh(e, around)) is not None]
            if not weighed:
                continue
            best = max(w for w, _ in weighed)
            chosen = next(e for w, e in weighed if w == best)
            by_sound = {e.spoken.lower(): e.spoken for e in reversed(entries) if not e.before.startswith("/")}
            readings = tuple(reversed(by_sound.values()))
            return chosen, readings if best == 0 and len(readings) > 1 else ()
        return None, ()

    def knows(self, written: str) -> bool:
        """Tell whether a written form has an entry."""
        return any(True for _ in self.layers(written))

    def is_symbol(self, written: str) -> bool:
        """Tell whether a written form has a reading that is only for documents' numbers."""
        return any("/" in _alternatives(e.before) for entries in self.layers(written) for e in entries)

    def in_number(self, written: str) -> str | None:
        """Give the reading of a part of a document's number (KH, UBND), or None."""
        for entries in self.layers(written):
            symbols = [e for e in entries if "/" in _alternatives(e.before)]
            plain = [e for e in entries if not e.before and not e.after]
            if symbols or plain:
                return (symbols or plain)[0].spoken
        return None


class BadLexicon(BadInput):
    """A table of readings has a line that cannot be used.

    `code` says why: columns (the first line names no “written” and “spoken”), incomplete (no written form or no
    reading), figures (a reading that is not all words).
    """

    def __init__(self, code: str, line: int) -> None:
        self.code, self.line = code, line
        super().__init__(f"Line {line} of the lexicon cannot be used: {code}.")


def read_lexicon(text: str) -> list[LexiconEntry]:
    """Read entries from CSV text with the columns written, spoken, before, after, note.

    Raises BadLexicon naming the line when a column, a written form or a reading is missing,
    or when a reading still holds a digit.
    """
    rows = csv.DictReader(StringIO(text.removeprefix("\ufeff")))
    if not {"written", "spoken"} <= set(rows.fieldnames or ()):
        raise BadLexicon("columns", 1)
    return [_entry(row, rows.line_num) for row in rows if any((v or "").strip() for v in _texts(row))]


def _texts(row: Mapping[str, str | None]) -> list[str | None]:
    return [row.get(c) for c in COLUMNS]


def _entry(row: Mapping[str, str | None], line: int) -> LexiconEntry:
    written, spoken, before, after, note = (nfc(v or "").strip() for v in _texts(row))
    if not written or not spoken:
        raise BadLexicon("incomplete", line)
    if any(c.isdigit() or c == "/" for c in spoken):
        raise BadLexicon("figures", line)
    return LexiconEntry(written, spoken, before, after, note)


@lru_cache(maxsize=1)
def seed_lexicon() -> tuple[LexiconEntry, ...]:
    """Give the entries that come with the program (`newsroom/data/lexicon.csv`)."""
    source = resources.files("coso.newsroom") / "data" / "lexicon.csv"
    return tuple(read_lexicon(source.read_text(encoding="utf-8")))


@lru_cache(maxsize=1)
def seed() -> Lexicon:
    """Give the seed entries ready for looking up."""
    return Lexicon(seed_lexicon())

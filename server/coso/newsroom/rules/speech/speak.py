"""Turn written Vietnamese into the words a voice says, keeping each change in view of the editor."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from coso.newsroom.rules.speech import abbreviations, contacts, dates, documents, marks, quantities
from coso.newsroom.rules.speech.lexicon import Lexicon, LexiconEntry, seed
from coso.newsroom.rules.speech.scan import Kind, Rule, Said, Scan
from coso.newsroom.rules.speech.source import Source, read_source


@dataclass(frozen=True, slots=True)
class Replacement:
    """A stretch of the source, text[start:end], that is spoken differently; "" when it is not spoken."""

    start: int
    end: int
    said: str


@dataclass(frozen=True, slots=True)
class Doubt:
    """A stretch whose reading the text does not decide: what was taken, and what it could be."""

    start: int
    end: int
    written: str
    said: str
    readings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SpokenText:
    """The words to be spoken, what they replace, and where a person should look."""

    text: str
    replacements: tuple[Replacement, ...]
    doubts: tuple[Doubt, ...]


_RULES: list[Rule] = [
    *marks.STARTS,
    *contacts.RULES[:3],
    *marks.SIGNS[:1],
    *abbreviations.RULES_LEXICON,
    *documents.RULES,
    *contacts.RULES[3:],
    *dates.RULES,
    *quantities.RULES,
    *abbreviations.RULES,
    *marks.SIGNS[1:],
]
_WORD = re.compile(r"[^\W\d_]+")


def speak_text(text: str, *, lexicon: Sequence[LexiconEntry] = ()) -> SpokenText:
    """Say a written text in words: no digit, no "/", no abbreviation is left.

    `lexicon` holds the operator's entries; for the same written form they win over the seed's.
    The result can be spoken again and stays as it is.
    """
    source = read_source(text)
    scan = Scan(source.text, Lexicon(lexicon, over=seed()) if lexicon else seed())
    while scan.pos < len(scan.text):
        _step(scan)
    return SpokenText(_joined(scan), _replacements(scan, source), _doubts(scan, source, text))


def _step(scan: Scan) -> None:
    char = scan.text[scan.pos]
    for pattern, say in _RULES:
        m = pattern.match(scan.text, scan.pos)
        said = say(scan, m) if m and m.end() > scan.pos else None
        if m and said:
            _take(scan, scan.pos + said.length if said.length else m.end(), said)
            return
    word = _WORD.match(scan.text, scan.pos)
    end = word.end() if word else scan.pos + 1
    scan.pieces.append((scan.pos, end, None))
    scan.pos = end
    if char == "\n":
        scan.at_line_start = True
    elif char != " ":
        scan.at_line_start = False


def _take(scan: Scan, end: int, said: Said) -> None:
    scan.pieces.append((scan.pos, end, said))
    scan.pos = end
    scan.last_kind, scan.last_end = said.kind, end
    if said.kind != Kind.MARK and said.text:
        scan.at_line_start = False


def _joined(scan: Scan) -> str:
    out: list[str] = []
    apart = False
    for start, end, said in scan.pieces:
        plain = scan.text[start:end] if said is None else said.text
        if not plain:
            apart = True
            continue
        previous = out[-1][-1] if out else "\n"
        touching = previous.isalnum() or previous in ",.;:"
        if (said is not None or apart) and touching and plain[0].isalnum():
            out.append(" ")
        out.append(plain)
        apart = said is not None
    return _tidy("".join(out))


_TIDY = (
    (re.compile(r"[ \t]+"), " "),
    (re.compile(r" ?\n ?"), "\n"),
    (re.compile(r"\( +"), "("),
    (re.compile(r" +(?=[,.;:?!)])"), ""),
    (re.compile(r"\n{3,}"), "\n\n"),
)
_LINE_END = re.compile(r"(?<=[^\W_])\n(?:\n|[\"“(]*(?P<next>\w))")


def _tidy(text: str) -> str:
    for pattern, plain in _TIDY:
        text = pattern.sub(plain, text)
    # A line that ends without a stop before a new sentence would be run into it by the voice.
    return _LINE_END.sub(_stop_line, text.strip())


def _stop_line(m: re.Match[str]) -> str:
    follows = m["next"]
    line = m.string[m.string.rfind("\n", 0, m.start()) + 1 : m.start()]
    if not line[-2:-1].isalnum():
        return m.group()  # a letter alone with a stop would be the mark of a list
    return m.group() if follows and not follows.isupper() else "." + m.group()


def _replacements(scan: Scan, source: Source) -> tuple[Replacement, ...]:
    said = [Replacement(*source.span(start, end), said.text) for start, end, said in scan.pieces if said is not None]
    left_out = [Replacement(start, end, "") for start, end in source.dropped]
    return tuple(sorted((*said, *left_out), key=lambda r: (r.start, r.end)))


def _doubts(scan: Scan, source: Source, original: str) -> tuple[Doubt, ...]:
    found: list[Doubt] = []
    for begin, finish, said in scan.pieces:
        if said is not None and said.readings:
            start, end = source.span(begin, finish)
            found.append(Doubt(start, end, original[start:end], said.text, said.readings))
    return tuple(found)

"""The source text made plain for reading, with the way back to where each letter stood."""

import re
import unicodedata
from dataclasses import dataclass

# Signs that some rule or the voice itself knows; every other sign is a picture and is not read.
_KEPT = frozenset(",.;:?!()\"'“”‘’«»…–—-/%‰°&+=<>≥≤±×÷~@_|$€₫→")
_RAISED = frozenset("⁰¹²³⁴⁵⁶⁷⁸⁹")
_SIGNS = {
    "\u00a0": " ", "\t": " ", "\u2009": " ", "\u202f": " ", "\u3000": " ", "\u2011": "-", "\u2010": "-",
    "\u2012": "–", "\u2212": "-", "º": "°", "˚": "°", "⁄": "/", "∕": "/", "`": " ", "´": "'", "′": "'",
    "″": '"', "„": '"', "\r": "\n", "\u2028": "\n", "\u2029": "\n", "\u0085": "\n", "\x0b": "\n", "\x0c": "\n",
    "•": "-", "●": "-", "▪": "-", "■": "-", "◦": "-", "‣": "-", "·": "-", "―": "—", "đ": "đ", "$": "$",
}  # fmt: skip
_MARKUP = re.compile(
    r"<!--.*?-->|</?[A-Za-z][^<>\n]{0,200}>|!(?=\[)|\*\*+|~~|(?<!\d)\*|\*(?!\d)|`"
    # the mark of a footnote: "kế hoạch[1]"
    r"|(?<=[^\W\d_])\[\d{1,3}\]",
    re.S,
)
_ADDRESS = re.compile(r"\S*(?:@|://|www\.)\S*")
_LINK = re.compile(r"(?<=\])\(\s*(?:https?:|mailto:|/|#|www\.)[^()\s]*\)")
_BREAK_TAGS = re.compile(r"</?(?:br|p|div|li|tr|h[1-6])\b", re.I)
_RULE = re.compile(r"^[ \t]*([-_=*~#|+–—])(?:[ \t]*[-_=*~#|:+–—])+[ \t]*$", re.M)
_CLUSTER = re.compile(r"[\u1100-\u11ff]+|.[\u0300-\u036f]*", re.S)


@dataclass(frozen=True, slots=True)
class Source:
    """Plain text, the span of the original that each of its letters came from, and what was left out."""

    text: str
    origin: tuple[tuple[int, int], ...]
    dropped: tuple[tuple[int, int], ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Give the span in the original of a span of the plain text that is not empty."""
        return self.origin[start][0], self.origin[end - 1][1]


def _markup(text: str) -> dict[int, tuple[int, str]]:
    """Map the start of each piece of markup to its end and what stands for it."""
    found: dict[int, tuple[int, str]] = {}
    for pattern in (_LINK, _RULE, _MARKUP):
        for m in pattern.finditer(text):
            stands_for = "\n" if _BREAK_TAGS.match(m.group()) else ""
            found.setdefault(m.start(), (m.end(), stands_for))
    return found


def _plain(cluster: str) -> str:
    if cluster in _SIGNS:
        return _SIGNS[cluster]
    composed = unicodedata.normalize("NFC", cluster)
    return "".join(_plain_char(c) for c in composed)


def _loose_underscores(text: str) -> set[int]:
    """Find the underscores that join no address; they are read as spaces."""
    inside = {i for m in _ADDRESS.finditer(text) for i in range(*m.span())}
    return {m.start() for m in re.finditer("_", text)} - inside


def _plain_char(char: str) -> str:
    if char in _SIGNS:
        return _SIGNS[char]
    if char in _KEPT or char in " \n" or (char.isascii() and char.isalnum()):
        return char
    category = unicodedata.category(char)
    if category.startswith("N"):
        folded = unicodedata.normalize("NFKC", char).replace("\u2044", "/")
        if folded.isascii():
            return folded
        value = unicodedata.numeric(char, None)
        return f" {int(value)} " if value is not None and value == int(value) >= 0 else " "
    if category.startswith("L"):
        folded = unicodedata.normalize("NFKC", char)
        return folded if len(folded) == 1 else char
    if category.startswith("M"):
        return char
    if category == "Cf":
        return ""
    folded = unicodedata.normalize("NFKC", char)
    return folded if all(c in _KEPT or c == " " or (c.isascii() and c.isalnum()) for c in folded) else " "


def read_source(original: str) -> Source:
    """Compose letters, drop markup, pictures and invisible signs, and bring spaces to one kind.

    Every letter of the result remembers the place of the original that it came from.
    """
    markup = _markup(original)
    markup.update({at: (at + 1, " ") for at in _loose_underscores(original) if at not in markup})
    out: list[str] = []
    origin: list[tuple[int, int]] = []
    dropped: list[tuple[int, int]] = []
    pos = 0
    while pos < len(original):
        if pos in markup:
            end, plain = markup[pos]
            dropped.append((pos, end))
        else:
            m = _CLUSTER.match(original, pos)
            end = m.end() if m else pos + 1
            cluster = original[pos:end]
            plain = _plain(cluster)
            if plain.strip() != cluster.strip() and not plain.strip() and cluster.strip():
                dropped.append((pos, end))
        if plain[:1].isdigit() and not original[pos].isascii() and out and out[-1].isdigit():
            # 5² and 5① must not run together into 52 and 51.
            plain = (" mũ " if original[pos] in _RAISED else " ") + plain
        for c in plain:
            out.append(c)
            origin.append((pos, end))
        pos = end
    text, kept = _squeeze("".join(out))
    return Source(text, tuple(origin[i] for i in kept), tuple(_merged(dropped)))


def _squeeze(text: str) -> tuple[str, list[int]]:
    """Leave one space between words, none at the edges of a line or before a stop; say which letters stay."""
    stay: list[int] = []
    for i, c in enumerate(text):
        if c == " ":
            before = text[stay[-1]] if stay else "\n"
            if before in " \n(":
                continue
        elif c in ",.;:?!)\n":
            while stay and text[stay[-1]] == " " and (c == "\n" or not _opens_number(text, i)):
                stay.pop()
        stay.append(i)
    while stay and text[stay[-1]].isspace():
        stay.pop()
    return "".join(text[i] for i in stay), stay


def _opens_number(text: str, at: int) -> bool:
    return text[at] in ".,:" and text[at + 1 : at + 2].isalnum()


def _merged(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for start, end in spans:
        if merged and merged[-1][1] == start:
            merged[-1] = (merged[-1][0], end)
        else:
            merged.append((start, end))
    return merged

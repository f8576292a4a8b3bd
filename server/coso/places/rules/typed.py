"""A unit's name as people type it into a file: without marks, shortened, with the district in brackets."""

import re
from dataclasses import dataclass, field

from coso.kit.text import fold, squeeze

# Folded types of units, each with what it may be shortened to. Nghị định 11/2020 and daily use; no list is official.
_SHORT: dict[str, tuple[str, ...]] = {
    "thanh pho": ("tp", "thanh pho"),
    "thi tran": ("tt", "thi tran"),
    "thi xa": ("tx", "thi xa"),
    "to dan pho": ("tdp", "to dan pho", "to dp", "to"),
    "khoi pho": ("kp", "khoi pho"),
    "khu pho": ("kp", "khu pho"),
    "phuong": ("p", "phuong"),
    "huyen": ("h", "huyen"),
    "quan": ("q", "quan"),
    "tinh": ("t", "tinh"),
    "thon": ("t", "thon"),
    "xom": ("x", "xom"),
    "khoi": ("k", "khoi"),
    "ban": ("b", "ban"),
    "buon": ("buon",),
    "lang": ("lang",),
    "ap": ("ap",),
    "xa": ("x", "xa"),
}
# Longer first: "thi xa ky anh" begins with "thi xa", "to dan pho 5" with "to dan pho" and not with "to".
_PREFIXES = sorted(
    {(short, kind) for kind, shorts in _SHORT.items() for short in shorts}, key=lambda pair: -len(pair[0])
)
_PUNCTUATION = re.compile(r"[^\w\s]+|_")
_HINTS = re.compile(r"[(),;]| - | – ")


@dataclass(frozen=True)
class Name:
    """A name taken apart, folded."""

    bare: str
    """Without the type: 'nam ha', '5'."""
    kinds: frozenset[str] = frozenset()
    """The types that the first word can mean: {'phuong'}, {'xa', 'xom'}; empty when none was typed."""
    whole: str = ""
    """Folded as it was typed."""
    written: str = field(default="", compare=False)
    """As it was typed."""

    def means(self, other: "Name") -> bool:
        """Tell whether this typed name can stand for a unit's own name."""
        if self.whole == other.whole:
            return True
        return self.bare == other.bare and (not self.kinds or not self.kinds.isdisjoint(other.kinds))


@dataclass(frozen=True)
class Typed:
    """What a cell says of a unit: its name, and the units above it that were added to tell it from others."""

    name: Name
    above: tuple[Name, ...] = ()


def take_apart(text: str) -> Name:
    """Take one name apart: 'P. Nam Hà' → 'nam ha' of the type phường; 'TDP số 05' → '5' of the type tổ dân phố."""
    whole = _plain(text)
    kinds: set[str] = set()
    length = 0
    for short, kind in _PREFIXES:
        if length and len(short) < length:
            break
        if whole.startswith(f"{short} "):
            kinds.add(kind)
            length = len(short)
    bare = whole[length:].strip()
    if kinds:
        bare = bare.removeprefix("so ")
    return Name(bare, frozenset(kinds), whole, squeeze(text))


def read(text: str) -> Typed:
    """Read a cell: 'Phường Nam Hà (TP Hà Tĩnh)', 'Thôn 1, xã Sơn Kim 1, huyện Hương Sơn'."""
    parts = [part for part in _HINTS.split(text) if _plain(part)]
    if not parts:
        return Typed(Name("", whole=""))
    return Typed(take_apart(parts[0]), tuple(take_apart(part) for part in parts[1:]))


def _plain(text: str) -> str:
    words = fold(_PUNCTUATION.sub(" ", text)).split()
    # 'Thôn 05' is 'Thôn 5'.
    return " ".join(word.lstrip("0") or "0" if word.isascii() and word.isdigit() else word for word in words)

"""Numbers of official documents: 82/KH-UBND, 52/2016/QĐ-TTg, 07-CT/TW, 1665/NQ-UBTVQH15.

The shape is that of Nghị định 30/2020/NĐ-CP (state) and Hướng dẫn 36-HD/VPTW (party).
"""

import re

from coso.newsroom.rules.speech.letters import spell
from coso.newsroom.rules.speech.lexicon import Lexicon
from coso.newsroom.rules.speech.numbers import read_integer
from coso.newsroom.rules.speech.scan import Rule, Said, Scan

_UPPER = r"A-ZĐƯÂÊÔƠ"
_PART = rf"[{_UPPER}](?:[{_UPPER}a-zđ]|&(?=[{_UPPER}]))*\d{{0,2}}"
_SYMBOL = rf"{_PART}(?:[-–/]{_PART})*"
_NUMBER = r"(?P<number>\d{1,6}[a-zA-Z]?)"
_END = r"(?![^\W_])"
# Those of the National Assembly and its standing committee carry the number of the legislature.
_LEGISLATURES = ("QH", "UBTVQH")
_HEADS = {"B": "Bộ", "S": "Sở"}


def _read_part(part: str, lexicon: Lexicon) -> str:
    letters = part.rstrip("0123456789")
    digits = part[len(letters) :]
    said = _read_letters(letters, lexicon)
    if not digits:
        return said
    return f"{said}{' khóa' if letters in _LEGISLATURES else ''} {read_integer(digits)}"


def _read_letters(letters: str, lexicon: Lexicon) -> str:
    whole = lexicon.in_number(letters)
    if whole:
        return whole
    if "&" in letters:
        return " và ".join(_read_letters(p, lexicon) for p in letters.split("&") if p)
    rest = lexicon.in_number(letters[1:]) if letters[0] in _HEADS and len(letters) > 2 else None
    return f"{_HEADS[letters[0]]} {rest}" if rest else spell(letters)


def read_symbol(symbol: str, lexicon: Lexicon) -> str:
    """Read the letters of a document's number: KH-UBND is "kế hoạch, Ủy ban nhân dân"."""
    return ", ".join(_read_part(p, lexicon) for p in re.split(r"[-–/]", symbol) if p)


def _read_head(number: str) -> str:
    digits = number.rstrip("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ")
    tail = number[len(digits) :]
    return read_integer(digits) + (f" {spell(tail)}" if tail else "")


def _numbered(scan: Scan, m: re.Match[str]) -> Said | None:
    symbol = m["symbol"]
    if len(symbol) < 2 and scan.word_before() != "số":
        return None
    head = _read_head(m["number"])
    year = m.groupdict().get("year")
    if year:
        head += f" năm {read_integer(year)}"
    return Said(f"{head}, {read_symbol(symbol, scan.lexicon)}")


def _known_kind(scan: Scan, m: re.Match[str]) -> Said | None:
    first = re.split(r"[-–/]", m["symbol"])[0]
    if not scan.lexicon.in_number(first):
        return None
    return _numbered(scan, m)


def _unnumbered(scan: Scan, m: re.Match[str]) -> Said | None:
    before = scan.text[scan.pos - 1 : scan.pos]
    return None if before.isalnum() else Said(read_symbol(m["symbol"], scan.lexicon))


def _symbol_alone(scan: Scan, m: re.Match[str]) -> Said | None:
    parts = re.split(r"[-–/]", m["symbol"])
    kinds = [scan.lexicon.is_symbol(p) for p in parts]
    if not kinds[0] or not any(kinds[1:]):
        return None
    return Said(read_symbol(m["symbol"], scan.lexicon))


RULES: list[Rule] = [
    (re.compile(rf"{_NUMBER} ?/ ?(?P<year>(?:19|20)\d\d) ?/ ?(?P<symbol>{_SYMBOL}){_END}"), _numbered),
    (re.compile(rf"{_NUMBER} ?[-–] ?(?P<symbol>{_PART}/{_SYMBOL}){_END}"), _numbered),
    (re.compile(rf"(?P<number>\d{{1,6}}[a-z]?) ?/ ?(?P<symbol>{_SYMBOL}){_END}"), _numbered),
    (re.compile(rf"(?P<number>\d{{1,6}})[-–](?P<symbol>{_SYMBOL}){_END}"), _known_kind),
    (re.compile(rf"/ ?(?P<symbol>{_PART}(?:[-–]{_PART})+){_END}"), _unnumbered),
    (re.compile(rf"(?P<symbol>{_PART}(?:[-–/]{_PART})+){_END}"), _symbol_alone),
]

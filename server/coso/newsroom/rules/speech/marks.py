"""What stands at the start of lines, and the signs between words."""

import re

from coso.newsroom.rules.speech.letters import spell
from coso.newsroom.rules.speech.numbers import read_integer, roman_value
from coso.newsroom.rules.speech.scan import Kind, Rule, Said, Scan

_SIGNS = {"&": "và", "%": "phần trăm", "‰": "phần nghìn", "°": "độ", "=": "bằng", "<": "nhỏ hơn", ">": "lớn hơn",
          "≥": "từ", "≤": "không quá", "±": "cộng trừ", "×": "nhân", "÷": "chia", "~": "khoảng", "+": "cộng",
          "$": "đô la", "€": "ơ rô", "₫": "đồng", "@": "a còng", "→": "đến"}  # fmt: skip


def _bullet(scan: Scan, m: re.Match[str]) -> Said | None:
    return Said("", Kind.MARK) if scan.at_line_start else None


def _number_mark(scan: Scan, m: re.Match[str]) -> Said | None:
    if not scan.at_line_start:
        return None
    said = " chấm ".join(read_integer(p) for p in m["number"].split("."))
    stop = "." if m["stop"] == "." else ","
    return Said(said[0].upper() + said[1:] + stop, Kind.MARK)


def _roman_mark(scan: Scan, m: re.Match[str]) -> Said | None:
    value = roman_value(m["roman"])
    if not scan.at_line_start or not value:
        return None
    said = read_integer(str(value))
    return Said(said[0].upper() + said[1:] + ".", Kind.MARK)


def _letter_mark(scan: Scan, m: re.Match[str]) -> Said | None:
    if not scan.at_line_start or scan.text[m.end() : m.end() + 1].islower():
        return None
    # "I." would be taken for a Roman numeral when the result is read again.
    said = "i ngắn" if m["letter"] == "i" else spell(m["letter"])
    return Said(said[0].upper() + said[1:] + ".", Kind.MARK)


def _end_mark(scan: Scan, m: re.Match[str]) -> Said | None:
    return Said(".")


def _sign(scan: Scan, m: re.Match[str]) -> Said | None:
    follows = scan.text[m.end() :].split("\n", 1)[0].strip()
    return Said(_SIGNS[m.group()] if follows and not scan.at_line_start else "")


def _slash(scan: Scan, m: re.Match[str]) -> Said | None:
    before = scan.text[: scan.pos].rstrip(" ")[-1:]
    after = scan.text[m.end() :].lstrip(" ")[:1]
    joined = re.search(r"(?:^|[^\w])và$", scan.text[max(0, scan.pos - 4) : scan.pos]) is not None
    return Said("," if before.isalnum() and after.isalnum() and not joined else "")


def _drop(scan: Scan, m: re.Match[str]) -> Said | None:
    return Said("")


def _bar(scan: Scan, m: re.Match[str]) -> Said | None:
    before = scan.text[: scan.pos].rstrip(" ")[-1:]
    after = scan.text[m.end() :].split("\n", 1)[0].strip(" |")
    return Said("," if before.isalnum() and after else "", Kind.MARK if scan.at_line_start else Kind.WORD)


STARTS: list[Rule] = [
    (re.compile(r"(?:[-–—+*>|~=]+ ?)+(?!\d[\d.,]* ?°)"), _bullet),
    (re.compile(r"(?P<number>[1-9]\d?(?:\.[1-9]\d?){0,3})(?P<stop>\.|\)|/|-)(?= |\n|$|[^\W\d_])(?!/)"), _number_mark),
    (re.compile(r"\((?P<number>[1-9]\d?)(?P<stop>\))"), _number_mark),
    (re.compile(r"(?P<number>[1-9]\d?(?:\.[1-9]\d?){1,3})(?P<stop>) (?=[A-ZĐÀ-Ỹ])"), _number_mark),
    (re.compile(r"(?P<roman>[IVX]{1,6})[.)](?![.…])"), _roman_mark),
    (re.compile(r"\(?(?P<letter>[a-zđA-ZĐ])\)"), _letter_mark),
    (re.compile(r"(?P<letter>[a-zđA-EĐ])\.(?![.…])"), _letter_mark),
]
SIGNS: list[Rule] = [
    (re.compile(r"\.?/\.(?:/\.?)?(?!\w)|(?<=\w)\./(?=\s|$)"), _end_mark),
    (re.compile(r"[&%‰°=<>≥≤±×÷~+$€₫@→]"), _sign),
    (re.compile(r"/"), _slash),
    (re.compile(r"\|"), _bar),
    (re.compile(r"[_*]"), _drop),
]

"""Plain numbers, ranges, units, money, rates, and letters raised or lowered beside a word."""

import re

from coso.newsroom.rules.speech.numbers import (
    NUMBER,
    read_counted,
    read_digits,
    read_integer,
    read_number,
    roman_value,
)
from coso.newsroom.rules.speech.scan import Kind, Rule, Said, Scan
from coso.newsroom.rules.speech.units import ALONE, MONEY, PERIODS, TOUCHING, UNIT, UNITS

_SECTION_WORDS = frozenset(
    ["điều", "khoản", "mục", "điểm", "phần", "chương", "tiểu", "bảng", "hình", "phiên", "bản", "bước", "tiêu", "chí"]
)
_SCORE_WORDS = frozenset(["số", "thắng", "thua", "hòa", "hoà"])
_ROMAN_WORDS = frozenset(
    ["quý", "mục", "phần", "chương", "khóa", "khoá", "kỳ", "kì", "lần", "thứ", "cấp", "hạng", "vùng", "nhóm",
     "loại", "đợt", "đoạn", "tập", "bậc", "kỷ", "kỉ", "hội", "số", "tháng"]
)  # fmt: skip
# A quantity with its unit, or several units parted by "/", right before this place: "2 triệu đồng", "2–3 lít/người".
_UNIT_NAME = r"[^\W\d]+[23]?"
_RATE = re.compile(
    r"(?:\d[\d.,]*(?: ?[-–] ?\d[\d.,]*)? ?(?:[^\W\d]+ ){0,2}"
    rf"(?:{_UNIT_NAME}|°[CF]?|[%‰$€₫])|[%‰])(?:/{_UNIT_NAME})*$"
)


def _number(scan: Scan, m: re.Match[str]) -> Said | None:
    written = m.group()
    before = scan.word_before()
    if written.isdigit() and before == "thứ" and written in ("1", "4"):
        return Said("nhất" if written == "1" else "tư", Kind.NUMBER)
    if before in _SECTION_WORDS and re.fullmatch(r"\d+\.\d+", written):
        whole, part = written.split(".")
        return Said(f"{read_integer(whole)} chấm {read_integer(part)}", Kind.NUMBER)
    if before == "tháng" and written in ("4", "04"):
        return Said("tư", Kind.NUMBER)
    if written.isdigit() and before in ("ngày", "tháng", "mùng", "mồng", "lúc"):
        return Said(read_counted(written), Kind.NUMBER)
    following = scan.text[m.end() : m.end() + 5]
    if written.isdigit() and len(written) == 2 and re.match(r" (?:giờ|phút)", following):
        return Said(read_counted(written), Kind.NUMBER)
    said = read_number(written)
    english = re.fullmatch(r"[1-9]\d{0,2},\d{3}", written)
    if english:
        return Said(said, Kind.NUMBER, readings=(said, read_integer(written.replace(",", ""))))
    return Said(said, Kind.NUMBER)


def _chain(scan: Scan, m: re.Match[str]) -> Said | None:
    if NUMBER.fullmatch(m.group()):
        return None
    return Said(" chấm ".join(read_integer(p) for p in m.group().split(".")), Kind.NUMBER)


def _range(scan: Scan, m: re.Match[str]) -> Said | None:
    if not scan.just_said(Kind.NUMBER, Kind.UNIT, Kind.DATE, Kind.DAY, Kind.TIME):
        return None
    if m.group().startswith(" ") != m.group().endswith(" "):
        return None
    scored = any(w in _SCORE_WORDS for w in scan.words_before(3)) and "tỷ" in scan.words_before(4)
    if scored or scan.words_before(2)[:1] in (["thắng"], ["thua"], ["hòa"], ["hoà"]):
        return Said(",", Kind.WORD)
    last = scan.last_kind
    dated = last in (Kind.DATE, Kind.DAY) and "ngày" in scan.words_before(4)
    dated = dated and bool(re.match(r"\d{1,2}/\d{1,2}(?!\d)", scan.text[m.end() :]))
    return Said("đến ngày" if dated else "đến", last or Kind.WORD)


def _roman_range(scan: Scan, m: re.Match[str]) -> Said | None:
    return Said("đến", Kind.ROMAN) if scan.just_said(Kind.ROMAN) and roman_value(m["next"]) else None


def _minus(scan: Scan, m: re.Match[str]) -> Said | None:
    before = scan.text[scan.pos - 1 : scan.pos]
    if before.isalpha():
        return Said("")
    if before.isdigit() or scan.just_said(Kind.NUMBER, Kind.UNIT, gap=1):
        return None
    if scan.at_line_start and not re.match(r"-\d[\d.,]* ?°", scan.text[scan.pos :]):
        return None
    return Said("âm")


def _unit(scan: Scan, m: re.Match[str]) -> Said | None:
    written = m.group()
    if scan.text[m.end() : m.end() + 1].isalpha() or (
        written[-1] in "23" and scan.text[m.end() : m.end() + 1].isdigit()
    ):
        return None
    counted = scan.just_said(Kind.NUMBER, gap=0 if written in TOUCHING else 1) or scan.just_said(Kind.PER)
    if not counted and (written not in ALONE or scan.text[scan.pos - 1 : scan.pos].isalpha()):
        return None
    return Said(UNITS[written], Kind.UNIT)


def _per(scan: Scan, m: re.Match[str]) -> Said | None:
    head = scan.line_before()[-60:]
    rated = _RATE.search(head) or scan.just_said(Kind.UNIT) or scan.just_said(Kind.NUMBER)
    following = re.match(r"([^\W\d_]+|\d)", scan.text[m.end() :])
    if not rated or not following:
        return None
    money = re.search(r"([^\W\d_]+|₫)$", head)
    if money and money[1] in MONEY and following[1].lower() in PERIODS:
        return Said("một", Kind.PER)
    return Said("trên", Kind.PER)


def _times(scan: Scan, m: re.Match[str]) -> Said | None:
    return Said("nhân") if scan.just_said(Kind.NUMBER, Kind.UNIT) else None


def _roman(scan: Scan, m: re.Match[str]) -> Said | None:
    written = m.group()
    value = roman_value(written)
    after = scan.text[m.end() : m.end() + 1]
    if not value or after.isalpha() or (scan.last_end != scan.pos and scan.text[scan.pos - 1 : scan.pos].isalpha()):
        return None
    named = scan.word_before() in _ROMAN_WORDS or scan.just_said(Kind.ROMAN, gap=2)
    # VI, XI and the single letters are also words and names; the others can only be numerals.
    if not named and written not in ("II", "III", "IV", "VII", "VIII", "IX", "XII", "XIII", "XIV", "XV", "XVI", "XIX",
                                     "XVII", "XVIII", "XX", "XXI", "XXII"):  # fmt: skip
        return None
    if scan.word_before() == "thứ" and value in (1, 4):
        return Said("nhất" if value == 1 else "tư", Kind.ROMAN)
    return Said(read_integer(str(value)), Kind.ROMAN)


def _any_digit(scan: Scan, m: re.Match[str]) -> Said | None:
    return Said(read_digits(m.group()), Kind.NUMBER)


RULES: list[Rule] = [
    (re.compile(r" ?[-–—] ?(?=\d)"), _range),
    (re.compile(r" ?[-–—] ?(?=(?P<next>[IVX]{1,5})\b)"), _roman_range),
    (re.compile(r"-(?=\d)"), _minus),
    (UNIT, _unit),
    (re.compile(r" ?/ ?(?=[^\W_])"), _per),
    (re.compile(r" ?[x×*] ?(?=\d)"), _times),
    (re.compile(r"\d{1,4}(?:\.\d{1,4}){2,}(?![\d])"), _chain),
    (NUMBER, _number),
    (re.compile(r"[IVXL]{1,7}"), _roman),
    (re.compile(r"[0-9]+"), _any_digit),
]

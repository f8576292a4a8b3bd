"""Number, symbol, place and day as an official paper writes them (Nghị định 30/2020/NĐ-CP, Phụ lục I, Phần I, Mục II).

Numbers under ten take a nought before them, and so do days under ten and the first two months; a symbol is the kind's
short name and the issuing body's, a letter's the body's and the drafting unit's (420/STTTT-TTBCXB).
"""

import re
from datetime import date

from coso.documents.rules.papers.kinds import KINDS

NUMBER = re.compile(r"[0-9]{1,6}[a-zA-Z]?", re.ASCII)
SYMBOL = re.compile(r"[A-ZĐƯ][\wĐđ.&]*(?:[-/][A-ZĐƯ][\wĐđ.&]*)*")
# Bodies that papers shorten by custom, not by the first letters of their words.
_KNOWN = (
    ("ủy ban nhân dân", "UBND"),
    ("uỷ ban nhân dân", "UBND"),
    ("hội đồng nhân dân", "HĐND"),
    ("ủy ban mặt trận tổ quốc", "MTTQ"),
    ("văn phòng ủy ban nhân dân", "VP"),
    ("văn phòng", "VP"),
)
_LEFT_OUT = {"và", "của", "về", "các", "tỉnh"}
_OWN_NAME = re.compile(r"\s+(?:tỉnh|thành phố|huyện|thị xã|xã|phường|thị trấn|đặc khu)\s+[A-ZĐÀ-Ỹ].*\Z")


def padded(number: str) -> str:
    """Write a number with the nought that one under ten takes; anything else as it is."""
    number = number.strip()
    return number.zfill(2) if number.isascii() and number.isdigit() else number


def abbreviation(body: str) -> str:
    """Shorten a body's name as symbols do: 'Sở Văn hóa, Thể thao và Du lịch' → 'SVHTTDL'."""
    name = _OWN_NAME.sub("", body.strip())
    for beginning, short in _KNOWN:
        if name.lower().startswith(beginning):
            return short
    words = re.findall(r"[^\W\d_]+", name)
    return "".join(word[0].upper() for word in words if word.lower() not in _LEFT_OUT)


def symbol_of(kind: str, issuer: str, drafting_unit: str = "") -> str:
    """Compose a symbol from the short names: ('plan', 'UBND') → 'KH-UBND', ('letter', 'STTTT', 'TTBCXB')."""
    short = KINDS[kind].short
    parts = [short, issuer] if short else [issuer, drafting_unit]
    return "-".join(part.strip() for part in parts if part.strip())


def number_line(number: str, symbol: str) -> str:
    """Write 'Số: 05/KH-UBND'; room is left for a number that is not given yet."""
    return f"Số: {padded(number)}/{symbol}" if number else f"Số:        /{symbol}"


def day_words(day: date) -> str:
    """Write 'ngày 05 tháng 02 năm 2026'."""
    month = f"{day.month:02d}" if day.month < 3 else str(day.month)
    return f"ngày {day.day:02d} tháng {month} năm {day.year}"


def day_line(place: str, day: date | None, year: int) -> str:
    """Write 'Hà Tĩnh, ngày 05 tháng 02 năm 2026'; room is left for a day that is not settled yet."""
    said = day_words(day) if day else f"ngày       tháng       năm {year}"
    return f"{place}, {said}" if place else said[:1].upper() + said[1:]

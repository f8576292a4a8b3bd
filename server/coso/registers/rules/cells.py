"""What a cell of a sheet means as a value of one kind; everything that can be misread is refused."""

import math
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Any

from coso.kit.text import fold, squeeze

Raw = str | int | float | bool | date | time | timedelta | None
"""A cell as the sheet holds it; a datetime is a date here."""

LONGEST_TEXT = 1000
# Control characters, halves of letters, and letters of old Vietnamese fonts that only that font can show.
_UNPRINTABLE = {"Cc", "Cs", "Co"}
LARGEST_WHOLE = 2_147_483_647
LARGEST_MONEY = 10**15
YEARS = range(1900, 2101)


class Formula(str):
    """A cell that is a formula; the text is what the sheet last computed."""


class Broken(str):
    """A cell that holds an error of the spreadsheet: '#REF!', '#N/A'."""


class Reason(StrEnum):
    """Why a cell can't be read."""

    MISSING = "missing"
    FORMULA = "formula"
    BROKEN = "broken"
    NOT_TEXT = "not_text"
    TOO_LONG = "too_long"
    CONTROL = "control"
    NOT_NUMBER = "not_number"
    TWO_WAYS = "two_ways"
    HAS_UNIT = "has_unit"
    NOT_WHOLE = "not_whole"
    NEGATIVE = "negative"
    TOO_LARGE = "too_large"
    NOT_DATE = "not_date"
    SHORT_YEAR = "short_year"
    NOT_YES_NO = "not_yes_no"
    NOT_CHOICE = "not_choice"


class Unreadable(ValueError):
    """A cell can't be read as what its column holds; `reason` and `about` make the sentence."""

    def __init__(self, reason: Reason, **about: Any) -> None:
        super().__init__(reason)
        self.reason, self.about = reason, about


@dataclass(frozen=True)
class Shape:
    """What a column holds, with the choices already looked up."""

    kind: str
    required: bool = False
    max_length: int = 0
    choices: Sequence[tuple[str, str]] = ()
    also: Sequence[tuple[str, str]] = ()
    """The choices by other labels, such as those of another language; taken, never named."""


def convert(raw: Raw, shape: Shape) -> Any:
    """Read a cell as its column's kind. An empty cell is None. Raise Unreadable."""
    if isinstance(raw, Formula):
        raise Unreadable(Reason.FORMULA)
    if isinstance(raw, Broken):
        raise Unreadable(Reason.BROKEN, value=str(raw))
    if is_empty(raw):
        if shape.required:
            raise Unreadable(Reason.MISSING)
        return None
    match shape.kind:
        case "whole":
            return whole(raw, LARGEST_WHOLE)
        case "money":
            return whole(_without_dong(raw), LARGEST_MONEY)
        case "number":
            return number(raw)
        case "date":
            return day(raw)
        case "yes_no":
            return yes_no(raw)
        case "choice":
            return choice(raw, shape.choices, shape.also)
        case "list":
            return items(raw, shape)
        case _:
            return text(raw, shape.max_length)


def is_empty(raw: Raw) -> bool:
    """Tell whether a cell holds nothing but white space; a formula is never empty."""
    return raw is None or (isinstance(raw, str) and not isinstance(raw, Formula) and not squeeze(raw))


def shown(raw: Raw) -> str:
    """Write a cell as a person saw it in the sheet, as nearly as can be known."""
    if raw is None:
        return ""
    if isinstance(raw, float) and raw.is_integer() and abs(raw) < 1e15:
        return str(int(raw))
    if isinstance(raw, datetime):
        return f"{raw:%d/%m/%Y}" if raw.time() == time() else f"{raw:%d/%m/%Y %H:%M}"
    if isinstance(raw, date):
        return f"{raw.day:02d}/{raw.month:02d}/{raw.year}"
    return str(raw)


def text(raw: Raw, max_length: int = 0) -> str:
    """Read a text: composed, trimmed, each white space one space; a number as it would be written."""
    if isinstance(raw, time | timedelta):
        raise Unreadable(Reason.NOT_TEXT, value=shown(raw))
    written = squeeze(shown(raw))
    most = max_length or LONGEST_TEXT
    if len(written) > most:
        raise Unreadable(Reason.TOO_LONG, length=len(written), most=most)
    if any(unicodedata.category(char) in _UNPRINTABLE for char in written):
        raise Unreadable(Reason.CONTROL)
    return written


_NUMBER = re.compile(r"[-+−]?\d[\d., ]*", re.ASCII)
_UNITS = re.compile(r"(?P<number>[-+−]?\d[\d., ]*)\s*(?P<unit>[^\d\s.,][^\d]*)")
_GROUPED = {
    # Each says which sign groups thousands and which one begins the decimals.
    re.compile(r"\d{1,3}(\.\d{3})+(,\d+)?"): (".", ","),
    # One comma alone begins the decimals, as in Vietnam.
    re.compile(r"\d{1,3}(,\d{3})+\.\d+|\d{1,3}(,\d{3}){2,}"): (",", "."),
    re.compile(r"\d{1,3}( \d{3})+([.,]\d+)?"): (" ", ""),
    re.compile(r"\d+([.,]\d+)?"): ("", ""),
}
_EITHER = re.compile(r"\d{1,3}\.\d{3}")
_ENGLISH_THOUSANDS = re.compile(r"\d{1,3},\d{3}")


def number(raw: Raw) -> float:
    """Read a number: 1.234,5 as Vietnamese write it, 1234.5 as machines do, 18,342 with a decimal comma.

    Raise Unreadable for what can be read in two ways: '18.342' is eighteen and a bit, or eighteen thousand.
    """
    if isinstance(raw, str) and _EITHER.fullmatch(_bare_number(raw).lstrip("+-")):
        raise Unreadable(Reason.TWO_WAYS, value=shown(raw))
    return _number(raw)


def whole(raw: Raw, largest: int = LARGEST_WHOLE) -> int:
    """Read a whole number of 0 or more; 12.0 is 12, and '1.234' can only be one thousand and more."""
    if isinstance(raw, str):
        bare = _bare_number(raw)
        if _ENGLISH_THOUSANDS.fullmatch(bare):
            raise Unreadable(Reason.TWO_WAYS, value=shown(raw))
        if _EITHER.fullmatch(bare):
            raw = bare.replace(".", "")
    found = _number(raw)
    if not found.is_integer():
        raise Unreadable(Reason.NOT_WHOLE, value=shown(raw))
    if found < 0:
        raise Unreadable(Reason.NEGATIVE, value=shown(raw))
    if found > largest:
        raise Unreadable(Reason.TOO_LARGE, value=shown(raw), most=largest)
    return int(found)


def _number(raw: Raw) -> float:
    if isinstance(raw, bool) or not isinstance(raw, int | float | str):
        raise Unreadable(Reason.NOT_NUMBER, value=shown(raw))
    if isinstance(raw, str):
        return _written_number(raw)
    found = float(raw) if abs(raw) < 1e300 else math.inf
    if not math.isfinite(found):
        raise Unreadable(Reason.NOT_NUMBER, value=shown(raw)[:40])
    return found


def _bare_number(raw: str) -> str:
    return squeeze(raw).replace("−", "-")


def _written_number(raw: str) -> float:
    bare = _bare_number(raw)
    if not _NUMBER.fullmatch(bare):
        with_unit = _UNITS.fullmatch(bare)
        if with_unit:
            raise Unreadable(Reason.HAS_UNIT, value=bare[:40], unit=with_unit["unit"].strip())
        raise Unreadable(Reason.NOT_NUMBER, value=bare[:40])
    sign = -1 if bare.startswith("-") else 1
    digits = bare.lstrip("+-").strip()
    for form, (thousands, _decimal) in _GROUPED.items():
        if form.fullmatch(digits):
            return sign * float((digits.replace(thousands, "") if thousands else digits).replace(",", "."))
    raise Unreadable(Reason.NOT_NUMBER, value=bare[:40])


_DONG = re.compile(r"\s*(đồng|đ|vnđ|vnd|₫)\.?$", re.IGNORECASE)


def _without_dong(raw: Raw) -> Raw:
    return _DONG.sub("", squeeze(raw)) if isinstance(raw, str) else raw


_DAY_FIRST = re.compile(r"(?P<day>\d{1,2})([/.-])(?P<month>\d{1,2})\2(?P<year>\d{4}|\d{2})", re.ASCII)
_ISO = re.compile(r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})([T ]00:00(:00(\.0+)?)?)?", re.ASCII)


def day(raw: Raw) -> date:
    """Read a day: a real date of the sheet, or 24/11/2026, 24-11-2026, 24.11.2026, 2026-11-24 as text.

    A bare number is refused: nobody can tell a day count from a year.
    """
    if isinstance(raw, datetime):
        raw = raw.date()
    if isinstance(raw, date):
        found: date | None = raw
    else:
        found = _written_day(raw)
    if found is None or found.year not in YEARS:
        raise Unreadable(Reason.NOT_DATE, value=shown(raw)[:40])
    return found


def _written_day(raw: Raw) -> date | None:
    if not isinstance(raw, str):
        return None
    bare = squeeze(raw)
    parts = _DAY_FIRST.fullmatch(bare) or _ISO.fullmatch(bare)
    if parts is None:
        return None
    if len(parts["year"]) == 2:
        raise Unreadable(Reason.SHORT_YEAR, value=bare)
    try:
        return date(int(parts["year"]), int(parts["month"]), int(parts["day"]))
    except ValueError:
        return None


_YES = frozenset({"co", "x", "v", "yes", "y", "true", "dung", "1", "✓", "✔"})
_NO = frozenset({"khong", "ko", "k", "no", "n", "false", "sai", "0", "-"})


def yes_no(raw: Raw) -> bool:
    """Read yes or no: có, x, 1; không, 0."""
    if isinstance(raw, bool):
        return raw
    word = fold(shown(raw))
    if word in _YES:
        return True
    if word in _NO:
        return False
    raise Unreadable(Reason.NOT_YES_NO, value=shown(raw)[:40])


def choice(raw: Raw, choices: Sequence[tuple[str, str]], also: Sequence[tuple[str, str]] = ()) -> str:
    """Read one of the choices by its value or its label, with or without marks, whatever the punctuation."""
    written = shown(raw)
    word = plain(written)
    for value, label in (*choices, *also):
        if written == value or word in {plain(value), plain(label)}:
            return value
    raise Unreadable(Reason.NOT_CHOICE, value=written[:60], labels=[label for _value, label in choices])


def items(raw: Raw, shape: Shape) -> list[str]:
    """Read several texts or choices with ';' or line breaks between them, each once."""
    parts = [part for part in re.split(r"[;\n]", shown(raw)) if squeeze(part)]
    if shape.choices:
        return list(dict.fromkeys(choice(part, shape.choices, shape.also) for part in parts))
    return list(dict.fromkeys(text(part, shape.max_length) for part in parts))


_PUNCTUATION = re.compile(r"[\W_]+")


def plain(words: str) -> str:
    """Give words as they are compared: without marks, case and punctuation."""
    return _PUNCTUATION.sub(" ", fold(words)).strip()

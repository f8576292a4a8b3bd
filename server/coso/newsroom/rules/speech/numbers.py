"""Numbers as Vietnamese says them."""

import re

DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
_SCALES = ("", " nghìn", " triệu")

# 1.234.567,8 as Vietnam writes it; 1,234,567.8 and 1 234 567 as others do; then anything plain.
NUMBER = re.compile(
    r"[1-9]\d{0,2}(?:\.\d{3})+(?!\d)(?:,\d+)?"
    r"|[1-9]\d{0,2}(?:,\d{3}){2,}(?!\d)(?:\.\d+)?"
    r"|[1-9]\d{0,2}(?: \d{3}){2,}(?!\d)(?:,\d+)?"
    r"|\d+(?:[.,]\d+)?"
)


def read_digits(digits: str) -> str:
    """Read digit by digit, as telephone numbers are."""
    return " ".join(DIGITS[int(d)] for d in digits)


def _read_three(value: int, *, padded: bool) -> str:
    hundreds, rest = divmod(value, 100)
    tens, units = divmod(rest, 10)
    words = [f"{DIGITS[hundreds]} trăm"] if hundreds or padded else []
    if tens == 0:
        if units:
            words.append(f"linh {DIGITS[units]}" if words else DIGITS[units])
        return " ".join(words)
    words.append("mười" if tens == 1 else f"{DIGITS[tens]} mươi")
    if units == 5:
        words.append("lăm")
    elif tens > 1 and units == 1:
        words.append("mốt")
    elif tens > 1 and units == 4:
        words.append("tư")
    elif units:
        words.append(DIGITS[units])
    return " ".join(words)


def _read_value(value: int, *, padded: bool) -> str:
    if value >= 10**9:
        billions, rest = divmod(value, 10**9)
        head = _read_value(billions, padded=padded) + " tỷ"
        return f"{head} {_read_value(rest, padded=True)}" if rest else head
    words: list[str] = []
    for scale in (2, 1, 0):
        group = value // 1000**scale % 1000
        if group:
            words.append(_read_three(group, padded=padded or bool(words)) + _SCALES[scale])
    return " ".join(words)


def read_integer(digits: str) -> str:
    """Read a whole number; past 18 digits, or with several leading zeros, digit by digit."""
    if len(digits) > 18 or (len(digits) > 2 and digits[0] == "0"):
        return read_digits(digits)
    if len(digits) == 2 and digits[0] == "0":
        return read_digits(digits)
    return _read_value(int(digits), padded=False) or DIGITS[0]


def read_counted(digits: str) -> str:
    """Read a whole number whose leading zeros only fill the column: days, months, hours."""
    return read_integer(digits.lstrip("0") or "0")


def _read_fraction(digits: str) -> str:
    return read_digits(digits) if digits[0] == "0" or len(digits) > 3 else read_integer(digits)


def read_number(written: str) -> str:
    """Read a number as `NUMBER` finds it: groups by point, decimals after the comma.

    A single point that does not part groups of three is taken for a decimal comma (1.5).
    """
    compact = written.replace(" ", "")
    if re.fullmatch(r"[1-9]\d{0,2}(?:\.\d{3})+(?:,\d+)?", compact):
        whole, _, fraction = compact.replace(".", "").partition(",")
    elif re.fullmatch(r"[1-9]\d{0,2}(?:,\d{3}){2,}(?:\.\d+)?", compact):
        whole, _, fraction = compact.replace(",", "").partition(".")
    else:
        whole, _, fraction = compact.replace(".", ",").partition(",")
    said = read_integer(whole)
    return f"{said} phẩy {_read_fraction(fraction)}" if fraction else said


_ROMAN = {"I": 1, "V": 5, "X": 10, "L": 50}
ROMAN = re.compile(r"(?=[IVXL])(?:XL|L?X{0,3})(?:IX|IV|V?I{0,3})")


def roman_value(written: str) -> int | None:
    """Give the value of a Roman numeral up to 89, or None when it is not one."""
    if not written or not ROMAN.fullmatch(written):
        return None
    values = [_ROMAN[c] for c in written]
    return sum(-v if v < max(values[i:]) else v for i, v in enumerate(values))

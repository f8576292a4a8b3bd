"""Vietnamese text: one normal form, search without marks, sorting as a dictionary does."""

import re
import unicodedata

# Order of letters and of tones in Vietnamese dictionaries (TCVN 6712-2000 gives ngang, huyền, hỏi, ngã, sắc, nặng).
_LETTERS = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_LETTER_RANK = {letter: f"{i:02d}" for i, letter in enumerate(_LETTERS, start=10)}
_TONES = {"\u0300": "1", "\u0309": "2", "\u0303": "3", "\u0301": "4", "\u0323": "5"}
_SPACES = re.compile(r"\s+")
_NUMBER = re.compile(r"\d+")


def nfc(text: str) -> str:
    """Compose the text: each letter with its marks is one character."""
    return unicodedata.normalize("NFC", text)


def squeeze(text: str) -> str:
    """Compose, trim, and make each run of white space one space."""
    return _SPACES.sub(" ", nfc(text)).strip()


def fold(text: str) -> str:
    """Give the form that is searched: lower case, without marks, đ as d, single spaces.

    A NUL, which nobody types and PostgreSQL takes in no text, is left out.
    """
    spread = unicodedata.normalize("NFD", text.lower().replace("đ", "d"))
    bare = "".join(c for c in spread if not unicodedata.combining(c) and c != "\0")
    return _SPACES.sub(" ", bare).strip()


def sort_key(text: str) -> str:
    """Give a string whose plain order is the Vietnamese alphabetical order.

    Letters weigh first, tones decide between equal letters, numbers compare by value (Thôn 2 before Thôn 10).
    The key holds figures and small letters only, so that every database collation orders it alike.
    """
    letters: list[str] = []
    tones: list[str] = []
    for part in re.split(r"(\d+)", squeeze(text).lower()):
        if _NUMBER.fullmatch(part) and part.isascii():
            digits = part.lstrip("0") or "0"
            letters.append(f"02{len(digits):02d}{digits}")
            continue
        for char in unicodedata.normalize("NFC", part):
            spread = unicodedata.normalize("NFD", char)
            base = unicodedata.normalize("NFC", "".join(c for c in spread if c not in _TONES))
            letters.append(_LETTER_RANK.get(base) or ("01" if base.isspace() else f"zz{ord(base[:1] or ' '):05x}"))
            tones.append(next((_TONES[c] for c in spread if c in _TONES), "0"))
    return "".join(letters) + "00" + "".join(tones)

"""Vietnamese text: one normal form, search without marks, sorting as a dictionary does."""

import re
import unicodedata

# Order of letters and of tones in Vietnamese dictionaries (TCVN 6712-2000 gives ngang, huyền, hỏi, ngã, sắc, nặng).
_LETTERS = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_LETTER_RANK = {letter: f"{i:02d}" for i, letter in enumerate(_LETTERS, start=1)}
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
    """Give the form that is searched: lower case, without marks, đ as d, single spaces."""
    spread = unicodedata.normalize("NFD", text.lower().replace("đ", "d"))
    bare = "".join(c for c in spread if not unicodedata.combining(c))
    return _SPACES.sub(" ", bare).strip()


def sort_key(text: str) -> str:
    """Give a string whose plain order is the Vietnamese alphabetical order.

    Letters weigh first, tones decide between equal letters, numbers compare by value
    (Thôn 2 before Thôn 10).
    """
    letters: list[str] = []
    tones: list[str] = []
    for part in re.split(r"(\d+)", squeeze(text).lower()):
        if _NUMBER.fullmatch(part):
            letters.append(f"0{len(part.lstrip('0')) or 1:02d}{part.lstrip('0') or '0'}")
            continue
        for char in unicodedata.normalize("NFC", part):
            spread = unicodedata.normalize("NFD", char)
            tone = next((_TONES[c] for c in spread if c in _TONES), "0")
            base = unicodedata.normalize("NFC", "".join(c for c in spread if c not in _TONES))
            letters.append(_LETTER_RANK.get(base, "00" if base.isspace() else f"~{base}"))
            tones.append(tone)
    return "".join(letters) + "|" + "".join(tones)

"""Text typed with the fonts that Vietnamese offices used before Unicode: TCVN3 (.VnTime) and VNI (VNI-Times).

Such text holds Latin-1 letters that only look right in its font. TCVN 5712:1993 (VN3) gives each Vietnamese
letter a byte of its own; VNI writes a letter and its marks as two.
"""

from __future__ import annotations

import re
import unicodedata

TCVN3 = "tcvn3"
VNI = "vni"

_GRAVE, _HOOK, _TILDE, _ACUTE, _DOT = "\u0300", "\u0309", "\u0303", "\u0301", "\u0323"


def _tcvn3() -> dict[int, str]:
    bare = dict(zip(range(0xA1, 0xAF), "ĂÂÊÔƠƯĐăâêôơưđ", strict=True))
    toned = {
        "a": "B5 B6 B7 B8 B9", "ă": "BB BC BD BE C6", "â": "C7 C8 C9 CA CB", "e": "CC CE CF D0 D1",
        "ê": "D2 D3 D4 D5 D6", "i": "D7 D8 DC DD DE", "o": "DF E1 E2 E3 E4", "ô": "E5 E6 E7 E8 E9",
        "ơ": "EA EB EC ED EE", "u": "EF F1 F2 F3 F4", "ư": "F5 F6 F7 F8 F9", "y": "FA FB FC FD FE",
    }  # fmt: skip
    for vowel, places in toned.items():
        for place, tone in zip(places.split(), (_GRAVE, _HOOK, _TILDE, _ACUTE, _DOT), strict=True):
            bare[int(place, 16)] = unicodedata.normalize("NFC", vowel + tone)
    return bare


_TCVN3 = _tcvn3()

# What stands behind a, e, o, u, y, ô (for ơ) and ö (for ư).
_VNI_TONES = {"ø": _GRAVE, "û": _HOOK, "õ": _TILDE, "ù": _ACUTE, "ï": _DOT}
_VNI_HATS = {
    "â": ("\u0302", ""), "à": ("\u0302", _GRAVE), "å": ("\u0302", _HOOK), "ã": ("\u0302", _TILDE),
    "á": ("\u0302", _ACUTE), "ä": ("\u0302", _DOT),
}  # fmt: skip
_VNI_BREVES = {
    "ê": ("\u0306", ""), "è": ("\u0306", _GRAVE), "ú": ("\u0306", _HOOK), "ü": ("\u0306", _TILDE),
    "é": ("\u0306", _ACUTE), "ë": ("\u0306", _DOT),
}  # fmt: skip
_VNI_SINGLE = {"ô": "ơ", "ö": "ư", "í": "í", "ì": "ì", "æ": "ỉ", "ó": "ĩ", "ò": "ị", "î": "ỵ", "ñ": "đ"}


def _vni() -> dict[str, str]:
    pairs: dict[str, str] = {}

    def add(written: str, letter: str) -> None:
        letter = unicodedata.normalize("NFC", letter)
        for cased, meant in (
            (written, letter),
            (written.upper(), letter.upper()),
            (written[0].upper() + written[1:], letter.upper()),
        ):
            pairs.setdefault(cased, meant)

    for vowel in "aeouy":
        for mark, tone in _VNI_TONES.items():
            add(vowel + mark, vowel + tone)
    for vowel in "aeo":
        for mark, (hat, tone) in _VNI_HATS.items():
            add(vowel + mark, vowel + hat + tone)
    for mark, (breve, tone) in _VNI_BREVES.items():
        add("a" + mark, "a" + breve + tone)
    for written, vowel in (("ô", "ơ"), ("ö", "ư")):
        for mark, tone in _VNI_TONES.items():
            add(written + mark, vowel + tone)
    for written, letter in _VNI_SINGLE.items():
        add(written, letter)
    return pairs


_VNI = _vni()
_VNI_PAIRS = re.compile("|".join(sorted(map(re.escape, _VNI), key=len, reverse=True)))
# Windows puts letters of its own at 0x80-0x9F; both encodings leave that range alone.
_SYLLABLE = re.compile(
    r"(?:ngh|ng|nh|gh|gi|kh|ph|qu|th|tr|ch|[bcdđghklmnpqrstvx])?"
    r"(?:[aăâeêioôơuưy]){1,3}(?:ng|nh|ch|c|m|n|p|t)?\Z"
)
_TONE_MARKS = dict.fromkeys(map(ord, (_GRAVE, _HOOK, _TILDE, _ACUTE, _DOT)))
_WORD = re.compile(r"[^\s\d.,;:()\"“”/!?+\-–—%|*_\[\]]+")
_ENOUGH_WORDS = 3
_LIKELY = 0.85
_BETTER_BY = 0.2


def from_tcvn3(text: str) -> str:
    """Give the Unicode text of Latin-1 letters that were typed in a TCVN3 (ABC) font."""
    return text.translate(_TCVN3)


def from_vni(text: str) -> str:
    """Give the Unicode text of Latin-1 letters that were typed in a VNI font."""
    return _VNI_PAIRS.sub(lambda match: _VNI[match.group()], text)


def likeness(text: str) -> float:
    """Tell how much of the words with marks are Vietnamese syllables, 0 to 1; 1 where there is no such word."""
    marked = [word for word in _WORD.findall(text) if not word.isascii()]
    if not marked:
        return 1.0
    return sum(map(_is_syllable, marked)) / len(marked)


def _is_syllable(word: str) -> bool:
    parted = unicodedata.normalize("NFD", word.lower())
    bare = unicodedata.normalize("NFC", parted.translate(_TONE_MARKS))
    return _SYLLABLE.match(bare) is not None


def convert(text: str) -> tuple[str, str | None]:
    """Give the text in Unicode and the encoding that it was in (TCVN3, VNI), None where it was Unicode already."""
    marked = sum(not word.isascii() for word in _WORD.findall(text[:20_000]))
    if marked < _ENOUGH_WORDS:
        return text, None
    sample = text[:20_000]
    now = likeness(sample)
    best, name = max(((likeness(from_tcvn3(sample)), TCVN3), (likeness(from_vni(sample)), VNI)))
    if best < _LIKELY or best < now + _BETTER_BY:
        return text, None
    return (from_tcvn3(text) if name == TCVN3 else from_vni(text)), name


def of_font(text: str, font: str) -> str:
    """Give what a run of a Word document says in a font named `.VnTime`, `.VnTimeH` (capitals) or `VNI-Times`."""
    if any(ord(character) > 0xFF for character in text):
        # Somebody set an old font on Unicode text.
        return text
    if font.startswith(".Vn"):
        converted = from_tcvn3(text)
        return converted.upper() if font.endswith("H") else converted
    return from_vni(text) if font.upper().startswith("VNI-") else text

"""Text files: which encoding, and whether it is text at all."""

from __future__ import annotations

import codecs
import unicodedata

from . import legacy
from .errors import BrokenFile, UnknownEncoding, UnknownFormat

_MARKS = [
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
]
_VIETNAMESE = frozenset(
    unicodedata.normalize("NFC", letter + tone)
    for letter in "aăâeêioôơuưyđAĂÂEÊIOÔƠUƯYĐ"
    for tone in ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323")
)
_PUNCTUATION = frozenset("“”‘’«»–—…•·°§©®\u00a0²³½")
_CONTROLS_ALLOWED = frozenset("\n\r\t\f\v")


def read_plain(data: bytes) -> tuple[str, tuple[str, ...]]:
    """Give the text of a text file with hints.

    UTF-8, UTF-16 and UTF-32 with their marks, Windows-1258, TCVN3 (ABC) and VNI are read; other old
    encodings are refused as UnknownEncoding, anything else as UnknownFormat.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _checked(_decode(data[len(mark) :], encoding)), ()
    if b"\x00" in data:
        raise UnknownEncoding("utf-16 without mark") if _looks_wide(data) else UnknownFormat("binary")
    try:
        return _checked(data.decode("utf-8")), ()
    except UnicodeDecodeError:
        return _old(data)


def _decode(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise BrokenFile(encoding) from error


def _checked(text: str) -> str:
    controls = sum(unicodedata.category(c) == "Cc" and c not in _CONTROLS_ALLOWED for c in text)
    if controls > len(text) // 1000:
        raise UnknownFormat("binary")
    return text


def _looks_wide(data: bytes) -> bool:
    """Tell whether every other byte is nearly always zero, as in UTF-16 of Latin letters."""
    sample = data[:4000]
    zeros = [sample[parity::2].count(0) * 2 / max(len(sample), 1) for parity in (0, 1)]
    return max(zeros) > 0.3 and min(zeros) < 0.05


def _old(data: bytes) -> tuple[str, tuple[str, ...]]:
    """Decode Windows-1258, or Latin-1 that turns out to be typed in a TCVN3 or VNI font."""
    if any(byte < 0x20 and chr(byte) not in _CONTROLS_ALLOWED for byte in data[:4000]):
        raise UnknownFormat("binary")
    latin = data.decode("latin-1")
    if (converted := legacy.convert(latin))[1] is not None:
        return converted[0], (f"encoding:{converted[1]}",)
    return _windows(data), ("encoding:windows-1258",)


def _windows(data: bytes) -> str:
    """Decode Windows-1258; refuse what then holds letters or signs that Vietnamese doesn't write."""
    try:
        text = unicodedata.normalize("NFC", data.decode("cp1258"))
    except UnicodeDecodeError as error:
        raise UnknownEncoding from error
    foreign = [c for c in text if ord(c) > 0x7E]
    strange = sum(c not in _VIETNAMESE and c not in _PUNCTUATION for c in foreign)
    if strange * 50 > len(foreign):
        raise UnknownEncoding
    return text

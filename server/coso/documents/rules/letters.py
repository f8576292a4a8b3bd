"""The Vietnamese letters, for patterns: code-point ranges mix capitals and small letters."""

import unicodedata

_VOWELS = "aăâeêioôơuưy"
_TONES = ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323")

_MARKED = [unicodedata.normalize("NFC", vowel + tone) for vowel in _VOWELS for tone in _TONES]

LOWER = "".join(sorted({*"abcdefghijklmnopqrstuvwxyzđ", *_MARKED}))
UPPER = LOWER.upper()

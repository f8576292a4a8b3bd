"""Letters by their Vietnamese names, and which written forms are Vietnamese syllables."""

import unicodedata

NAMES = {
    "a": "a", "ă": "á", "â": "ớ", "b": "bê", "c": "xê", "d": "dê", "đ": "đê", "e": "e", "ê": "ê",
    "f": "ép", "g": "giê", "h": "hát", "i": "i", "j": "gi", "k": "ca", "l": "e lờ", "m": "em", "n": "en",
    "o": "o", "ô": "ô", "ơ": "ơ", "p": "pê", "q": "quy", "r": "e rờ", "s": "ét", "t": "tê", "u": "u",
    "ư": "ư", "v": "vê", "w": "vê kép", "x": "ích", "y": "i dài", "z": "dét",
}  # fmt: skip

_TONES = "\u0300\u0301\u0303\u0309\u0323"
_ONSETS = (
    "ngh", "ng", "gh", "gi", "kh", "nh", "ph", "qu", "th", "tr", "ch",
    "b", "c", "d", "đ", "g", "h", "k", "l", "m", "n", "r", "s", "t", "v", "x", "p", "",
)  # fmt: skip
_RIMES = frozenset(
    [
        "a",
        "ac",
        "ach",
        "ai",
        "am",
        "an",
        "ang",
        "anh",
        "ao",
        "ap",
        "at",
        "au",
        "ay",
        "ăc",
        "ăm",
        "ăn",
        "ăng",
        "ăp",
        "ăt",
        "âc",
        "âm",
        "ân",
        "âng",
        "âp",
        "ât",
        "âu",
        "ây",
        "e",
        "ec",
        "em",
        "en",
        "eng",
        "eo",
        "ep",
        "et",
        "ê",
        "êch",
        "êm",
        "ên",
        "ênh",
        "êp",
        "êt",
        "êu",
        "i",
        "ia",
        "ich",
        "iêc",
        "iêm",
        "iên",
        "iêng",
        "iêp",
        "iêt",
        "iêu",
        "im",
        "in",
        "inh",
        "ip",
        "it",
        "iu",
        "o",
        "oa",
        "oac",
        "oach",
        "oai",
        "oam",
        "oan",
        "oang",
        "oanh",
        "oao",
        "oap",
        "oat",
        "oay",
        "oăc",
        "oăm",
        "oăn",
        "oăng",
        "oăt",
        "oc",
        "oe",
        "oen",
        "oeo",
        "oet",
        "oi",
        "om",
        "on",
        "ong",
        "ooc",
        "oong",
        "op",
        "ot",
        "ô",
        "ôc",
        "ôi",
        "ôm",
        "ôn",
        "ông",
        "ôp",
        "ôt",
        "ơ",
        "ơi",
        "ơm",
        "ơn",
        "ơp",
        "ơt",
        "u",
        "ua",
        "uân",
        "uâng",
        "uât",
        "uây",
        "uc",
        "uê",
        "uêch",
        "uênh",
        "ui",
        "um",
        "un",
        "ung",
        "uôc",
        "uôi",
        "uôm",
        "uôn",
        "uông",
        "uôt",
        "up",
        "ut",
        "uy",
        "uya",
        "uych",
        "uyên",
        "uyêt",
        "uynh",
        "uyt",
        "uyu",
        "uơ",
        "ư",
        "ưa",
        "ưc",
        "ưi",
        "ưm",
        "ưn",
        "ưng",
        "ươc",
        "ươi",
        "ươm",
        "ươn",
        "ương",
        "ươp",
        "ươt",
        "ươu",
        "ưt",
        "ưu",
        "y",
        "yêm",
        "yên",
        "yêng",
        "yêt",
        "yêu",
    ]
)
_BARE_RIMES = frozenset(
    "".join(c for c in unicodedata.normalize("NFD", r) if not unicodedata.combining(c)) for r in _RIMES
)


def _split_tone(word: str) -> tuple[str, str]:
    spread = unicodedata.normalize("NFD", word.lower())
    tones = "".join(c for c in spread if c in _TONES)
    return unicodedata.normalize("NFC", "".join(c for c in spread if c not in _TONES)), tones


def _parts(word: str, rimes: frozenset[str]) -> bool:
    for onset in _ONSETS:
        if not word.startswith(onset):
            continue
        rime = word[len(onset) :]
        if rime in rimes or (onset == "gi" and (not rime or "i" + rime in rimes)):
            return True
    return False


def is_syllable(word: str) -> bool:
    """Tell whether a word is spelled as a Vietnamese syllable, tone included.

    A syllable that ends in a stop (c, ch, p, t) carries the rising or the heavy tone, so COP and EC are none.
    """
    bare, tones = _split_tone(word)
    if len(tones) > 1 or not _parts(bare, _RIMES):
        return False
    stopped = bare.endswith(("c", "ch", "p", "t"))
    return not stopped or tones in ("\u0301", "\u0323")


def has_tone(word: str) -> bool:
    """Tell whether a tone is marked on a word."""
    return bool(_split_tone(word)[1])


def split_syllables(word: str) -> list[str] | None:
    """Cut a word without marks into as few Vietnamese syllables as possible, or give None."""
    best: list[list[str] | None] = [[]] + [None] * len(word)
    for end in range(1, len(word) + 1):
        for start in range(max(0, end - 6), end):
            head = best[start]
            if head is None or not _parts(word[start:end], _BARE_RIMES):
                continue
            if best[end] is None or len(head) + 1 < len(best[end] or []):
                best[end] = [*head, word[start:end]]
    return best[-1]


def _name(letter: str) -> str:
    bare, _ = _split_tone(letter)
    if bare in NAMES:
        return NAMES[bare]
    plain = "".join(c for c in unicodedata.normalize("NFD", bare) if not unicodedata.combining(c))
    return NAMES.get(plain, letter.lower())


def spell(letters: str) -> str:
    """Name each letter: VNPT is "vê en pê tê"."""
    return " ".join(_name(letter) for letter in letters)

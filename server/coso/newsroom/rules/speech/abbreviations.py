"""Abbreviations by the lexicon; headings in capitals as words; other capitals by their letters."""

import re

from coso.newsroom.rules.speech.letters import NAMES, has_tone, is_syllable, spell
from coso.newsroom.rules.speech.lexicon import Surroundings
from coso.newsroom.rules.speech.scan import Rule, Said, Scan

_WORD = re.compile(r"[^\W\d_]+")
# A vowel makes a foreign name sayable (YouTube); without one it is letters (KTHt).
_VOWEL = re.compile(r"[aeiouyăâêôơư]", re.I)
_JOINED = re.compile(r"[-–&/][A-ZĐƯÔ]")
_JOINS = {"-": " - ", "–": " - ", "&": " và ", "/": ", "}


def _inside_word(scan: Scan) -> bool:
    return scan.last_end != scan.pos and scan.text[scan.pos - 1 : scan.pos].isalpha()


def _matches(scan: Scan, written: str) -> bool:
    found = scan.text[scan.pos : scan.pos + len(written)]
    if found != written and not (written == written.lower() and found.lower() == written):
        return False
    after = scan.text[scan.pos + len(written) : scan.pos + len(written) + 2]
    if written[-1].isalpha() and (after[:1].isalpha() or (after[:1].isdigit() and written.islower())):
        return False
    return not (written[-1].isalpha() and _JOINED.match(after))


def _is_heading_word(scan: Scan, written: str) -> bool:
    """Tell whether capitals that are also an abbreviation are a word here: CA in "ĐƠN CA", not in "CA tỉnh"."""
    if not is_syllable(written):
        return False
    tail = re.match(r" ([^\W\d_]+)", scan.text[scan.pos + len(written) :])
    head = re.search(r"([^\W\d_]+) $", scan.line_before())
    beside = [m[1] for m in (tail, head) if m]
    return any(w.isupper() and len(w) > 1 and is_syllable(w) and not scan.lexicon.knows(w) for w in beside)


def _lexical(scan: Scan, m: re.Match[str]) -> Said | None:
    if _inside_word(scan):
        return None
    for written in scan.lexicon.starting(m.group()):
        if not _matches(scan, written) or (written.isupper() and _is_heading_word(scan, written)):
            continue
        end = scan.pos + len(written)
        chosen, readings = scan.lexicon.choose(written, Surroundings.of(scan.text, scan.pos, end))
        if chosen:
            return Said(_cased(scan, chosen.spoken), length=len(written), readings=readings)
    return None


def _cased(scan: Scan, spoken: str) -> str:
    """Begin with a capital where the line begins."""
    return spoken[0].upper() + spoken[1:] if scan.at_line_start else spoken


def _letters(word: str) -> str | None:
    """Spell what nobody can say as a word: XYZ, B, KTHt; None for what can be read as it stands."""
    if is_syllable(word):
        return None
    if len(word) == 1:
        return spell(word) if word.lower() in NAMES else None
    if sum(c.isupper() for c in word) < 2:
        return None
    if word.isupper():
        return spell(word)
    return None if _VOWEL.search(word) else spell(word)


def _one(scan: Scan, part: str, start: int) -> str:
    chosen, _ = scan.lexicon.choose(part, Surroundings.of(scan.text, start, start + len(part)))
    if chosen:
        return chosen.spoken
    if part.isupper() and len(part) > 1 and is_syllable(part):
        return part[0] + part[1:].lower()
    return _letters(part) or part


def _compound(scan: Scan, m: re.Match[str]) -> Said | None:
    """Read KT-XH, GD&ĐT part by part; at least one part must be an abbreviation."""
    if _inside_word(scan):
        return None
    parts = re.split(r"([-–&/])", m.group())
    if not any(scan.lexicon.knows(p) or not is_syllable(p) for p in parts[::2]):
        return None
    said: list[str] = []
    start = scan.pos
    for part in parts:
        said.append(_JOINS[part] if part in _JOINS else _one(scan, part, start))
        start += len(part)
    return Said("".join(said))


def _starts_sentence(scan: Scan) -> bool:
    head = scan.line_before().rstrip(" \"'“‘(«")
    return scan.at_line_start or not head or head[-1] in ".!?"


def _capitals(scan: Scan, m: re.Match[str]) -> Said | None:
    word = m.group()
    if not word.isupper() or _inside_word(scan):
        return None
    # ĐẮK and LẮK are no syllables, but a tone is never put on an abbreviation.
    if len(word) > 1 and (is_syllable(word) or has_tone(word)):
        return Said(word[0] + word[1:].lower() if _starts_sentence(scan) else word.lower())
    said = _letters(word)
    return Said(said) if said else None


def _mixed(scan: Scan, m: re.Match[str]) -> Said | None:
    # In "u.b" the letters belong together; the voice names them by itself.
    joined = len(m.group()) == 1 and scan.last_end != scan.pos and scan.text[scan.pos - 1 : scan.pos] == "."
    said = None if joined or _inside_word(scan) else _letters(m.group())
    return Said(said) if said else None


RULES_LEXICON: list[Rule] = [(re.compile(r"[^\W\d_]"), _lexical)]
RULES: list[Rule] = [
    (re.compile(r"[A-ZĐƯÔ][^\W\d_]*(?:[-–&/][A-ZĐƯÔ][^\W\d_]*)+(?![^\W\d_])"), _compound),
    (_WORD, _capitals),
    (_WORD, _mixed),
]

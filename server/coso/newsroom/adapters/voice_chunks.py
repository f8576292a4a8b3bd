"""Cut a text at the ends of sentences, so that no call to a voice is long."""

import re
from collections.abc import Iterator

LIMIT = 2000
_SENTENCE = re.compile(r"(?<=[.!?…;:])\s+|\n+")


def chunks(text: str, limit: int = LIMIT) -> Iterator[str]:
    """Give pieces of whole sentences of at most `limit` letters; a longer sentence is cut at a space."""
    held = ""
    for sentence in _sentences(text, limit):
        if held and len(held) + 1 + len(sentence) > limit:
            yield held
            held = sentence
        else:
            held = f"{held}\n{sentence}" if held else sentence
    if held:
        yield held


def _sentences(text: str, limit: int) -> Iterator[str]:
    for part in _SENTENCE.split(text):
        sentence = part.strip()
        while len(sentence) > limit:
            at = sentence.rfind(" ", 1, limit)
            at = at if at > 0 else limit
            yield sentence[:at].strip()
            sentence = sentence[at:].strip()
        if any(c.isalnum() for c in sentence):
            yield sentence

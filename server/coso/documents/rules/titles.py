"""The title of a task: the order itself, without its aims and remarks."""

from __future__ import annotations

import re

from .letters import UPPER
from .passages import Passage

# A remark in brackets at the very end explains the order; inside it belongs to it.
_LAST_BRACKET = re.compile(r"\s*\((?P<inside>[^()]*(?:\([^()]*\)[^()]*)*)\)[\s.;:,/]*\Z")
# A long order gives its aim and its weight after these words; they are not part of its name.
_EXPLAINS = re.compile(
    r"[,;]?\s+(?:nhằm|để từ đó|qua đó|từ đó|góp phần)\s|;\s+(?:xác định|coi) (?:đây|rõ)|[,;]\s+trong đó\s"
    rf"|\.\s+(?=[{UPPER}])"
)
_LONG = 240
_LONGEST_BRACKET = 1_000
_SHORTEST = 40


def split_bracket(passage: Passage) -> tuple[Passage, Passage | None]:
    """Part a closing remark in brackets from what it is about; a text that is all brackets stays whole."""
    match = _LAST_BRACKET.search(passage.text, max(0, len(passage) - _LONGEST_BRACKET))
    if match is None or match.start() == 0:
        return passage, None
    return passage[: match.start()].rstrip(), passage.group(match, "inside").strip(" .;*")


def read_title(passage: Passage) -> tuple[Passage, Passage | None]:
    """Give the title of a task and what was left out of it, if anything."""
    kept, remark = split_bracket(passage.strip(" .;:,/"))
    if len(kept) <= _LONG:
        return kept.trimmed(), remark
    for match in _EXPLAINS.finditer(kept.text):
        if match.start() >= _SHORTEST:
            return kept[: match.start()].trimmed(), kept[match.start() :].strip(" ,;.")
    return kept.trimmed(), remark

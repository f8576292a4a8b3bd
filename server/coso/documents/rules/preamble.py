"""The preamble: the documents that this one rests on."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from .citations import OPENS_CITATION, find_citations
from .document import Basis
from .kinds import KINDS
from .letters import UPPER
from .paragraphs import Paragraph
from .passages import Passage
from .units import NAMES_WITHIN, take_units

_NAMES = "|".join(sorted(KINDS, key=len, reverse=True))
_INTRO = re.compile(
    rf"(?:Căn cứ|Thực hiện|Triển khai(?: thực hiện)?|Tiếp tục thực hiện|Thi hành)\s+"
    rf"(?:các\s+|vào\s+)?(?=(?:[Cc]ác\s+)?(?i:{_NAMES})\b)"
)
# Here one basis ends and the next begins.
_NEXT = re.compile(rf"\s*;\s*(?:và\s+)?(?:[Cc]ăn cứ\s+|[Tt]hực hiện\s+)?(?=(?:[Cc]ác\s+)?(?i:{_NAMES})\b)")
_BASIS_OF_BASIS = re.compile(rf"\s+về (?:việc )?(?:triển khai )?(?:thực hiện|triển khai)\s+(?=(?:{_NAMES}) số)")
_AND = re.compile(rf"\s+và\s+(?=(?:{_NAMES}) số)")
_TELLS_SUBJECT = re.compile(r"\b(?:về|thực hiện|triển khai|kèm theo|phê duyệt|ban hành|sửa đổi)\b")
# Here the bases are over and the sentence says who issues what, or why.
_TURNS = re.compile(
    r"\s*[,;]\s+(?=(?:trên cơ sở|theo đề nghị|xét đề nghị|để\s|nhằm\s|Chủ tịch|Thủ tướng))"
    rf"|\s*\.\s+(?=[{UPPER}])"
)
_ISSUES = re.compile(
    r"[^.;]{0,80}?\b"
    r"(?:ban hành|xây dựng|yêu cầu|đề nghị|triển khai|quyết định|chỉ đạo|thông báo|hướng dẫn)\b"
)
# A basis is a paper: it has a number or a date, or it is a law, or a congress resolved it.
_NAMES_A_PAPER = re.compile(
    rf"(?:[Cc]ác\s+)?(?:{OPENS_CITATION.pattern}|(?:Bộ l|L)uật\b|Hiến pháp|Nghị quyết (?:của )?(?:Đại hội|"
    rf"Hội nghị|Đảng|HĐND|Hội đồng))"
)
_COMMA = re.compile(r"\s*[,;]\s+")


def read_bases(preamble: Sequence[Paragraph]) -> tuple[Basis, ...]:
    """Read the bases from the paragraphs between the title and the first numbered part."""
    bases: list[Basis] = []
    for paragraph in preamble:
        for intro in list(_INTRO.finditer(paragraph.passage.text))[:1]:
            for part in _parts(_without_order(paragraph.passage[intro.end() :]), intro.group()):
                kept = part.trimmed()
                citation = next(find_citations(kept), None)
                at_head = citation is not None and kept.text.startswith(citation.passage.text)
                if _NAMES_A_PAPER.match(kept.text):
                    bases.append(Basis(kept.found(), citation if at_head else None))
    return tuple(bases)


def _without_order(passage: Passage) -> Passage:
    """Cut off "…, UBND tỉnh ban hành Kế hoạch như sau:"."""
    for comma in _COMMA.finditer(passage.text):
        units = take_units(passage[comma.end() : comma.end() + NAMES_WITHIN])
        if units.units and _ISSUES.match(passage.text, comma.end() + len(units.whole)):
            passage = passage[: comma.start()]
            break
    turn = _TURNS.search(passage.text)
    return passage[: turn.start()] if turn else passage


def _parts(passage: Passage, intro: str) -> Iterator[Passage]:
    if "các" in intro and ":" in passage.text:
        yield passage
        return
    for part in passage.split(_NEXT):
        # "Triển khai A về thực hiện B" carries out both; after "Căn cứ", B only belongs to A's title.
        subs = [part] if intro.startswith("Căn cứ") else list(part.split(_BASIS_OF_BASIS))
        for sub in subs:
            # "A của X và B số …" names two; "A về thực hiện B và C" is one title.
            yield from _apart(sub)


def _apart(passage: Passage) -> Iterator[Passage]:
    """Split "A và B" unless B belongs to the subject of A, which then names another paper before it."""
    begin = 0
    for match in _AND.finditer(passage.text):
        before = passage[begin : match.start()]
        subject = _TELLS_SUBJECT.search(before.text)
        if subject is None or next(find_citations(before[subject.end() :]), None) is None:
            yield before
            begin = match.end()
    yield passage[begin:]

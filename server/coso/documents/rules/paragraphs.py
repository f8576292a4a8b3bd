"""Lines put together into paragraphs, across wrapped lines and broken pages."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from .lines import Kind, Line
from .numbering import Marker, Rank, read_marker
from .passages import Passage, join

_ENDS_SENTENCE = re.compile(r"[.;:!?…)\]”\"/]\Z")
# A sentence can't end with these: what follows a page break after them belongs to it.
_LEANS_FORWARD = re.compile(
    r"(?:\b(?:của|và|cho|về|theo|các|những|với|trong|đến|từ|để|do|là|ở|tại|trên|bằng|hoặc|như|mà|thì|bởi|"
    r"được|bị|phải|nhằm|khi|mỗi|một|số)|,|-|–)\Z"
)
# "… tại điểm" | "a) khoản 2 …" is one sentence.
_CITES = re.compile(r"\b(?:điểm|khoản|mục|tiết)\Z")
_LONELY_MARK = re.compile(r"(?:\d{1,2}(?:\.\d{1,2})*|[IVXL]{1,7})[.)]\Z")
_NARROWEST = 40
_FEWEST_LINES = 8
_SELF_STANDING = re.compile(
    r"(?i:căn cứ|nơi nhận|theo đề nghị|xét đề nghị|kính gửi|phụ lục|đơn vị (?:chủ trì|phối hợp|thực hiện)|"
    r"cơ quan (?:chủ trì|phối hợp)|thời (?:gian|hạn)(?: \w+){0,3}:)\b"
)


@dataclass(frozen=True)
class Paragraph:
    """A paragraph: its mark, if any, and its words."""

    marker: Marker | None
    passage: Passage


def read_paragraphs(lines: Iterable[Line]) -> list[Paragraph]:
    """Put lines together: a mark or a blank begins anew, unless the sentence before is unfinished."""
    drafts: list[tuple[Marker | None, list[Passage]]] = []
    after_blank = True
    lines = list(lines)
    width = _width_of_dense(lines)
    for line in _with_lonely_marks_joined(lines):
        if line.kind is not Kind.TEXT or not line.passage:
            after_blank = True
            continue
        before = drafts[-1][1][-1] if drafts else None
        if before is not None and not after_blank and _ends_short(before, line.passage, width):
            after_blank = True
        if before is not None and _goes_on(before, line.passage, after_blank):
            drafts[-1][1].append(line.passage)
        else:
            marker, words = read_marker(line.passage) or (None, line.passage)
            drafts.append((marker, [words]))
        after_blank = False
    return [Paragraph(marker, join(parts)) for marker, parts in drafts]


def _width_of_dense(lines: Sequence[Line]) -> int:
    """Give the width at which a text without blanks between paragraphs is wrapped; 0 for any other text."""
    widths = sorted(len(line.passage) for line in lines if line.kind is Kind.TEXT and not line.in_table)
    if len(widths) < _FEWEST_LINES:
        return 0
    behind_text = behind_blank = 0
    for before, line in pairwise(lines):
        if line.kind is Kind.TEXT and read_marker(line.passage) is not None:
            behind_text += before.kind is Kind.TEXT
            behind_blank += before.kind is not Kind.TEXT
    if behind_text <= behind_blank:
        return 0
    width = widths[len(widths) * 9 // 10]
    return width if width >= _NARROWEST else 0


def _ends_short(before: Passage, line: Passage, width: int) -> bool:
    """Tell whether a line stops well before the margin and the next opens like a sentence."""
    return len(before) * 4 < width * 3 and line.text[:1].isupper() and not _LEANS_FORWARD.search(before.text)


def _with_lonely_marks_joined(lines: Iterable[Line]) -> Iterator[Line]:
    """Give the lines; a mark alone on its line goes together with the line that follows at once."""
    held: Line | None = None
    for line in lines:
        if held is not None and line.kind is Kind.TEXT and line.passage:
            line = Line(line.kind, join([held.passage, line.passage]), line.in_table)
        elif held is not None:
            yield held
        held = line if line.kind is Kind.TEXT and _LONELY_MARK.match(line.passage.text) else None
        if held is None:
            yield line
    if held is not None:
        yield held


def _goes_on(before: Passage, line: Passage, after_blank: bool) -> bool:
    marked = read_marker(line)
    finished = bool(_ENDS_SENTENCE.search(before.text))
    if marked is not None:
        # "… giai đoạn 2021" | "- 2025" and "… năm" | "2025. …" are wrapped lines, not items.
        rest = marked[1].text
        is_range = marked[0].rank is Rank.DASH and rest[:1].isdigit() and before.text[-1:].isdigit()
        is_wrapped_number = (
            (marked[0].rank is Rank.NUMBER or (marked[0].rank is Rank.LETTER and bool(_CITES.search(before.text))))
            and line.text[:1] not in "-–—•"
            and not finished
            and bool(_LEANS_FORWARD.search(before.text) or before.folded.endswith(("nam", "ngay", "thang")))
        )
        return not after_blank and (is_range or is_wrapped_number)
    if not after_blank:
        return not _SELF_STANDING.match(line.text)
    if finished:
        return False
    return line.text[:1].islower() or bool(_LEANS_FORWARD.search(before.text))

"""Lines put together into paragraphs, across wrapped lines and broken pages."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from .lines import Kind, Line
from .numbering import Marker, Rank, read_marker
from .passages import Passage, join

_ENDS_SENTENCE = re.compile(r"[.;:!?…)\]”\"/]\Z")
# A sentence can't end with these: what follows a page break after them belongs to it.
_LEANS_FORWARD = re.compile(
    r"(?:\b(?:của|và|cho|về|theo|các|những|với|trong|đến|từ|để|do|là|ở|tại|trên|bằng|hoặc|như|mà|thì|bởi|"
    r"được|bị|phải|nhằm|khi|mỗi|một|số)|,|-|–)\Z"
)
_LONELY_MARK = re.compile(r"(?:\d{1,2}(?:\.\d{1,2})*|[IVXL]{1,7})[.)]\Z")
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
    for line in _with_lonely_marks_joined(lines):
        if line.kind is not Kind.TEXT or not line.passage:
            after_blank = True
            continue
        if drafts and _goes_on(drafts[-1][1][-1], line.passage, after_blank):
            drafts[-1][1].append(line.passage)
        else:
            marker, words = read_marker(line.passage) or (None, line.passage)
            drafts.append((marker, [words]))
        after_blank = False
    return [Paragraph(marker, join(parts)) for marker, parts in drafts]


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
            marked[0].rank in (Rank.NUMBER, Rank.LETTER)
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

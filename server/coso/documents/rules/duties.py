"""Duties: what each body has to do, told under its name."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from .document import Duty, DutyItem, Report
from .labels import Label, begins_with_label, read_clauses, read_labels
from .letters import UPPER
from .passages import Passage, fold
from .times import Time, find_deadline, find_recurrence, read_time
from .titles import split_bracket
from .tree import Node
from .units import NAMES_WITHIN, UnitList, take_units

_LEADS_WITH = re.compile(r"\b(?:[Cc]hủ trì\s*[,;]?\s*(?:và\s+)?)?[Pp]hối hợp(?:\s+chặt chẽ)?\s+(?:với|cùng)\s+")
_REPORTS = re.compile(r"báo cáo")
_CLAUSE = re.compile(rf"\s*;\s+|\.\s+(?=[{UPPER}])")
_TO = re.compile(rf"\b(?:gửi về|về|gửi|cho|với|lên|trình|báo cáo)\s+(?=[{UPPER}])")
_VIA = re.compile(rf"\b(?:thông )?qua\s+(?=[{UPPER}])")
_BRACKET = re.compile(r"\s*\(.*\)\s*\Z")
# These say that somebody must act, not what.
_IDLE = re.compile(
    r"(?:có trách nhiệm|chịu trách nhiệm|có nhiệm vụ|phải|cần)?\s*(?:tổ chức|tô chức)?\s*(?:triển khai)?\s*"
    r"(?:thực hiện)?(?: tốt)?(?: các nhiệm vụ| các nội dung| một số nhiệm vụ| nhiệm vụ| nội dung)?"
    r"(?: sau(?: đây)?)?(?:\s\d{1,2})?"
)
_IDLE_HEAD = re.compile(r"(?:có trách nhiệm|có nhiệm vụ|phải|cần)\s+(?!đ)")
_ROLE_ALONE = re.compile(
    r"(?:Chủ trì|Phối hợp|Chủ trì[,;]? (?:và )?phối hợp)(?: chặt chẽ)?(?:(?: với|,)? (?:các )?(?:sở|ban|ngành|"
    r"cơ quan|đơn vị|UBND|"
    r"Ủy ban|địa phương|tổ chức)\b[^:;.]{0,140})?",
)
# What a document says at its very end, under no body's name.
_CLOSES = re.compile(
    r"(?:Trên đây|Trong quá trình|Quá trình|Nếu có|Yêu cầu|Đề nghị|Căn cứ (?:Kế hoạch|Chỉ thị|Công văn|"
    r"nội dung)[^,]{0,60}này,|"
    r"(?:Kế hoạch|Chỉ thị|Quyết định|Công văn|Thông báo|Chương trình)(?: này| số)|(?:UBND|Ủy ban nhân dân|"
    r"Uỷ ban nhân dân|"
    r"Chủ tịch (?:UBND|Ủy ban)|Giao )|Nhận được|Các (?:sở|cơ quan|đơn vị)[^.;]{0,200}(?:nghiêm túc|báo cáo))"
)
_LONGEST_BRACKET = 1_000
_END_MARK = re.compile(r"\s*\.\s?/\s?\.?.{0,4}\Z")


def read_duties(found: Sequence[tuple[Node, UnitList]], *, year: int | None) -> tuple[Duty, ...]:
    """Read the duties of the bodies that `work` found; `year` completes "quý II" and the like."""
    return tuple(_duty(node, named, year) for node, named in found)


def _duty(node: Node, named: UnitList, year: int | None) -> Duty:
    named, items = _led_by_one(node, named, year) or (named, tuple(_items(node, named, year)))
    only = items[0] if len(items) == 1 else None
    return Duty(
        ref=node.ref,
        unit=tuple(unit.found() for unit in named.units),
        items=items,
        is_request=named.is_request,
        coordinating=only.coordinating if only else (),
        recurrence=only.recurrence if only else None,
        report=next((item.report for item in items if item.report), None),
    )


def _led_by_one(node: Node, named: UnitList, year: int | None) -> tuple[UnitList, tuple[DutyItem, ...]] | None:
    """Read "2. Sở A, Sở B" over "Sở A chủ trì, phối hợp với Sở B …": the sentence says whose duty it is."""
    plain = [child for child in node.children if not begins_with_label(child.passage)]
    if named.rest.text.strip(" .:;") or not plain or any(child.marker for child in plain):
        return None
    own = take_units(plain[0].passage)
    if not own.units or fold(own.units[0].text) not in {fold(unit.text) for unit in named.units}:
        return None
    led = UnitList(own.units, own.rest, own.whole, named.is_request)
    return led, (_item(own.rest, (), _time_of(plain[0], year)),)


def _items(node: Node, named: UnitList, year: int | None) -> Iterator[DutyItem]:
    said = named.rest.text.strip(" .:;")
    said = _BRACKET.sub("", said).strip(" .:;") if len(said) <= _LONGEST_BRACKET else said
    if said and not _IDLE.fullmatch(said):
        yield _item(_without_idle(named.rest), (), find_deadline(named.rest, year))
    for child in _work_under(node, told=bool(said)):
        below = [inner for inner in child.walk() if not begins_with_label(inner.passage)]
        yield _item(child.passage, tuple(_item(inner.passage, ()) for inner in below), _time_of(child, year))


def _work_under(node: Node, *, told: bool) -> Iterator[Node]:
    """Give the items under a body: the marked ones, or else the plain ones that don't close the document."""
    children = [child for child in node.children if not begins_with_label(child.passage)]
    marked = [child for child in children if child.marker is not None]
    for child in marked:
        if _ROLE_ALONE.fullmatch(child.passage.text.rstrip(" :.;")) and child.marked:
            # "a) Chủ trì, phối hợp với các sở, ngành:" says only how; what, stands below.
            yield from child.marked
        else:
            yield child
    if marked or told:
        return
    for child in children:
        if _CLOSES.match(child.passage.text):
            return
        yield child


def _time_of(node: Node, year: int | None) -> Time | None:
    for child in node.children:
        for said in read_labels(child.passage):
            if said.label is Label.TIME and said.content:
                return read_time(said.content, year=year)
    for said in read_clauses(node.passage):
        if said.label is Label.TIME and said.content:
            return read_time(said.content, year=year)
    return find_deadline(node.passage, year)


def _without_idle(passage: Passage) -> Passage:
    idle = _IDLE_HEAD.match(passage.text)
    return passage[idle.end() :] if idle else passage


def _item(passage: Passage, sub_items: tuple[DutyItem, ...], time: Time | None = None) -> DutyItem:
    passage = _without_end_mark(passage)
    text, note = split_bracket(passage)
    if note is not None and not text:
        text, note = passage, None
    together = _LEADS_WITH.search(text.text)
    helpers = take_units(text[together.end() :]).units if together else []
    where = note if note is not None and find_recurrence(_outside_report(note)) else text
    return DutyItem(
        text=text.found(),
        note=note.found() if note else None,
        coordinating=tuple(unit.found() for unit in helpers),
        recurrence=find_recurrence(_outside_report(where)),
        report=_report(note) or _report(text) if note else _report(text),
        sub_items=sub_items,
        time=time,
    )


def _without_end_mark(passage: Passage) -> Passage:
    mark = _END_MARK.search(passage.text)
    return passage[: mark.start()] if mark else passage


def _outside_report(passage: Passage) -> Passage:
    """Give the words before the clause that asks for a report, whose recurrence is the report's own."""
    for clause in passage.split(_CLAUSE):
        if _REPORTS.search(clause.text):
            at = passage.starts.index(clause.starts[0])
            return passage[:at] if at else passage[:0]
    return passage


def _report(passage: Passage) -> Report | None:
    for clause in passage.split(_CLAUSE):
        said = _REPORTS.search(clause.text)
        if said is None:
            continue
        to = next(_bodies(clause, _TO, said.start()), None)
        if to is None:
            continue
        via = next(_bodies(clause, _VIA, said.start()), None)
        recurrence = find_recurrence(clause)
        return Report(clause.trimmed().found(), recurrence, to.found(), via.found() if via else None)
    return None


def _bodies(clause: Passage, pattern: re.Pattern[str], after: int) -> Iterator[Passage]:
    for match in pattern.finditer(clause.text, after):
        following = clause[match.end() : match.end() + NAMES_WITHIN]
        end = _VIA.search(following.text)
        named = take_units(following[: end.start()] if end else following)
        if named.units:
            yield named.whole

"""The end of a document: recipients, how they get it, and the signature."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from .document import Delivery, Signature
from .letters import LOWER, UPPER
from .lines import Kind, Line
from .passages import Passage, join
from .spans import Found

_OPENS = re.compile(r"noi nhan\s*[:.]*")
_ROLE = re.compile(rf"(?:(?:TM|KT|TL|TUQ|T/M|K/T|T/L|Q)\s*\.|(?:T/M|K/T|T/L|T/UQ)\s)\s*(?=[{UPPER}])")
_POST = re.compile(
    r"(?:quyen )?(?:pho )?(?:chu tich|giam doc|tong giam doc|chanh van phong|bo truong|thu truong|truong ban|bi thu|"
    r"cuc truong|chi cuc truong|thu tuong|hieu truong|truong phong|chanh thanh tra|vien truong|chanh an|"
    r"tong bien tap|chu nhiem|tu lenh|chi huy truong|truong|uy vien thuong truc|uy vien)\b"
)
_NAME = re.compile(
    rf"(?:(?:GS|PGS|TS|ThS|BS|BSCKI{{1,2}}|KS|Ths|Bs)[.,]? ?)*"
    rf"(?=.*[{LOWER}]{{2}})[{UPPER}][{LOWER}]*(?:['’][{UPPER}]?[{LOWER}]+)?"
    rf"(?:[ -][{UPPER}]['’]?[{LOWER}{UPPER}]?[{LOWER}]*){{1,6}}\Z"
)
# A name in capitals is told from a post by its family name.
_NAME_IN_CAPITALS = re.compile(
    r"(?:NGUYỄN|TRẦN|LÊ|PHẠM|HOÀNG|HUỲNH|PHAN|VŨ|VÕ|ĐẶNG|BÙI|ĐỖ|HỒ|NGÔ|DƯƠNG|LÝ|ĐINH|ĐOÀN|TRƯƠNG|LÂM|MAI|TÔ|"
    r"TRỊNH|ĐÀO|CAO|"
    r"HÀ|LƯU|LƯƠNG|THÁI|CHÂU|TẠ|PHÙNG|VI|LÒ|NÔNG|TRIỆU|LA|QUÁCH|KIỀU|TĂNG|ÂU|THẠCH|SƠN|KIM|MA|GIÀNG|VÀNG|CHU|TỐNG)"
    rf"(?: [{UPPER}]+){{1,4}}\Z"
)
_SIGNED = re.compile(r"\(?(?:da ky|ky ten|ky thay|dong dau)\b")
_ITEM = re.compile(r"[-–—•+](?:\s*\+)?\s*")
_HOW = re.compile(r"(?P<paper>ban giay)|(?P<electronic>ban dien tu|dien tu)")
# The typist's mark and the number of copies, under "Lưu: VT".
_FILE_MARK = re.compile(r"(?=.*\d)[A-Z\d.,()\- ]{1,14}\Z")
# What a scanner adds behind the end of an entry; a remark in brackets belongs to it.
_NOISE = re.compile(r";\s*(?:[^\w\s(]|\w{1,3}[.,]?\s*[^\w\s(]|\(?[^\w\s]).*\Z")
# Several entries on one line: "- Như trên; - Lưu: VT".
_NEXT_ENTRY = re.compile(r"(?<=;)\s+(?=[-–•]\s*\w)")
_ROLE_BESIDE = re.compile(rf"(?<=[;.:,)])\s+(?P<role>(?:(?:TM|KT|TL|TUQ)\.\s*)?[{UPPER}]{{2,}}(?: [{UPPER}]+)+)\Z")
_SENDS = re.compile(r"gui\s*:?\Z")
_LONGEST_LIST = 120
_SIGNATURE_LINES = 40


@dataclass(frozen=True)
class Closing:
    """The end of a document, and the lines it takes: `[begins_at, ends_at)`."""

    recipients: tuple[Found[str], ...]
    delivery: Delivery
    signature: Signature
    begins_at: int
    ends_at: int


def read_closing(lines: Sequence[Line]) -> Closing:
    """Read recipients and signature; both empty where the document has none."""
    opened = next((i for i, line in enumerate(lines) if _OPENS.match(line.passage.folded)), None)
    if opened is None:
        return _signature_alone(lines)
    lines, beside = _without_right_column(lines, opened)
    entries, end = _entries(lines, opened)
    recipients, delivery = _sort(entries)
    signature, signed_end = _signature(lines, end)
    if beside and not signature.roles:
        signature = Signature(signature.name, tuple(role.found() for role in beside))
    begins = opened
    if signature.name is None and not signature.roles:
        # A PDF may give the right column before the left one.
        before, _ = _signature(lines, max(0, opened - 8), stop=opened, demand_role=True)
        if before.roles:
            signature = before
            begins = next(i for i in range(max(0, opened - 8), opened) if _is_role(lines[i].passage))
    return Closing(recipients, delivery, signature, begins, max(end, signed_end))


def _without_right_column(lines: Sequence[Line], opened: int) -> tuple[Sequence[Line], list[Passage]]:
    """Part "- Các sở, ban, ngành; KT. CHỦ TỊCH", two columns that a PDF or a scan gives as one line."""
    parted = list(lines)
    roles: list[Passage] = []
    for index in range(opened, min(len(lines), opened + _LONGEST_LIST)):
        passage = lines[index].passage
        match = _ROLE_BESIDE.search(passage.text)
        if match is None or not _is_role(passage.group(match, "role")):
            continue
        if not _ITEM.match(passage.text) and not _OPENS.match(passage.folded):
            continue
        roles.append(passage.group(match, "role"))
        parted[index] = Line(lines[index].kind, passage[: match.start()].rstrip(), lines[index].in_table)
    return parted, roles


def _signature_alone(lines: Sequence[Line]) -> Closing:
    last = len(lines)
    capitals = (i for i in range(last) if lines[i].passage.text.isupper())
    start = next((i for i in capitals if _ROLE.match(lines[i].passage.text)), last)
    signature, end = _signature(lines, start)
    return Closing((), Delivery(), signature, start, max(end, start) if start < last else last)


def _entries(lines: Sequence[Line], opened: int) -> tuple[list[Passage], int]:
    """Collect the entries of the list; a line without a dash goes on with the entry before."""
    entries: list[list[Passage]] = []
    rest = _after_opening(lines[opened].passage)
    if rest and _ITEM.match(rest.text):
        entries.append([rest])
    index = opened + 1
    blank = False
    while index < min(len(lines), opened + _LONGEST_LIST):
        line = lines[index]
        if line.kind is Kind.BAR and (entries or not line.in_table):
            break
        passage = line.passage
        if line.kind is not Kind.TEXT or not passage:
            blank = True
            index += 1
            continue
        filed = bool(entries) and not blank and _is_filed(entries[-1][0]) and bool(_FILE_MARK.match(passage.text))
        if not filed and (
            _is_role(passage) or (passage.text.isupper() and len(passage) > 3 and not _ITEM.match(passage.text))
        ):
            break
        if entries and not _ITEM.match(passage.text):
            if _is_over(entries[-1], passage, blank):
                break
            entries[-1].append(passage)
        else:
            entries.append([passage])
        blank = False
        index += 1
    return [join(entry) for entry in entries], index


def _is_over(entry: Sequence[Passage], line: Passage, blank: bool) -> bool:
    """Tell whether a line without a dash is no more part of the list."""
    if blank and (_NAME.match(line.text) or entry[-1].text.endswith(".")):
        return True
    return _is_name(line) and _is_filed(entry[0])


def _after_opening(passage: Passage) -> Passage:
    match = _OPENS.match(passage.folded)
    return passage[match.end() :].strip(" :") if match else passage


def _is_filed(entry: Passage) -> bool:
    return bool(re.match(r"[-–—•\s]*(?:luu)\b", entry.folded))


def _is_role(passage: Passage) -> bool:
    return passage.text.isupper() and bool(_ROLE.match(passage.text) or _POST.match(passage.folded))


def _is_name(passage: Passage) -> bool:
    return bool(_NAME.match(passage.text)) and 2 <= len(passage.text.split()) <= 6


def _sort(entries: Sequence[Passage]) -> tuple[tuple[Found[str], ...], Delivery]:
    recipients: list[Found[str]] = []
    ways: dict[str, Found[str]] = {}
    for entry in (part for line in entries for part in line.split(_NEXT_ENTRY)):
        mark = _ITEM.match(entry.text)
        words = (entry[mark.end() :] if mark else entry).strip(" ;.,:")
        how = _HOW.match(words.folded)
        if how is not None and ":" in words.text:
            ways[how.lastgroup or ""] = words[words.text.index(":") + 1 :].strip(" ;.").found()
        elif words and not _SENDS.match(words.folded):
            noise = _NOISE.search(words.text)
            words = (
                words[: noise.start()]
                if noise and not words.text[noise.start() + 1 :].lstrip().startswith("(")
                else words
            )
            recipients.append(words.found())
    return tuple(recipients), Delivery(ways.get("paper"), ways.get("electronic"))


def _without_noise(words: Passage) -> Passage:
    noise = _NOISE.search(words.text)
    is_remark = noise is not None and words.text[noise.start() + 1 :].lstrip().startswith("(")
    return words[: noise.start()] if noise and not is_remark else words


def _signature(
    lines: Sequence[Line], start: int, *, stop: int | None = None, demand_role: bool = False
) -> tuple[Signature, int]:
    roles: list[list[Passage]] = []
    limit = min(len(lines) if stop is None else stop, start + _SIGNATURE_LINES)
    for index in range(start, limit):
        passage = lines[index].passage
        if lines[index].kind is not Kind.TEXT or not passage:
            continue
        if _is_role(passage):
            roles.append([passage])
        elif _SIGNED.match(passage.folded):
            continue
        elif roles and _NAME_IN_CAPITALS.match(passage.text):
            return Signature(passage.found(), _joined(roles)), _end_of_cell(lines, index + 1)
        elif roles and passage.text.isupper():
            roles[-1].append(passage)
        elif _is_name(passage) and (roles or not demand_role):
            return Signature(passage.found(), _joined(roles)), _end_of_cell(lines, index + 1)
        elif roles or len(passage) > 40:
            break
    if not roles:
        return Signature(None), start
    last = roles[-1][-1].starts[-1]
    after = next(i for i, line in enumerate(lines) if line.passage and line.passage.starts[-1] == last) + 1
    return Signature(None, _joined(roles)), after


def _joined(roles: Sequence[Sequence[Passage]]) -> tuple[Found[str], ...]:
    return tuple(join(role).found() for role in roles)


def _end_of_cell(lines: Sequence[Line], index: int) -> int:
    while index < len(lines) and lines[index].kind is not Kind.TEXT:
        index += 1
    return index

"""The head of a document: kind, number, symbol, place, date, issuer and title (Nghị định 30/2020/NĐ-CP, Phụ lục I).

The head is read line by line, since its two columns, a receiving office's stamp and a scanner's
noise may stand in any order. A document's own number has a symbol behind its stroke; a stamp's has not.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from .document import Header, Warning
from .kinds import LETTER, kind_of_line, kind_of_symbol
from .letters import UPPER
from .lines import Kind, Line
from .numbering import Rank, read_marker
from .passages import Passage, derived, fold, join
from .spans import Found
from .times import iso_day
from .units import take_units

# How many lines a head may take before the kind of the document is named.
_LONGEST_HEAD = 60

_LONGEST_MOTTO_LINE = 120
_FARTHEST_NUMBER = 4

_NUMBER = re.compile(
    r"\bS[ốóoồổôÓ]\s*[:.]?\s*"
    r"(?P<number>\d[\d.]*(?:/(?:19|20)\d{2}(?=\s*/))?)?"
    # A handwritten number may come out of a scan as one or two odd signs.
    r"(?P<noise>[^/\w]?\w?[^/\w]{0,10})\s*"
    r"(?P<stroke>[/\-–]+)\s*"
    r"(?P<symbol>[A-ZĐ][A-Za-zĐđ]{0,7}(?:\s?[-–/]\s?[A-ZĐ][\w&.]*)*)"
)
_DATE = re.compile(
    r"(?:(?P<place>[^\W\d_][^,.;:]{1,60}?),\s*)?"
    r"(?P<when>ng[àaáòo]y\s*(?P<d>[^\s\d]{0,2}\d{0,2}\S{0,2}?)\s*th[áaàóo]ng\s*(?P<m>\d{1,2}|"
    r"\S{1,3})\s*n[ăaâ]m\s*(?P<y>\d{4}))",
    re.IGNORECASE,
)
_PLACE = re.compile(
    r"(?:(?i:thành phố|tỉnh|huyện|thị xã|xã|phường|thị trấn)\s+)?"
    rf"(?:[{UPPER}][\w’']*\s?-?\s?){{1,5}}\Z"
)
# The next four run on folded text.
# A scan gives "O3" for "03"; any other sign in a day is left unread.
_ROUND_ZERO = str.maketrans("OoQ", "000")
_MOTTO = re.compile(
    r"cong hoa xa hoi(?: chu nghia(?: viet nam)?)?|chu nghia viet nam|"
    r"doc lap\s*[-–.]\s*tu do\s*[-–.]\s*hanh phuc|dang cong san viet nam"
)
_STAMP = re.compile(
    r"(?:so\s*:?\s*\d+|ngay\s*:?\s*[\d/. ]+.*|chuy?en\s*:.*|luu ho so.*|den\b.*|cong van den.*|gio\s*:.*)\Z"
)
_STAMP_OVER_TITLE = re.compile(r".{0,4}\b(?:ĐẾN\b|CÔNG VĂN ĐẾN|(?:Chuyển|Giờ|Lưu hồ sơ)\s*:|Ngày\s*[:.])")
_ATTACHED = re.compile(r"\(\s*(?:Ban hành\s+)?[Kk]èm theo")
_ABOUT_BEHIND_STAMP = re.compile(r"[^a-zà-ỹ]{6,}.{0,30}?\s(?=Về việc\s)")
_ISSUER = re.compile(
    r"(?:uy ban|hoi dong|so|ban|bo|van phong|tinh uy|thanh uy|huyen uy|chi cuc|cuc|cong an|tinh|thanh pho|"
    r"huyen|thi xa|thi tran|xa|phuong|dac khu|chinh phu|thu tuong|quoc hoi|truong|trung tam|dai|lien doan|"
    r"doan|hoi|ubnd|hdnd|chu tich|phong|vien|toa an|thanh tra|ban chi dao)\b"
)
_LEVELS = r"tỉnh|thành phố|huyện|thị xã|xã|phường|thị trấn|đặc khu"
# "UBND tỉnh ban hành …", "Sở Nội vụ xây dựng …": who issues, in the preamble's own words.
_ISSUES = re.compile(
    r"(?i:ủy ban nhân dân|uỷ ban nhân dân|UBND|hội đồng nhân dân|HĐND|văn phòng [^,;]{3,40}?|"
    r"sở [^,;]{3,50}?|ban [^,;]{3,40}?)"
    rf"\s*(?:{_LEVELS})?(?:\s+[{UPPER}]\w*){{0,4}}"
    r"(?=,?\s+(?:ban hành|xây dựng|yêu cầu|đề nghị|triển khai|quyết định|chỉ đạo|thông báo))"
)
_PARTY_BODY = re.compile(r"\b(?:tỉnh|thành|huyện|thị|quận|đảng) (?:ủy|uỷ)\b")
_BODY_INSIDE = re.compile(r"(\s)(ủ|uỷ|h)(y ban nhân dân| ban nhân dân|ội đồng nhân dân)")
_AFTER_KIND = re.compile(r"\A((?:sở|bộ|ban|cục|chi cục|tổng cục|vụ|phòng|trung tâm|viện|trường|đài|hội|bảo tàng) )(\w)")
_LEVEL_SPELLED = {fold(level): level for level in _LEVELS.split("|")}
_LEVEL_BEFORE = re.compile(rf"\b({'|'.join(_LEVEL_SPELLED)})\s\Z")
_LEVEL_ALONE = re.compile(rf"(?i)\b(?:{_LEVELS})\Z")
_KIND_AND_TITLE = re.compile(r"(?:ke hoach|chuong trinh|phuong an|de an|chi thi|thong bao|huong dan|bao cao)\s+\w")
_ABOUT = re.compile(r"\A(?:V/v|Về việc)\b", re.IGNORECASE)
_OPENS_PREAMBLE = re.compile(
    r"\A[\"“(]?(?:Căn cứ|Thực hiện|Triển khai|Theo (?:đề nghị|Quyết định|Kế hoạch|Công văn)|"
    r"Xét (?:đề nghị|Tờ trình)|Để|Nhằm|[Tt]rong (?:thời gian|năm \d|những năm|các ngày)|Thời gian (?:qua|vừa qua)|"
    r"Tiếp tục thực hiện|Thi hành|Kính gửi|Ngày \d|Ngày \d|Hiện nay|Qua (?:theo dõi|kiểm tra))\b"
)
_NAMELESS = re.compile(r"(?:van phong|phong|ban chi dao|ban to chuc|thanh tra|to cong tac)\Z")
_ACRONYMS = {
    "ubnd": "uy ban nhan dan",
    "hdnd": "hoi dong nhan dan",
    "vp": "van phong",
    "ttg": "thu tuong",
    "cp": "chinh phu",
}


@dataclass(frozen=True)
class ReadHeader:
    """The head, the doubts about it, and the index of the line behind its title."""

    header: Header
    warnings: tuple[Warning, ...]
    body_at: int
    signs: frozenset[str]
    year: int | None


def read_header(lines: Sequence[Line]) -> ReadHeader:
    """Read the head of a document from its lines."""
    kind_at = _kind_line(lines)
    head_end = kind_at if kind_at is not None else min(len(lines), _LONGEST_HEAD)
    head = list(lines[:head_end])
    # A scanner may put the number or the date behind the kind.
    near = [line.passage for line in lines[: head_end + 12] if line.kind is Kind.TEXT]
    blocks = _blocks(head) + ([] if kind_at is None else near[-12:])
    number, symbol, number_warnings = _number(blocks)
    issued, place, year, date_warnings = _date(blocks)
    title, body_at = _title(lines, kind_at, blocks)
    kind = _kind(lines, kind_at, symbol)
    issuer = _issuer(head, symbol, place, lines[body_at:])
    stamps = _stamps(head)
    signs = {
        name
        for name, seen in (
            ("kind", kind_at is not None),
            ("number", symbol is not None),
            ("date", year is not None),
            ("motto", any(_MOTTO.search(passage.folded) for passage in blocks)),
        )
        if seen
    }
    header = Header(kind, number, symbol, issued, place, issuer, title, stamps)
    return ReadHeader(header, (*number_warnings, *date_warnings), body_at, frozenset(signs), year)


def has_motto(passage: Passage) -> bool:
    """Tell whether a line holds the national motto or the Party's name."""
    return len(passage) < _LONGEST_MOTTO_LINE and _MOTTO.search(passage.folded) is not None


def has_number(passage: Passage) -> bool:
    """Tell whether a line holds a document's own number and symbol."""
    match = _NUMBER.search(passage.text[:80])
    return match is not None and match.start() <= _FARTHEST_NUMBER


def _kind_line(lines: Sequence[Line]) -> int | None:
    for index, line in enumerate(lines[:_LONGEST_HEAD]):
        if line.kind is Kind.TEXT and line.passage.text.isupper() and kind_of_line(line.passage.text):
            return index
    return None


def _kind(lines: Sequence[Line], kind_at: int | None, symbol: Found[str] | None) -> Found[str] | None:
    if kind_at is not None:
        passage = lines[kind_at].passage
        return derived(kind_of_line(passage.text) or "", passage)
    if symbol is None:
        return None
    return Found(kind_of_symbol(symbol.value) or LETTER, symbol.spans, verbatim=False)


def _blocks(lines: Sequence[Line]) -> list[Passage]:
    """Put the wrapped lines of one cell together, and keep each line by itself too."""
    blocks: list[Passage] = []
    run: list[Passage] = []
    for line in [*lines, None]:
        if line is not None and line.kind is Kind.TEXT:
            run.append(line.passage)
            continue
        if len(run) > 1:
            blocks.append(join(run))
        blocks += run
        run = []
    return blocks


def _number(blocks: Sequence[Passage]) -> tuple[Found[str] | None, Found[str] | None, list[Warning]]:
    for passage in blocks:
        match = _NUMBER.search(passage.text)
        if match is None or (match.start() > 0 and passage.text[match.start() - 1] not in " |"):
            continue
        if match.start() > 60:
            continue
        symbol_passage = passage.group(match, "symbol")
        symbol = Found(re.sub(r"\s+", "", symbol_passage.text).rstrip("."), symbol_passage.spans, verbatim=False)
        clean_number = match["number"] and not (match["noise"] or "").strip() and len(match["stroke"]) == 1
        if clean_number:
            return passage.group(match, "number").found(), symbol, []
        place = passage.group(match)
        return None, symbol, [Warning("number_unreadable", place.spans, {"text": place.text})]
    return None, None, []


def _date(
    blocks: Sequence[Passage],
) -> tuple[Found[date] | None, Found[str] | None, int | None, list[Warning]]:
    for passage in blocks:
        match = _DATE.search(passage.text)
        if match is None:
            continue
        year = int(match["y"])
        place = _place(passage, match)
        where = passage.group(match)
        when = passage.group(match, "when")
        number = match["d"].translate(_ROUND_ZERO)
        day = iso_day(year, int(match["m"]), int(number)) if match["m"].isdigit() and number.isdigit() else None
        if day is not None:
            found = derived(day, when)
            return Found(date.fromisoformat(day), found.spans, verbatim=False), place, year, []
        return None, place, year, [Warning("date_unreadable", where.spans, {"text": where.text, "year": str(year)})]
    return None, None, None, []


def _place(passage: Passage, match: re.Match[str]) -> Found[str] | None:
    if match["place"] is None:
        return None
    place = passage.group(match, "place")
    # In a scan the number's column may run into the place: take the capitalised words before the comma.
    words = _PLACE.search(place.text)
    if words is None:
        return place.found()
    kept = place[words.start() :].strip()
    symbol = re.match(r"(?:[A-ZĐ&.]+\s*[-–/]\s*)+[A-ZĐ&.]+\s+|(?!TP)[A-ZĐ&]{2,}\s+(?=[^\W\d_][^\W\d_A-Z])", kept.text)
    return (kept[symbol.end() :] if symbol else kept).found()


def _title(lines: Sequence[Line], kind_at: int | None, blocks: Sequence[Passage]) -> tuple[Found[str] | None, int]:
    if kind_at is None:
        return _letter_title(lines, blocks)
    parts: list[Passage] = []
    index = kind_at + 1
    while index < len(lines):
        line = lines[index]
        if line.kind is Kind.TEXT and line.passage:
            if parts and _ends_title(line.passage, parts):
                break
            if not parts and _OPENS_PREAMBLE.match(line.passage.text) and len(line.passage) > 120:
                break
            parts.append(line.passage)
        elif parts:
            break
        index += 1
    title = join(_without_stamps(parts))
    return (title.found() if title else None), index


def _without_stamps(parts: Sequence[Passage]) -> list[Passage]:
    """Leave out a receiving office's stamp that a scan laid over the title."""
    if parts and (stamp := _ABOUT_BEHIND_STAMP.match(parts[0].text)) is not None:
        parts = [parts[0][stamp.end() :], *parts[1:]]
    about = next((i for i, part in enumerate(parts) if _ABOUT.match(part.text)), 0)
    return [part for part in parts[about:] if not _STAMP_OVER_TITLE.match(part.text)]


def _ends_title(line: Passage, parts: Sequence[Passage]) -> bool:
    if read_marker(line) is not None or _ATTACHED.match(line.text):
        return True
    return (
        bool(_OPENS_PREAMBLE.match(line.text))
        and not line.text.isupper()
        and not parts[-1].text.rstrip().endswith(("và", "của", ","))
    )


def _letter_title(lines: Sequence[Line], blocks: Sequence[Passage]) -> tuple[Found[str] | None, int]:
    for index, line in enumerate(lines[:_LONGEST_HEAD]):
        if line.kind is not Kind.TEXT or not _ABOUT.match(line.passage.text):
            continue
        parts = [line.passage]
        for after in lines[index + 1 : index + 8]:
            if after.kind is not Kind.TEXT or _ends_subject(after.passage):
                break
            parts.append(after.passage)
        return join(parts).found(), index + len(parts)
    return _heading_title(lines)


def _ends_subject(line: Passage) -> bool:
    return bool(
        not line
        or _DATE.search(line.text)
        or _MOTTO.search(line.folded)
        or _OPENS_PREAMBLE.match(line.text)
        or line.text.isupper()
    )


def _heading_title(lines: Sequence[Line]) -> tuple[Found[str] | None, int]:
    """Find a title that shares its line with the kind: "KẾ HOẠCH CHUYỂN ĐỔI SỐ NĂM 2023"."""
    for index, line in enumerate(lines[:_LONGEST_HEAD]):
        if (
            line.kind is not Kind.TEXT
            or not line.passage.text.isupper()
            or not _KIND_AND_TITLE.match(line.passage.folded)
        ):
            continue
        parts = [line.passage]
        for after in lines[index + 1 : index + 8]:
            if after.kind is not Kind.TEXT or not after.passage.text.isupper() or read_marker(after.passage):
                break
            parts.append(after.passage)
        return join(parts).found(), index + len(parts)
    return None, 0


def _stamps(head: Sequence[Line]) -> tuple[Found[str], ...]:
    return tuple(
        line.passage.found()
        for line in head
        if line.kind is Kind.TEXT and _STAMP.match(line.passage.folded) and not _NUMBER.search(line.passage.text)
    )


def _issuer(
    head: Sequence[Line], symbol: Found[str] | None, place: Found[str] | None, body: Sequence[Line]
) -> Found[str] | None:
    """Find who issued: the body in the head if the symbol agrees, else the one the preamble names."""
    printed = _printed_issuer(head)
    for index in range(len(printed)):
        # A superior body stands in the lines above the one that issues.
        own = join(printed[index:])
        if symbol is not None and _agrees(own.text, symbol.value) and not own.text.isascii():
            if _NAMELESS.match(own.folded) and (fuller := _fuller_name(own, body)) is not None:
                return fuller
            return Found(_with_place(_as_written(own.text, body), place), own.spans, verbatim=False)
    named = _named_issuer(body, symbol)
    if named is not None:
        name, spans = named.text.strip(), named.spans
        if place is not None and _LEVEL_ALONE.search(name):
            name, spans = f"{name} {place.value}", (*spans, *place.spans)
        return Found(name, spans, verbatim=False)
    if printed and symbol is None:
        whole = join(printed)
        return Found(_as_written(whole.text, body), whole.spans, verbatim=False)
    return None


def _with_place(name: str, place: Found[str] | None) -> str:
    """Spell a scan's "tính bình minh" as the place in the date line is spelled: "tỉnh Bình Minh"."""
    if place is None:
        return name
    alone = re.sub(rf"\A(?i:{_LEVELS})\s+", "", place.value)
    if not fold(name).endswith(f" {fold(alone)}"):
        return name
    head = name[: -len(alone)]
    level = _LEVEL_BEFORE.search(fold(head))
    if level is not None:
        head = head[: level.start(1)] + _LEVEL_SPELLED[level[1]] + head[level.end(1) :]
    return head + alone


def _fuller_name(own: Passage, body: Sequence[Line]) -> Found[str] | None:
    """Find "Văn phòng HĐND tỉnh" in the preamble for an office that the head prints without its body."""
    for line in body[:80]:
        at = line.passage.folded.find(own.folded)
        if at < 0 or ((marked := read_marker(line.passage)) is not None and marked[0].rank <= Rank.NUMBER):
            continue
        named = take_units(line.passage[at:])
        if named.units and len(named.units[0]) > len(own):
            return Found(named.units[0].text, (*own.spans, *named.units[0].spans), verbatim=False)
    return None


def _printed_issuer(head: Sequence[Line]) -> list[Passage]:
    """Give the lines in capitals that name a body, above or beside the motto."""
    parts: list[Passage] = []
    beside: list[Passage] = []
    for line in head:
        passage = line.passage
        motto = _MOTTO.search(passage.folded)
        if motto is not None:
            # In a scan both columns share a line: the issuer stands left of the motto.
            passage = passage[: motto.start()].strip()
            if passage and passage.text.isupper():
                beside.append(passage)
            continue
        if line.kind is not Kind.TEXT or not passage.text.isupper():
            if parts and line.kind is Kind.BAR:
                break
            continue
        opens = _ISSUER.match(passage.folded) or (parts and re.fullmatch(r"[\w\s,-]+", passage.text))
        if opens and kind_of_line(passage.text) is None and not _STAMP.match(passage.folded):
            parts.append(passage)
    return beside or parts


def _agrees(issuer: str, symbol: str) -> bool:
    """Tell whether an issuer's name is the one that the last part of a symbol shortens (…-UBND)."""
    short = fold(re.split(r"[-/]", symbol)[-1])
    folded = _spelled(issuer)
    initials = "".join(word[0] for word in re.findall(r"\w+", folded) if word != "va")
    return folded.startswith(_ACRONYMS.get(short, short)) or (len(short) > 1 and initials.startswith(short))


def _as_written(name: str, body: Sequence[Line]) -> str:
    """Write a name in capitals as the text writes it elsewhere, or else by the rules of names."""
    folded = fold(name)
    for line in body[:200]:
        at = line.passage.folded.find(folded)
        written = line.passage.text[at : at + len(folded)]
        if at >= 0 and not written.isupper():
            return written
    return _sentence_case(name)


def _named_issuer(body: Sequence[Line], symbol: Found[str] | None) -> Passage | None:
    """Find "UBND tỉnh ban hành Kế hoạch …" before the first numbered part."""
    run: list[Passage] = []
    for line in body[:80]:
        if line.kind is not Kind.TEXT:
            continue
        marked = read_marker(line.passage)
        if marked is not None and marked[0].rank <= Rank.NUMBER:
            break
        run.append(line.passage)
    preamble = join(run)
    hits = [preamble.group(match) for match in _ISSUES.finditer(preamble.text)]
    fitting = [hit for hit in hits if symbol is None or _agrees(hit.text, symbol.value)]
    candidates = fitting or hits
    return candidates[-1] if candidates else None


def _spelled(name: str) -> str:
    folded = fold(name)
    for short, long in _ACRONYMS.items():
        folded = re.sub(rf"\b{short}\b", long, folded)
    return folded


def _sentence_case(name: str) -> str:
    """Write a name in capitals as names are written: "ỦY BAN NHÂN DÂN XÃ X" → "Ủy ban nhân dân xã X"."""
    if not name.isupper():
        return name
    lowered = _PARTY_BODY.sub(lambda found: found[0].replace(" ", "_"), name.lower())
    level = re.search(rf"\b({_LEVELS})\s+(.+)\Z", lowered)
    lowered = _AFTER_KIND.sub(lambda found: found[1] + found[2].upper(), lowered)
    named = lowered if level is None else lowered[: level.start(2)] + level[2].title()
    named = _BODY_INSIDE.sub(lambda found: found[1] + found[2].upper() + found[3], named).replace("_", " ")
    if (party := _PARTY_BODY.match(named.lower())) is not None:
        return named[:1].upper() + named[1 : party.end()] + named[party.end() :].title()
    return named[:1].upper() + named[1:]

"""A paper laid out: everything that is printed, in the words and order in which it stands, without a font or a file."""

import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any

from coso.documents.rules.papers.content import TABLE, Block, Content, Copy
from coso.documents.rules.papers.kinds import KINDS, KindRule
from coso.documents.rules.papers.labels import is_heading, labelled, roman
from coso.documents.rules.papers.numbers import day_line, day_words, number_line, padded

COUNTRY = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
MOTTO = "Độc lập - Tự do - Hạnh phúc"
CLOSING = "./."
NO_BREAK = "\u00a0"
_PLACE = re.compile(r" ((?:TỈNH|THÀNH PHỐ|HUYỆN|THỊ XÃ|XÃ|PHƯỜNG|THỊ TRẤN|ĐẶC KHU) .{1,40})\Z")


@dataclass(frozen=True)
class Names:
    """What names a paper and who signs it."""

    kind: str
    title: str
    issuer: str
    place: str = ""
    number: str = ""
    symbol: str = ""
    issued_on: date | None = None
    year: int = 0
    """The year that stands where no day is settled yet."""
    signing_mode: str = ""
    position: str = ""
    signer: str = ""


@dataclass(frozen=True)
class Line:
    """A paragraph or a table of the body."""

    style: str
    label: str
    text: str
    bold: bool = False
    head: list[str] = field(default_factory=list)
    """The first row of a table."""
    rows: list[list[str]] = field(default_factory=list)
    """The others."""
    widths: list[int] = field(default_factory=list)
    """How wide its columns are, in hundredths of the whole."""


@dataclass(frozen=True)
class AnnexSheet:
    """An annex with its heading."""

    name: str
    title: str
    note: str
    paragraphs: list[str]
    head: list[str]
    rows: list[list[str]]
    widths: list[int]


@dataclass(frozen=True)
class Sheet:
    """What a template or a typesetter is given; every name here may stand in a Word template."""

    country: str
    motto: str
    parent_body: str
    issuer: str
    number: str
    date: str
    about: str
    """A letter's subject, under its number."""
    kind: str
    title: str
    authority: str
    """Who decides, above the bases of a decision."""
    addressee: str
    """The only one to whom it is addressed."""
    addressees: list[str]
    """Several of them."""
    bases: list[str]
    italic_bases: bool
    resolves: str
    body: list[Line]
    signature: list[str]
    signer: str
    secretary_title: str
    secretary: str
    recipients: list[str]
    annexes: list[AnnexSheet]

    def data(self) -> dict[str, Any]:
        """Give it as plain data for a template."""
        return asdict(self)


def lay(names: Names, content: Content) -> Sheet:
    """Lay a paper out."""
    rule = KINDS[names.kind]
    issuer = content.issuer or names.issuer
    addressees = [one.rstrip(" ;.,") for one in content.addressees] if rule.has_addressees else []
    return Sheet(
        country=COUNTRY,
        motto=MOTTO,
        parent_body=unbroken(content.parent_body.upper()),
        issuer=unbroken(issuer.upper()),
        number=number_line(names.number, names.symbol),
        date=day_line(names.place, names.issued_on, names.year),
        about="" if rule.name or not names.title else f"V/v {_lowered(names.title)}",
        kind=rule.name,
        title=names.title if rule.name else "",
        authority=_authority(names, issuer) if rule.resolves else "",
        addressee=f"{addressees[0]}." if len(addressees) == 1 else "",
        addressees=_ended(addressees) if len(addressees) > 1 else [],
        bases=_bases(content.bases, rule),
        italic_bases=rule.italic_bases,
        resolves=rule.resolves,
        body=_body(content.body),
        signature=signature_lines(names.signing_mode, names.position, content.collective, content.head),
        signer=names.signer,
        secretary_title="THƯ KÝ" if rule.has_secretary else "",
        secretary=content.secretary if rule.has_secretary else "",
        recipients=recipient_lines(content, has_addressees=bool(addressees)),
        annexes=_annexes(names, content, rule, issuer),
    )


def unbroken(name: str) -> str:
    """Keep a place's name on one line, and two words on the last: ỦY BAN NHÂN DÂN / XÃ SƠN KIM 1."""
    place = _PLACE.search(name)
    if place is not None:
        return name[: place.start(1)] + place[1].replace(" ", NO_BREAK)
    head, space, last = name.rpartition(" ")
    return f"{head}{NO_BREAK}{last}" if space and len(name) > 24 else name


def _lowered(title: str) -> str:
    """Write a subject as it goes on after "V/v"; a name or an abbreviation keeps its capital."""
    for beginning in ("V/v ", "Về việc ", "về việc "):
        title = title.removeprefix(beginning)
    first = title.split(" ", 1)[0]
    return title if first.isupper() and len(first) > 1 else title[:1].lower() + title[1:]


def _authority(names: Names, issuer: str) -> str:
    """Name who decides: the head alone where he signs for himself, else the body."""
    if issuer.lower().startswith(("ủy ban nhân dân", "hội đồng nhân dân")):
        is_head = not names.signing_mode and names.position
        return f"{names.position} {issuer}".upper() if is_head else issuer.upper()
    return f"{names.position or 'Giám đốc'} {issuer}".upper() if not names.signing_mode else issuer.upper()


def _bases(bases: list[str], rule: KindRule) -> list[str]:
    """End each basis as its kind does: a decision's with a semicolon, the last with a full stop."""
    return _ended(bases) if rule.italic_bases else bases


def _ended(lines: list[str]) -> list[str]:
    """End each line of a list with a semicolon, the last with a full stop."""
    return [line.rstrip(" .;,") + (";" if at < len(lines) else ".") for at, line in enumerate(lines, 1)]


def _body(blocks: list[Block]) -> list[Line]:
    lines = [
        Line(
            block.style,
            label,
            block.text.upper() if block.style == "part" else block.text,
            is_heading(blocks, at),
            block.rows[0] if block.rows else [],
            block.rows[1:],
            widths(block.rows),
        )
        for at, (label, block) in enumerate(labelled(blocks))
    ]
    last = lines[-1] if lines else None
    if last is not None and last.style != TABLE:
        ended = last.text.rstrip().removesuffix(CLOSING).rstrip().rstrip(".;,") + CLOSING
        lines[-1] = Line(last.style, last.label, ended, last.bold)
    elif last is not None:
        lines.append(Line("text", "", CLOSING))
    return lines


def widths(rows: Sequence[Sequence[str]]) -> list[int]:
    """Share the width of a table out to its columns by what they hold: hundredths that add up to 100.

    A column is never narrower than its longest word; long texts count less the longer they are.
    """
    if not rows:
        return []
    weights = []
    for column in zip(*rows, strict=True):
        words = max((len(word) for cell in column for word in cell.split()), default=1)
        longest = max(len(cell) for cell in column)
        weights.append(max(words + 2, 4, round(longest**0.75)))
    shares = [max(1, weight * 100 // sum(weights)) for weight in weights]
    shares[weights.index(max(weights))] += 100 - sum(shares)
    return shares


def signature_lines(mode: str, position: str, collective: str = "", head: str = "") -> list[str]:
    """Write in which capacity somebody signs, a line each (Nghị định 30/2020/NĐ-CP, Điều 13).

    'KT.' of a body that works as a collective takes its line first: TM. ỦY BAN NHÂN DÂN / KT. CHỦ TỊCH / PHÓ CHỦ TỊCH.
    """
    position, collective, head = position.upper(), collective.upper(), head.upper()
    lines = [f"TM. {collective}"] if collective and mode in ("TM.", "KT.") else []
    if mode in ("KT.", "TL.", "TUQ."):
        lines += [f"{mode} {head}".strip(), position]
    elif mode == "Q.":
        lines.append(f"Q. {position}".strip())
    else:
        lines.append(position)
    return [line for line in lines if line]


def recipient_lines(content: Content, *, has_addressees: bool) -> list[str]:
    """Write the list of recipients, the office's file last; who gets paper and who not, where it differs."""
    goes: list[Copy] = []
    kept: list[Copy] = []
    for copy in content.recipients:
        (kept if copy.purpose == "file" or copy.name.startswith("Lưu") else goes).append(copy)
    names = [copy.name.rstrip(" ;.,") for copy in goes]
    if has_addressees and not any(name.lower().startswith("như ") for name in names):
        names.insert(0, "Như trên")
    lines = [f"- {name};" for name in names]
    filed = "; ".join(_filed(copy) for copy in kept) or "Lưu: VT"
    delivery = _delivery(content, goes)
    lines.append(f"- {filed}{';' if delivery else '.'}")
    return lines + delivery


def _filed(copy: Copy) -> str:
    name = copy.name.rstrip(" ;.,")
    return name if name.startswith("Lưu") else f"Lưu: {name}"


def _delivery(content: Content, goes: list[Copy]) -> list[str]:
    paper = content.on_paper or "; ".join(copy.name.rstrip(" ;.,") for copy in goes if copy.form == "paper")
    some_by_wire = any(copy.form == "electronic" for copy in goes)
    if not paper or not (some_by_wire or content.electronically):
        return []
    wire = content.electronically or "Các thành phần khác"
    return ["- Gửi:", f"+ Bản giấy: {paper.rstrip(' ;.')};", f"+ Bản điện tử: {wire.rstrip(' ;.')}."]


def _annexes(names: Names, content: Content, rule: KindRule, issuer: str) -> list[AnnexSheet]:
    many = len(content.annexes) > 1
    if names.number and names.issued_on:
        paper = f"{rule.said} số {padded(names.number)}/{names.symbol} {day_words(names.issued_on)} của {issuer}"
    else:
        paper = f"{rule.said} số        /{names.symbol} của {issuer}"
    return [
        AnnexSheet(
            f"Phụ lục {roman(at)}" if many else "Phụ lục",
            annex.title.upper(),
            f"(Kèm theo {paper})",
            annex.text.splitlines(),
            annex.rows[0] if annex.rows else [],
            annex.rows[1:],
            widths(annex.rows),
        )
        for at, annex in enumerate(content.annexes, 1)
    ]

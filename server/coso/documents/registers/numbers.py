"""The book of what goes out (sổ đăng ký văn bản đi), and numbers into it from the office's own document system.

A row gives number, symbol and day to one approved paper that waits for them, found by its subject. The paper then keeps
them until somebody issues it, which freezes its files; until then an import can be taken back. The columns are named
after the fields of an electronic record (Nghị định 30/2020/NĐ-CP, Phụ lục VI) and are found under those names too.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from coso.documents import queries
from coso.documents.models import NumberSeries, Paper, PaperKind, PaperState
from coso.documents.rules.papers import NUMBER, SYMBOL, padded
from coso.kit import clock
from coso.kit.refs import Ref
from coso.kit.text import fold, squeeze
from coso.organizations import policies
from coso.registers.ports import Field, Kept, Plan, Register, Row, Written, held

RIGHT = "paper.issue"
_GIVEN = ("number", "symbol", "issued_on")


def may_import(person: Any) -> bool:
    """Tell whether a person may bring numbers in somewhere."""
    return policies.may(person, "register.import") and policies.may(person, RIGHT)


def inside(person: Any) -> Q:
    """Give the filter of papers whose number a person may bring in."""
    return policies.scope(person, "register.import", "place__path") & policies.scope(person, RIGHT, "place__path")


def rows(person: Any) -> QuerySet[Paper]:
    """List the book of what goes out, as far as a person may read it, the latest number first."""
    found = (
        Paper.objects.select_related("organization", "place") if person == "system" else queries.papers_seen_by(person)
    )
    return found.exclude(number="").order_by("-issued_on", "organization__sort_key", "symbol", "-number", "pk")


def read(paper: Paper) -> Mapping[str, Any]:
    """Give a paper's values by field name."""
    return {
        "code_number": paper.number,
        "code_notation": paper.symbol,
        "issued_date": paper.issued_on,
        "type_name": paper.kind,
        "subject": paper.title,
        "organ_name": paper.organization.name,
        "signer_position": paper.signer_position,
        "signer_name": paper.signer_name,
        "state": paper.get_state_display(),
    }


def plan(rows_: Sequence[Row], by: Any, _day: date) -> list[Plan]:
    """Plan some rows: each gives its number to the one approved paper with its subject."""
    mine = Q() if by == "system" else inside(by)
    # Of those issued only what the file may say again.
    numbers = {padded(str(row.values["code_number"] or "").strip()) for row in rows_}
    again = Q(state=PaperState.ISSUED, number__in=numbers)
    standing = Paper.objects.filter(mine, Q(state=PaperState.APPROVED) | again)
    by_title: dict[str, list[Paper]] = defaultdict(list)
    for paper in held(standing).select_related("organization"):
        by_title[fold(squeeze(paper.title))].append(paper)
    return [_one(row, by_title.get(fold(squeeze(row.values["subject"] or "")), [])) for row in rows_]


def _one(row: Row, same: Sequence[Paper]) -> Plan:
    number = padded(str(row.values["code_number"] or "").strip())
    symbol = squeeze(row.values["code_notation"] or "")
    day: date | None = row.values["issued_date"]
    errors = _wrong(number, symbol, day)
    if errors or day is None:
        return Plan(row, errors=errors)
    found = [paper for paper in same if _matches(row, paper)]
    given = [paper for paper in found if (paper.number, paper.symbol, paper.issued_on) == (number, symbol, day)]
    if given:
        return Plan(row, key=str(given[0].pk))
    waiting = [paper for paper in found if paper.state == PaperState.APPROVED]
    if not waiting:
        return Plan(row, errors={"subject": _nobody(found)})
    if len(waiting) > 1:
        said = _("Several approved papers have this subject; give the kind and the issuing body too.")
        return Plan(row, errors={"subject": said})
    paper = waiting[0]
    if queries.is_number_taken(paper, number, symbol, day):
        said = _("The number %(number)s/%(symbol)s was given to another paper this year.")
        return Plan(row, errors={"code_number": said % {"number": number, "symbol": symbol}})
    was = told(paper)
    paper.number, paper.symbol, paper.issued_on = number, symbol, day
    now = told(paper)
    changed = [name for name in _GIVEN if was[name] != now[name]]
    return Plan(
        row,
        paper,
        key=str(paper.pk),
        was={name: was[name] for name in changed},
        now={name: now[name] for name in changed},
    )


def _nobody(found: Sequence[Paper]) -> str:
    if found:
        return _("The paper with this subject was issued under another number, which stays.")
    return _("No approved paper of your area waits for a number under this subject.")


def _matches(row: Row, paper: Paper) -> bool:
    kind, organ = row.values["type_name"], row.values["organ_name"]
    names = {fold(paper.organization.name), fold(paper.organization.short_name)}
    return (not kind or kind == paper.kind) and (not organ or fold(squeeze(organ)) in names)


def _wrong(number: str, symbol: str, day: date | None) -> dict[str, str]:
    wrong: dict[str, str] = {}
    if not NUMBER.fullmatch(number):
        wrong["code_number"] = _("A number is written in figures, with a letter behind at most: 82 or 82a.")
    if not SYMBOL.fullmatch(symbol):
        wrong["code_notation"] = _("Write the symbol as KH-UBND or STTTT-TTBCXB, without the number.")
    if day is not None and day > clock.today():
        wrong["issued_date"] = _("The day of issue cannot lie in the future.")
    return wrong


def told(paper: Paper) -> dict[str, Any]:
    """Give what an import puts on a paper, as JSON keeps it."""
    day = paper.issued_on.isoformat() if paper.issued_on else None
    return {"number": paper.number, "symbol": paper.symbol, "issued_on": day}


def write(plans: Sequence[Plan], _by: Any) -> list[Written]:
    """Put the numbers on their papers. The series are held, so that nobody is given the same number meanwhile."""
    papers = [plan_.record for plan_ in plans]
    years = {(paper.organization_id, paper.kind, paper.issued_on.year) for paper in papers}
    for organization, kind, year in sorted(years):
        NumberSeries.objects.get_or_create(organization_id=organization, kind=kind, year=year)
        NumberSeries.objects.select_for_update().get(organization_id=organization, kind=kind, year=year)
    _save(papers)
    return [Written(str(plan_.record.pk), False, plan_.was, plan_.now) for plan_ in plans]


def _save(papers: Sequence[Paper]) -> None:
    for paper in papers:
        paper.folded = fold(f"{paper.number}/{paper.symbol} {paper.title}")
    Paper.objects.bulk_update(papers, [*_GIVEN, "folded"], batch_size=200)


def _put_back(paper: Paper, was: Mapping[str, Any]) -> Paper:
    for name, value in was.items():
        setattr(paper, name, date.fromisoformat(value) if name == "issued_on" and value else value)
    return paper


def _never(_papers: Sequence[Paper]) -> None:
    raise NotImplementedError("no paper is made by a file")


def _key(row: Row) -> str:
    values, day = row.values, row.values["issued_date"]
    organ = fold(values["organ_name"] or "")
    symbol = fold(values["code_notation"] or "")
    return f"{organ}|{values['code_number']}|{symbol}|{day.year if day else ''}"


NUMBERS = Register(
    kind="so-van-ban",
    title=gettext_lazy("Book of outgoing documents"),
    fields=[
        Field(
            "code_number", gettext_lazy("Number"), ["CodeNumber", "số", "số đi", "số văn bản"],
            required=True, max_length=11, example="82",
        ),
        Field(
            "code_notation", gettext_lazy("Symbol"), ["CodeNotation", "ký hiệu", "ký hiệu văn bản"],
            required=True, max_length=30, example="KH-UBND",
        ),
        Field(
            "issued_date", gettext_lazy("Date of issue"), ["IssuedDate", "ngày ban hành", "ngày tháng", "ngày văn bản"],
            kind="date", required=True, example="24/11/2026",
        ),
        Field(
            "type_name", gettext_lazy("Kind"), ["TypeName", "loại văn bản", "tên loại"], kind="choice",
            choices=PaperKind.choices,
        ),
        Field(
            "subject", gettext_lazy("Subject (trích yếu)"), ["Subject", "trích yếu", "nội dung", "tên văn bản"],
            required=True, max_length=500, example="Kết quả công tác thông tin cơ sở năm 2026",
            help=gettext_lazy("As the paper has it: the paper that waits for its number is found by it."),
        ),
        Field(
            "organ_name", gettext_lazy("Issuing body"), ["OrganName", "cơ quan ban hành", "đơn vị ban hành"],
            max_length=200, example="Ủy ban nhân dân xã Sơn Kim 1",
        ),
        Field("signer_position", gettext_lazy("Position of the signer"), ["Position", "chức vụ"], max_length=120),
        Field("signer_name", gettext_lazy("Signer"), ["FullName", "người ký"], max_length=120),
        Field("state", gettext_lazy("State"), ["trạng thái"], max_length=60),
    ],
    may_import=may_import,
    rows=rows,
    read=read,
    plan=plan,
    write=write,
    kept=Kept(
        about=lambda paper: Ref("paper", str(paper.pk)),
        verbs=["paper.issued", "paper.returned", "paper.withdrawn"],
        records=lambda: Paper.objects.all(),
        told=told,
        put_back=_put_back,
        save=_save,
        remove=_never,
        inside=inside,
        gone=gettext_lazy("The paper is no longer there."),
        changed=gettext_lazy("%(name)s was issued, returned or numbered anew since."),
        grown=lambda paper, one: paper.state != PaperState.APPROVED,
    ),
    key_of=_key,
    page="documents:papers",
)  # fmt: skip

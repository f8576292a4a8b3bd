"""Checklists: a whole new version from rows, one question a row. What stands is never changed."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from coso.kit.refs import Ref
from coso.kit.text import squeeze
from coso.organizations import policies
from coso.registers.ports import Blocked, Field, Kept, Plan, Register, Row, Written, held, put_back, save, shared
from coso.registry.models import AnswerKind, Checklist, ChecklistItem
from coso.registry.rules.kinds import KINDS

_RIGHT = "inspection.run"
_HEAD = ("title", "source", "kinds", "valid_from", "valid_to")
_ITEM = ("question", "article", "answer", "choices", "is_required")
_MOST_QUESTIONS = 200


def may_import(person: Any) -> bool:
    """Tell whether a person may bring checklists in: they are the province's."""
    return policies.may(person, "register.import") and policies.may_throughout(person, _RIGHT)


def seen_by(person: Any) -> QuerySet[ChecklistItem]:
    """List the questions of every checklist, of any time."""
    rows = ChecklistItem.objects.select_related("checklist").order_by("checklist__code", "number")
    return rows if person == "system" or policies.may(person, "inspection.read") else rows.none()


def read(item: ChecklistItem) -> Mapping[str, Any]:
    """Give a question's values by field name, with those of its checklist."""
    head = {name: getattr(item.checklist, name) for name in _HEAD}
    return {"code": item.checklist.code, **head, "number": item.number, **{name: getattr(item, name) for name in _ITEM}}


def plan(rows: Sequence[Row], by: Any, day: date) -> list[Plan]:
    """Plan some rows: those of a code that is there must be as they stand, those of another make a new checklist."""
    if by != "system" and not may_import(by):
        return [
            Plan(row, errors={"": _("Only who works for the whole province brings checklists in.")}) for row in rows
        ]
    codes = {_code(row) for row in rows}
    standing = {one.code: one for one in held(Checklist.objects.filter(code__in=codes))}
    items = {
        (one.checklist.code, one.number): one
        for one in ChecklistItem.objects.filter(checklist__code__in=codes).select_related("checklist")
    }
    fresh: dict[str, Checklist] = shared("new checklists", dict)
    return [_one(row, standing.get(_code(row)), items.get((_code(row), row.values["number"])), fresh) for row in rows]


def _code(row: Row) -> str:
    return str(row.values["code"] or "").strip().lower()


def _one(row: Row, there: Checklist | None, same: ChecklistItem | None, fresh: dict[str, Checklist]) -> Plan:
    told = _told_in(row)
    # A checklist that this very file has made so far does not stand yet.
    if there is not None and _code(row) not in fresh:
        return _as_it_stands(row, same, told)
    if errors := _faults(row, told):
        return Plan(row, errors=errors)
    checklist = fresh.setdefault(_code(row), Checklist(code=_code(row), **{name: told[name] for name in _HEAD}))
    for name in _HEAD:
        if getattr(checklist, name) != told[name]:
            return Plan(row, errors={name: _("Another row of this checklist says something else here.")})
    item = ChecklistItem(number=row.values["number"], **{name: told[name] for name in _ITEM})
    item.checklist = checklist
    return Plan(row, item, is_new=True, now=_told(item))


def _told_in(row: Row) -> dict[str, Any]:
    value = row.values.get
    return {
        "title": squeeze(value("title") or ""),
        "source": squeeze(value("source") or ""),
        "kinds": list(value("kinds") or []),
        "valid_from": value("valid_from"),
        "valid_to": value("valid_to"),
        "question": squeeze(value("question") or ""),
        "article": squeeze(value("article") or ""),
        "answer": value("answer") or AnswerKind.YES_NO.value,
        "choices": list(value("choices") or []),
        "is_required": True if value("is_required") is None else value("is_required"),
    }


def _as_it_stands(row: Row, same: ChecklistItem | None, told: Mapping[str, Any]) -> Plan:
    if same is not None:
        stands = read(same)
        other = [name for name in (*_HEAD, *_ITEM) if name in row.values and stands[name] != told[name]]
        if not other:
            return Plan(row, key=str(same.pk))
    else:
        other = ["number"]
    words = _("This checklist stands, and answers may have been given to it. Give the new version a code of its own.")
    return Plan(row, errors=dict.fromkeys(other, words))


def _faults(row: Row, told: Mapping[str, Any]) -> dict[str, str]:
    errors = {}
    code = _code(row)
    if not (2 <= len(code) <= 60 and code.isascii() and code.replace("-", "").isalnum()):
        errors["code"] = _("Use 2 to 60 small letters without marks, figures or hyphens.")
    if not 1 <= row.values["number"] <= _MOST_QUESTIONS:
        errors["number"] = _("Number the questions from 1 to %(most)s.") % {"most": _MOST_QUESTIONS}
    if not told["article"]:
        errors["article"] = _("Name the article or the instruction that the question comes from.")
    if told["valid_to"] is not None and told["valid_to"] < told["valid_from"]:
        errors["valid_to"] = _("The last day cannot be before the first.")
    if (told["answer"] == AnswerKind.CHOICE) != bool(told["choices"]):
        errors["choices"] = _("A question with a choice needs its answers, with a semicolon between; others have none.")
    return errors


def _told(item: ChecklistItem) -> dict[str, Any]:
    return {"number": item.number, **{name: getattr(item, name) for name in _ITEM}}


def write(plans: Sequence[Plan], by: Any) -> list[Written]:
    """Write new checklists with their questions."""
    for plan_ in plans:
        if plan_.record.checklist.pk is None:
            plan_.record.checklist.save()
        # An item remembers its checklist by the id that this one had when it was set.
        plan_.record.checklist = plan_.record.checklist
    ChecklistItem.objects.bulk_create([plan_.record for plan_ in plans])
    return [Written(str(plan_.record.pk), True, plan_.was, plan_.now) for plan_ in plans]


def _remove(items: Sequence[ChecklistItem]) -> None:
    """Delete new checklists, or raise Blocked where one is used in a round or an inspection."""
    for item in items:
        used = item.checklist.rounds.exists() or item.checklist.inspections.exists()
        if used:
            raise Blocked(str(item.pk), _("“%(title)s” is used since.") % {"title": item.checklist.title})
    ids = {item.checklist_id for item in items}
    ChecklistItem.objects.filter(pk__in=[item.pk for item in items]).delete()
    Checklist.objects.filter(pk__in=ids, items=None).delete()


def _inside(person: Any) -> Q:
    return Q() if may_import(person) and policies.may_throughout(person, "register.import") else Q(pk__in=[])


CHECKLISTS = Register(
    kind="phieu-kiem-tra",
    title=gettext_lazy("Checklists"),
    fields=[
        Field("code", gettext_lazy("Checklist code"), ["mã phiếu", "mã"], required=True, max_length=60,
              example="tram-nd49-2027", help=gettext_lazy("A new version has a code of its own.")),
        Field("title", gettext_lazy("Checklist"), ["tên phiếu", "phiếu kiểm tra", "tên"], required=True, max_length=200,
              example="Trạm truyền thanh, bản 2027"),
        Field("source", gettext_lazy("Document"), ["văn bản", "căn cứ"], required=True, max_length=200,
              example="Nghị định 49/2024/NĐ-CP"),
        Field("kinds", gettext_lazy("Kinds of facility"), ["loại thiết chế", "áp dụng cho"], kind="list",
              choices=lambda: [(kind.code, kind.name) for kind in KINDS.values()],
              help=gettext_lazy("With a semicolon between; left empty: every kind.")),
        Field("valid_from", gettext_lazy("Valid from"), ["từ ngày", "hiệu lực từ"], kind="date", required=True,
              example="01/01/2027"),
        Field("valid_to", gettext_lazy("Until"), ["đến ngày", "hiệu lực đến"], kind="date"),
        Field("number", gettext_lazy("Question number"), ["số", "stt", "số thứ tự", "câu số"], kind="whole",
              required=True, example="1"),
        Field("question", gettext_lazy("Question"), ["nội dung kiểm tra", "câu"], required=True, max_length=300,
              example="Trạm có người phụ trách?", help=gettext_lazy("Put so that “no” is a finding.")),
        Field("article", gettext_lazy("Article it comes from"), ["điều khoản", "điều"], max_length=200,
              example="Điều 9 khoản 2"),
        Field("answer", gettext_lazy("How it is answered"), ["cách trả lời", "kiểu trả lời"], kind="choice",
              choices=AnswerKind.choices, help=gettext_lazy("Left empty: yes or no.")),
        Field("choices", gettext_lazy("Answers to choose from"), ["các lựa chọn", "lựa chọn"], kind="list",
              max_length=120),
        Field("is_required", gettext_lazy("Must be answered"), ["bắt buộc"], kind="yes_no"),
    ],
    may_import=may_import,
    rows=seen_by,
    read=read,
    plan=plan,
    write=write,
    kept=Kept(
        about=lambda item: Ref("checklist", str(item.checklist_id)),
        verbs=[],
        records=lambda: ChecklistItem.objects.select_related("checklist"),
        told=_told,
        put_back=put_back(),
        save=save(ChecklistItem, *_ITEM),
        remove=_remove,
        inside=_inside,
        gone=gettext_lazy("The question is no longer there."),
    ),
    key_of=lambda row: f"{_code(row)}|{row.values['number']}",
    page="registry:checklists",
)  # fmt: skip

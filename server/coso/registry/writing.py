"""The report about an inspection round as an official paper, begun with what was found."""

from coso.documents.ports import Begun, register_paper_source
from coso.documents.rules.papers import Block, Content, Copy
from coso.kit.errors import NotFound
from coso.kit.refs import number_in
from coso.organizations.models import Person
from coso.registry.models import Defect, DefectState, InspectionRound
from coso.registry.queries import inspections as queries

MOST_ROWS = 300
# The words of a Vietnamese official paper, whatever language the desk is in.
_MENDING = {
    DefectState.OPEN: "Chưa khắc phục",
    DefectState.IN_REPAIR: "Đang khắc phục",
    DefectState.MENDED: "Đã khắc phục",
    DefectState.DROPPED: "Không phải khắc phục",
}


def begin_report(person: Person, ident: str) -> Begun | None:
    """Begin a report about a round: how many were looked at in each commune, and what was found broken."""
    try:
        found = queries.get_round(person, number_in(ident))
    except NotFound:
        return None
    return Begun("report", f"Kết quả {found.title[:1].lower()}{found.title[1:]}"[:500], _content(person, found))


def _content(person: Person, round_: InspectionRound) -> Content:
    kinds = queries.checklists_of(round_)
    rows = queries.progress(round_, queries.facilities_of(person, round_, kinds, "inspection.read"))
    done, every = sum(row["done"] for row in rows), sum(row["all"] for row in rows)
    seen = queries.inspections_seen_by(person).filter(round=round_)
    defects = list(
        Defect.objects.filter(inspection__in=seen.values("pk"))
        .select_related("facility__place", "responsible")
        .order_by("facility__sort_key", "pk")
    )
    days = f"từ ngày {round_.opens_on:%d/%m/%Y} đến ngày {round_.closes_on:%d/%m/%Y}"
    return Content(
        bases=[f"Thực hiện đợt kiểm tra “{round_.title}” {days}, kết quả như sau:"],
        body=[
            Block("part", "Kết quả kiểm tra"),
            Block(
                "section", f"Đã kiểm tra {done:02d}/{every:02d} cơ sở; phát hiện {len(defects):02d} tồn tại, hư hỏng."
            ),
            *([Block("section", "Kết quả theo địa bàn:"), Block("table", rows=_by_commune(rows))] if rows else []),
            *([Block("section", "Tồn tại, hư hỏng:"), Block("table", rows=_broken(defects))] if defects else []),
            Block("part", "Đánh giá chung"),
            Block("part", "Đề xuất, kiến nghị"),
        ],
        recipients=[Copy("Lưu: VT", "file")],
    )


def _by_commune(rows: list[dict[str, object]]) -> list[list[str]]:
    table = [["TT", "Xã, phường", "Số cơ sở", "Đã kiểm tra xong", "Đang kiểm tra", "Tồn tại, hư hỏng"]]
    for at, row in enumerate(rows[:MOST_ROWS], 1):
        counts = [str(row[key]) for key in ("all", "done", "begun", "found")]
        table.append([str(at), getattr(row["place"], "name", ""), *counts])
    return table


def _broken(defects: list[Defect]) -> list[list[str]]:
    table = [["TT", "Cơ sở", "Tồn tại, hư hỏng", "Đơn vị khắc phục", "Thời hạn", "Tình trạng"]]
    for at, one in enumerate(defects[:MOST_ROWS], 1):
        who = one.responsible.name if one.responsible else ""
        stands = _MENDING[DefectState(one.state)]
        table.append([str(at), one.facility.name, one.description, who, f"{one.due_on:%d/%m/%Y}", stands])
    return table


def register() -> None:
    """Offer the beginning."""
    register_paper_source("inspection_round", begin_report)

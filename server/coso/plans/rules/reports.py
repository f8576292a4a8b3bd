"""What a report about tasks says, in the words of official papers: Vietnamese, whatever language the desk is in."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from coso.documents.rules.papers import Block, Content
from coso.plans.rules.states import State, is_overdue

_SAID = {State.OPEN: "Chưa thực hiện", State.UNDER_WAY: "Đang thực hiện", State.DONE: "Đã hoàn thành"}
LATE = "Quá hạn"
MOST_ROWS = 300


@dataclass(frozen=True)
class Row:
    """One task, or one body's part of it, as a report tells it."""

    ref: str
    title: str
    units: str
    deadline: str
    state: State
    due_on: date | None = None
    percent: int | None = None
    words: str = ""
    """What was reported of it last."""


def said(row: Row, today: date) -> str:
    """Say how a task stands: late where its day has passed, else as it was reported."""
    if is_overdue(state=row.state, due_on=row.due_on, today=today):
        return LATE
    words = _SAID[row.state]
    return f"{words} ({row.percent}%)" if row.percent is not None and row.state == State.UNDER_WAY else words


def plan_report(name: str, rows: Sequence[Row], today: date) -> Content:
    """Write the beginning of a report about a whole plan: the count of its tasks by state, and a table of them."""
    counts: dict[str, int] = {}
    for row in rows:
        state = said(row, today).partition(" (")[0]
        counts[state] = counts.get(state, 0) + 1
    summary = "; ".join(f"{count:02d} nhiệm vụ {state.lower()}" for state, count in counts.items())
    first = f"Tổng số {len(rows):02d} nhiệm vụ, trong đó: {summary}." if rows else "Kế hoạch chưa có nhiệm vụ nào."
    late = [row for row in rows if said(row, today) == LATE]
    table = [["TT", "Nhiệm vụ", "Đơn vị chủ trì", "Thời hạn", "Kết quả"]]
    table += [[row.ref, row.title, row.units, row.deadline, said(row, today)] for row in rows[:MOST_ROWS]]
    return Content(
        bases=[f"Thực hiện {name}, kết quả đến ngày {today:%d/%m/%Y} như sau:"],
        body=[
            Block("part", "Kết quả thực hiện"),
            Block("section", first),
            *(
                [Block("section", "Kết quả từng nhiệm vụ như bảng dưới đây:"), Block("table", rows=table)]
                if rows
                else []
            ),
            Block("part", "Khó khăn, vướng mắc"),
            *(Block("dash", f"{row.ref}. {row.title}: quá hạn ({row.deadline}).") for row in late),
            Block("part", "Đề xuất, kiến nghị"),
        ],
    )


def task_report(name: str, task: Row, parts: Sequence[Row], blockers: Sequence[str], today: date) -> Content:
    """Write the beginning of a report about one task: what was reported of each part, and what stands in the way."""
    table = [["TT", "Đơn vị", "Thời hạn", "Kết quả", "Nội dung đã báo cáo"]]
    table += [
        [str(at), row.units, row.deadline, said(row, today), row.words] for at, row in enumerate(parts[:MOST_ROWS], 1)
    ]
    stands = said(task, today)
    return Content(
        bases=[f"Thực hiện nhiệm vụ {task.ref} của {name}, kết quả như sau:"],
        body=[
            Block("part", "Kết quả thực hiện"),
            Block("text", f"Nhiệm vụ: {task.title}"),
            Block("text", f"Đến ngày {today:%d/%m/%Y}: {stands[:1].lower()}{stands[1:]}."),
            *([Block("table", rows=table)] if parts else []),
            Block("part", "Khó khăn, vướng mắc"),
            *(Block("dash", words) for words in blockers),
            Block("part", "Đề xuất, kiến nghị"),
        ],
    )

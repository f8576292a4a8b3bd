"""Tables of tasks: a row is a task, and the head names what each column holds."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import zip_longest

from .document import Task
from .labels import Label, read_labels
from .lines import Kind, Line
from .numbering import read_marker
from .passages import Passage, join
from .times import read_time
from .titles import read_title
from .units import split_units

# What a column's heading says it holds, in folded letters; the first row that fits counts.
_COLUMNS: list[tuple[str, re.Pattern[str]]] = [
    ("number", re.compile(r"(?:so )?(?:tt|stt)\Z")),
    ("lead", re.compile(r"chu tri.*phoi hop")),
    ("coordinating", re.compile(r"phoi hop")),
    (
        "lead",
        re.compile(
            r"chu tri|(?:co quan|don vi|bo phan|nguoi)(?:,? don vi)? (?:thuc hien|phu trach|dau moi|tham muu)|"
            r"phan cong|trach nhiem"
        ),
    ),
    ("time", re.compile(r"thoi gian|thoi han|thoi diem|tien do|lo trinh|hoan thanh")),
    ("deliverable", re.compile(r"ket qua|san pham")),
    ("title", re.compile(r"nhiem vu|noi dung|cong viec|hoat dong|giai phap")),
]
_LEADS_WITH = re.compile(r"\s*,?\s*(?:chủ trì)?\s*[,;]?\s*(?:và\s+)?phối hợp (?:với|cùng)\s+")
_GROUP_NUMBER = re.compile(r"(?:[IVXL]{1,6}|[A-HĐ])\Z")
_ITEM_NUMBER = re.compile(r"\d{1,3}(?:\.\d{1,3})*\.?\Z")
_BETWEEN_BODIES = re.compile(
    r"\s*;\s*(?:và\s+)?|(?:(?<=\w)[.,]?|\A)\s+[-–•+]\s+(?=[^\W\d_])|(?<=[a-zà-ỹ])\s+(?=(?:Sở [A-ZĐ]|UBND |"
    r"Ủy ban nhân dân |Các [Ss]ở))"
)


@dataclass(frozen=True)
class _Row:
    cells: list[Passage]
    first: int
    last: int


def read_task_tables(lines: Sequence[Line], *, year: int | None) -> tuple[tuple[Task, ...], list[Line]]:
    """Read every table that shares out tasks, and give the lines that are left without them."""
    rows = _rows(lines)
    tasks: list[Task] = []
    used: set[int] = set()
    columns: list[str] = []
    group = ""
    last_end = -1
    for row in rows:
        if columns and row.first > last_end + 6:
            columns = []
        heads = _columns(row.cells)
        if heads:
            # A head repeated on the next page doesn't end the group.
            columns, group, last_end = heads, group if heads == columns else "", row.last
            used.update(range(row.first, row.last + 1))
            continue
        if not columns:
            continue
        last_end = row.last
        used.update(range(row.first, row.last + 1))
        label = row.cells[0].text.strip(" .") if row.cells else ""
        if _GROUP_NUMBER.match(label) and sum(bool(cell) for cell in row.cells) <= 2:
            group = label
        elif (task := _task(row, columns, group, tasks, year)) is not None:
            tasks.append(task)
    return tuple(_without_headings(tasks)), [line for index, line in enumerate(lines) if index not in used]


def _without_headings(tasks: Sequence[Task]) -> list[Task]:
    """Leave out a row that only heads the rows behind it: "1 | Hạ tầng số" before "1.1 | Phủ sóng …"."""
    return [
        task
        for task, after in zip_longest(tasks, tasks[1:])
        if after is None or task.lead or task.coordinating or task.time or not after.ref.startswith(f"{task.ref}.")
    ]


def _rows(lines: Sequence[Line]) -> list[_Row]:
    """Cut the lines between bars into rows of cells: two bars in a row end one."""
    rows: list[_Row] = []
    cells: list[Passage] = []
    words: list[Passage] = []
    open_at: int | None = None
    fresh = False
    for index, line in enumerate(lines):
        if line.kind is Kind.BAR:
            if open_at is None:
                open_at, fresh = index, True
            elif fresh:
                if cells:
                    rows.append(_Row(cells, open_at, index - 1))
                cells, open_at = [], index
            else:
                cells.append(join(words) if words else line.passage)
                words, fresh = [], True
        elif line.kind is Kind.TEXT and open_at is not None:
            if not line.in_table:
                if cells:
                    rows.append(_Row(cells, open_at, index - 1))
                cells, words, open_at, fresh = [], [], None, False
                continue
            words.append(line.passage)
            fresh = False
    if cells and open_at is not None:
        rows.append(_Row(cells, open_at, len(lines) - 1))
    return rows


def _columns(cells: Sequence[Passage]) -> list[str]:
    """Read a table's head; nothing unless it names both a task and who leads it."""
    names = []
    for cell in cells:
        heading = cell.folded.strip(" .:")
        short = len(heading) <= 60
        name = next((name for name, words in _COLUMNS if short and words.search(heading)), "")
        if name in names:
            # "Cơ quan chủ trì" and then "Đơn vị thực hiện"; "Nhiệm vụ" and then "Nội dung cụ thể".
            name = {"lead": "implementing", "title": "detail"}.get(name, "")
        names.append(name)
    return names if {"title", "lead"} <= set(names) and len(names) >= 3 else []


def _task(row: _Row, columns: Sequence[str], group: str, tasks: Sequence[Task], year: int | None) -> Task | None:
    cells = list(row.cells)
    numbered = bool(_ITEM_NUMBER.match(cells[0].text)) if cells else False
    if not numbered and "number" in columns and cells and cells[0].text:
        # A merged number is not repeated: the row goes on with the task above.
        cells.insert(columns.index("number"), cells[0][:0])
    held = {name: cell for name, cell in zip(columns, cells, strict=False) if name and cell.text}
    if "title" not in held and "detail" in held:
        held["title"] = held.pop("detail")
    if "title" not in held:
        return None
    marked = read_marker(held["title"])
    title, detail = read_title(marked[1] if marked and not numbered else held["title"])
    number = held["number"].text.strip(". ") if "number" in held else ""
    above = tasks[-1].ref if tasks else ""
    ref = ".".join(part for part in (group, number) if part) if number else f"{above}+"
    time = held.get("time")
    deliverable = held.get("deliverable")
    lead, helpers = _who(held.get("lead"))
    if "coordinating" in held:
        helpers += _bodies(held["coordinating"])
    return Task(
        ref=ref,
        title=title.found(),
        lead=tuple(unit.found() for unit in lead),
        coordinating=tuple(unit.found() for unit in helpers),
        implementing=tuple(unit.found() for unit in _bodies(held["implementing"])) if "implementing" in held else (),
        time=read_time(time, year=year) if time else None,
        deliverable=deliverable.trimmed().found() if deliverable else None,
        detail=detail.found() if detail else None,
    )


def _who(cell: Passage | None) -> tuple[list[Passage], list[Passage]]:
    """Give leads and helpers of a cell: "Sở A", "Chủ trì: Sở A; phối hợp: Sở B", "Sở A chủ trì, phối hợp với Sở "
    "B"."""
    if cell is None:
        return [], []
    said = [*read_labels(cell)]
    if said:
        leads = [unit for one in said if one.label is Label.LEAD for unit in _bodies(one.content)]
        helpers = [unit for one in said if one.label is Label.COORDINATING for unit in _bodies(one.content)]
        return leads, helpers
    with_helpers = _LEADS_WITH.search(cell.text)
    if with_helpers is None:
        return _bodies(cell), []
    return _bodies(cell[: with_helpers.start()]), _bodies(cell[with_helpers.end() :])


def _bodies(cell: Passage) -> list[Passage]:
    """Give the bodies of a cell: each after a semicolon, a dash, or where a new name opens behind another."""
    return [unit for part in cell.split(_BETWEEN_BODIES) for unit in split_units(part.strip(" -–•+;,."))]

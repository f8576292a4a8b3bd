"""Tables of tasks: a row is a task, and the head names what each column holds."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from .document import Task
from .lines import Kind, Line
from .numbering import read_marker
from .passages import Passage, join
from .times import read_time
from .titles import read_title
from .units import split_units

# What a column's heading says it holds, in folded letters; the first row that fits counts.
_COLUMNS: list[tuple[str, re.Pattern[str]]] = [
    ("number", re.compile(r"(?:so )?(?:tt|stt)\Z")),
    ("coordinating", re.compile(r"phoi hop")),
    ("lead", re.compile(r"chu tri|co quan thuc hien|don vi thuc hien|phan cong")),
    ("time", re.compile(r"thoi gian|thoi han|tien do|lo trinh|hoan thanh")),
    ("deliverable", re.compile(r"ket qua|san pham")),
    ("title", re.compile(r"nhiem vu|noi dung|cong viec|hoat dong|giai phap")),
]
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
            columns, group, last_end = heads, "", row.last
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
    return tuple(tasks), [line for index, line in enumerate(lines) if index not in used]


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
        names.append(next((name for name, words in _COLUMNS if short and words.search(heading)), ""))
    return names if {"title", "lead"} <= set(names) and len(names) >= 3 else []


def _task(row: _Row, columns: Sequence[str], group: str, tasks: Sequence[Task], year: int | None) -> Task | None:
    cells = list(row.cells)
    numbered = bool(_ITEM_NUMBER.match(cells[0].text)) if cells else False
    if not numbered and "number" in columns and cells and cells[0].text:
        # A merged number is not repeated: the row goes on with the task above.
        cells.insert(columns.index("number"), cells[0][:0])
    held = {name: cell for name, cell in zip(columns, cells, strict=False) if name and cell.text}
    if "title" not in held:
        return None
    marked = read_marker(held["title"])
    title, detail = read_title(marked[1] if marked and not numbered else held["title"])
    number = held["number"].text.strip(". ") if "number" in held else ""
    above = tasks[-1].ref if tasks else ""
    ref = ".".join(part for part in (group, number) if part) if number else f"{above}+"
    time = held.get("time")
    deliverable = held.get("deliverable")
    return Task(
        ref=ref,
        title=title.found(),
        lead=tuple(unit.found() for unit in _bodies(held["lead"])) if "lead" in held else (),
        coordinating=(tuple(unit.found() for unit in _bodies(held["coordinating"])) if "coordinating" in held else ()),
        time=read_time(time, year=year) if time else None,
        deliverable=deliverable.trimmed().found() if deliverable else None,
        detail=detail.found() if detail else None,
    )


def _bodies(cell: Passage) -> list[Passage]:
    """Give the bodies of a cell: each after a semicolon, a dash, or where a new name opens behind another."""
    return [unit for part in cell.split(_BETWEEN_BODIES) for unit in split_units(part.strip(" -–•+;,."))]

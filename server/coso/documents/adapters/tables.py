"""Tables as lines: the way that `rules.lines` reads them back."""

from __future__ import annotations

import re
from collections.abc import Sequence

_ROW = re.compile(r"\| .* \|\Z")


def write_table(rows: Sequence[Sequence[str]]) -> str:
    """Write a table: layout tables of one or two columns cell by cell, others as rows between bars.

    The two columns of a letterhead or of a signature hold many lines each, which must stay lines.
    """
    if max((len(row) for row in rows), default=0) <= 2:
        return "\n".join("\n".join(["|", *("\n".join([_lines(cell), "|"]) for cell in row)]) for row in rows)
    return "\n".join("| " + " | ".join(_line(cell) for cell in row) + " |" for row in rows)


def _lines(cell: str) -> str:
    # A table inside this cell is rows between bars already.
    lines = (line if _ROW.match(line) else line.replace("|", "/") for line in cell.splitlines())
    return "\n".join(line for line in lines if line.strip())


def _line(cell: str) -> str:
    return " ".join(cell.replace("|", "/").split())

"""Tables as lines: the way that `rules.lines` reads them back."""

from __future__ import annotations

from collections.abc import Sequence


def write_table(rows: Sequence[Sequence[str]]) -> str:
    """Write a table: layout tables of one or two columns cell by cell, others as rows between bars.

    The two columns of a letterhead or of a signature hold many lines each, which must stay lines.
    """
    if max((len(row) for row in rows), default=0) <= 2:
        return "\n".join("\n".join(["|", *("\n".join([_lines(cell), "|"]) for cell in row)]) for row in rows)
    return "\n".join("| " + " | ".join(_line(cell) for cell in row) + " |" for row in rows)


def _lines(cell: str) -> str:
    return "\n".join(line for line in cell.replace("|", "/").splitlines() if line.strip())


def _line(cell: str) -> str:
    return " ".join(cell.replace("|", "/").split())

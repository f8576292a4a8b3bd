"""Making .xlsx files for tests, good and bad."""

import io
import zipfile
from collections.abc import Mapping, Sequence
from typing import Any

import openpyxl


def book(
    *rows: Sequence[Any], sheet: str = "Danh sách", more: Mapping[str, Sequence[Sequence[Any]]] | None = None
) -> bytes:
    """Make a book of one sheet, or of several."""
    made = openpyxl.Workbook()
    first = made.active
    assert first is not None
    first.title = sheet
    for row in rows:
        first.append(list(row))
    for name, lines in (more or {}).items():
        other = made.create_sheet(name)
        for line in lines:
            other.append(list(line))
    return saved(made)


def saved(made: openpyxl.Workbook) -> bytes:
    """Give the bytes of a book."""
    file = io.BytesIO()
    made.save(file)
    return file.getvalue()


def loaded(data: bytes) -> openpyxl.Workbook:
    """Open a book that was made."""
    return openpyxl.load_workbook(io.BytesIO(data))


def changed(data: bytes, parts: Mapping[str, bytes | None]) -> bytes:
    """Give a package with some parts replaced, added, or (None) taken away."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name not in parts:
                new.writestr(name, old.read(name))
        for name, content in parts.items():
            if content is not None:
                new.writestr(name, content)
    return made.getvalue()


def part(data: bytes, name: str) -> bytes:
    """Read one part of a package."""
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        return packed.read(name)

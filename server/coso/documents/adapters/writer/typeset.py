"""A paper as PDF and as pictures of its pages, set by typst in a face of Times's measures (Tinos)."""

import json
from datetime import date
from pathlib import Path
from typing import Any, Literal

import typst

from coso.documents.rules.papers.layout import HEAD_COLUMNS, PAGE, STYLES
from coso.documents.rules.papers.sheet import Sheet
from coso.ui.faces import FAMILIES, print_faces

SOURCE = Path(__file__).parent / "paper.typ"
_POINTS_PER_INCH = 72


def typeset_pdf(sheet: Sheet, *, day: date) -> bytes:
    """Give the PDF; the same sheet on the same day gives the same bytes."""
    return _compile(sheet, day, "pdf")[0]


def typeset_pages(sheet: Sheet, *, day: date, dots_per_inch: int = 96) -> list[bytes]:
    """Give each page as a PNG picture."""
    return _compile(sheet, day, "png", dots_per_inch)


def _compile(sheet: Sheet, day: date, kind: Literal["pdf", "png"], dots: int = _POINTS_PER_INCH) -> list[bytes]:
    given = {
        "sheet": sheet.data(),
        "page": {name: measure.value for name, measure in PAGE.items()},
        "columns": list(HEAD_COLUMNS),
        "styles": {name: _style(style) for name, style in STYLES.items()},
        "families": list(FAMILIES),
        "day": [day.year, day.month, day.day],
    }
    made: Any = typst.compile(
        SOURCE,
        format=kind,
        ppi=dots,
        ignore_system_fonts=True,
        font_paths=[print_faces()],
        sys_inputs={"paper": json.dumps(given, ensure_ascii=False)},
    )
    return made if isinstance(made, list) else [made]


def _style(style: Any) -> dict[str, Any]:
    return {"size": style.size, "bold": style.bold, "italic": style.italic, "align": style.align}

"""Prints sheets of labels as PDF: typst draws the page, segno the codes. No font of the system is looked at."""

import io
import json
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import fontpkg_be_vietnam_pro as font  # type: ignore[import-untyped]
import segno
import typst

from coso.registry.rules.labels import Label, sheets

TEMPLATE = Path(__file__).parent.parent / "data" / "labels.typ"


def print_labels(labels: Sequence[Label], *, title: str, day: date, skip: int = 0) -> bytes:
    """Give the PDF of some labels; the same labels on the same day give the same bytes.

    `skip` leaves the first places of the first sheet empty, where a sheet was begun before.
    """
    given = {
        "title": title,
        "year": day.year,
        "month": day.month,
        "day": day.day,
        "family": font.FAMILY,
        "sheets": [[_told(one) for one in sheet] for sheet in sheets(labels, skip)],
    }
    return typst.compile(
        TEMPLATE,
        format="pdf",
        ignore_system_fonts=True,
        font_paths=[Path(font.ROOT)],
        sys_inputs={"labels": json.dumps(given, ensure_ascii=False)},
    )


def _told(label: Label | None) -> dict[str, object] | None:
    if label is None:
        return None
    return {
        "code": label.code,
        "name": label.name,
        "place": label.place,
        "about": label.about,
        "address": label.address,
        # A name of two lines is small enough for the longest: four lines of 30 mm.
        "size": 10 if len(label.name) <= 30 else 8.5 if len(label.name) <= 60 else 7,
        "svg": qr_svg(label.address),
    }


def qr_svg(address: str) -> str:
    """Draw the square code of an address as SVG; a quarter of it may be scratched away."""
    drawn = io.BytesIO()
    segno.make(address, error="q", micro=False).save(drawn, kind="svg", border=2, xmldecl=False, omitsize=True)
    return drawn.getvalue().decode()

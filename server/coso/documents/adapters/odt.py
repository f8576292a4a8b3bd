"""Text of an OpenDocument text: paragraphs, lists with their numbers, and tables."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from typing import Any

from odf import opendocument, teletype
from odf.namespaces import STYLENS, TABLENS, TEXTNS

from .errors import BrokenFile
from .tables import write_table
from .word_numbers import Counter, Level

_KINDS = {"1": "decimal", "I": "upperRoman", "i": "lowerRoman", "A": "upperLetter", "a": "lowerLetter", "": "none"}
_SKIPPED = {(TEXTNS, "tracked-changes"), (TEXTNS, "sequence-decls")}


def read_odt(data: bytes) -> str:
    """Give the text of an .odt that `open_package` has proved harmless."""
    try:
        document = opendocument.load(io.BytesIO(data))
        styles = {
            style.getAttrNS(STYLENS, "name"): style
            for holder in (document.automaticstyles, document.styles)
            for style in holder.childNodes
            if style.qname == (TEXTNS, "list-style")
        }
        return "\n\n".join(_blocks(document.text, styles))
    except (KeyError, ValueError, AttributeError, TypeError, IndexError, RecursionError, zipfile.BadZipFile) as error:
        raise BrokenFile("odt") from error


def _blocks(parent: Any, styles: dict[str, Any]) -> Iterator[str]:
    for child in parent.childNodes:
        kind = getattr(child, "qname", None)
        if kind in ((TEXTNS, "p"), (TEXTNS, "h")):
            if text := teletype.extractText(child).strip():
                yield text
        elif kind == (TEXTNS, "list"):
            name = child.getAttrNS(TEXTNS, "style-name")
            yield from _list(child, Counter(_levels(styles.get(name))), 0, styles)
        elif kind == (TABLENS, "table"):
            yield write_table(list(_rows(child, styles)))
        elif kind is not None and kind not in _SKIPPED:
            yield from _blocks(child, styles)


def _list(parent: Any, counter: Counter, depth: int, styles: dict[str, Any]) -> Iterator[str]:
    for item in parent.childNodes:
        label = counter.next(depth) if getattr(item, "qname", None) == (TEXTNS, "list-item") else ""
        for child in getattr(item, "childNodes", ()):
            if getattr(child, "qname", None) == (TEXTNS, "list"):
                yield from _list(child, counter, depth + 1, styles)
            elif text := teletype.extractText(child).strip():
                yield f"{label} {text}".strip()
                label = ""


def _levels(style: Any) -> dict[int, Level]:
    """Read the levels of a list style; a list without a style has hyphens."""
    if style is None:
        return {depth: Level("bullet", "") for depth in range(10)}
    levels = {}
    for level in style.childNodes:
        depth = int(level.getAttrNS(TEXTNS, "level") or 1) - 1
        if level.qname == (TEXTNS, "list-level-style-number"):
            shown = int(level.getAttrNS(TEXTNS, "display-levels") or 1)
            inner = ".".join(f"%{n + 1}" for n in range(max(0, depth + 1 - shown), depth + 1))
            prefix, suffix = (level.getAttrNS(STYLENS, f"num-{side}") or "" for side in ("prefix", "suffix"))
            kind = _KINDS.get(level.getAttrNS(STYLENS, "num-format") or "", "decimal")
            levels[depth] = Level(kind, f"{prefix}{inner}{suffix}", int(level.getAttrNS(TEXTNS, "start-value") or 1))
        else:
            levels[depth] = Level("bullet", "")
    return levels


def _rows(table: Any, styles: dict[str, Any]) -> Iterator[list[str]]:
    for child in table.childNodes:
        kind = getattr(child, "qname", None)
        if kind == (TABLENS, "table-row"):
            yield [
                "\n".join(_blocks(cell, styles))
                for cell in child.childNodes
                if getattr(cell, "qname", None) in ((TABLENS, "table-cell"), (TABLENS, "covered-table-cell"))
            ]
        elif kind in ((TABLENS, "table-header-rows"), (TABLENS, "table-rows"), (TABLENS, "table-row-group")):
            yield from _rows(child, styles)

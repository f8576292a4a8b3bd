"""Text of a Word document: paragraphs with their painted numbers, and tables."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

import docx
from docx.opc.exceptions import OpcError
from docx.oxml.ns import qn

from .errors import BrokenFile
from .legacy import of_font
from .tables import write_table
from .word_numbers import Counter, Level

_P, _TBL, _TR, _TC = qn("w:p"), qn("w:tbl"), qn("w:tr"), qn("w:tc")
_SDT, _SDT_CONTENT = qn("w:sdt"), qn("w:sdtContent")
_VAL = qn("w:val")
# Not part of the document as it stands: deletions, and copies for old programs.
_SKIPPED = {qn("w:del"), qn("w:moveFrom"), "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"}
_TEXT_BOX = qn("w:txbxContent")
_BREAKS = {qn("w:tab"): " ", qn("w:br"): "\n", qn("w:cr"): "\n", qn("w:noBreakHyphen"): "-"}


def read_docx(data: bytes) -> str:
    """Give the text of a .docx that `open_package` has proved harmless."""
    try:
        document = docx.Document(io.BytesIO(data))
        return "\n\n".join(_Reader(document).blocks(document.element.body))
    except (
        KeyError,
        ValueError,
        AttributeError,
        TypeError,
        IndexError,
        RecursionError,
        SyntaxError,
        OpcError,
    ) as error:
        raise BrokenFile("docx") from error


class _Reader:
    def __init__(self, document: Any) -> None:
        self._styles = {style.style_id: style for style in document.styles}
        self._counters = _counters(document)
        normal = next((s for s in document.styles if s.element.get(qn("w:default")) == "1" and s.type == 1), None)
        self._default_style = normal.style_id if normal is not None else ""
        defaults = document.styles.element.find(f"{qn('w:docDefaults')}/{qn('w:rPrDefault')}/{qn('w:rPr')}")
        self._default_font = _font_of(defaults)

    def blocks(self, parent: Any) -> Iterator[str]:
        """Give paragraphs and tables in order."""
        for child in parent.iterchildren():
            if child.tag == _P:
                yield from self._paragraph(child)
            elif child.tag == _TBL:
                yield write_table([self._row(row) for row in child.iterchildren(_TR)])
            elif child.tag == _SDT:
                content = child.find(_SDT_CONTENT)
                if content is not None:
                    yield from self.blocks(content)

    def _paragraph(self, paragraph: Any) -> Iterator[str]:
        boxes: list[Any] = []
        text = "".join(self._runs(paragraph, boxes, self._font_of_style(paragraph.style))).strip()
        for box in boxes:
            yield from self.blocks(box)
        if text:
            label = self._label(paragraph)
            yield f"{label} {text}" if label else text

    def _row(self, row: Any) -> list[str]:
        cells: list[str] = []
        for cell in row.iterchildren(_TC):
            merged = cell.find(f"{qn('w:tcPr')}/{qn('w:vMerge')}")
            goes_on = merged is not None and merged.get(_VAL, "continue") == "continue"
            cells.append("" if goes_on else "\n".join(self.blocks(cell)))
        return cells

    def _runs(self, element: Any, boxes: list[Any], font: str) -> Iterator[str]:
        for child in element.iterchildren():
            if child.tag in _SKIPPED:
                continue
            if child.tag == _TEXT_BOX:
                boxes.append(child)
            elif child.tag == qn("w:t"):
                yield of_font(child.text or "", font)
            elif child.tag in _BREAKS:
                yield _BREAKS[child.tag]
            elif child.tag == qn("w:r"):
                yield from self._runs(child, boxes, _font_of(child.find(qn("w:rPr"))) or font)
            elif child.tag != qn("w:pPr"):
                yield from self._runs(child, boxes, font)

    def _font_of_style(self, style_id: str | None) -> str:
        """Give the font that a paragraph has through its style, "" when it follows the document's own."""
        for _ in range(10):
            style = self._styles.get(style_id or self._default_style)
            if style is None:
                break
            if font := _font_of(style.element.find(qn("w:rPr"))):
                return font
            based = style.element.find(qn("w:basedOn"))
            if based is None:
                break
            style_id = based.get(_VAL)
        return self._default_font

    def _label(self, paragraph: Any) -> str:
        number, depth = self._numbering(paragraph)
        counter = self._counters.get(number or "")
        return counter.next(depth) if counter else ""

    def _numbering(self, paragraph: Any) -> tuple[str | None, int]:
        """Give the list and the depth that a paragraph has by itself or through its style."""
        own = _numbering_of(paragraph.find(qn("w:pPr")))
        if own[0] is not None:
            return own
        style_id = paragraph.style
        for _ in range(10):
            style = self._styles.get(style_id)
            if style is None:
                break
            through = _numbering_of(style.element.find(qn("w:pPr")))
            if through[0] is not None:
                return through
            based = style.element.find(qn("w:basedOn"))
            style_id = based.get(_VAL) if based is not None else None
        return None, 0


def _font_of(properties: Any) -> str:
    fonts = properties.find(qn("w:rFonts")) if properties is not None else None
    if fonts is None:
        return ""
    return str(fonts.get(qn("w:ascii")) or fonts.get(qn("w:hAnsi")) or "")


def _numbering_of(properties: Any) -> tuple[str | None, int]:
    numbering = properties.find(qn("w:numPr")) if properties is not None else None
    if numbering is None:
        return None, 0
    number, depth = numbering.find(qn("w:numId")), numbering.find(qn("w:ilvl"))
    if number is None:
        return None, 0
    return number.get(_VAL), int(depth.get(_VAL, "0")) if depth is not None else 0


def _counters(document: Any) -> dict[str, Counter]:
    part = next((rel.target_part for rel in document.part.rels.values() if rel.reltype.endswith("/numbering")), None)
    if part is None:
        return {}
    root = part.element
    abstract = {
        definition.get(qn("w:abstractNumId")): _levels(definition)
        for definition in root.iterchildren(qn("w:abstractNum"))
    }
    counters: dict[str, Counter] = {}
    shared: dict[str, Counter] = {}
    for number in root.iterchildren(qn("w:num")):
        of = number.find(qn("w:abstractNumId"))
        definition = of.get(_VAL) if of is not None else ""
        levels = abstract.get(definition, {})
        restarts = number.find(qn("w:lvlOverride")) is not None
        # Lists of one definition go on counting unless one of them starts anew.
        counter = Counter(levels) if restarts else shared.setdefault(definition, Counter(levels))
        counters[number.get(qn("w:numId"))] = counter
    return counters


def _levels(definition: Any) -> dict[int, Level]:
    levels = {}
    for level in definition.iterchildren(qn("w:lvl")):
        said = {tag: level.find(qn(f"w:{tag}")) for tag in ("numFmt", "lvlText", "start")}
        kind = said["numFmt"].get(_VAL) if said["numFmt"] is not None else "decimal"
        pattern = said["lvlText"].get(_VAL, "") if said["lvlText"] is not None else ""
        start = int(said["start"].get(_VAL, "1")) if said["start"] is not None else 1
        levels[int(level.get(qn("w:ilvl"), "0"))] = Level(kind, pattern, start)
    return levels

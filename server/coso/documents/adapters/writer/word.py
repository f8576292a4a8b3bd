"""A paper as .docx: a template filled in with what stands on the sheet."""

import io
from typing import Any

from docx.oxml.ns import qn
from docxtpl import DocxTemplate

from coso.documents.adapters.writer.placeholders import PaperEnvironment
from coso.documents.rules.papers.layout import PAGE
from coso.documents.rules.papers.sheet import Sheet, widths

_TEXT_TWIPS = round((PAGE["width"].value - PAGE["left"].value - PAGE["right"].value) * 56.6929)


def write_word(sheet: Sheet, template: bytes) -> bytes:
    """Fill a template in. What a template can raise is named in `check`; one that was checked raises nothing."""
    word = DocxTemplate(io.BytesIO(template))
    word.render(sheet.data(), PaperEnvironment(), autoescape=True)
    for at, table in enumerate(word.docx.tables):
        if table.style is not None and table.style.name == "Table Grid":
            _share_width(table._tbl)
        elif at > 0:
            _keep_before(table._tbl)
    _tell(word.docx.core_properties, sheet)
    stream = io.BytesIO()
    word.save(stream)
    return stream.getvalue()


def _keep_before(table: Any) -> None:
    """Keep the last lines of the text with what closes the paper: nobody signs on a page that holds nothing else."""
    before = table.getprevious()
    if before is not None and before.tag == qn("w:p"):
        before.get_or_add_pPr().get_or_add_keepNext()


def _share_width(table: Any) -> None:
    """Give the columns of a table widths by what they hold; a template can't know how many there will be."""
    rows = [row.findall(qn("w:tc")) for row in table.findall(qn("w:tr"))]
    if not rows or len({len(row) for row in rows}) != 1:
        return
    words = [["".join(text.text or "" for text in cell.iter(qn("w:t"))) for cell in row] for row in rows]
    twips = [share * _TEXT_TWIPS // 100 for share in widths(words)]
    for column, width in zip(table.tblGrid.findall(qn("w:gridCol")), twips, strict=False):
        column.set(qn("w:w"), str(width))
    for row in rows:
        for cell, width in zip(row, twips, strict=True):
            measured = cell.get_or_add_tcPr().get_or_add_tcW()
            measured.set(qn("w:w"), str(width))
            measured.set(qn("w:type"), "dxa")


def _tell(properties: Any, sheet: Sheet) -> None:
    properties.title = (sheet.title or sheet.about)[:255]
    properties.author = sheet.issuer[:255]
    properties.last_modified_by = ""
    properties.language = "vi"

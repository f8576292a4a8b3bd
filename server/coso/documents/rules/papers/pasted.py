"""Text pasted from Word, cut into parts by its numbering, with the same rules that read a document."""

from coso.documents.rules.lines import Kind, read_lines
from coso.documents.rules.numbering import Rank
from coso.documents.rules.papers.content import (
    ARTICLE,
    DASH,
    ITEM,
    PART,
    PLUS,
    POINT,
    SECTION,
    TABLE,
    TEXT,
    Block,
    clean,
)
from coso.documents.rules.paragraphs import read_paragraphs

_STYLES = {
    Rank.PART: PART,
    Rank.ROMAN: PART,
    Rank.ARTICLE: ARTICLE,
    Rank.NUMBER: SECTION,
    Rank.DOTTED: POINT,
    Rank.LETTER: ITEM,
    Rank.DASH: DASH,
    Rank.PLUS: PLUS,
}


def split_pasted(text: str) -> list[Block]:
    """Give the parts of a pasted text in order; no word of it is lost, only the marks become ranks.

    Lines with tabs between cells, as Word and Excel copy tables, become one table; so do lines like `| a | b |`.
    """
    blocks: list[Block] = []
    plain: list[str] = []
    rows: list[list[str]] = []
    for raw in text.splitlines():
        cells = cells_of(raw)
        if cells:
            blocks += _parts("\n".join(plain))
            plain = []
            rows.append(cells)
            continue
        if rows:
            blocks.append(Block(TABLE, rows=rows))
            rows = []
        plain.append(raw)
    blocks += _parts("\n".join(plain))
    if rows:
        blocks.append(Block(TABLE, rows=rows))
    return blocks


def cells_of(line: str) -> list[str]:
    """Give the cells of a table's line; nothing for a line that is none."""
    said = line.strip()
    if said.startswith("|") and said.count("|") > 1:
        cells = [cell.strip() for cell in said.strip("|").split("|")]
        return [] if all(set(cell) <= set("-: ") for cell in cells) else cells
    # A lonely tab follows a number that Word painted ("1.\tCông an"); a row of a table has cells on both sides.
    if "\t" in said and not said.partition("\t")[0].strip().endswith((".", ")", "-", "+", "•")):
        return [cell.strip() for cell in said.split("\t")]
    return []


def _parts(text: str) -> list[Block]:
    parts = []
    # Word's paragraphs come one a line: a blank between them keeps the rules for wrapped lines off.
    lines = read_lines("\n\n".join(text.splitlines()))
    for paragraph in read_paragraphs(line for line in lines if line.kind is not Kind.BAR):
        style = _STYLES[paragraph.marker.rank] if paragraph.marker else TEXT
        if said := clean(paragraph.passage.text):
            parts.append(Block(style, said))
    return parts

"""The Word template of each kind as we ship it, made from the layout rules, so that the two can't drift apart."""

import io
from functools import cache
from typing import Any

import docx
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from coso.documents.rules.papers.kinds import KINDS, KindRule
from coso.documents.rules.papers.layout import FONT, HEAD_COLUMNS, PAGE, STYLES

# What the styles are called in Word, where an office looks for them.
NAMES = {
    "country": "VB Quốc hiệu",
    "motto": "VB Tiêu ngữ",
    "parent_body": "VB Cơ quan cấp trên",
    "issuer": "VB Cơ quan ban hành",
    "number": "VB Số ký hiệu",
    "date": "VB Địa danh ngày tháng",
    "kind": "VB Tên loại",
    "title": "VB Trích yếu",
    "about": "VB Trích yếu công văn",
    "addressee": "VB Kính gửi",
    "body": "VB Nội dung",
    "signature": "VB Quyền hạn chức vụ",
    "signer": "VB Họ tên người ký",
    "recipients_head": "VB Nơi nhận",
    "recipients": "VB Danh sách nơi nhận",
    "annex": "VB Phụ lục",
    "page_number": "VB Số trang",
}
RULE, CELL = "VB Đường kẻ", "VB Ô bảng"
_ALIGN = {
    "left": WD_ALIGN_PARAGRAPH.LEFT,
    "center": WD_ALIGN_PARAGRAPH.CENTER,
    "justify": WD_ALIGN_PARAGRAPH.JUSTIFY,
}
_TEXT_WIDTH = PAGE["width"].value - PAGE["left"].value - PAGE["right"].value
_ROWS_FOR_SIGNING = 4


@cache
def shipped_template(kind: str) -> bytes:
    """Give the .docx template of a kind; the same bytes each time while the program runs."""
    made = _Template(KINDS[kind])
    stream = io.BytesIO()
    made.word.save(stream)
    return stream.getvalue()


class _Template:
    """One template in the making."""

    def __init__(self, rule: KindRule) -> None:
        self.word: Any = docx.Document()
        for paragraph in list(self.word.paragraphs):
            _drop(paragraph)
        self.word.core_properties.author = "Cơ Sở"
        self.word.core_properties.title = "{{ title }}"
        self.word.core_properties.comments = ""
        self._styles()
        self._page()
        self._head()
        self._subject(rule)
        self._bases(rule)
        self._body(self.word, "body", "line")
        self._closing(rule)
        self._annexes()

    def _styles(self) -> None:
        normal = self.word.styles["Normal"]
        _face(normal, 14)
        normal.paragraph_format.space_after = Pt(0)
        for key, rule in STYLES.items():
            style = self.word.styles.add_style(NAMES[key], WD_STYLE_TYPE.PARAGRAPH)
            style.base_style = normal
            _face(style, rule.size)
            style.font.bold, style.font.italic = rule.bold, rule.italic
            style.paragraph_format.alignment = _ALIGN[rule.align]
        body = self.word.styles[NAMES["body"]].paragraph_format
        body.first_line_indent, body.space_before, body.line_spacing = Mm(PAGE["indent"].value), Pt(6), 1.0
        self.word.styles[NAMES["addressee"]].paragraph_format.space_before = Pt(6)
        rule_style = self.word.styles.add_style(RULE, WD_STYLE_TYPE.PARAGRAPH)
        _face(rule_style, 2)
        rule_style.paragraph_format.line_spacing = Pt(4)
        cell = self.word.styles.add_style(CELL, WD_STYLE_TYPE.PARAGRAPH)
        cell.base_style = normal
        cell.paragraph_format.space_before = cell.paragraph_format.space_after = Pt(2)
        _face(cell, 12)

    def _page(self) -> None:
        section = self.word.sections[0]
        section.page_width, section.page_height = Mm(PAGE["width"].value), Mm(PAGE["height"].value)
        section.top_margin, section.bottom_margin = Mm(PAGE["top"].value), Mm(PAGE["bottom"].value)
        section.left_margin, section.right_margin = Mm(PAGE["left"].value), Mm(PAGE["right"].value)
        section.header_distance = Mm(10)
        section.different_first_page_header_footer = True
        numbered = section.header.paragraphs[0]
        numbered.style = self.word.styles[NAMES["page_number"]]
        _field(numbered, "PAGE")

    def _say(self, where: Any, words: str, style: str = "body", **run: bool) -> Any:
        paragraph = where.add_paragraph(style=NAMES.get(style, style))
        added = paragraph.add_run(words)
        for name, value in run.items():
            setattr(added.font, name, value)
        return paragraph

    def _mark(self, where: Any, words: str) -> None:
        """Write a loop or a condition on a line of its own; the line itself is not printed."""
        self._say(where, f"{{%p {words} %}}", style=CELL)

    def _head(self) -> None:
        table = self._grid(2, HEAD_COLUMNS)
        left, right = table.rows[0].cells
        self._mark(left, "if parent_body")
        self._say(left, "{{ parent_body }}", "parent_body")
        self._mark(left, "endif")
        self._say(left, "{{ issuer }}", "issuer")
        self._rule(left, HEAD_COLUMNS[0], 0.4)
        self._say(right, "{{ country }}", "country")
        self._say(right, "{{ motto }}", "motto")
        self._rule(right, HEAD_COLUMNS[1], 0.69)
        left, right = table.rows[1].cells
        self._say(left, "{{ number }}", "number").paragraph_format.space_before = Pt(6)
        self._mark(left, "if about")
        self._say(left, "{{ about }}", "about")
        self._mark(left, "endif")
        self._say(right, "{{ date }}", "date").paragraph_format.space_before = Pt(6)
        for row in table.rows:
            for cell in row.cells:
                _drop(cell.paragraphs[0])

    def _rule(self, where: Any, width: float, share: float) -> None:
        """Draw a line in the middle of a width; a drawn line, not dashes."""
        paragraph = where.add_paragraph(style=RULE)
        side = Mm(width * (1 - share) / 2)
        paragraph.paragraph_format.left_indent = paragraph.paragraph_format.right_indent = side
        paragraph.paragraph_format.space_before = Pt(2)
        borders = OxmlElement("w:pBdr")
        line = OxmlElement("w:top")
        for name, value in (("val", "single"), ("sz", "6"), ("space", "1"), ("color", "000000")):
            line.set(qn(f"w:{name}"), value)
        borders.append(line)
        paragraph._p.get_or_add_pPr().append(borders)

    def _subject(self, rule: KindRule) -> None:
        if rule.name:
            self._say(self.word, "{{ kind }}", "kind").paragraph_format.space_before = Pt(16)
            self._say(self.word, "{{ title }}", "title")
            self._rule(self.word, _TEXT_WIDTH, 0.2)
        if rule.has_addressees:
            self._addressees()

    def _addressees(self) -> None:
        """One addressee stands behind "Kính gửi:"; several stand below it, a dash before each."""
        self._mark(self.word, "if addressee")
        one = self._say(self.word, "Kính gửi: {{ addressee }}", "addressee")
        one.alignment, one.paragraph_format.space_before = WD_ALIGN_PARAGRAPH.CENTER, Pt(14)
        self._mark(self.word, "endif")
        self._mark(self.word, "if addressees")
        several = self._say(self.word, "Kính gửi:", "addressee").paragraph_format
        several.left_indent, several.space_before = Mm(25), Pt(14)
        self._mark(self.word, "for one in addressees")
        self._say(self.word, "- {{ one }}", "addressee").paragraph_format.left_indent = Mm(45)
        self._mark(self.word, "endfor")
        self._mark(self.word, "endif")

    def _bases(self, rule: KindRule) -> None:
        if rule.resolves:
            self._say(self.word, "{{ authority }}", "kind").paragraph_format.space_before = Pt(14)
        self._gap(self.word)
        self._mark(self.word, "for one in bases")
        self._say(self.word, "{{ one }}", italic=rule.italic_bases)
        self._mark(self.word, "endfor")
        if rule.resolves:
            self._say(self.word, "{{ resolves }}", "kind").paragraph_format.space_before = Pt(12)

    def _body(self, where: Any, many: str, one: str) -> None:
        self._mark(where, f"for {one} in {many}")
        for style in ("part", "article", "section", "point", "item", "dash", "plus", "text"):
            self._mark(where, f'if {one}.style == "{style}"')
            self._part(where, style, one)
            self._mark(where, "endif")
        self._mark(where, f'if {one}.style == "table"')
        self._table(where, one)
        self._mark(where, "endif")
        self._mark(where, "endfor")

    def _part(self, where: Any, style: str, one: str) -> None:
        mark, text = f"{{{{ {one}.label }}}} ", f"{{{{ {one}.text }}}}"
        if style in ("article", "section", "point"):
            self._mark(where, f"if {one}.bold")
            self._say(where, mark + text, bold=True).paragraph_format.keep_with_next = True
            self._mark(where, "else")
            paragraph = self._say(where, mark, bold=style == "article")
            paragraph.add_run(text)
            self._mark(where, "endif")
        elif style == "part":
            self._say(where, mark + text, bold=True).paragraph_format.keep_with_next = True
        else:
            self._say(where, text if style == "text" else mark + text)

    def _table(self, where: Any, one: str) -> None:
        """Lay a table whose columns and rows come with the paper; its head stands again on each page."""
        self._gap(where)
        table = where.add_table(rows=4, cols=3)
        table.style = "Table Grid"
        table.alignment = WD_TABLE_ALIGNMENT.CENTER
        head = [f"{{%tc for cell in {one}.head %}}", "{{ cell }}", "{%tc endfor %}"]
        body = ["{%tc for cell in row %}", "{{ cell }}", "{%tc endfor %}"]
        rows = [head, [f"{{%tr for row in {one}.rows %}}", "", ""], body, ["{%tr endfor %}", "", ""]]
        for at, (row, words) in enumerate(zip(table.rows, rows, strict=True)):
            _row_property(row, "w:cantSplit")
            if at == 0:
                _row_property(row, "w:tblHeader")
            for cell, said in zip(row.cells, words, strict=True):
                paragraph = cell.paragraphs[0]
                paragraph.style = self.word.styles[CELL]
                paragraph.add_run(said).font.bold = at == 0
                if at == 0:
                    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        self._gap(where)

    def _gap(self, where: Any) -> None:
        """Leave a little room: above or below a table, before who signs."""
        where.add_paragraph(style=RULE).paragraph_format.space_after = Pt(6)

    def _closing(self, rule: KindRule) -> None:
        table = self._grid(1, (76.0, _TEXT_WIDTH - 76.0))
        _row_property(table.rows[0], "w:cantSplit")
        left, right = table.rows[0].cells
        if rule.has_secretary:
            self._gap(left)
            self._say(left, "{{ secretary_title }}", "signature")
            self._signing(left, "secretary")
        else:
            self._recipients(left)
        self._gap(right)
        self._mark(right, "for one in signature")
        self._say(right, "{{ one }}", "signature")
        self._mark(right, "endfor")
        self._signing(right, "signer")
        for cell in (left, right):
            _drop(cell.paragraphs[0])
        if rule.has_secretary:
            self._recipients(self.word)

    def _signing(self, where: Any, name: str) -> None:
        for _row in range(_ROWS_FOR_SIGNING):
            self._say(where, "", "signer")
        self._say(where, f"{{{{ {name} }}}}", "signer")

    def _recipients(self, where: Any) -> None:
        self._gap(where)
        self._say(where, "Nơi nhận:", "recipients_head")
        self._mark(where, "for one in recipients")
        self._say(where, "{{ one }}", "recipients")
        self._mark(where, "endfor")

    def _annexes(self) -> None:
        self._mark(self.word, "for annex in annexes")
        self._say(self.word, "{{ annex.name }}", "annex").paragraph_format.page_break_before = True
        self._say(self.word, "{{ annex.title }}", "annex")
        self._say(self.word, "{{ annex.note }}", "annex", bold=False, italic=True)
        self._mark(self.word, "for one in annex.paragraphs")
        self._say(self.word, "{{ one }}")
        self._mark(self.word, "endfor")
        self._mark(self.word, "if annex.head")
        self._table(self.word, "annex")
        self._mark(self.word, "endif")
        self._mark(self.word, "endfor")

    def _grid(self, rows: int, widths: tuple[float, ...]) -> Any:
        """Lay a table without lines that only holds two columns apart."""
        table = self.word.add_table(rows=rows, cols=len(widths))
        table.autofit = False
        table.alignment = WD_TABLE_ALIGNMENT.CENTER
        properties = table._tbl.tblPr
        margins = OxmlElement("w:tblCellMar")
        for side in ("left", "right"):
            margin = OxmlElement(f"w:{side}")
            margin.set(qn("w:w"), "0")
            margin.set(qn("w:type"), "dxa")
            margins.append(margin)
        properties.append(margins)
        for row in table.rows:
            for cell, width in zip(row.cells, widths, strict=True):
                cell.width = Mm(width)
        for column, width in zip(table.columns, widths, strict=True):
            column.width = Mm(width)
        return table


def _face(style: Any, size: float) -> None:
    """Set the face for every script: Word keeps one for Latin, one for others."""
    style.font.name, style.font.size = FONT, Pt(size)
    style.font.color.rgb = RGBColor(0, 0, 0)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for script in ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"):
        fonts.set(qn(script), FONT)


def _field(paragraph: Any, code: str) -> None:
    for kind in ("begin", None, "end"):
        run = paragraph.add_run()._r
        if kind is None:
            instruction = OxmlElement("w:instrText")
            instruction.set(qn("xml:space"), "preserve")
            instruction.text = code
            run.append(instruction)
        else:
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
            run.append(mark)


def _row_property(row: Any, name: str) -> None:
    row._tr.get_or_add_trPr().append(OxmlElement(name))


def _drop(paragraph: Any) -> None:
    paragraph._p.getparent().remove(paragraph._p)

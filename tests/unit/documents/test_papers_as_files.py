"""Papers as Word and PDF: the layout that is promised, read back by our own reader."""

import io
from datetime import date

import docx
import pytest
from docx.shared import Mm, Pt

from coso.documents import adapters
from coso.documents.adapters import writer
from coso.documents.adapters.writer.sample import sample_sheet
from coso.documents.adapters.writer.shipped import NAMES
from coso.documents.rules import read_document, to_gold
from coso.documents.rules.papers import KINDS, Block, Content, Names, lay
from coso.documents.rules.papers.layout import PAGE, STYLES
from tests.support.papers import PAPERS, seed_sheet, sheet_of

DAY = date(2026, 2, 5)


def _word(sheet, kind):
    return docx.Document(io.BytesIO(writer.write_word(sheet, writer.shipped_template(kind))))


def _read(sheet, kind):
    word = writer.write_word(sheet, writer.shipped_template(kind))
    return to_gold(read_document(adapters.extract_text(word, name="a.docx").text))


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_page_and_faces_are_as_the_layout_says(kind):
    word = _word(sheet_of(kind), kind)
    section = word.sections[0]

    assert [round(side.mm) for side in (section.page_width, section.page_height)] == [210, 297]
    for side in ("top", "bottom", "left", "right"):
        measure = PAGE[side]
        assert Mm(measure.low) - 700 <= getattr(section, f"{side}_margin") <= Mm(measure.high) + 700
    assert section.different_first_page_header_footer
    assert "PAGE" in section.header._element.xml
    for name, rule in STYLES.items():
        style = word.styles[NAMES[name]]
        assert (style.font.name, style.font.size) == ("Times New Roman", Pt(rule.size))
        assert bool(style.font.bold) == rule.bold
        assert bool(style.font.italic) == rule.italic


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_no_mark_of_the_template_is_left_in_a_paper(kind):
    word = _word(sample_sheet(kind), kind)

    said = "".join(text.text or "" for text in word.element.body.iter() if text.tag.endswith("}t"))
    assert "{{" not in said
    assert "{%" not in said
    assert "Phòng B & C" in said


def test_the_seed_plan_written_again_is_read_as_it_was_written():
    read = _read(seed_sheet(), "plan")

    assert (read["doc_type"], read["number"], read["symbol"]) == ("Kế hoạch", "82", "KH-UBND")
    assert (read["issued_on"], read["place"]) == ("2017-03-13", "Hà Tĩnh")
    assert read["issuer"] == "Ủy ban nhân dân tỉnh Hà Tĩnh"
    assert read["title"] == "Công tác thông tin cơ sở trong tình hình mới"
    assert read["bases"] == [
        "Kế hoạch số 55-KH/TU ngày 15/02/2017 của Tỉnh ủy",
        "Chỉ thị số 07-CT/TW ngày 05/9/2016 của Ban Bí thư Trung ương Đảng về đẩy mạnh công tác thông tin cơ sở trong "
        "tình hình mới",
    ]
    assert [task["ref"] for task in read["tasks"]] == [f"II.{at}" for at in range(1, 9)]
    assert [duty["ref"] for duty in read["duties"]] == [f"IV.{at}" for at in range(1, 8)]
    assert read["recipients"][0] == "TT Tỉnh ủy, TT HĐND tỉnh"
    assert len(read["recipients"]) == 11
    assert read["delivery"] == {"paper": "TP không nhận được bản ĐT", "electronic": "Các thành phần khác"}
    assert read["signer"] == "Đặng Quốc Vinh"
    assert read["signer_role"] == "TM. ỦY BAN NHÂN DÂN; KT. CHỦ TỊCH; PHÓ CHỦ TỊCH"


@pytest.mark.parametrize("kind", sorted(set(KINDS) - {"plan"}))
def test_each_kind_is_read_back_with_number_symbol_day_title_and_recipients(kind):
    names, _content = PAPERS[kind]
    sheet = sheet_of(kind)

    read = _read(sheet, kind)

    assert read["doc_type"] == KINDS[kind].said
    assert (read["number"], read["symbol"], read["issued_on"]) == ("07", names.symbol, "2026-02-05")
    assert read["place"] == names.place
    assert read["title"] == (sheet.title or sheet.about)
    assert read["recipients"] == [line.strip(" -;.") for line in sheet.recipients]


@pytest.mark.parametrize("kind", ["decision", "directive", "notification", "report", "submission"])
def test_issuer_and_signer_are_read_back(kind):
    names, _content = PAPERS[kind]

    read = _read(sheet_of(kind), kind)

    assert read["issuer"] == names.issuer
    assert read["signer"] == names.signer
    assert read["signer_role"] == "; ".join(sheet_of(kind).signature)


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_the_pdf_says_what_the_word_file_says(kind):
    pdf = writer.typeset_pdf(sheet_of(kind), day=DAY)

    text = " ".join(adapters.extract_text(pdf, name="a.pdf").text.split())

    assert pdf == writer.typeset_pdf(sheet_of(kind), day=DAY)
    for words in (sheet_of(kind).number, sheet_of(kind).signer, "Độc lập - Tự do - Hạnh phúc"):
        assert " ".join(words.split()) in text


def test_pictures_show_each_page():
    pages = writer.typeset_pages(seed_sheet(), day=DAY)

    assert len(pages) == 5
    assert all(page.startswith(b"\x89PNG") for page in pages)


def test_signs_of_a_program_in_the_text_are_printed_and_do_nothing():
    tricky = 'A & B < C > "D" {{ issuer }} {% for x in y %} #let x = 1 $2^2$ \\*'
    sheet = lay(Names("letter", "x", "Sở X"), Content(body=[Block("text", tricky), Block("dash", "hết")]))

    word = _word(sheet, "letter")

    assert tricky in [paragraph.text for paragraph in word.paragraphs]
    assert "#let x = 1" in adapters.extract_text(writer.typeset_pdf(sheet, day=DAY), name="a.pdf").text


def test_a_table_shares_the_width_by_what_its_columns_hold():
    rows = [["TT", "Nội dung công việc phải làm"], ["1", "x" * 200]]
    sheet = lay(Names("report", "x", "Sở X"), Content(body=[Block("table", rows=rows)]))

    table = _word(sheet, "report").tables[1]

    assert [[cell.text for cell in row.cells] for row in table.rows] == rows
    assert table.columns[0].width < table.columns[1].width / 5

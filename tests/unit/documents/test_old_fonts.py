"""Text typed in TCVN3 and VNI fonts becomes Unicode, in text files and in Word documents."""

import docx
import pytest
from docx.oxml.ns import qn
from hypothesis import given
from hypothesis import strategies as st

from coso.documents.adapters import extract_text
from coso.documents.adapters.legacy import convert, from_tcvn3, from_vni, likeness, of_font

from .files import saved

SENTENCE = "Kế hoạch thực hiện công tác thông tin ở cơ sở, đường truyền và những việc cần làm"
TCVN3 = "KÕ ho¹ch thùc hiÖn c«ng t¸c th«ng tin ë c¬ së, ®\xadêng truyÒn vµ nh÷ng viÖc cÇn lµm"
VNI = "Keá hoaïch thöïc hieän coâng taùc thoâng tin ôû cô sôû, ñöôøng truyeàn vaø nhöõng vieäc caàn laøm"


@pytest.mark.parametrize(("written", "name"), [(TCVN3, "tcvn3"), (VNI, "vni")])
def test_a_text_file_in_an_old_font_is_converted_and_said(written, name):
    extracted = extract_text(written.encode("latin-1"), name="x.txt")

    assert (extracted.text, extracted.hints) == (SENTENCE, (f"encoding:{name}",))


@pytest.mark.parametrize(("written", "name"), [(TCVN3, "tcvn3"), (VNI, "vni")])
def test_old_letters_that_were_saved_as_unicode_are_converted_too(written, name):
    extracted = extract_text(written.encode(), name="x.txt")

    assert (extracted.text, extracted.hints) == (SENTENCE, (f"encoding:{name}",))


def test_capitals_of_both_old_fonts():
    assert from_vni("UÛY BAN NHAÂN DAÂN TÆNH ÑOÀNG THAÙP") == "ỦY BAN NHÂN DÂN TỈNH ĐỒNG THÁP"
    assert of_font("ñy ban nh©n d©n tØnh ®ång th¸p", ".VnTimeH") == "ỦY BAN NHÂN DÂN TỈNH ĐỒNG THÁP"


def test_every_run_of_a_word_document_is_read_by_its_own_font():
    document = docx.Document()
    paragraph = document.add_paragraph()
    for font, words in (
        (".VnTimeH", "kÕ ho¹ch "),
        ("VNI-Times", "ñoïc saùch "),
        ("Arial", "năm 2024 "),
        (".VnTime", "đủ"),
    ):
        run = paragraph.add_run(words)
        run.font.name = font

    text = extract_text(saved(document), name="x.docx").text

    assert text == "KẾ HOẠCH đọc sách năm 2024 đủ"


def test_a_style_may_set_the_old_font():
    document = docx.Document()
    document.styles["Normal"].font.name = ".VnTime"
    document.styles["Normal"].element.rPr.rFonts.set(qn("w:hAnsi"), ".VnTime")
    document.add_paragraph("®äc s¸ch")

    assert extract_text(saved(document), name="x.docx").text == "đọc sách"


@pytest.mark.parametrize(
    "text", [SENTENCE, "Ủy ban nhân dân", "plain words", "Müller, Noël und São Paulo", "", "100 % – “trích”"]
)
def test_unicode_stays_as_it_is(text):
    assert convert(text) == (text, None)


def test_likeness_tells_vietnamese_from_what_only_looks_odd():
    assert likeness(SENTENCE) == 1
    assert likeness(TCVN3) < 0.6
    assert likeness("abc") == 1


@given(st.text())
def test_no_text_breaks_the_conversion(text):
    converted, name = convert(text)

    assert name in (None, "tcvn3", "vni")
    assert converted == text or name is not None


def test_the_two_maps_know_every_toned_letter():
    letters = "àảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵđ"

    assert set(letters) <= set(from_tcvn3("".join(map(chr, range(0xA1, 0x100)))))
    assert from_vni("aèeàoàôøöøyøî") == "ằềồờừỳỵ"

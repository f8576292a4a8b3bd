"""Files become text, whatever they are named; bad ones are refused for the right reason."""

import codecs
import io
import unicodedata
import zipfile

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coso.documents import adapters
from coso.documents.adapters import extract_text
from coso.documents.rules import read_document, to_gold

from .files import docx_of, locked, lying_about_size, odt_of, pdf_of, saved, with_part
from .texts import PLAN

WORDS = "Kế hoạch đọc sách của Ủy ban nhân dân tỉnh, năm 2024."


@pytest.mark.parametrize(
    ("data", "kind"),
    [(docx_of(PLAN), "docx"), (odt_of(PLAN), "odt"), (PLAN.encode(), "text")],
    ids=["docx", "odt", "text"],
)
def test_the_same_plan_is_read_alike_from_every_format(data, kind):
    extracted = extract_text(data, name="tệp không đuôi")

    read = to_gold(read_document(extracted.text))
    assert extracted.format == kind
    assert read | {"warnings": []} == to_gold(read_document(PLAN))


def test_a_pdf_gives_its_pages():
    extracted = extract_text(
        pdf_of("Trang thu nhat cua van ban ke hoach nay", "Trang thu hai cua van ban"), name="x.txt"
    )

    assert (extracted.format, extracted.pages, extracted.hints) == ("pdf", 2, ())
    assert extracted.text == "Trang thu nhat cua van ban ke hoach nay\n\fTrang thu hai cua van ban\n"


def test_a_page_without_text_is_hinted_at():
    long = "Trang nay co chu de nguoi doc va may tinh doc duoc ca"

    extracted = extract_text(pdf_of(long, long, ""), name="x.pdf")

    assert extracted.hints == ("page_without_text:3",)


def test_a_pdf_locked_only_against_changes_is_read():
    extracted = extract_text(locked(pdf_of("Van ban nay chi khoa quyen sua doi, khong khoa doc"), ""), name="x.pdf")

    assert "khong khoa doc" in extracted.text


def test_only_the_name_tells_markdown_from_text():
    assert extract_text(WORDS.encode(), name="KH.MD").format == "markdown"


@pytest.mark.parametrize(
    "data",
    [
        WORDS.encode(),
        codecs.BOM_UTF8 + WORDS.encode(),
        codecs.BOM_UTF16_LE + WORDS.encode("utf-16-le"),
        codecs.BOM_UTF16_BE + WORDS.encode("utf-16-be"),
        unicodedata.normalize("NFD", WORDS).encode(),
    ],
    ids=["utf-8", "utf-8-sig", "utf-16-le", "utf-16-be", "decomposed"],
)
def test_unicode_in_any_dress_is_the_same_text(data):
    assert extract_text(data, name="x.txt").text == WORDS


def test_windows_1258_is_read_and_said():
    # The code page writes vowels with their hats as one letter and the tones as marks behind it.
    pieces = []
    for letter in WORDS:
        base, *marks = unicodedata.normalize("NFD", letter)
        tones = [mark for mark in marks if mark in "\u0300\u0301\u0303\u0309\u0323"]
        hats = [mark for mark in marks if mark not in tones]
        pieces += [unicodedata.normalize("NFC", base + "".join(hats)), *tones]

    extracted = extract_text("".join(pieces).encode("cp1258"), name="x.txt")

    assert (extracted.text, extracted.hints) == (WORDS, ("encoding:windows-1258",))


def test_numbers_that_word_paints_are_written_out():
    document = docx.Document()
    document.add_paragraph("Việc thứ nhất", style="List Number")
    document.add_paragraph("Phần nhỏ", style="List Bullet")
    document.add_paragraph("Việc thứ hai", style="List Number")

    text = extract_text(saved(document), name="x.docx").text

    assert text == "1. Việc thứ nhất\n\n- Phần nhỏ\n\n2. Việc thứ hai"


def test_word_tables_become_tables_of_lines():
    document = docx.Document()
    head = document.add_table(rows=1, cols=2)
    head.cell(0, 0).text = "UBND TỈNH\nSỞ NỘI VỤ"
    head.cell(0, 1).text = "CỘNG HÒA"
    grid = document.add_table(rows=2, cols=3)
    for row, words in enumerate([("TT", "Nhiệm vụ", "Chủ trì"), ("1", "Mua sách", "")]):
        for column, word in enumerate(words):
            grid.cell(row, column).text = word

    text = extract_text(saved(document), name="x.docx").text

    assert text == "|\nUBND TỈNH\nSỞ NỘI VỤ\n|\nCỘNG HÒA\n|\n\n| TT | Nhiệm vụ | Chủ trì |\n| 1 | Mua sách |  |"


BOMB_XML = b"<w:document xmlns:w='http://schemas.openxmlformats.org/wordprocessingml/2006/main'>"
LAUGHS = b"""<?xml version="1.0"?><!DOCTYPE d [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]><d>&b;</d>"""
OUTSIDE = b"""<?xml version="1.0"?><!DOCTYPE d [<!ENTITY a SYSTEM "file:///etc/hostname">]><d>&a;</d>"""


def many_parts() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as package:
        for number in range(3_001):
            package.writestr(f"part{number}", b"")
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("data", "error"),
    [
        (b"", adapters.EmptyFile),
        (b" \r\n\t", adapters.EmptyFile),
        (codecs.BOM_UTF8 + b"\n", adapters.EmptyFile),
        (docx_of(""), adapters.EmptyFile),
        (bytes(range(256)) * 40, adapters.UnknownFormat),
        (b"\x89PNG\r\n\x1a\n" + bytes(100), adapters.PictureOnly),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF" + bytes(100), adapters.PictureOnly),
        (b"<!DOCTYPE html><html><body>Tin</body></html>", adapters.UnknownFormat),
        (with_part(b"PK\x05\x06" + bytes(18), "a.txt", b"abc"), adapters.UnknownFormat),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), adapters.UnknownFormat),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), adapters.EncryptedFile),
        (WORDS.encode("utf-16-le"), adapters.UnknownEncoding),
        ("Kế hoạch".encode()[:5] + b"\xa4\xd4\xe9" * 20, adapters.UnknownEncoding),
        (locked(pdf_of("bi mat"), "mat khau"), adapters.EncryptedFile),
        (pdf_of("van ban")[:300], adapters.BrokenFile),
        (docx_of(PLAN)[:3000], adapters.BrokenFile),
        (with_part(docx_of(PLAN), "word/document.xml", b"<a><b>"), adapters.BrokenFile),
        (with_part(docx_of(PLAN), "word/document.xml", LAUGHS), adapters.EntitiesRefused),
        (with_part(docx_of(PLAN), "word/styles.xml", OUTSIDE), adapters.EntitiesRefused),
        (with_part(odt_of(PLAN), "content.xml", LAUGHS), adapters.EntitiesRefused),
        (with_part(docx_of(PLAN), "word/document.xml", b"<a>" * 5_000), adapters.DecompressionBomb),
        (with_part(docx_of(PLAN), "word/media/a.bmp", bytes(20_000_000)), adapters.DecompressionBomb),
        (with_part(odt_of(PLAN), "content.xml", BOMB_XML + b" " * 20_000_000), adapters.DecompressionBomb),
        (many_parts(), adapters.DecompressionBomb),
    ],
)  # fmt: skip
def test_a_bad_file_is_refused_for_the_right_reason(data, error):
    with pytest.raises(error) as refused:
        extract_text(data, name="x.docx")

    assert type(refused.value) is error


def test_a_bomb_that_lies_about_its_size_is_caught_while_it_unpacks():
    honest = with_part(docx_of(PLAN), "word/media/a.bmp", bytes(20_000_000))
    lying = lying_about_size(honest, "word/media/a.bmp", 1_000)

    with pytest.raises((adapters.DecompressionBomb, adapters.BrokenFile)):
        extract_text(lying, name="x.docx")


def test_a_file_over_the_limit_is_not_even_opened():
    data = docx_of(PLAN)

    with pytest.raises(adapters.FileTooLarge):
        extract_text(data, name="x.docx", limit=len(data) - 1)
    assert extract_text(data, name="x.docx", limit=len(data)).format == "docx"


def test_sixty_megabytes_are_too_many():
    with pytest.raises(adapters.FileTooLarge):
        extract_text(bytes(60 * 1024 * 1024), name="x.docx")


def test_every_error_has_a_code_of_its_own():
    errors = adapters.UnreadableFile.__subclasses__()

    assert sorted(error.code for error in errors) == [
        "bomb", "broken", "empty", "encoding", "encrypted", "entities", "no_ocr", "no_office", "no_text", "picture",
        "too_large", "too_many_pages", "unknown",
    ]  # fmt: skip


GOOD = [docx_of("Chào"), odt_of("Chào"), pdf_of("chao")]


@settings(deadline=None, max_examples=150)
@given(st.integers(0, 2), st.floats(0, 1), st.binary(max_size=8), st.integers(0, 60))
def test_a_damaged_file_gives_text_or_a_reason(which, where, junk, lost):
    good = GOOD[which]
    at = int(where * len(good))
    damaged = good[:at] + junk + good[at + lost :]

    code, text = "", ""
    try:
        text = extract_text(damaged, name="x").text
    except adapters.UnreadableFile as refused:
        code = refused.code

    assert bool(code) != bool(text)


def test_a_table_inside_a_table_loses_no_words():
    document = docx.Document()
    outer = document.add_table(rows=1, cols=2)
    outer.cell(0, 0).text = "Trái"
    inner = outer.cell(0, 1).add_table(rows=1, cols=3)
    for column, words in enumerate(("TT", "Nhiệm vụ", "Chủ trì")):
        inner.cell(0, column).text = words

    text = extract_text(saved(document), name="x.docx").text

    assert "| TT | Nhiệm vụ | Chủ trì |" in text.splitlines()
    assert "Trái" in text


def test_macros_and_links_to_other_files_are_left_alone_and_said():
    plain_file = docx_of(WORDS)
    rels = "word/_rels/document.xml.rels"
    with zipfile.ZipFile(io.BytesIO(plain_file)) as package:
        links = package.read(rels)
    outside = b"""<Relationship Id="rId99" TargetMode="External" Target="http://127.0.0.1:9/x.dotm"
        Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/attachedTemplate"/>"""
    risky = with_part(plain_file, rels, links.replace(b"</Relationships>", outside + b"</Relationships>"))
    risky = with_part(risky, "word/vbaProject.bin", b"Sub AutoOpen()")

    extracted = extract_text(risky, name="x.docm")

    assert extracted.text == WORDS
    assert extracted.hints == ("macros_left_alone", "links_left_alone")


def test_a_pdf_of_endless_pages_is_refused_by_its_pages(monkeypatch):
    monkeypatch.setattr("coso.documents.adapters.pdf.MOST_PAGES", 2)

    with pytest.raises(adapters.TooManyPages):
        extract_text(pdf_of("mot", "hai", "ba"), name="x.pdf")


LINES_OF_WORDS = st.lists(
    st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "Zs")), min_size=1, max_size=40),
    min_size=1,
    max_size=8,
)


@settings(deadline=None, max_examples=60)
@given(LINES_OF_WORDS, st.sampled_from([docx_of, odt_of]))
def test_no_word_of_a_file_is_lost(lines, made):
    text = "\n".join(lines)

    code, read = "", ""
    try:
        read = extract_text(made(text), name="x").text
    except adapters.EmptyFile as refused:
        code = refused.code

    kept = unicodedata.normalize("NFC", text).split()
    assert read.split() == kept or (code == "empty" and not text.strip())

"""Real files through LibreOffice and tesseract where they are installed; a clear refusal where they are not."""

import io
from pathlib import Path

import fontpkg_be_vietnam_pro
import pytest
from PIL import Image, ImageDraw, ImageFont

from coso.documents import adapters
from coso.documents.adapters import extract_text, tools
from coso.documents.adapters.office import can_convert
from coso.documents.adapters.scanned import can_read_scans
from coso.documents.rules import read_document, to_gold
from tests.unit.documents.files import docx_of
from tests.unit.documents.texts import PLAN

pytestmark = pytest.mark.slow
FONT = Path(fontpkg_be_vietnam_pro.__file__).parent / "files" / "BeVietnamPro-Regular.ttf"


def refusal(data: bytes) -> str:
    with pytest.raises(adapters.UnreadableFile) as refused:
        extract_text(data, name="x")
    return refused.value.code


def rtf_of(text: str) -> bytes:
    """Write a plain .rtf; letters beyond ASCII as its Unicode escapes."""
    body = "".join(c if c.isascii() else f"\\u{ord(c) if ord(c) < 0x8000 else ord(c) - 0x10000}?" for c in text)
    return ("{\\rtf1\\ansi\\ansicpg1252\\uc1 " + body.replace("\n", "\\par\n") + "}").encode("ascii")


def test_an_rtf_is_read_through_libreoffice_or_refused_by_its_name():
    if not can_convert():
        assert refusal(rtf_of(PLAN)) == "no_office"
        return

    extracted = extract_text(rtf_of(PLAN), name="x.rtf")

    assert extracted.format == "rtf"
    assert to_gold(read_document(extracted.text)) | {"warnings": []} == to_gold(read_document(PLAN))


def test_a_doc_is_read_through_libreoffice_or_refused_by_its_name(tmp_path):
    office = tools.find("soffice", "libreoffice")
    if office is None:
        assert refusal(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le")) == "no_office"
        return
    (tmp_path / "a.docx").write_bytes(docx_of(PLAN))
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = [
        office,
        profile,
        "--headless",
        "--convert-to",
        "doc:MS Word 97",
        "--outdir",
        tmp_path,
        tmp_path / "a.docx",
    ]
    tools.run(command, seconds=120)

    extracted = extract_text((tmp_path / "a.doc").read_bytes(), name="a.doc")

    assert extracted.format == "doc"
    assert to_gold(read_document(extracted.text)) | {"warnings": []} == to_gold(read_document(PLAN))


def test_a_scan_is_read_through_tesseract_or_refused_by_its_name():
    page = Image.new("L", (1654, 2339), 255)
    pen = ImageDraw.Draw(page)
    font = ImageFont.truetype(str(FONT), 28)
    lines = [line for line in PLAN.splitlines() if line.strip()]
    for number, line in enumerate(lines):
        pen.text((120, 100 + 52 * number), line, font=font, fill=0)
    buffer = io.BytesIO()
    page.save(buffer, "PDF", resolution=200)
    if not can_read_scans():
        assert refusal(buffer.getvalue()) == "no_ocr"
        return

    extracted = extract_text(buffer.getvalue(), name="x.pdf")
    read = to_gold(read_document(extracted.text))

    assert extracted.hints == ("ocr",)
    assert (read["number"], read["symbol"], read["issued_on"]) == ("15", "KH-UBND", "2024-04-03")
    assert [task["due"] for task in read["tasks"]] == ["2025-12-15", "2024-Q2"]

"""Good and bad files, built when they are needed."""

import io
import zipfile

import docx
import pypdf
from odf.opendocument import OpenDocumentText
from odf.text import P
from reportlab.pdfgen import canvas


def docx_of(text: str) -> bytes:
    document = docx.Document()
    for line in text.splitlines():
        if line.strip():
            document.add_paragraph(line)
    return saved(document)


def saved(document: docx.document.Document) -> bytes:
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def odt_of(text: str) -> bytes:
    document = OpenDocumentText()
    for line in text.splitlines():
        if line.strip():
            document.text.addElement(P(text=line))
    buffer = io.BytesIO()
    document.write(buffer)
    return buffer.getvalue()


def pdf_of(*pages: str) -> bytes:
    """Build a PDF; its built-in fonts write Latin letters without Vietnamese marks only."""
    buffer = io.BytesIO()
    pad = canvas.Canvas(buffer)
    for page in pages:
        if page:
            pad.drawString(72, 720, page)
        else:
            pad.rect(72, 72, 300, 300, fill=1)
        pad.showPage()
    pad.save()
    return buffer.getvalue()


def locked(pdf: bytes, password: str) -> bytes:
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(pdf))
    writer.encrypt(user_password=password, owner_password="owner", algorithm="AES-256")
    buffer = io.BytesIO()
    writer.write(buffer)
    return buffer.getvalue()


def with_part(package: bytes, name: str, content: bytes) -> bytes:
    """Give a zipped document with one part replaced or added."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(package)) as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.infolist():
            if part.filename != name:
                new.writestr(part, old.read(part))
        new.writestr(name, content)
    return buffer.getvalue()


def lying_about_size(package: bytes, name: str, size: int) -> bytes:
    """Give the zip with a part's unpacked size falsified in both of its headers."""
    changed = bytearray(package)
    with zipfile.ZipFile(io.BytesIO(package)) as opened:
        info = opened.getinfo(name)
    wrong = size.to_bytes(4, "little")
    changed[info.header_offset + 22 : info.header_offset + 26] = wrong
    at = package.rindex(b"PK\x01\x02", 0, package.rindex(name.encode()))
    changed[at + 24 : at + 28] = wrong
    return bytes(changed)

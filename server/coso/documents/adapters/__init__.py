"""Files as text: what a file is shows in its bytes, whatever its name says.

`extract_text` is the only door. It reads .docx, .odt, .pdf and text files, also in TCVN3 and VNI; scanned PDFs
where tesseract is installed, .doc and .rtf where LibreOffice is. It refuses everything else with an
`UnreadableFile` that carries a code.
"""

from __future__ import annotations

import unicodedata
import zipfile
from dataclasses import dataclass

from . import legacy
from .docx import read_docx
from .errors import (
    BrokenFile,
    DecompressionBomb,
    EmptyFile,
    EncryptedFile,
    EntitiesRefused,
    FileTooLarge,
    NoTextLayer,
    OcrMissing,
    OfficeMissing,
    PictureOnly,
    TooManyPages,
    UnknownEncoding,
    UnknownFormat,
    UnreadableFile,
)
from .odt import read_odt
from .office import to_docx
from .packages import open_package
from .pdf import read_pdf
from .plain import read_plain

MOST_BYTES = 25 * 1024 * 1024

_ZIP = b"PK\x03\x04"
_EMPTY_ZIP = b"PK\x05\x06"
_PDF = b"%PDF-"
_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OLD_WORD = "WordDocument".encode("utf-16-le")
_RTF = b"{\\rtf"
_PICTURES = (b"\xff\xd8\xff", b"\x89PNG\r\n", b"GIF8", b"II*\x00", b"MM\x00*", b"BM")
_HEIC = (b"ftypheic", b"ftypheix", b"ftypmif1", b"WEBP")
_ENCRYPTED_OFFICE = "EncryptedPackage".encode("utf-16-le")
_ODT_TYPE = b"application/vnd.oasis.opendocument.text"
# Files that look like text to a decoder but are not what a person would read.
_OTHER_TEXT = (b"<!doctype html", b"<html", b"<?xml")


@dataclass(frozen=True)
class ExtractedText:
    """The text of a file in NFC with `\\n` line ends; spans found in it count its characters.

    `format` is docx, odt, pdf, text or markdown; `hints` are codes such as `page_without_text:3`.
    """

    text: str
    format: str
    pages: int | None = None
    hints: tuple[str, ...] = ()


def extract_text(data: bytes, *, name: str, limit: int = MOST_BYTES) -> ExtractedText:
    """Give the text of a file; raise an UnreadableFile that says what is wrong with it.

    `name` only tells .md from .txt; `limit` is in bytes.
    """
    if len(data) > limit:
        raise FileTooLarge(f"{len(data)} bytes")
    if not data.strip(b"\x00 \t\r\n"):
        raise EmptyFile
    extracted = _extract(data, name)
    text = unicodedata.normalize("NFC", extracted.text.replace("\r\n", "\n").replace("\r", "\n"))
    if not text.strip():
        raise EmptyFile
    text, old = legacy.convert(text)
    hints = (*extracted.hints, f"encoding:{old}") if old else extracted.hints
    return ExtractedText(text, extracted.format, extracted.pages, hints)


def _extract(data: bytes, name: str) -> ExtractedText:
    if data.startswith((_ZIP, _EMPTY_ZIP)):
        return _from_package(data)
    # Some programs write a line or a byte order mark before the PDF's head.
    if _PDF in data[:1024]:
        return ExtractedText(*_pdf(data))
    if data.startswith(_OLD_OFFICE):
        if _ENCRYPTED_OFFICE in data:
            raise EncryptedFile("office")
        if _OLD_WORD not in data:
            raise UnknownFormat("an old office file that is no Word document")
        return _from_old_office(data, "doc")
    if data[:20].lstrip().startswith(_RTF):
        return _from_old_office(data, "rtf")
    if data.startswith(_PICTURES) or any(mark in data[:16] for mark in _HEIC):
        raise PictureOnly
    if data[:200].lstrip(b"\xef\xbb\xbf \t\r\n").lower().startswith(_OTHER_TEXT):
        raise UnknownFormat("html or xml")
    text, hints = read_plain(data)
    return ExtractedText(text, "markdown" if name.lower().endswith((".md", ".markdown")) else "text", None, hints)


def _pdf(data: bytes) -> tuple[str, str, int, tuple[str, ...]]:
    text, pages, hints = read_pdf(data)
    return text, "pdf", pages, hints


def _from_old_office(data: bytes, kind: str) -> ExtractedText:
    made = to_docx(data, kind)
    with open_package(made) as package:
        if _kind(package) != "docx":
            raise BrokenFile(kind)
    return ExtractedText(read_docx(made), kind)


def _from_package(data: bytes) -> ExtractedText:
    with open_package(data) as package:
        kind = _kind(package)
        hints = _left_alone(package)
    if kind == "docx":
        return ExtractedText(read_docx(data), kind, hints=hints)
    return ExtractedText(read_odt(data), kind)


def _left_alone(package: zipfile.ZipFile) -> tuple[str, ...]:
    """Say what a Word document holds that is never run or followed: macros, links to other files."""
    names = package.namelist()
    hints = ["macros_left_alone"] if any(name.endswith("vbaProject.bin") for name in names) else []
    links = (package.read(name) for name in names if name.endswith(".rels"))
    if any(b'TargetMode="External"' in link and b"/hyperlink" not in link for link in links):
        hints.append("links_left_alone")
    return tuple(hints)


def _kind(package: zipfile.ZipFile) -> str:
    names = set(package.namelist())
    if {"[Content_Types].xml", "word/document.xml"} <= names:
        return "docx"
    if "mimetype" in names and package.read("mimetype").strip() == _ODT_TYPE and "content.xml" in names:
        return "odt"
    raise UnknownFormat("zip")


__all__ = [
    "MOST_BYTES",
    "BrokenFile",
    "DecompressionBomb",
    "EmptyFile",
    "EncryptedFile",
    "EntitiesRefused",
    "ExtractedText",
    "FileTooLarge",
    "NoTextLayer",
    "OcrMissing",
    "OfficeMissing",
    "PictureOnly",
    "TooManyPages",
    "UnknownEncoding",
    "UnknownFormat",
    "UnreadableFile",
    "extract_text",
]

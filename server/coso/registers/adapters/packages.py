"""Looking into an .xlsx file before anything of it is believed: a zip of XML parts (ECMA-376, Office Open XML).

The parts are read by name with limits on their size. No entity is ever resolved, nothing outside the file is followed.
"""

import codecs
import posixpath
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import IO, Any, cast
from xml.etree.ElementTree import Element

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import ParseError, fromstring

from coso.registers.rules.limits import MOST_BYTES, MOST_UNPACKED

_MOST_PARTS = 2000
# The parts that describe the book are small; only sheets and texts may be large.
_MOST_SMALL = 4 * 1024 * 1024
# The only two that the format knows (ECMA-376, part 2, 7.3.5).
_PACKINGS = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}

UNREADABLE = (KeyError, ValueError, OSError, EOFError, RuntimeError, zipfile.BadZipFile, zlib.error)
"""In how many ways zipfile, and whoever reads numbers from a part, say that a file is damaged."""

_WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
_OLE = bytes.fromhex("d0cf11e0a1b11ae1")
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_STRICT_R = "{http://purl.oclc.org/ooxml/officeDocument/relationships}id"


class Refusal(StrEnum):
    """Why a whole file isn't taken."""

    EMPTY = "empty"
    TOO_BIG = "too_big"
    UNPACKS_TOO_BIG = "unpacks_too_big"
    OLD_EXCEL = "old_excel"
    ENCRYPTED = "encrypted"
    TEXT = "text"
    MACROS = "macros"
    BINARY = "binary"
    OPEN_DOCUMENT = "open_document"
    NOT_A_BOOK = "not_a_book"
    DAMAGED = "damaged"
    UNSAFE_XML = "unsafe_xml"
    NO_SHEET = "no_sheet"
    NO_ROWS = "no_rows"
    TOO_MANY_ROWS = "too_many_rows"
    TOO_MUCH_TEXT = "too_much_text"
    MERGED = "merged"


class Refused(Exception):
    """The whole file isn't taken; `reason` and `about` make the sentence."""

    def __init__(self, reason: Refusal, **about: Any) -> None:
        super().__init__(reason)
        self.reason, self.about = reason, about


@dataclass(frozen=True)
class Sheet:
    """One sheet of a book."""

    name: str
    part: str
    is_hidden: bool = False


@dataclass
class Book:
    """An .xlsx file whose parts can be opened by name."""

    zip: zipfile.ZipFile
    sheets: list[Sheet] = field(default_factory=list)
    strings_part: str = ""
    styles_part: str = ""
    from_1904: bool = False
    """Whether its days count from 1904, as on an old Mac."""

    @property
    def visible(self) -> list[Sheet]:
        """List the sheets that a person sees."""
        return [sheet for sheet in self.sheets if not sheet.is_hidden]

    @property
    def hidden(self) -> list[Sheet]:
        """List the sheets that a person doesn't see; nothing is read from them."""
        return [sheet for sheet in self.sheets if sheet.is_hidden]

    def picked(self, name: str) -> Sheet:
        """Give the visible sheet of a name, the first one where none is called so."""
        return next((one for one in self.visible if one.name == name), self.visible[0])

    def small(self, part: str) -> Element:
        """Read a part that describes the book. Raise Refused."""
        try:
            with self.zip.open(part) as file:
                data = file.read(_MOST_SMALL + 1)
            if len(data) > _MOST_SMALL:
                raise Refused(Refusal.UNPACKS_TOO_BIG)
            return cast(Element, fromstring(data))
        except DefusedXmlException:
            raise Refused(Refusal.UNSAFE_XML) from None
        except (*UNREADABLE, ParseError):
            raise Refused(Refusal.DAMAGED) from None


def open_book(file: IO[bytes]) -> Book:
    """Look into a file and give the book it is. Raise Refused, saying what it is instead."""
    _sniff(file)
    try:
        packed = zipfile.ZipFile(file)
    except UNREADABLE:
        raise Refused(Refusal.DAMAGED) from None
    _weigh(packed)
    book = Book(packed)
    _look_at_types(book)
    _find_sheets(book)
    return book


def _sniff(file: IO[bytes]) -> None:
    file.seek(0, 2)
    size = file.tell()
    file.seek(0)
    head = file.read(4096)
    file.seek(0)
    if not size:
        raise Refused(Refusal.EMPTY)
    if size > MOST_BYTES:
        raise Refused(Refusal.TOO_BIG)
    if head.startswith(_OLE):
        # A book with a password is kept in the old container too; its stream has this name in UTF-16.
        file.seek(0)
        encrypted = "EncryptedPackage".encode("utf-16-le") in file.read()
        file.seek(0)
        raise Refused(Refusal.ENCRYPTED if encrypted else Refusal.OLD_EXCEL)
    if not head.startswith(b"PK\x03\x04"):
        raise Refused(Refusal.TEXT if _is_text(head) else Refusal.NOT_A_BOOK)


def _is_text(head: bytes) -> bool:
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return True
    if head.startswith(b"%PDF") or b"\0" in head:
        return False
    try:
        # The last letter may be cut in two.
        codecs.getincrementaldecoder("utf-8")().decode(head)
    except UnicodeDecodeError:
        return False
    return True


def _weigh(packed: zipfile.ZipFile) -> None:
    parts = packed.infolist()
    # What a part says of its size is held to when it is read: zipfile gives no byte more.
    if len(parts) > _MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
        raise Refused(Refusal.UNPACKS_TOO_BIG)
    if any(part.flag_bits & 1 for part in parts):
        raise Refused(Refusal.ENCRYPTED)
    if any(part.compress_type not in _PACKINGS for part in parts):
        raise Refused(Refusal.DAMAGED)


def _look_at_types(book: Book) -> None:
    names = {name.lower() for name in book.zip.namelist()}
    if "mimetype" in names and "content.xml" in names:
        raise Refused(Refusal.OPEN_DOCUMENT)
    if "[content_types].xml" not in names:
        raise Refused(Refusal.NOT_A_BOOK)
    types = {element.get("ContentType", "") for element in book.small("[Content_Types].xml")}
    if any("macroEnabled" in one or "vbaProject" in one for one in types) or any(
        "vbaproject" in name for name in names
    ):
        raise Refused(Refusal.MACROS)
    if any("sheet.binary" in one for one in types):
        raise Refused(Refusal.BINARY)
    if _WORKBOOK not in types:
        raise Refused(Refusal.NOT_A_BOOK)


def _find_sheets(book: Book) -> None:
    main = next((part for kind, part in _links(book, "").values() if kind == "officeDocument"), "")
    if not main:
        raise Refused(Refusal.DAMAGED)
    links = _links(book, main)
    for kind, part in links.values():
        if kind == "sharedStrings":
            book.strings_part = part
        elif kind == "styles":
            book.styles_part = part
    for element in book.small(main).iter():
        tag = element.tag.rpartition("}")[2]
        if tag == "workbookPr":
            book.from_1904 = element.get("date1904") in {"1", "true"}
        elif tag == "sheet":
            kind, part = links.get(element.get(_R) or element.get(_STRICT_R) or "", ("", ""))
            if kind == "worksheet" and part in book.zip.namelist():
                hidden = element.get("state") in {"hidden", "veryHidden"}
                book.sheets.append(Sheet(element.get("name") or part, part, hidden))
    if not book.visible:
        raise Refused(Refusal.NO_SHEET)


def _links(book: Book, part: str) -> Mapping[str, tuple[str, str]]:
    """Read what a part points to: id → (the last word of the kind, the part); nothing outside the file."""
    folder, name = posixpath.split(part)
    found = {}
    for element in book.small(posixpath.join(folder, "_rels", f"{name}.rels")):
        if element.get("TargetMode") == "External":
            continue
        target = element.get("Target", "")
        path = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
        found[element.get("Id", "")] = (element.get("Type", "").rpartition("/")[2], path)
    return found

"""Zipped documents (.docx, .odt), opened with care before any library sees them.

Declared sizes lie, so every part is unpacked and counted in a stream; XML is parsed once by a parser
that refuses entities, declarations of them, and bottomless nesting.
"""

from __future__ import annotations

import io
import lzma
import struct
import zipfile
import zlib
from typing import IO
from xml.sax import SAXException
from xml.sax.handler import ContentHandler
from xml.sax.xmlreader import AttributesImpl

import defusedxml.sax
from defusedxml import DefusedXmlException

from .errors import BrokenFile, DecompressionBomb, EncryptedFile, EntitiesRefused

MOST_PARTS = 3_000
MOST_UNPACKED = 150 * 1024 * 1024
MOST_XML = 40 * 1024 * 1024
# Office text shrinks tenfold, blank bitmaps perhaps 200-fold; a bomb a thousandfold.
HIGHEST_RATIO = 250
RATIO_COUNTS_FROM = 2 * 1024 * 1024
DEEPEST_XML = 200
_CHUNK = 64 * 1024
_ENCRYPTED_FLAG = 0x1
# All that zipfile and its decompressors were seen to raise on damaged files.
_DAMAGE = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    struct.error,
    EOFError,
    OSError,
    ValueError,
    OverflowError,
    RuntimeError,
)


def open_package(data: bytes) -> zipfile.ZipFile:
    """Open a zipped document and prove it harmless; raise an UnreadableFile otherwise."""
    try:
        package = zipfile.ZipFile(io.BytesIO(data))
    except _DAMAGE as error:
        raise BrokenFile("zip") from error
    parts = package.infolist()
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
        raise DecompressionBomb("declared size")
    if len({part.filename for part in parts}) != len(parts):
        raise BrokenFile("two parts of one name")
    if any(part.flag_bits & _ENCRYPTED_FLAG for part in parts):
        raise EncryptedFile("zip")
    unpacked = 0
    for part in parts:
        unpacked += _prove(package, part, MOST_UNPACKED - unpacked)
    return package


def _prove(package: zipfile.ZipFile, part: zipfile.ZipInfo, room: int) -> int:
    is_xml = part.filename.lower().endswith((".xml", ".rels", ".rdf"))
    limit = min(room, MOST_XML) if is_xml else room
    try:
        with package.open(part) as stream:
            counted = _Counted(stream, limit, part)
            if is_xml:
                _parse(counted)
            while counted.read(_CHUNK):
                pass
            return counted.count
    except _DAMAGE as error:
        raise BrokenFile(part.filename[:100]) from error


class _Counted(io.RawIOBase):
    """A stream that counts what it gives and stops a bomb."""

    def __init__(self, stream: IO[bytes], limit: int, part: zipfile.ZipInfo) -> None:
        self._stream = stream
        self._limit = limit
        self._packed = max(part.compress_size, 1)
        self._name = part.filename
        self.count = 0

    def read(self, size: int = -1) -> bytes:
        """Read a chunk, never the whole."""
        chunk = self._stream.read(_CHUNK if size < 0 else min(size, _CHUNK))
        self.count += len(chunk)
        swollen = self.count > RATIO_COUNTS_FROM and self.count > self._packed * HIGHEST_RATIO
        if self.count > self._limit or swollen:
            raise DecompressionBomb(self._name[:100])
        return chunk


class _Depth(ContentHandler):
    """Watch how deep the elements nest."""

    def __init__(self) -> None:
        super().__init__()
        self._depth = 0

    def startElement(self, name: str, attrs: AttributesImpl) -> None:
        """Go one deeper."""
        self._depth += 1
        if self._depth > DEEPEST_XML:
            raise DecompressionBomb("nesting")

    def endElement(self, name: str) -> None:
        """Come one up."""
        self._depth -= 1


def _parse(stream: _Counted) -> None:
    try:
        defusedxml.sax.parse(stream, _Depth(), forbid_dtd=True)
    except DefusedXmlException as error:
        raise EntitiesRefused from error
    except SAXException as error:
        raise BrokenFile("xml") from error

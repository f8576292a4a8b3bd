"""The faces for print: Tinos, of the measures of Times New Roman, from the same package as on the screen.

The package brings WOFF (a web font, zipped table by table) cut in two by letters; a typesetter wants plain TrueType
files, and picks one file per family. So the tables are unzipped and each half gets a family name of its own.
"""

import os
import struct
import tempfile
import zlib
from functools import cache
from pathlib import Path

from django.conf import settings

HERE = Path(__file__).resolve().parent
LETTERS = {"latin": "Tinos Latin", "vietnamese": "Tinos Vietnamese"}
# Vietnamese first: the Latin half has the marks but not the marked letters, and would set ẫ as â with a stray tilde.
FAMILIES = (LETTERS["vietnamese"], LETTERS["latin"])
CUTS = ("400-normal", "400-italic", "700-normal", "700-italic")
_WOFF = b"wOFF"
_FAMILY, _FULL_NAME, _POSTSCRIPT, _OTHER_FAMILIES = 1, 4, 6, (16, 17, 21, 22)


class FacesMissing(Exception):
    """The faces for print are not there; make the assets first (`python -m coso.ui.build_assets`)."""


@cache
def print_faces() -> Path:
    """Give the folder with the TrueType files, making them when they are not there yet. Raise FacesMissing."""
    folder = Path(settings.DATA) / "faces"
    folder.mkdir(parents=True, exist_ok=True)
    for cut in CUTS:
        for letters, family in LETTERS.items():
            target = folder / f"tinos-{letters}-{cut}.ttf"
            if target.exists():
                continue
            try:
                made = truetype((HERE / "static/vendor/fonts" / f"tinos-{letters}-{cut}.woff").read_bytes(), family)
            except OSError as error:
                raise FacesMissing(str(error)) from error
            handle, name = tempfile.mkstemp(dir=folder, prefix=".new-")
            with os.fdopen(handle, "wb") as file:
                file.write(made)
            Path(name).replace(target)
    return folder


def truetype(woff: bytes, family: str) -> bytes:
    """Unzip a WOFF font into TrueType under another family name. Raise ValueError when it is none (W3C WOFF 1.0)."""
    if woff[:4] != _WOFF:
        raise ValueError("no WOFF")
    flavour, count = struct.unpack(">4x4s4xH", woff[:14])
    tables: list[tuple[bytes, bytes]] = []
    for at in range(44, 44 + 20 * count, 20):
        tag, offset, packed, length = struct.unpack(">4sIII", woff[at : at + 16])
        table = woff[offset : offset + packed]
        table = table if packed == length else zlib.decompress(table)
        tables.append((tag, _renamed(table, family) if tag == b"name" else table))
    power = 1 << (count.bit_length() - 1)
    head: bytes = flavour + struct.pack(">HHHH", count, power * 16, power.bit_length() - 1, (count - power) * 16)
    at = len(head) + 16 * count
    directory, body = b"", b""
    for tag, table in sorted(tables):
        padded = table + b"\0" * (-len(table) % 4)
        directory += tag + struct.pack(">III", _sum(padded), at + len(body), len(table))
        body += padded
    return head + directory + body


def _sum(table: bytes) -> int:
    words: tuple[int, ...] = struct.unpack(f">{len(table) // 4}I", table)
    return sum(words) & 0xFFFFFFFF


def _renamed(table: bytes, family: str) -> bytes:
    """Write the name table anew: the family's name in the place of the old one, other names of families left out."""
    _format, count, strings = struct.unpack(">HHH", table[:6])
    records, kept = b"", b""
    number = 0
    for at in range(6, 6 + 12 * count, 12):
        platform, encoding, language, name, length, offset = struct.unpack(">6H", table[at : at + 12])
        said = table[strings + offset : strings + offset + length]
        if name in _OTHER_FAMILIES:
            continue
        if name in (_FAMILY, _FULL_NAME, _POSTSCRIPT):
            said = family.replace(" ", "" if name == _POSTSCRIPT else " ").encode(
                "utf-16-be" if platform in (0, 3) else "latin-1"
            )
        records += struct.pack(">6H", platform, encoding, language, name, len(said), len(kept))
        kept += said
        number += 1
    return struct.pack(">HHH", 0, number, 6 + 12 * number) + records + kept

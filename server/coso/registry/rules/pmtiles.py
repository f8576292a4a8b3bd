"""Reading the head of a base map (PMTiles version 3): what it covers and whom it thanks. No database.

The file's head is 127 bytes: the word PMTiles, a 3, then little-endian offsets and lengths
(https://github.com/protomaps/PMTiles/blob/main/spec/v3/spec.md).
"""

import json
import re
import struct
import zlib
from dataclasses import dataclass
from html import unescape
from typing import Any

HEAD_BYTES = 127
MOST_METADATA = 4 * 1024 * 1024
_PLAIN, _GZIP = 1, 2
_VECTOR = 1
_TAG = re.compile(r"<[^>]*>")


class NoBaseMap(Exception):
    """The file is no vector base map in PMTiles version 3."""


@dataclass(frozen=True)
class Head:
    """What the head of a base map says."""

    metadata_at: int
    metadata_bytes: int
    compression: int
    west: float
    south: float
    east: float
    north: float
    lowest_zoom: int
    highest_zoom: int


def read_head(data: bytes) -> Head:
    """Read the first 127 bytes. Raise NoBaseMap when they are of something else, or of pictures instead of vectors."""
    if len(data) < HEAD_BYTES or not data.startswith(b"PMTiles") or data[7] != 3:
        raise NoBaseMap
    at, length = struct.unpack_from("<QQ", data, 24)
    compression, kind = data[97], data[99]
    if kind != _VECTOR or length > MOST_METADATA:
        raise NoBaseMap
    west, south, east, north = (value / 1e7 for value in struct.unpack_from("<iiii", data, 102))
    return Head(at, length, compression, west, south, east, north, data[100], data[101])


def read_metadata(head: Head, data: bytes) -> dict[str, Any]:
    """Read the part of the file that the head calls its metadata; {} when it cannot be read."""
    try:
        if head.compression == _GZIP:
            unpacked = zlib.decompressobj(wbits=31).decompress(data, MOST_METADATA)
        elif head.compression == _PLAIN:
            unpacked = data
        else:
            return {}
        found = json.loads(unpacked)
    except (ValueError, zlib.error, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def credit(metadata: dict[str, Any]) -> str:
    """Give whom the map thanks, as plain words: its licence asks that they stand on the map."""
    told = metadata.get("attribution")
    return " ".join(unescape(_TAG.sub(" ", told)).split())[:200] if isinstance(told, str) else ""

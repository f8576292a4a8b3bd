"""A tiny real base map, written byte by byte: a file in PMTiles version 3 with one vector tile used everywhere.

It shows land with a strip of water in every tile around Hà Tĩnh; no map of anything.
"""

import gzip
import json
import math
import struct

WEST, SOUTH, EAST, NORTH = 105.0, 17.8, 106.7, 18.9
HIGHEST_ZOOM = 10
CREDIT = "© Người làm bản đồ thử & bạn bè"


def base_map(*, tile_type: int = 1, version: int = 3, attribution: str = "") -> bytes:
    """Give the bytes of the file."""
    told = attribution or "© <a href='https://example.org'>Người làm bản đồ thử</a> &amp; bạn bè"
    metadata = gzip.compress(json.dumps({"name": "thử", "attribution": told}).encode())
    tile = gzip.compress(_tile())
    ids = sorted(_tile_id(z, x, y) for z in range(HIGHEST_ZOOM + 1) for x, y in _around(z))
    directory = gzip.compress(_directory(ids, len(tile)))
    at_directory = 127
    at_metadata = at_directory + len(directory)
    at_tiles = at_metadata + len(metadata)
    head = b"PMTiles" + bytes([version])
    head += struct.pack("<QQQQ", at_directory, len(directory), at_metadata, len(metadata))
    head += struct.pack("<QQQQ", at_tiles, 0, at_tiles, len(tile))
    head += struct.pack("<QQQ", len(ids), len(ids), 1)
    # Not clustered; directory, metadata and tiles in gzip.
    head += bytes([0, 2, 2, tile_type, 0, HIGHEST_ZOOM])
    head += struct.pack("<iiii", *(round(value * 1e7) for value in (WEST, SOUTH, EAST, NORTH)))
    head += struct.pack("<Bii", 8, round(105.9e7), round(18.3e7))
    return head + directory + metadata + tile


def _around(zoom: int) -> list[tuple[int, int]]:
    side = 1 << zoom
    columns = [int((lon + 180) / 360 * side) for lon in (WEST, EAST)]
    rows = [int((1 - math.asinh(math.tan(math.radians(lat))) / math.pi) / 2 * side) for lat in (NORTH, SOUTH)]
    return [(x, y) for x in range(columns[0], columns[1] + 1) for y in range(rows[0], rows[1] + 1)]


def _tile_id(zoom: int, x: int, y: int) -> int:
    """Number a tile along the Hilbert curve of its zoom, behind those of the lower zooms."""
    number = sum(4**lower for lower in range(zoom))
    side = 1 << (zoom - 1) if zoom else 0
    while side:
        right, down = int(x & side > 0), int(y & side > 0)
        number += side * side * ((3 * right) ^ down)
        if not down:
            if right:
                x, y = side - 1 - x, side - 1 - y
            x, y = y, x
        side //= 2
    return number


def _directory(ids: list[int], length: int) -> bytes:
    last = 0
    steps = []
    for ident in ids:
        steps.append(_varint(ident - last))
        last = ident
    ones, lengths = _varint(1) * len(ids), _varint(length) * len(ids)
    return _varint(len(ids)) + b"".join(steps) + ones + lengths + _varint(1) * len(ids)


def _tile() -> bytes:
    """A vector tile (Mapbox Vector Tile 2.1): all land, water in the lowest tenth."""
    return _layer("earth", 0, 4096, "earth") + _layer("water", 3686, 4096, "ocean")


def _layer(name: str, top: int, bottom: int, kind: str) -> bytes:
    height = bottom - top
    # Move to the corner, three lines, close: the way round in which the outside is.
    steps = [9, _zigzag(0), _zigzag(top), 26, _zigzag(4096), 0, 0, _zigzag(height), _zigzag(-4096), 0, 15]
    geometry = b"".join(_varint(step) for step in steps)
    feature = _bytes(2, _varint(0) + _varint(0)) + b"\x18\x03" + _bytes(4, geometry)
    value = _bytes(1, kind.encode())
    told = _bytes(1, name.encode()) + _bytes(2, feature) + _bytes(3, b"kind") + _bytes(4, value)
    return _bytes(3, told + b"\x28" + _varint(4096) + b"\x78\x02")


def _bytes(field: int, content: bytes) -> bytes:
    return _varint(field << 3 | 2) + _varint(len(content)) + content


def _zigzag(number: int) -> int:
    return number << 1 ^ number >> 31


def _varint(number: int) -> bytes:
    out = bytearray()
    while number >= 0x80:
        out.append(number & 0x7F | 0x80)
        number >>= 7
    return bytes([*out, number])

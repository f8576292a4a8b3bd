"""What a preview read of the records, row by row, as a file among the blobs: so that the writing can tell what changed.

One line of JSON a row, compressed: [row number, outcome, the record's id, its old values, where a new one goes].
"""

import gzip
import json
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from coso.kit import blobs

NEW, CHANGED, SAME = "new", "changed", "same"


class Seen(NamedTuple):
    """What a row was about when it was looked at."""

    number: int
    outcome: str
    key: str
    was: Mapping[str, Any]
    where: Sequence[int]


class PreviewWriter:
    """Gathers what a preview sees, a row at a time."""

    def __init__(self) -> None:
        self._file = tempfile.TemporaryFile()  # noqa: SIM115 - `done` closes it
        self._packed = gzip.GzipFile(fileobj=self._file, mode="wb", mtime=0)

    def add(self, seen: Seen) -> None:
        """Add a row."""
        self._packed.write(json.dumps(seen, ensure_ascii=False).encode() + b"\n")

    def done(self) -> str:
        """Keep everything among the blobs and give its SHA-256."""
        self._packed.close()
        self._file.seek(0)
        sha256 = blobs.put(self._file.read())
        self._file.close()
        return sha256


def read_preview(sha256: str) -> Iterator[Seen]:
    """Give back what a preview saw, in the order of the rows; nothing where it was not kept."""
    if not sha256 or not blobs.has(sha256):
        return
    with blobs.open_blob(sha256) as file, gzip.GzipFile(fileobj=file) as lines:
        for line in lines:
            yield Seen(*json.loads(line))

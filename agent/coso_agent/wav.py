"""A WAV file that grows as it is listened to, and is whole at any moment."""

from __future__ import annotations

import os
import struct
from pathlib import Path

from coso_agent.decode_child import BYTES_A_SECOND, RATE

HEADER_BYTES = 44
LARGEST = 1 << 30  # then the file is moved aside: the format itself ends at 4 GiB


def header(data_bytes: int) -> bytes:
    """Give the 44 bytes that stand before so many bytes of samples."""
    return struct.pack(
        "<4sI4s4sIHHIIHH4sI",
        *(b"RIFF", 36 + data_bytes, b"WAVE", b"fmt ", 16, 1, 1, RATE, BYTES_A_SECOND, 2, 16, b"data", data_bytes),
    )


class WavSink:
    """Append samples to a file; what an earlier run left is repaired and kept."""

    def __init__(self, path: Path, *, largest: int = LARGEST) -> None:
        self._path = path
        self._largest = largest
        path.parent.mkdir(parents=True, exist_ok=True)
        self._open()

    def _open(self) -> None:
        self._file = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
        # A killed writer may leave samples that the header doesn't count, or half a sample.
        self._data = max(0, os.fstat(self._file).st_size - HEADER_BYTES) // 2 * 2
        os.ftruncate(self._file, HEADER_BYTES + self._data)
        os.pwrite(self._file, header(self._data), 0)

    def open(self) -> None:
        """Get ready for a sound."""
        if self._data >= self._largest:
            os.close(self._file)
            self._path.replace(self._path.with_suffix(".1.wav"))
            self._open()

    def write(self, block: bytes) -> None:
        """Append a block: first the samples, then the sizes, so that a reader in between sees a whole file."""
        os.pwrite(self._file, block, HEADER_BYTES + self._data)
        self._data += len(block)
        os.pwrite(self._file, header(self._data), 0)

    def drop(self) -> None:
        """Stop at once: nothing is held back here."""

    def finish(self) -> None:
        """Let what is held back sound: nothing is."""

    def close(self) -> None:
        """Close the file."""
        os.close(self._file)

"""Stored files, each named by the SHA-256 of its bytes, so that the same file is kept once and never changes."""

import hashlib
import os
import re
import tempfile
from pathlib import Path
from typing import BinaryIO

from django.conf import settings

_NAME = re.compile(r"[0-9a-f]{64}")


def path_of(sha256: str) -> Path:
    """Give where a stored file lies. Raise ValueError when the name is no SHA-256 in hexadecimal."""
    if not _NAME.fullmatch(sha256):
        raise ValueError(sha256)
    return Path(settings.MEDIA) / sha256[:2] / sha256


def put(data: bytes) -> str:
    """Store bytes and return their SHA-256. Storing the same bytes again does nothing.

    The file appears whole or not at all, whatever dies meanwhile.
    """
    sha256 = hashlib.sha256(data).hexdigest()
    path = path_of(sha256)
    if path.exists():
        # Who erases files that nobody holds leaves alone what was stored a moment ago.
        os.utime(path)
        return sha256
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".new-")
    with os.fdopen(handle, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    Path(name).replace(path)
    return sha256


def has(sha256: str) -> bool:
    """Tell whether a file is stored."""
    return path_of(sha256).exists()


def open_blob(sha256: str) -> BinaryIO:
    """Open a stored file for reading. Raise FileNotFoundError when it is not stored."""
    return path_of(sha256).open("rb")

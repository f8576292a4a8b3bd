"""The folder of sounds, each named by its hash."""

from __future__ import annotations

import hashlib
import os
import shutil
from datetime import datetime
from pathlib import Path

from coso_agent.shapes import to_ms
from coso_wire import Media


class MediaFolder:
    """Keep sounds as files; what is only half there has another name."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(exist_ok=True)
        self.folder = folder

    def path(self, sha256: str) -> Path:
        """Say where a sound lies, or would."""
        return self.folder / sha256

    def here(self) -> set[str]:
        """List the sounds on the disk."""
        return {path.name for path in self.folder.iterdir() if len(path.name) == 64}

    def whole(self, media: Media) -> bool:
        """Read a sound again and tell whether it is still what its name says: cards wear out."""
        path = self.path(media.sha256)
        try:
            with path.open("rb") as file:
                return hashlib.file_digest(file, "sha256").hexdigest() == media.sha256
        except OSError:
            return False

    def free_bytes(self) -> int:
        """Tell the room left on the disk."""
        return shutil.disk_usage(self.folder).free

    def tidy(self, *, before: datetime, wanted: set[str]) -> None:
        """Throw away the sounds, whole or not, that nobody wants and that are older than a moment."""
        for path in self.folder.iterdir():
            name = path.name.removesuffix(".part")
            if name not in wanted and path.stat().st_mtime * 1000 < to_ms(before):
                path.unlink(missing_ok=True)


def sync_folder(folder: Path) -> None:
    """Make a rename in this folder outlive a power cut."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)

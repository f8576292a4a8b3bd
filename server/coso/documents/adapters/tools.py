"""Programs that may be installed beside us: LibreOffice, tesseract with Vietnamese, pdftoppm."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path


def find(*names: str) -> str | None:
    """Give the path of the first of these programs that is installed."""
    return next((path for name in names if (path := shutil.which(name))), None)


def run(command: Sequence[str | Path], *, seconds: float, data: bytes | None = None) -> bytes | None:
    """Run a program; give what it wrote, or None when it failed or took too long."""
    try:
        done = subprocess.run(
            [str(part) for part in command],
            input=data,
            stdin=None if data is not None else subprocess.DEVNULL,
            capture_output=True,
            timeout=seconds,
            check=False,
        )
    except (subprocess.TimeoutExpired, OSError):
        return None
    return done.stdout if done.returncode == 0 else None

"""Programs that may be installed beside us: LibreOffice, tesseract with Vietnamese, pdftoppm."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path


def find(*names: str) -> str | None:
    """Give the path of the first of these programs that is installed."""
    return next((path for name in names if (path := shutil.which(name))), None)


def run(command: Sequence[str | Path], *, seconds: float, data: bytes | None = None) -> bytes | None:
    """Run a program; give what it wrote, or None when it failed or took too long."""
    try:
        started = subprocess.Popen(
            [str(part) for part in command],
            stdin=subprocess.PIPE if data is not None else subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            start_new_session=True,
        )
    except OSError:
        return None
    with started:
        try:
            said, _complaints = started.communicate(data, timeout=seconds)
        except BaseException as error:
            # `soffice` is a script: the office itself is its child, and would go on after it, in a folder that is gone.
            with suppress(ProcessLookupError):
                os.killpg(started.pid, signal.SIGKILL)
            if isinstance(error, subprocess.TimeoutExpired):
                return None
            raise
    return said if started.returncode == 0 else None

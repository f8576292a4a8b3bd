"""The agent's side of the decoder process: kept warm, started again when it dies."""

from __future__ import annotations

import contextlib
import json
import os
import select
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Protocol

from coso_agent.decode_child import END, ERROR, HEADER, READY, SAMPLES

PATIENCE_S = 10.0  # for the next frame; a file that takes longer is broken


class Undecodable(Exception):
    """The sound can't be turned into samples."""


class Decoder(Protocol):
    """Turn a file into blocks of samples; the format is that of `decode_child`."""

    def warm(self) -> None:
        """Get ready, so that the next sound starts at once."""

    def stream(self, path: Path, offset_ms: int, *, stopped: Callable[[], bool]) -> Iterator[bytes]:
        """Give blocks of 100 ms from an offset on, until the end or until it is stopped; Undecodable."""

    def close(self) -> None:
        """End the process."""


class ChildDecoder:
    """Decode in a child process, started when it is first needed or warmed; one stream at a time.

    One child for each agent: it is 45 MB, and sharing it among agents would let one broken file silence many.
    """

    def __init__(self, command: tuple[str, ...] = (sys.executable, "-m", "coso_agent.decode_child")) -> None:
        self._command = command
        self._child: subprocess.Popen[bytes] | None = None
        self._number = 0
        self._lock = threading.Lock()

    def warm(self) -> None:
        """Start the child if it isn't running."""
        with self._lock:
            self._running()

    def close(self) -> None:
        """End the child."""
        with self._lock:
            self._end()

    def stream(self, path: Path, offset_ms: int, *, stopped: Callable[[], bool]) -> Iterator[bytes]:
        """Give blocks; what is left of an earlier stream is thrown away."""
        with self._lock:
            child = self._running()
            self._number += 1
            number = self._number
            request = json.dumps({"id": number, "path": str(path), "offset_ms": offset_ms}) + "\n"
            try:
                assert child.stdin is not None
                os.write(child.stdin.fileno(), request.encode())
            except OSError as error:
                self._end()
                raise Undecodable("the decoder died") from error
        while not stopped():
            kind, of, data = self._frame(child, stopped)
            if kind == READY or of != number:
                continue
            if kind == SAMPLES:
                yield data
            elif kind == END:
                return
            elif kind == ERROR:
                raise Undecodable(data.decode("utf-8", "replace"))

    def _frame(self, child: subprocess.Popen[bytes], stopped: Callable[[], bool]) -> tuple[int, int, bytes]:
        kind, of, length = HEADER.unpack(self._read(child, HEADER.size))
        return kind, of, self._read(child, length)

    def _read(self, child: subprocess.Popen[bytes], length: int) -> bytes:
        assert child.stdout is not None
        handle, found, give_up_at = child.stdout.fileno(), b"", time.monotonic() + PATIENCE_S
        while len(found) < length:
            if not select.select([handle], [], [], max(0.0, give_up_at - time.monotonic()))[0]:
                self.close()
                raise Undecodable("the decoder hangs")
            data = os.read(handle, length - len(found))
            if not data:
                self.close()
                raise Undecodable("the decoder died")
            found += data
        return found

    def _running(self) -> subprocess.Popen[bytes]:
        if self._child is None or self._child.poll() is not None:
            self._end()
            self._child = subprocess.Popen(
                self._command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, bufsize=0
            )
        return self._child

    def _end(self) -> None:
        if self._child is None:
            return
        child, self._child = self._child, None
        child.kill()
        child.wait()
        for pipe in (child.stdin, child.stdout):
            with contextlib.suppress(OSError):
                assert pipe is not None
                pipe.close()

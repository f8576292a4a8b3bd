"""A diary for people and benches: one JSON line for each thing that happens, with both clocks."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

from coso_wire import format_time

LARGEST = 5 << 20


class EventLog:
    """Write `events.log`; at 5 MiB it becomes `events.log.1` and a new one begins.

    `at` is UTC by the system's clock, `mono` is CLOCK_MONOTONIC in seconds, equal for all programs of a machine.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = threading.Lock()
        self._file = path.open("a", encoding="utf-8")

    def write(
        self,
        event: str,
        more: Mapping[str, object] | None = None,
        *,
        at: datetime | None = None,
        mono: float | None = None,
    ) -> None:
        """Add a line."""
        at = at or datetime.fromtimestamp(time.time(), UTC)
        mono = time.monotonic() if mono is None else mono
        line = json.dumps({"event": event, "at": format_time(at), "mono": round(mono, 4), **(more or {})}, default=str)
        with self._lock:
            self._file.write(line + "\n")
            self._file.flush()
            if self._file.tell() > LARGEST:
                self._file.close()
                self._path.replace(self._path.with_suffix(".log.1"))
                self._file = self._path.open("a", encoding="utf-8")

"""Hearing at once that another process has written, on either database."""

import sqlite3
import time
from collections.abc import Sequence
from typing import Protocol

from django.db import connection

# SQLite tells nobody; asking whether the file has changed costs some microseconds.
GLANCE_S = 0.01


class Changes(Protocol):
    """A wait for writes of other processes."""

    def wait(self, timeout: float) -> bool:
        """Return True as soon as something may have changed, False after so many seconds."""
        ...

    def close(self) -> None:
        """Stop listening."""
        ...


class SqliteChanges:
    """Watch the data version of the database's file."""

    def __init__(self, name: str) -> None:
        is_address = name.startswith("file:")
        self._file = sqlite3.connect(name, uri=is_address, check_same_thread=False, timeout=5)
        self._seen = self._version()

    def _version(self) -> int:
        return int(self._file.execute("PRAGMA data_version").fetchone()[0])

    def wait(self, timeout: float) -> bool:
        """Glance at the version until it differs from the one last seen."""
        until = time.monotonic() + timeout
        while True:
            version = self._version()
            if version != self._seen:
                self._seen = version
                return True
            left = until - time.monotonic()
            if left <= 0:
                return False
            time.sleep(min(GLANCE_S, left))

    def close(self) -> None:
        """Close the watching connection."""
        self._file.close()


class PostgresChanges:
    """Listen on channels with a connection of its own."""

    def __init__(self, channels: Sequence[str]) -> None:
        self._wrapper = connection.copy()
        self._wrapper.ensure_connection()
        self._wrapper.set_autocommit(True)
        for channel in channels:
            self._wrapper.connection.execute(f'LISTEN "{channel}"')

    def wait(self, timeout: float) -> bool:
        """Wait for a notice; several that came together are one."""
        return any(True for _ in self._wrapper.connection.notifies(timeout=timeout, stop_after=1))

    def close(self) -> None:
        """Close the listening connection."""
        self._wrapper.close()


def open_changes(*channels: str) -> Changes:
    """Start to listen. On PostgreSQL only these channels wake; on SQLite every write does."""
    if connection.vendor == "postgresql":
        return PostgresChanges(channels)
    return SqliteChanges(str(connection.settings_dict["NAME"]))

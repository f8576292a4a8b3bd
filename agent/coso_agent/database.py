"""The loudspeaker's SQLite file: its tables, whole transactions, and small values by name."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from coso_agent.shapes import from_ms

SCHEMA = """
CREATE TABLE IF NOT EXISTS meta (name TEXT PRIMARY KEY, value BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS alerts (digest TEXT PRIMARY KEY, payload BLOB NOT NULL, expires_ms INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS progress (
    key TEXT PRIMARY KEY, step TEXT NOT NULL, position_ms INTEGER NOT NULL, repeats INTEGER NOT NULL,
    ended_ms INTEGER, play TEXT NOT NULL, touched_ms INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS reports (place INTEGER PRIMARY KEY, report_id TEXT UNIQUE, body BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS log (seq INTEGER PRIMARY KEY, hash TEXT NOT NULL, body BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS refusals (digest TEXT, reason TEXT, body BLOB NOT NULL, told INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (digest, reason));
"""


class Database:
    """Keep one file in the home of the device. Safe to use from several threads."""

    def __init__(self, home: Path) -> None:
        home.mkdir(parents=True, exist_ok=True, mode=0o700)
        self.home = home
        path = home / "agent.db"
        if not path.exists():
            path.touch(mode=0o600)  # the device's keys are in it
        self._lock = threading.RLock()
        self._db = sqlite3.connect(path, timeout=10, isolation_level=None, check_same_thread=False)
        # FULL: what was logged or acknowledged must outlive a power cut, not only a crash.
        self._db.executescript(f"PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; {SCHEMA}")

    def close(self) -> None:
        """Let go of the database."""
        with self._lock:
            self._db.close()

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """Do all of it or nothing; other threads wait."""
        with self._lock:
            self._db.execute("BEGIN IMMEDIATE")
            try:
                yield self._db
            except BaseException:
                self._db.execute("ROLLBACK")
                raise
            self._db.execute("COMMIT")

    def rows(self, sql: str, *values: Any) -> list[tuple[Any, ...]]:
        """Give what a query finds."""
        with self._lock:
            return self._db.execute(sql, values).fetchall()

    def get(self, name: str) -> bytes | None:
        """Give a remembered value, or None."""
        rows = self.rows("SELECT value FROM meta WHERE name = ?", name)
        return bytes(rows[0][0]) if rows else None

    def put(self, name: str, value: bytes) -> None:
        """Remember a value."""
        with self.transaction() as db:
            put(db, name, value)

    def text(self, name: str) -> str:
        """Give a remembered text; empty if there is none."""
        return (self.get(name) or b"").decode()

    def moment(self, name: str) -> datetime | None:
        """Give a remembered moment, or None."""
        value = self.get(name)
        return from_ms(int(value)) if value else None

    @contextmanager
    def unhurried(self) -> Iterator[sqlite3.Connection]:
        """Do all of it or nothing without waiting for the disk: a power cut may take the last of it."""
        with self._lock:
            self._db.execute("PRAGMA synchronous=NORMAL")
            try:
                with self.transaction() as db:
                    yield db
            finally:
                self._db.execute("PRAGMA synchronous=FULL")


def put(db: sqlite3.Connection, name: str, value: bytes) -> None:
    """Remember a value within a transaction."""
    db.execute("INSERT INTO meta VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value", (name, value))

"""What the loudspeaker remembers: SQLite and sounds named by their hash. It survives a pulled plug."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

from coso_agent.rules import Play, Progress, Step
from coso_wire import (
    CHAIN_START,
    Alert,
    LogBatch,
    LogEntry,
    LogKind,
    Manifest,
    Media,
    PlayReport,
    Rank,
    Refusal,
    ReportKind,
    SigningKey,
    VerifyKey,
)

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
KEEP = timedelta(days=2)  # what is over is remembered so long, so that the same thing sent again isn't played
KEEP_LOG = timedelta(days=400)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class NotEnrolled(Exception):
    """This home has no enrolled loudspeaker: run `coso-agent enrol` first."""


@dataclass(frozen=True)
class Identity:
    """Who this device is, whom it talks to and whom it obeys."""

    device_id: str
    server: str
    secret: bytes
    key: SigningKey
    authorities: dict[str, VerifyKey]


class Store:
    """Keep everything in one folder. Safe to use from several threads; every method is one transaction."""

    def __init__(self, home: Path) -> None:
        home.mkdir(parents=True, exist_ok=True, mode=0o700)
        self.home = home
        self.media_folder = home / "media"
        self.media_folder.mkdir(exist_ok=True)
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
    def _transaction(self) -> Iterator[sqlite3.Connection]:
        with self._lock:
            self._db.execute("BEGIN IMMEDIATE")
            try:
                yield self._db
            except BaseException:
                self._db.execute("ROLLBACK")
                raise
            self._db.execute("COMMIT")

    def _rows(self, sql: str, *values: Any) -> list[tuple[Any, ...]]:
        with self._lock:
            return self._db.execute(sql, values).fetchall()

    # --- small things ---

    def get(self, name: str) -> bytes | None:
        """Give a remembered value, or None."""
        rows = self._rows("SELECT value FROM meta WHERE name = ?", name)
        return bytes(rows[0][0]) if rows else None

    def put(self, name: str, value: bytes) -> None:
        """Remember a value."""
        with self._transaction() as db:
            _put(db, name, value)

    def text(self, name: str) -> str:
        """Give a remembered text; empty if there is none."""
        return (self.get(name) or b"").decode()

    def moment(self, name: str) -> datetime | None:
        """Give a remembered moment, or None."""
        value = self.get(name)
        return _from_ms(int(value)) if value else None

    # --- identity ---

    def own_key(self) -> SigningKey:
        """Give the device's key, made the first time it is asked for."""
        seed = self.get("seed")
        if seed is None:
            seed = SigningKey.generate().seed
            self.put("seed", seed)
        return SigningKey(seed)

    def enrol(self, *, device_id: str, server: str, secret: bytes, authorities: list[VerifyKey]) -> None:
        """Keep what the server said at enrolment."""
        with self._transaction() as db:
            _put(db, "device_id", device_id.encode())
            _put(db, "server", server.encode())
            _put(db, "secret", secret)
            _put(db, "authorities", json.dumps([key.public.hex() for key in authorities]).encode())

    def identity(self) -> Identity:
        """Tell who this device is; NotEnrolled if it isn't anybody yet."""
        secret, authorities = self.get("secret"), self.get("authorities")
        if secret is None or authorities is None:
            raise NotEnrolled
        keys = [VerifyKey(bytes.fromhex(public)) for public in json.loads(authorities)]
        return Identity(
            self.text("device_id"), self.text("server"), secret, self.own_key(), {key.key_id: key for key in keys}
        )

    # --- what to play ---

    def keep_manifest(self, manifest: Manifest, payload: bytes) -> None:
        """Replace the manifest."""
        with self._transaction() as db:
            _put(db, "manifest", payload)
            _put(db, "manifest_version", str(manifest.version).encode())

    def manifest(self) -> Manifest | None:
        """Give the held manifest; it was verified when it came."""
        payload = self.get("manifest")
        return Manifest.from_bytes(payload) if payload else None

    def keep_alert(self, alert: Alert, payload: bytes) -> bool:
        """Add an alert; False if it is held already."""
        digest = hashlib.sha256(payload).hexdigest()
        with self._transaction() as db:
            done = db.execute(
                "INSERT OR IGNORE INTO alerts VALUES (?, ?, ?)", (digest, payload, to_ms(alert.expires_at))
            )
            return done.rowcount == 1

    def holds_alert(self, digest: str) -> bool:
        """Tell whether this very alert is held."""
        return bool(self._rows("SELECT 1 FROM alerts WHERE digest = ?", digest))

    def alerts(self) -> list[Alert]:
        """Give the held alerts, over or not."""
        return [Alert.from_bytes(bytes(row[0])) for row in self._rows("SELECT payload FROM alerts ORDER BY rowid")]

    def progress(self) -> dict[str, Progress]:
        """Give how far each play has come."""
        rows = self._rows("SELECT key, step, position_ms, repeats, ended_ms FROM progress")
        return {
            key: Progress(Step(step), position, repeats, None if ended is None else _from_ms(ended))
            for key, step, position, repeats, ended in rows
        }

    def interrupted(self) -> list[tuple[Play, Progress]]:
        """Give what was playing when the program died."""
        found = self._rows("SELECT key, play FROM progress WHERE step = ?", Step.PLAYING.value)
        progress = self.progress()
        return [(_play_from(json.loads(play)), progress[key]) for key, play in found]

    def keep_position(self, key: str, position_ms: int, *, now: datetime) -> None:
        """Remember where a play is and what time it is, without waiting for the disk: it comes every half second."""
        with self._lock:
            self._db.execute("PRAGMA synchronous=NORMAL")
            try:
                with self._transaction() as db:
                    db.execute(
                        "UPDATE progress SET position_ms = ?, touched_ms = ? WHERE key = ?",
                        (position_ms, to_ms(now), key),
                    )
                    _put(db, "clock_ms", str(to_ms(now)).encode())
            finally:
                self._db.execute("PRAGMA synchronous=FULL")

    # --- what happened ---

    def record(
        self,
        kind: LogKind,
        *,
        at: datetime,
        play: Play | None = None,
        played_ms: int | None = None,
        reason: str | None = None,
        report: ReportKind | None = None,
        progress: Progress | None = None,
        media_sha256: str | None = None,
        refusal: Refusal | None = None,
    ) -> None:
        """Write one link of the play log and, in the same transaction, what goes with it."""
        with self._transaction() as db:
            last = db.execute("SELECT seq, hash FROM log ORDER BY seq DESC LIMIT 1").fetchone()
            entry = LogEntry(
                seq=(last[0] if last else 0) + 1,
                at=at,
                kind=kind,
                prev=last[1] if last else CHAIN_START,
                item_id=play.item_id if play else None,
                bulletin_id=play.bulletin_id if play else None,
                revision=play.revision if play else None,
                media_sha256=play.media.sha256 if play else media_sha256,
                played_ms=played_ms,
                reason=reason,
            )
            db.execute("INSERT INTO log VALUES (?, ?, ?)", (entry.seq, entry.hash, entry.to_bytes()))
            if report and play:
                _add_report(db, report, play, at=at, played_ms=played_ms or 0, reason=reason)
            if progress and play:
                _put_progress(db, play, progress, at)
            if refusal:
                db.execute(
                    "INSERT OR IGNORE INTO refusals (digest, reason, body) VALUES (?, ?, ?)",
                    (refusal.digest, refusal.reason, refusal.to_bytes()),
                )
            _put(db, "clock_ms", str(to_ms(at)).encode())

    def keep_progress(self, play: Play, progress: Progress, *, now: datetime) -> None:
        """Remember a step that nobody needs to be told."""
        with self._transaction() as db:
            _put_progress(db, play, progress, now)

    def was_refused(self, digest: str, reason: str) -> bool:
        """Tell whether this was refused for this reason before."""
        return bool(self._rows("SELECT 1 FROM refusals WHERE digest = ? AND reason = ?", digest, reason))

    # --- what to tell the server ---

    def reports(self, most: int) -> tuple[PlayReport, ...]:
        """Give the oldest reports that the server hasn't acknowledged."""
        rows = self._rows("SELECT body FROM reports ORDER BY place LIMIT ?", most)
        return tuple(PlayReport.from_bytes(bytes(row[0])) for row in rows)

    def refusals(self, most: int) -> tuple[Refusal, ...]:
        """Give the refusals that the server hasn't been told."""
        rows = self._rows("SELECT body FROM refusals WHERE told = 0 ORDER BY rowid LIMIT ?", most)
        return tuple(Refusal.from_bytes(bytes(row[0])) for row in rows)

    def log_entries(self, *, after: int = 0, most: int = 1_000_000) -> tuple[LogEntry, ...]:
        """Give entries of the play log in order."""
        rows = self._rows("SELECT body FROM log WHERE seq > ? ORDER BY seq LIMIT ?", after, most)
        return tuple(LogEntry.from_bytes(bytes(row[0])) for row in rows)

    def log_seq(self) -> int:
        """Give the number of the last entry."""
        return int(self._rows("SELECT coalesce(max(seq), 0) FROM log")[0][0])

    def acked_log_seq(self) -> int:
        """Give the last entry that the server holds."""
        return int(self.text("acked_log_seq") or 0)

    def log_batch(self, identity: Identity, *, most: int) -> LogBatch | None:
        """Sign the entries that the server doesn't hold; None if it holds all."""
        entries = self.log_entries(after=self.acked_log_seq(), most=most)
        return LogBatch.sign(entries, device_id=identity.device_id, key=identity.key) if entries else None

    def acknowledge(
        self,
        *,
        reports: tuple[str, ...],
        refusals: tuple[Refusal, ...],
        log_seq: int,
        cursor: str | None,
        now: datetime,
    ) -> None:
        """Forget what the server has, and remember where its news stood (None: unchanged)."""
        with self._transaction() as db:
            db.executemany("DELETE FROM reports WHERE report_id = ?", [(one,) for one in reports])
            db.executemany(
                "UPDATE refusals SET told = 1 WHERE digest = ? AND reason = ?",
                [(one.digest, one.reason) for one in refusals],
            )
            _put(db, "acked_log_seq", str(log_seq).encode())
            _put(db, "heard_ms", str(to_ms(now)).encode())
            _put(db, "clock_ms", str(to_ms(now)).encode())
            if cursor is not None:
                _put(db, "cursor", cursor.encode())

    # --- sounds ---

    def media_path(self, sha256: str) -> Path:
        """Say where a sound lies, or would."""
        return self.media_folder / sha256

    def media_here(self) -> set[str]:
        """List the sounds on the disk; what is only half there has another name."""
        return {path.name for path in self.media_folder.iterdir() if len(path.name) == 64}

    def media_whole(self, media: Media) -> bool:
        """Read a sound again and tell whether it is still what its name says: cards wear out."""
        path = self.media_path(media.sha256)
        try:
            with path.open("rb") as file:
                return hashlib.file_digest(file, "sha256").hexdigest() == media.sha256
        except OSError:
            return False

    def free_bytes(self) -> int:
        """Tell the room left on the disk."""
        return shutil.disk_usage(self.home).free

    def tidy(self, *, now: datetime, wanted: set[str]) -> None:
        """Throw away what is long over: alerts, steps, log entries that the server has, sounds that nobody wants."""
        old = to_ms(now - KEEP)
        log_before = now - KEEP_LOG
        with self._transaction() as db:
            db.execute("DELETE FROM alerts WHERE expires_ms < ?", (old,))
            db.execute("DELETE FROM progress WHERE step = 'done' AND touched_ms < ?", (to_ms(now - 15 * KEEP),))
            aged = [entry.seq for entry in self.log_entries(most=5_000) if entry.at < log_before]
            # The last entry stays in any case: the next one is chained to it.
            until = min(max(aged, default=0), self.acked_log_seq(), self.log_seq() - 1)
            db.execute("DELETE FROM log WHERE seq <= ?", (until,))
        for path in self.media_folder.iterdir():
            name = path.name.removesuffix(".part")
            if name not in wanted and path.stat().st_mtime * 1000 < old:
                path.unlink(missing_ok=True)


def sync_folder(folder: Path) -> None:
    """Make a rename in this folder outlive a power cut."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def to_ms(at: datetime) -> int:
    """Give milliseconds since 1970."""
    return (at - _EPOCH) // timedelta(milliseconds=1)


def _from_ms(value: int) -> datetime:
    return _EPOCH + timedelta(milliseconds=value)


def _put(db: sqlite3.Connection, name: str, value: bytes) -> None:
    db.execute("INSERT INTO meta VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value", (name, value))


def _put_progress(db: sqlite3.Connection, play: Play, progress: Progress, now: datetime) -> None:
    db.execute(
        "INSERT OR REPLACE INTO progress VALUES (?, ?, ?, ?, ?, ?, ?)",
        (
            play.key,
            progress.step.value,
            progress.position_ms,
            progress.repeats,
            None if progress.ended_at is None else to_ms(progress.ended_at),
            json.dumps(_play_to(play)),
            to_ms(now),
        ),
    )


def _add_report(
    db: sqlite3.Connection, kind: ReportKind, play: Play, *, at: datetime, played_ms: int, reason: str | None
) -> None:
    report = PlayReport(
        report_id=uuid4().hex,
        item_id=play.item_id,
        bulletin_id=play.bulletin_id,
        revision=play.revision,
        kind=kind,
        at=at,
        played_ms=played_ms,
        media_sha256=play.media.sha256,
        reason=reason,
    )
    db.execute("INSERT INTO reports (report_id, body) VALUES (?, ?)", (report.report_id, report.to_bytes()))


def _play_to(play: Play) -> dict[str, Any]:
    return {
        "key": play.key,
        "item_id": play.item_id,
        "bulletin_id": play.bulletin_id,
        "revision": play.revision,
        "rank": play.rank.value,
        "media": play.media.to_json(),
        "since_ms": to_ms(play.since),
        "is_alert": play.is_alert,
    }


def _play_from(raw: dict[str, Any]) -> Play:
    return Play(
        raw["key"],
        raw["item_id"],
        raw["bulletin_id"],
        raw["revision"],
        Rank(raw["rank"]),
        Media.from_json(raw["media"]),
        _from_ms(raw["since_ms"]),
        raw["is_alert"],
    )

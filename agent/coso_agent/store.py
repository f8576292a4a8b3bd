"""What the loudspeaker remembers: SQLite and sounds named by their hash. It survives a pulled plug."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from coso_agent.database import Database, put
from coso_agent.media import MediaFolder
from coso_agent.rules import Play, Progress, Step
from coso_agent.shapes import from_ms, make_report, play_from_json, play_to_json, to_ms
from coso_wire import (
    CHAIN_START,
    Alert,
    LogBatch,
    LogEntry,
    LogKind,
    Manifest,
    PlayReport,
    Refusal,
    ReportKind,
    SigningKey,
    VerifyKey,
)

KEEP = timedelta(days=2)  # what is over is remembered so long, so that the same thing sent again isn't played
KEEP_LOG = timedelta(days=400)
KEEP_REFUSALS = timedelta(days=30)  # told ones: the same thing sent within this time is refused without a word
MOST_REFUSALS = 10_000


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


class Store(Database):
    """Keep everything in one folder. Safe to use from several threads; every method is one transaction."""

    def __init__(self, home: Path) -> None:
        super().__init__(home)
        self.media = MediaFolder(home / "media")

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
        with self.transaction() as db:
            put(db, "device_id", device_id.encode())
            put(db, "server", server.encode())
            put(db, "secret", secret)
            put(db, "authorities", json.dumps([key.public.hex() for key in authorities]).encode())

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
        with self.transaction() as db:
            put(db, "manifest", payload)
            put(db, "manifest_version", str(manifest.version).encode())

    def manifest(self) -> Manifest | None:
        """Give the held manifest; it was verified when it came."""
        payload = self.get("manifest")
        return Manifest.from_bytes(payload) if payload else None

    def keep_alert(self, alert: Alert, payload: bytes) -> bool:
        """Add an alert; False if it is held already."""
        digest = hashlib.sha256(payload).hexdigest()
        with self.transaction() as db:
            done = db.execute(
                "INSERT OR IGNORE INTO alerts VALUES (?, ?, ?)", (digest, payload, to_ms(alert.expires_at))
            )
            return done.rowcount == 1

    def holds_alert(self, digest: str) -> bool:
        """Tell whether this very alert is held."""
        return bool(self.rows("SELECT 1 FROM alerts WHERE digest = ?", digest))

    def alerts(self) -> list[Alert]:
        """Give the held alerts, over or not."""
        return [Alert.from_bytes(bytes(row[0])) for row in self.rows("SELECT payload FROM alerts ORDER BY rowid")]

    def progress(self) -> dict[str, Progress]:
        """Give how far each play has come."""
        rows = self.rows("SELECT key, step, position_ms, repeats, ended_ms FROM progress")
        return {
            key: Progress(Step(step), position, repeats, None if ended is None else from_ms(ended))
            for key, step, position, repeats, ended in rows
        }

    def interrupted(self) -> list[tuple[Play, Progress]]:
        """Give what was playing when the program died."""
        found = self.rows("SELECT key, play FROM progress WHERE step = ?", Step.PLAYING.value)
        progress = self.progress()
        return [(play_from_json(json.loads(play)), progress[key]) for key, play in found]

    def keep_position(self, key: str, position_ms: int, *, now: datetime) -> None:
        """Remember where a play is and what time it is, without waiting for the disk: it comes every half second."""
        with self.unhurried() as db:
            db.execute(
                "UPDATE progress SET position_ms = ?, touched_ms = ? WHERE key = ?",
                (position_ms, to_ms(now), key),
            )
            put(db, "clock_ms", str(to_ms(now)).encode())

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
        with self.transaction() as db:
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
                told = make_report(report, play, at=at, played_ms=played_ms or 0, reason=reason)
                db.execute("INSERT INTO reports (report_id, body) VALUES (?, ?)", (told.report_id, told.to_bytes()))
            if progress and play:
                _put_progress(db, play, progress, at)
            if refusal:
                db.execute(
                    "INSERT OR IGNORE INTO refusals (digest, reason, body) VALUES (?, ?, ?)",
                    (refusal.digest, refusal.reason, refusal.to_bytes()),
                )
            put(db, "clock_ms", str(to_ms(at)).encode())

    def keep_progress(self, play: Play, progress: Progress, *, now: datetime) -> None:
        """Remember a step that nobody needs to be told."""
        with self.transaction() as db:
            _put_progress(db, play, progress, now)

    def was_refused(self, digest: str, reason: str) -> bool:
        """Tell whether this was refused for this reason before."""
        return bool(self.rows("SELECT 1 FROM refusals WHERE digest = ? AND reason = ?", digest, reason))

    # --- what to tell the server ---

    def reports(self, most: int) -> tuple[PlayReport, ...]:
        """Give the oldest reports that the server hasn't acknowledged."""
        rows = self.rows("SELECT body FROM reports ORDER BY place LIMIT ?", most)
        return tuple(PlayReport.from_bytes(bytes(row[0])) for row in rows)

    def refusals(self, most: int) -> tuple[Refusal, ...]:
        """Give the refusals that the server hasn't been told."""
        rows = self.rows("SELECT body FROM refusals WHERE told = 0 ORDER BY rowid LIMIT ?", most)
        return tuple(Refusal.from_bytes(bytes(row[0])) for row in rows)

    def log_entries(self, *, after: int = 0, most: int = 1_000_000) -> tuple[LogEntry, ...]:
        """Give entries of the play log in order."""
        rows = self.rows("SELECT body FROM log WHERE seq > ? ORDER BY seq LIMIT ?", after, most)
        return tuple(LogEntry.from_bytes(bytes(row[0])) for row in rows)

    def log_seq(self) -> int:
        """Give the number of the last entry."""
        return int(self.rows("SELECT coalesce(max(seq), 0) FROM log")[0][0])

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
        with self.transaction() as db:
            db.executemany("DELETE FROM reports WHERE report_id = ?", [(one,) for one in reports])
            db.executemany(
                "UPDATE refusals SET told = 1 WHERE digest = ? AND reason = ?",
                [(one.digest, one.reason) for one in refusals],
            )
            put(db, "acked_log_seq", str(log_seq).encode())
            put(db, "heard_ms", str(to_ms(now)).encode())
            put(db, "clock_ms", str(to_ms(now)).encode())
            if cursor is not None:
                put(db, "cursor", cursor.encode())

    def tidy(self, *, now: datetime, wanted: set[str]) -> None:
        """Throw away what is long over: alerts, steps, what the server was told, sounds that nobody wants."""
        old = to_ms(now - KEEP)
        log_before = now - KEEP_LOG
        with self.transaction() as db:
            db.execute("DELETE FROM alerts WHERE expires_ms < ?", (old,))
            db.execute("DELETE FROM progress WHERE step = 'done' AND touched_ms < ?", (to_ms(now - 15 * KEEP),))
            aged = [entry.seq for entry in self.log_entries(most=5_000) if entry.at < log_before]
            # The last entry stays in any case: the next one is chained to it.
            until = min(max(aged, default=0), self.acked_log_seq(), self.log_seq() - 1)
            db.execute("DELETE FROM log WHERE seq <= ?", (until,))
            _prune_refusals(db, now - KEEP_REFUSALS)
        self.media.tidy(before=now - KEEP, wanted=wanted)


def _put_progress(db: sqlite3.Connection, play: Play, progress: Progress, now: datetime) -> None:
    db.execute(
        "INSERT OR REPLACE INTO progress VALUES (?, ?, ?, ?, ?, ?, ?)",
        (
            play.key,
            progress.step.value,
            progress.position_ms,
            progress.repeats,
            None if progress.ended_at is None else to_ms(progress.ended_at),
            json.dumps(play_to_json(play)),
            to_ms(now),
        ),
    )


def _prune_refusals(db: sqlite3.Connection, before: datetime) -> None:
    """Forget refusals that the server was told: the old ones, and the oldest beyond a number, however many came."""
    told = db.execute("SELECT rowid, body FROM refusals WHERE told = 1 ORDER BY rowid DESC").fetchall()
    past = [row for place, (row, body) in enumerate(told) if place >= MOST_REFUSALS or _refused_at(body) < before]
    db.executemany("DELETE FROM refusals WHERE rowid = ?", [(row,) for row in past])


def _refused_at(body: bytes) -> datetime:
    return Refusal.from_bytes(bytes(body)).at

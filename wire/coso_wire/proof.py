"""What a device did: reports sent at once, and the signed chain of its play log."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Self

from coso_wire.codec import (
    Message,
    blob,
    canonical,
    choice,
    digest,
    integer,
    listing,
    moment,
    nested,
    optional,
    text,
)
from coso_wire.errors import Code, WireError
from coso_wire.signing import LOG_DOMAIN, SigningKey, VerifyKey

CHAIN_START = "0" * 64  # the `prev` of the first entry of a device
MAX_LOG_ENTRIES = 500  # in one batch


class ReportKind(StrEnum):
    """What a report tells: a play started, ended whole, was cut, or never started."""

    START = "start"
    END = "end"
    CUT = "cut"
    MISSED = "missed"


class LogKind(StrEnum):
    """What an entry of the play log tells."""

    START = "start"
    END = "end"
    CUT = "cut"
    RESUME = "resume"
    MISSED = "missed"
    REFUSED = "refused"
    MEDIA_BAD = "media_bad"
    BOOT = "boot"
    CLOCK = "clock"
    ENROLLED = "enrolled"


@dataclass(frozen=True, kw_only=True)
class PlayReport(Message):
    """Tell at once what happened to one item (or alert: then `item_id` is its alert_id). May arrive twice.

    `played_ms` is how much of the sound was heard so far, over all pieces. A play that goes on after a cut
    sends another `start` with reason `resume`.
    """

    report_id: str = field(metadata=text(64))
    item_id: str = field(metadata=text(100))
    bulletin_id: str = field(metadata=text(100))
    revision: int = field(metadata=integer(0))
    kind: ReportKind = field(metadata=choice(ReportKind))
    at: datetime = field(metadata=moment())
    played_ms: int = field(metadata=integer(0))
    media_sha256: str = field(metadata=digest())
    reason: str | None = field(default=None, metadata=optional(text(60)))


@dataclass(frozen=True, kw_only=True)
class Refusal(Message):
    """Tell that something was sent that this device won't obey: an attack, or a fault of ours."""

    what: str = field(metadata=text(20))
    reason: str = field(metadata=text(60))
    at: datetime = field(metadata=moment())
    digest: str = field(metadata=digest())
    key_id: str | None = field(default=None, metadata=optional(text(64)))
    detail: str | None = field(default=None, metadata=optional(text(300)))


@dataclass(frozen=True, kw_only=True)
class LogEntry(Message):
    """Be one link of the chain: `prev` is the hash of the entry before."""

    seq: int = field(metadata=integer(1))
    at: datetime = field(metadata=moment())
    kind: LogKind = field(metadata=choice(LogKind))
    prev: str = field(metadata=digest())
    item_id: str | None = field(default=None, metadata=optional(text(100)))
    bulletin_id: str | None = field(default=None, metadata=optional(text(100)))
    revision: int | None = field(default=None, metadata=optional(integer(0)))
    media_sha256: str | None = field(default=None, metadata=optional(digest()))
    played_ms: int | None = field(default=None, metadata=optional(integer(0)))
    reason: str | None = field(default=None, metadata=optional(text(100)))

    @property
    def hash(self) -> str:
        """Give the SHA-256 of the canonical bytes, the link to the one before included."""
        return hashlib.sha256(canonical(self.to_json())).hexdigest()


@dataclass(frozen=True, kw_only=True)
class LogBatch(Message):
    """Carry consecutive entries of the play log under one signature of the device."""

    first_seq: int = field(metadata=integer(1))
    entries: tuple[LogEntry, ...] = field(metadata=listing(nested(LogEntry), MAX_LOG_ENTRIES))
    signature: bytes = field(metadata=blob(64, shortest=64))

    @classmethod
    def sign(cls, entries: tuple[LogEntry, ...], *, device_id: str, key: SigningKey) -> Self:
        """Put consecutive entries (at least one) under one signature."""
        message = _log_message(device_id, entries[0].seq, entries[-1].seq, entries[-1].hash)
        return cls(first_seq=entries[0].seq, entries=entries, signature=key.sign(LOG_DOMAIN, message))

    def verify(self, *, device_id: str, key: VerifyKey) -> None:
        """Raise WireError unless the entries are one unbroken chain that this device signed."""
        if not self.entries:
            raise WireError(Code.LOG_BROKEN, "a batch without entries")
        if self.first_seq != self.entries[0].seq:
            raise WireError(Code.LOG_BROKEN, "first_seq is not the seq of the first entry")
        previous = None
        for entry in self.entries:
            if previous is not None and (entry.seq, entry.prev) != (previous.seq + 1, previous.hash):
                raise WireError(Code.LOG_BROKEN, f"entry {entry.seq} does not follow entry {previous.seq}")
            previous = entry
        last = self.entries[-1]
        message = _log_message(device_id, self.first_seq, last.seq, last.hash)
        key.verify(LOG_DOMAIN, message, self.signature)

    def after(self, *, held_seq: int, held_hash: str) -> tuple[LogEntry, ...]:
        """Give the entries that are new to a holder of the chain up to `held_seq` (0 and CHAIN_START: none).

        Call it after `verify`. A batch may arrive twice or overlap; `log_gap` when entries before it are
        missing, `log_forked` when the device tells a different past.
        """
        if self.first_seq > held_seq + 1:
            raise WireError(Code.LOG_GAP, f"held up to {held_seq}, the batch begins at {self.first_seq}")
        for entry in self.entries:
            if entry.seq == held_seq and entry.hash != held_hash:
                raise WireError(Code.LOG_FORKED, f"entry {held_seq} differs from the one held")
            if entry.seq == held_seq + 1 and entry.prev != held_hash:
                raise WireError(Code.LOG_FORKED, f"entry {entry.seq} does not follow the one held")
        return tuple(entry for entry in self.entries if entry.seq > held_seq)


def _log_message(device_id: str, first_seq: int, last_seq: int, last_hash: str) -> bytes:
    return f"{device_id}\n{first_seq}\n{last_seq}\n{last_hash}".encode()

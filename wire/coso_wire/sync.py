"""What device and server say to each other: enrolment once, then ask and answer for ever."""

from __future__ import annotations

import hmac
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import ClassVar

from coso_wire.codec import (
    Message,
    blob,
    digest,
    format_time,
    integer,
    listing,
    moment,
    nested,
    optional,
    text,
)
from coso_wire.errors import Code, WireError
from coso_wire.proof import LogBatch, PlayReport, Refusal
from coso_wire.signing import Envelope, VerifyKey, mac

VERSIONS = (1,)  # what this library speaks
MAX_WAIT_S = 55  # how long the server may hold an ask: some proxies cut at 60 s
MAX_REPORTS = 500  # in one ask

ENROL_PATH = "/wire/1/enrol"
SYNC_PATH = "/wire/1/sync"
MEDIA_PATH = "/wire/1/media/"
DEVICE_HEADER = "Coso-Device"
TIME_HEADER = "Coso-Time"
MAC_HEADER = "Coso-Mac"

_VERSIONS = listing(integer(1, 1000), 20)


def choose_version(offered: Iterable[int], *, spoken: Iterable[int] = VERSIONS) -> int:
    """Give the highest version that both sides speak; `no_common_version` if there is none."""
    common = set(offered) & set(spoken)
    if not common:
        raise WireError(Code.NO_COMMON_VERSION, f"this side speaks {sorted(spoken)}")
    return max(common)


# --- enrolment ------------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class Authority(Message):
    """Name a key whose manifests and alerts the device shall obey."""

    key_id: str = field(metadata=text(64))
    public_key: bytes = field(metadata=blob(32, shortest=32))

    def check(self) -> None:
        """Refuse a name that isn't made from the key."""
        if not hmac.compare_digest(self.key_id.encode(), self.verify_key.key_id.encode()):
            raise WireError(Code.BAD_FIELD, "Authority.key_id is not the name of its public_key")

    @property
    def verify_key(self) -> VerifyKey:
        """Give the key."""
        return VerifyKey(self.public_key)

    @classmethod
    def of(cls, key: VerifyKey) -> Authority:
        """Name a key."""
        return cls(key_id=key.key_id, public_key=key.public)


@dataclass(frozen=True, kw_only=True)
class EnrolAsk(Message):
    """Introduce a device with the one-time code that a person was given."""

    largest: ClassVar[int] = 16 << 10

    code: str = field(metadata=text(100))
    serial: str = field(metadata=text(100))
    public_key: bytes = field(metadata=blob(32, shortest=32))
    software: str = field(metadata=text(100))
    versions: tuple[int, ...] = field(default=VERSIONS, metadata=_VERSIONS)


@dataclass(frozen=True, kw_only=True)
class EnrolAnswer(Message):
    """Give the device its name, the secret that it shares with the server and the keys to obey."""

    largest: ClassVar[int] = 64 << 10

    device_id: str = field(metadata=text(100))
    secret: bytes = field(metadata=blob(32, shortest=32))
    authorities: tuple[Authority, ...] = field(metadata=listing(nested(Authority), 20))
    server_time: datetime = field(metadata=moment())

    def check(self) -> None:
        """Refuse an enrolment that leaves the device with nobody to obey."""
        if not self.authorities:
            raise WireError(Code.BAD_FIELD, "EnrolAnswer.authorities is empty")


# --- sync -----------------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class DeviceState(Message):
    """Tell how the device is, with every ask."""

    manifest_version: int = field(metadata=integer(0))
    volume: int = field(metadata=integer(0, 100))
    free_bytes: int = field(metadata=integer(0))
    software: str = field(metadata=text(100))
    clock_ms: int = field(metadata=integer(0))
    playing: str | None = field(default=None, metadata=optional(text(100)))


@dataclass(frozen=True, kw_only=True)
class Ask(Message):
    """Ask for news and hand in what happened; the server may hold it `wait_s` while there is no news."""

    largest: ClassVar[int] = 1 << 20

    versions: tuple[int, ...] = field(default=VERSIONS, metadata=_VERSIONS)
    cursor: str = field(default="", metadata=text(200, shortest=0))
    wait_s: int = field(default=0, metadata=integer(0, MAX_WAIT_S))
    state: DeviceState = field(metadata=nested(DeviceState))
    reports: tuple[PlayReport, ...] = field(default=(), metadata=listing(nested(PlayReport), MAX_REPORTS))
    log: LogBatch | None = field(default=None, metadata=optional(nested(LogBatch)))
    refused: tuple[Refusal, ...] = field(default=(), metadata=listing(nested(Refusal), 100))


@dataclass(frozen=True, kw_only=True)
class Answer(Message):
    """Give the news since the ask's cursor, and say what of the ask is safely kept.

    `acked_log_seq` is the last entry of the play log that the server holds, also when the ask carried none.
    `again_after_s` asks the device to stay away for a while; 0 means at once.
    """

    largest: ClassVar[int] = 8 << 20

    version: int = field(metadata=integer(1, 1000))
    cursor: str = field(metadata=text(200, shortest=0))
    server_time: datetime = field(metadata=moment())
    manifest: Envelope | None = field(default=None, metadata=optional(nested(Envelope)))
    alerts: tuple[Envelope, ...] = field(default=(), metadata=listing(nested(Envelope), 200))
    acked_reports: tuple[str, ...] = field(default=(), metadata=listing(text(64), MAX_REPORTS))
    acked_log_seq: int = field(default=0, metadata=integer(0))
    again_after_s: int = field(default=0, metadata=integer(0, 3600))


@dataclass(frozen=True, kw_only=True)
class ErrorAnswer(Message):
    """Say why an ask was refused; after `clock_off` its `server_time` sets a device's stopped clock."""

    largest: ClassVar[int] = 16 << 10

    error: str = field(metadata=text(60))
    detail: str = field(default="", metadata=text(500, shortest=0))
    server_time: datetime | None = field(default=None, metadata=optional(moment()))


# --- headers --------------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class AskHeaders(Message):
    """Hold the three headers of an ask as they were sent, not yet believed."""

    device_id: str = field(metadata=text(100))
    time: str = field(metadata=text(40))
    mac: str = field(metadata=digest())


def ask_headers(secret: bytes, *, device_id: str, at: datetime, body: bytes = b"") -> dict[str, str]:
    """Make the headers of an ask; the body is empty for media."""
    time = format_time(at)
    return {
        DEVICE_HEADER: device_id,
        TIME_HEADER: time,
        MAC_HEADER: mac(secret, device_id=device_id, time=time, body=body),
    }


def read_ask_headers(headers: Mapping[str, str]) -> AskHeaders:
    """Find the three headers whatever their case; then look up the device and call `check_mac`."""
    found = {name.lower(): value for name, value in headers.items()}
    for name in (DEVICE_HEADER, TIME_HEADER, MAC_HEADER):
        if name.lower() not in found:
            raise WireError(Code.MISSING_FIELD, name)
    return AskHeaders(
        device_id=found[DEVICE_HEADER.lower()],
        time=found[TIME_HEADER.lower()],
        mac=found[MAC_HEADER.lower()],
    )


def media_path(sha256: str) -> str:
    """Give the path of a sound."""
    return MEDIA_PATH + sha256

"""Bulletins that are approved and have a sound, and devices that sign, made without their apps' actions."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from coso.devices import actions as devices
from coso.devices.models import Device
from coso.kit import blobs, clock, ids
from coso.newsroom.models import Bulletin, BulletinClass, BulletinState, MediaFile, Sound, SoundState
from coso.organizations.models import Person
from coso.places.models import Place
from coso.registry.models import SpeakerCluster
from coso_wire import (
    CHAIN_START,
    Ask,
    DeviceState,
    LogBatch,
    LogEntry,
    LogKind,
    PlayReport,
    Refusal,
    ReportKind,
    SigningKey,
)

DURATION_MS = 20_000


def sound(bulletin: Bulletin, *, duration_ms: int = DURATION_MS, recording: bool = False, data: bytes = b"") -> Sound:
    """Give a bulletin a sound of its present revision."""
    bytes_ = data or b"ID3" + secrets.token_bytes(2000)
    sha256 = blobs.put(bytes_)
    file = MediaFile.objects.create(sha256=sha256, mime="audio/mpeg", bytes=len(bytes_), duration_ms=duration_ms)
    return Sound.objects.create(
        bulletin=bulletin,
        revision=bulletin.revision,
        state=SoundState.READY,
        is_recording=recording,
        mp3=file,
        duration_ms=duration_ms,
    )


def bulletin(
    author: Person,
    areas: Sequence[Place],
    *,
    approved_by: Person | None = None,
    rank: str = BulletinClass.NORMAL,
    title: str = "Lịch tiêm phòng",
    expires_at: datetime | None = None,
    duration_ms: int = DURATION_MS,
) -> Bulletin:
    """Make a bulletin with a sound; approved when somebody approved it, else a draft."""
    made = Bulletin.objects.create(
        title=title,
        body="Mời bà con đến trạm y tế xã.",
        rank=rank,
        author=author,
        expires_at=expires_at,
        state=BulletinState.APPROVED if approved_by else BulletinState.DRAFT,
        approved_by=approved_by,
        approved_at=clock.now() if approved_by else None,
    )
    made.areas.set(areas)
    sound(made, duration_ms=duration_ms)
    return made


@dataclass
class Box:
    """A device as a test holds it: its row, its key, its log so far."""

    device: Device
    key: SigningKey
    entries: list[LogEntry] = field(default_factory=list)

    def entry(self, kind: LogKind, about: Bulletin | None = None, *, played_ms: int = 0) -> LogEntry:
        """Write one more line of the log."""
        last = self.entries[-1] if self.entries else None
        made = LogEntry(
            seq=last.seq + 1 if last else 1,
            at=clock.now(),
            kind=kind,
            prev=last.hash if last else CHAIN_START,
            item_id="item" if about else None,
            bulletin_id=str(about.pk) if about else None,
            revision=about.revision if about else None,
            media_sha256=about.sounds.first().mp3_id if about else None,
            played_ms=played_ms,
        )
        self.entries.append(made)
        return made

    def batch(self, first: int = 1, key: SigningKey | None = None) -> LogBatch:
        """Sign the log from an entry on."""
        return LogBatch.sign(tuple(self.entries[first - 1 :]), device_id=str(self.device.pk), key=key or self.key)


def box(cluster: SpeakerCluster, by: Person, *, heard: bool = True) -> Box:
    """Enrol a device for a cluster."""
    key = SigningKey.generate()
    code = devices.make_enrolment_code(cluster_id=cluster.pk, by=by)
    device = devices.enrol(code=code, serial=f"hop-{cluster.code}", public_key=key.verify_key.public, software="test 1")
    if heard:
        Device.objects.filter(pk=device.pk).update(heard_at=clock.now())
        device.refresh_from_db()
    return Box(device, key)


def report(
    about: Bulletin, kind: ReportKind = ReportKind.END, *, played_ms: int = DURATION_MS, at: datetime | None = None
) -> PlayReport:
    """Make a device's report about a bulletin."""
    return PlayReport(
        report_id=str(ids.new_id()),
        item_id="item",
        bulletin_id=str(about.pk),
        revision=about.revision,
        kind=kind,
        at=at or clock.now(),
        played_ms=played_ms,
        media_sha256=about.sounds.first().mp3_id,
    )


def ask(
    *reports: PlayReport,
    log: LogBatch | None = None,
    refused: Sequence[Refusal] = (),
    manifest_version: int = 0,
    wait_s: int = 0,
    cursor: str = "",
) -> Ask:
    """Make an ask."""
    state = DeviceState(manifest_version=manifest_version, volume=80, free_bytes=10**9, software="test 1", clock_ms=1)
    return Ask(state=state, reports=reports, log=log, refused=tuple(refused), wait_s=wait_s, cursor=cursor)


def soon(minutes: float = 10) -> datetime:
    """Give a moment to come."""
    return clock.now() + timedelta(minutes=minutes)

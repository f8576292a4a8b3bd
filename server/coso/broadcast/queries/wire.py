"""What the gateway and the signer need to know, in few and small queries."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Max

from coso.broadcast.models import Alert, Authority, LogHead, Manifest
from coso.devices.models import Device
from coso.kit import blobs
from coso.newsroom.models import MediaFile
from coso_wire import CHAIN_START, Envelope
from coso_wire import Authority as WireAuthority

CHANNEL = "coso_news"
"""Wakes gateways: something was signed."""
UNSIGNED_CHANNEL = "coso_unsigned"
"""Wakes the signer: something waits for its signature."""


@dataclass(frozen=True)
class ManifestNews:
    """One signed manifest."""

    device_id: UUID
    version: int
    number: int
    envelope: Envelope


@dataclass(frozen=True)
class AlertNews:
    """One signed alert."""

    number: int
    expires_at: datetime
    envelope: Envelope


@dataclass(frozen=True)
class DeviceFacts:
    """What the gateway must know of a device to serve it."""

    device_id: UUID
    cluster_id: int | None
    secret: bytes
    public_key: bytes
    is_revoked: bool
    heard_at: datetime | None
    state: dict[str, object]
    log_seq: int
    log_hash: str


def device_facts(device_id: UUID) -> DeviceFacts | None:
    """Give what is needed to serve one device; None when it is unknown."""
    device = Device.objects.filter(pk=device_id).first()
    if device is None:
        return None
    head = LogHead.objects.filter(device=device).first()
    return DeviceFacts(
        device_id=device.pk,
        cluster_id=device.cluster_id,
        secret=bytes(device.secret),
        public_key=bytes(device.public_key),
        is_revoked=device.revoked_at is not None,
        heard_at=device.heard_at,
        state=device.state,
        log_seq=head.seq if head else 0,
        log_hash=head.hash if head else CHAIN_START,
    )


def revoked_since(moment: datetime) -> list[UUID]:
    """List the devices revoked since a moment."""
    return list(Device.objects.filter(revoked_at__gte=moment).values_list("pk", flat=True))


def authorities() -> list[WireAuthority]:
    """List the keys that a new device shall obey, the newest first."""
    rows = Authority.objects.filter(retired_at=None).order_by("-since")
    return [WireAuthority(key_id=row.key_id, public_key=bytes(row.public_key)) for row in rows]


def _manifest(row: Manifest) -> ManifestNews:
    envelope = Envelope(payload=bytes(row.payload), key_id=row.key_id, signature=bytes(row.signature or b""))
    return ManifestNews(device_id=row.device_id, version=row.version, number=row.number or 0, envelope=envelope)


def _alert(row: Alert) -> AlertNews:
    envelope = Envelope(payload=bytes(row.payload), key_id=row.key_id, signature=bytes(row.signature or b""))
    return AlertNews(number=row.number or 0, expires_at=row.expires_at, envelope=envelope)


def latest_manifest(device_id: UUID) -> ManifestNews | None:
    """Give the newest signed manifest of a device."""
    row = Manifest.objects.filter(device_id=device_id, number__isnull=False).order_by("-version").first()
    return _manifest(row) if row else None


def live_alerts(now: datetime) -> list[AlertNews]:
    """List the signed alerts that have not expired, in order of signing."""
    standing = Alert.objects.filter(number__isnull=False, expires_at__gt=now).order_by("number")
    # Who was away for both the alert and its end needs only the end.
    return [_alert(row) for row in standing.exclude(cancellations__number__isnull=False)]


def last_numbers() -> tuple[int, int]:
    """Give the last number in the order of signing, of manifests and of alerts."""
    return (
        Manifest.objects.aggregate(last=Max("number"))["last"] or 0,
        Alert.objects.aggregate(last=Max("number"))["last"] or 0,
    )


def news_since(manifest: int, alert: int, limit: int = 500) -> tuple[Sequence[ManifestNews], Sequence[AlertNews]]:
    """List what was signed after these numbers, in order; at most `limit` manifests, ask again for more."""
    manifests = Manifest.objects.filter(number__gt=manifest).order_by("number")[:limit]
    alerts = Alert.objects.filter(number__gt=alert).order_by("number")
    return [_manifest(row) for row in manifests], [_alert(row) for row in alerts]


def media_facts(sha256: str) -> MediaFile | None:
    """Give a sound that devices may fetch; None when it is none or its file is missing."""
    found = MediaFile.objects.filter(sha256=sha256, mime__startswith="audio/").first()
    return found if found is not None and blobs.has(sha256) else None

"""Making manifests: one for each device, unsigned, in the transaction of what changed them."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction

from coso.broadcast import queries
from coso.broadcast.models import Manifest, Slot
from coso.broadcast.queries.schedule import live_slots, planned_of
from coso.broadcast.queries.wire import UNSIGNED_CHANNEL
from coso.broadcast.rules import manifests as rules
from coso.broadcast.rules.schedule import GRACE
from coso.devices.models import Device
from coso.kit import clock
from coso.kit.database import notify
from coso.newsroom import queries as newsroom
from coso.newsroom.models import Sound
from coso.registry.models import SpeakerCluster
from coso_wire import Item, Media, Rank
from coso_wire import Manifest as WireManifest

# How long signed manifests are kept to show what a device was told.
KEPT = timedelta(days=30)


@dataclass(frozen=True)
class _Last:
    version: int
    content: str
    made_at: datetime
    was_refused: bool


@transaction.atomic
def refresh_manifests(clusters: Iterable[SpeakerCluster | int] | None = None) -> int:
    """Make a new manifest for each device of these clusters (all when none are given) that needs one; count them.

    Called in the transaction of what changed: a slot, an approval, a withdrawal, a cluster's villages. The number
    of queries does not depend on the number of devices.
    """
    devices = Device.objects.filter(revoked_at=None, cluster__isnull=False)
    if clusters is not None:
        devices = devices.filter(cluster_id__in=[getattr(one, "pk", one) for one in clusters])
    # The lock orders two changes that meet: versions are never given twice.
    locked = list(devices.select_for_update().order_by("pk"))
    return _make(locked, clock.now()) if locked else 0


@transaction.atomic
def renew_manifests(limit: int = 200) -> int:
    """Make manifests anew that grow old, before devices stop obeying them; count them. Prune what is long past."""
    now = clock.now()
    # One that was refused is tried again when something changes, or after as long: not every few minutes for ever.
    # One that tells other quiet hours than the operator's of now is old however young.
    recent = Manifest.objects.filter(
        created_at__gt=now - rules.RENEW_AFTER, quiet_hours=rules.told_hours(settings.OPTIONS["COSO_QUIET_HOURS"])
    ).values("device_id")
    old = (
        Device.objects.filter(revoked_at=None, cluster__isnull=False)
        .exclude(pk__in=recent)
        .select_for_update()
        .order_by("pk")[:limit]
    )
    made = _make(list(old), now)
    Manifest.objects.filter(created_at__lt=now - KEPT, expires_at__lt=now).delete()
    return made


def _make(devices: Sequence[Device], now: datetime) -> int:
    cluster_ids = {device.cluster_id for device in devices if device.cluster_id is not None}
    areas = queries.areas_of(cluster_ids)
    slots = _slots_by_place({place for one in areas.values() for place in one.place_ids}, now)
    planned = {slot.bulletin_id: slot.bulletin for found in slots.values() for slot in found}
    sounds = newsroom.sounds_of(planned.values())
    last = _last_manifests([device.pk for device in devices])
    made = []
    for device in devices:
        here = areas[device.cluster_id] if device.cluster_id is not None else queries.Areas()
        items = _items([slot for place in here.place_ids for slot in slots.get(place, ())], sounds)
        content = rules.content_digest(areas=here.keys, items=items, quiet_hours=settings.OPTIONS["COSO_QUIET_HOURS"])
        known = last.get(device.pk)
        if rules.must_be_new(
            content=content,
            last_content=known.content if known else None,
            last_made_at=known.made_at if known else None,
            was_refused=known.was_refused if known else False,
            now=now,
        ):
            version = rules.version_after(known.version if known else 0, now)
            made.append(_manifest(device, version, here.keys, items, content, now))
    # What waits for its signature and is overtaken need not be signed any more.
    overtaken = [manifest.device_id for manifest in made]
    Manifest.objects.filter(device_id__in=overtaken, signed_at=None, refused="").delete()
    Manifest.objects.bulk_create(made, batch_size=500)
    if made:
        notify(UNSIGNED_CHANNEL)
    return len(made)


def _slots_by_place(place_ids: Collection[int], now: datetime) -> dict[int, list[Slot]]:
    """Find what is to be played in the days to come for these places, by the place that it was scheduled for."""
    found: dict[int, list[Slot]] = defaultdict(list)
    for slot in live_slots(now - GRACE, now + rules.HORIZON).filter(place_id__in=place_ids):
        expires_at = slot.bulletin.expires_at
        if expires_at is None or slot.starts_at < expires_at:
            found[slot.place_id].append(slot)
    return found


def _last_manifests(device_ids: Sequence[UUID]) -> dict[UUID, _Last]:
    rows = (
        Manifest.objects.filter(device_id__in=device_ids)
        .order_by("version")
        .values_list("device_id", "version", "content", "created_at", "refused")
    )
    return {device: _Last(version, content, at, bool(refused)) for device, version, content, at, refused in rows}


def _items(slots: Sequence[Slot], sounds: dict[UUID, Sound]) -> list[Item]:
    by_id = {str(slot.pk): slot for slot in slots if slot.bulletin_id in sounds}
    planned = [by_id[one.slot_id] for one in planned_of(by_id.values())]
    return [item_of(slot, sounds[slot.bulletin_id]) for slot in planned]


def item_of(slot: Slot, sound: Sound) -> Item:
    """Write a slot as a device reads it."""
    return Item(
        item_id=str(slot.pk),
        bulletin_id=str(slot.bulletin_id),
        revision=slot.bulletin.revision,
        rank=Rank(slot.bulletin.rank),
        starts_at=slot.starts_at,
        ends_at=slot.ends_at,
        media=media_of(sound),
        title=one_line(slot.bulletin.title),
        grace_s=slot.grace_s,
        late_s=rules.LATE_S,
    )


def media_of(sound: Sound) -> Media:
    """Name a sound's MP3 as devices fetch it."""
    file = sound.mp3
    if file is None:
        raise ValueError(f"sound {sound.pk} has no file")
    return Media(
        sha256=file.sha256, bytes=file.bytes, duration_ms=sound.duration_ms or file.duration_ms or 1, mime=file.mime
    )


def one_line(title: str) -> str:
    """Make a title fit the wire: no line breaks, no control characters."""
    return "".join(char if char.isprintable() else " " for char in title)[:300]


def _manifest(
    device: Device, version: int, areas: Sequence[str], items: Sequence[Item], content: str, now: datetime
) -> Manifest:
    expires_at = now + rules.LIFE
    wire = WireManifest(
        device_id=str(device.pk),
        version=version,
        issued_at=now,
        expires_at=expires_at,
        areas=tuple(areas),
        items=tuple(items),
        quiet_hours=tuple(settings.OPTIONS["COSO_QUIET_HOURS"]),
    )
    return Manifest(
        device=device,
        version=version,
        payload=wire.to_bytes(),
        content=content,
        quiet_hours=rules.told_hours(settings.OPTIONS["COSO_QUIET_HOURS"]),
        created_at=now,
        expires_at=expires_at,
    )

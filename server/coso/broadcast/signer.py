"""The signer: the only process that holds the authority's private key, and the last to look before anything is played.

It believes no other process: for each manifest and alert it reads from the database whether the bulletin is approved
by somebody who had no hand in it, whether it still stands, and whether the sound is the approved one.
"""

import logging
import signal
import time
from collections.abc import Iterable
from pathlib import Path
from types import FrameType
from uuid import UUID

from django.conf import settings
from django.db import OperationalError, connection, transaction
from django.db.models import Max

from coso.broadcast import queries
from coso.broadcast.models import Alert, Authority, Manifest, Slot
from coso.broadcast.queries.targets import keys_of
from coso.broadcast.queries.wire import CHANNEL, UNSIGNED_CHANNEL
from coso.broadcast.rules.manifests import number_after
from coso.devices.models import key_bytes
from coso.journal import actions as journal
from coso.kit import clock
from coso.kit.database import is_postgres, notify
from coso.kit.refs import Ref
from coso.newsroom import queries as newsroom
from coso.newsroom.models import Bulletin, BulletinClass, BulletinState, Sound
from coso_wire import Action, Envelope, Item, Media, SigningKey, WireError, seal_alert, seal_manifest
from coso_wire import Alert as WireAlert
from coso_wire import Manifest as WireManifest

log = logging.getLogger("coso.signer")

BATCH = 200
"""Manifests signed before alerts are looked for again."""
LOOK_EVERY_S = 1.0
_LOCK = 0x7369676E  # any number that no other user of the same PostgreSQL takes


class Refused(Exception):
    """The signer does not sign this; the argument is a code that the journal keeps."""


def key_path() -> Path:
    """Give where the private key lies."""
    chosen = settings.OPTIONS["COSO_SIGNING_KEY"]
    return Path(chosen) if chosen else Path(settings.DATA) / "keys" / "signing.key"


def load_key() -> SigningKey:
    """Read the private key, or make it once; publish its public half for devices that enrol."""
    key = SigningKey(key_bytes(key_path()))
    Authority.objects.get_or_create(key_id=key.key_id, defaults={"public_key": key.verify_key.public})
    return key


# --- looking ------------------------------------------------------------------------------------------


class Facts:
    """What the database says of the bulletins that some messages name, read once for all of them."""

    def __init__(self, bulletin_ids: Iterable[str]) -> None:
        wanted = {ident for ident in map(_uuid, set(bulletin_ids)) if ident is not None}
        found = Bulletin.objects.filter(pk__in=wanted).prefetch_related("hands", "areas")
        self._bulletins = {str(bulletin.pk): bulletin for bulletin in found}
        self._sounds = newsroom.sounds_of(self._bulletins.values())

    def approved(self, bulletin_id: str, *, revision: int) -> Bulletin:
        """Give a bulletin that stands and was approved, in this revision, by somebody without a hand in it."""
        bulletin = self._bulletins.get(bulletin_id)
        if bulletin is None:
            raise Refused("unknown_bulletin")
        if bulletin.state != BulletinState.APPROVED or bulletin.approved_at is None:
            raise Refused("not_approved")
        hands = {bulletin.author_id, *(person.pk for person in bulletin.hands.all())}
        if bulletin.approved_by_id is None or bulletin.approved_by_id in hands:
            raise Refused("not_approved_by_another")
        if bulletin.revision != revision:
            raise Refused("other_revision")
        return bulletin

    def withdrawn(self, bulletin_id: str) -> Bulletin:
        """Give a bulletin that was taken back."""
        bulletin = self._bulletins.get(bulletin_id)
        if bulletin is None:
            raise Refused("unknown_bulletin")
        if bulletin.state != BulletinState.WITHDRAWN:
            raise Refused("not_withdrawn")
        return bulletin

    def require_sound(self, bulletin: Bulletin, media: Media | None) -> None:
        """Refuse any sound but the one of the approved revision."""
        sound: Sound | None = self._sounds.get(bulletin.pk)
        if media is None or sound is None or sound.mp3 is None:
            raise Refused("no_sound")
        if (media.sha256, media.bytes) != (sound.mp3.sha256, sound.mp3.bytes):
            raise Refused("other_sound")


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def check_manifest(row: Manifest, wire: WireManifest, facts: Facts, slots: set[tuple[str, str]]) -> None:
    """Raise Refused unless everything that a manifest lets its device play is approved and on the schedule."""
    if bytes(row.payload) != wire.to_bytes():
        # What is signed is what was understood, nothing beside it.
        raise Refused("not_canonical")
    if row.device.revoked_at is not None:
        raise Refused("revoked_device")
    if (wire.device_id, wire.version) != (str(row.device_id), row.version):
        raise Refused("other_device")
    for item in wire.items:
        bulletin = facts.approved(item.bulletin_id, revision=item.revision)
        if item.rank.value != bulletin.rank:
            raise Refused("other_rank")
        facts.require_sound(bulletin, item.media)
        if (item.item_id, item.bulletin_id) not in slots:
            raise Refused("not_scheduled")
    if wire.prefetch:
        raise Refused("unknown_prefetch")


def check_alert(row: Alert, wire: WireAlert, facts: Facts) -> None:
    """Raise Refused unless an alert is an approved emergency for its own areas, or calls one back."""
    if bytes(row.payload) != wire.to_bytes():
        raise Refused("not_canonical")
    if wire.bulletin_id != str(row.bulletin_id) or wire.action.value != row.action:
        raise Refused("other_bulletin")
    if wire.action == Action.CANCEL:
        # A device stops whatever alert is named: it must be the one this row calls back, and of the same bulletin.
        called_back = row.cancels
        if called_back is None or (called_back.bulletin_id, called_back.action) != (row.bulletin_id, Action.PLAY.value):
            raise Refused("other_alert")
        if wire.alert_id != str(called_back.pk):
            raise Refused("other_alert")
        facts.withdrawn(wire.bulletin_id)
        return
    if wire.alert_id != str(row.pk) or row.cancels_id is not None:
        raise Refused("other_alert")
    bulletin = facts.approved(wire.bulletin_id, revision=wire.revision)
    if bulletin.rank != BulletinClass.EMERGENCY:
        raise Refused("no_emergency")
    if set(wire.areas) - set(keys_of(bulletin.areas.all())):
        raise Refused("other_areas")
    facts.require_sound(bulletin, wire.media)


def _slots_of(wires: Iterable[WireManifest]) -> set[tuple[str, str]]:
    items: list[Item] = [item for wire in wires for item in wire.items]
    wanted = {ident for ident in (_uuid(item.item_id) for item in items) if ident is not None}
    rows = Slot.objects.filter(pk__in=wanted, cancelled_at=None).values_list("pk", "bulletin_id")
    return {(str(slot), str(bulletin)) for slot, bulletin in rows}


# --- signing ------------------------------------------------------------------------------------------


def _in_order() -> None:
    """Let one signer number at a time, so that no gateway sees a higher number before a lower one."""
    if is_postgres():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])


@transaction.atomic
def sign_alerts(key: SigningKey) -> int:
    """Sign every alert that waits; return how many were signed."""
    _in_order()
    rows = list(
        Alert.objects.select_for_update(of=("self",))
        .select_related("cancels")
        .filter(signed_at=None, refused="")
        .order_by("created_at", "pk")[:BATCH]
    )
    if not rows:
        return 0
    facts = Facts(str(row.bulletin_id) for row in rows)
    number = Alert.objects.aggregate(last=Max("number"))["last"] or 0
    signed = 0
    for row in rows:
        try:
            wire = WireAlert.from_bytes(bytes(row.payload))
            check_alert(row, wire, facts)
        except (Refused, WireError) as refusal:
            _refuse(row, refusal)
            continue
        number = number_after(number, clock.now())
        _put(row, seal_alert(wire, key=key), number)
        row.save(update_fields=["key_id", "signature", "number", "signed_at"])
        signed += 1
    if signed:
        notify(CHANNEL)
    return signed


@transaction.atomic
def sign_manifests(key: SigningKey, limit: int = BATCH) -> int:
    """Sign the oldest manifests that wait; return how many were looked at."""
    _in_order()
    waiting = (
        Manifest.objects.select_for_update(of=("self",))
        .select_related("device")
        .filter(signed_at=None, refused="")
        .order_by("created_at", "pk")[:limit]
    )
    rows = list(waiting)
    if not rows:
        return 0
    wires = {row.pk: wire for row in rows if (wire := _read(row)) is not None}
    facts = Facts(item.bulletin_id for wire in wires.values() for item in wire.items)
    slots = _slots_of(wires.values())
    number = Manifest.objects.aggregate(last=Max("number"))["last"] or 0
    signed = []
    for row in rows:
        if row.pk not in wires:
            continue
        try:
            check_manifest(row, wires[row.pk], facts, slots)
        except Refused as refusal:
            _refuse(row, refusal)
            continue
        number = number_after(number, clock.now())
        _put(row, seal_manifest(wires[row.pk], key=key), number)
        signed.append(row)
    Manifest.objects.bulk_update(signed, ["key_id", "signature", "number", "signed_at"], batch_size=100)
    if signed:
        notify(CHANNEL)
    return len(rows)


def _read(row: Manifest) -> WireManifest | None:
    try:
        return WireManifest.from_bytes(bytes(row.payload))
    except WireError as error:
        _refuse(row, error)
        return None


def _put(row: Manifest | Alert, envelope: Envelope, number: int) -> None:
    row.key_id, row.signature = envelope.key_id, envelope.signature
    row.number, row.signed_at = number, clock.now()


def _refuse(row: Manifest | Alert, refusal: Exception) -> None:
    row.refused = (refusal.code.value if isinstance(refusal, WireError) else str(refusal))[:60]
    row.save(update_fields=["refused"])
    subject = Ref("device", str(row.device_id)) if isinstance(row, Manifest) else Ref("bulletin", str(row.bulletin_id))
    journal.record("signer.refused", by="system", refs=[subject], data={"reason": row.refused})
    log.warning("Refused to sign for %s: %s", subject, row.refused)


def sign_all(key: SigningKey) -> int:
    """Sign all that waits, alerts always first; return how many alerts and manifests were looked at."""
    done = 0
    while True:
        done += sign_alerts(key) if _waits(Alert) else 0
        looked_at = sign_manifests(key) if _waits(Manifest) else 0
        done += looked_at
        if looked_at < BATCH:
            return done


def _waits(model: type[Manifest] | type[Alert]) -> bool:
    return model._default_manager.filter(signed_at=None, refused="").exists()


# --- the process --------------------------------------------------------------------------------------


def run() -> None:
    """Sign until SIGTERM or SIGINT."""
    stopping: list[int] = []

    def stop(number: int, _frame: FrameType | None) -> None:
        stopping.append(number)

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, stop)
    key = load_key()
    log.info("Signing with key %s", key.key_id)
    changes: queries.Changes | None = None
    while not stopping:
        try:
            changes = changes or queries.open_changes(UNSIGNED_CHANNEL)
            sign_all(key)
            changes.wait(LOOK_EVERY_S)
        except OperationalError as error:
            log.warning("The database does not answer: %s", error)
            _close(changes)
            changes = None
            time.sleep(LOOK_EVERY_S)


def _close(changes: queries.Changes | None) -> None:
    connection.close()
    if changes is not None:
        changes.close()

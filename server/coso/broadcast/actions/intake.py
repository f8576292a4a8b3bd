"""Taking what devices hand in: many asks in one transaction, each as often as it likes to come."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from coso.broadcast import models
from coso.devices import actions as devices
from coso.devices.models import Device
from coso.kit import clock
from coso.newsroom.models import Bulletin
from coso_wire import CHAIN_START, Ask, Code, LogBatch, LogEntry, PlayReport, Refusal, VerifyKey, WireError

AHEAD = timedelta(minutes=10)
"""How far a device's clock may run ahead of ours; what it dates later counts as said then."""


@dataclass(frozen=True)
class Taken:
    """An authentic ask, its play log verified."""

    device_id: UUID
    cluster_id: int | None
    at: datetime
    ask: Ask
    log: LogBatch | None = None
    """The log if it holds together and the device signed it."""
    log_error: WireError | None = None
    """Why it was set aside otherwise."""
    is_heard: bool = True
    """Whether being heard is worth writing."""


@dataclass(frozen=True)
class Kept:
    """What of an ask is safely stored, once the transaction is over."""

    acked_reports: tuple[str, ...]
    acked_log_seq: int
    log_hash: str


@dataclass
class _Head:
    seq: int
    hash: str
    moved: bool = False


def verify_log(
    batch: LogBatch | None, *, device_id: UUID, public_key: bytes
) -> tuple[LogBatch | None, WireError | None]:
    """Check a log's chain and signature; give it, or the error. Costs 0.1 ms and no database."""
    if batch is None:
        return None, None
    try:
        batch.verify(device_id=str(device_id), key=VerifyKey(public_key))
    except WireError as error:
        return None, error
    return batch, None


def take_ask(device: Device, ask: Ask, *, at: datetime | None = None) -> Kept:
    """Take one authentic ask of one device."""
    log, error = verify_log(ask.log, device_id=device.pk, public_key=bytes(device.public_key))
    taken = Taken(device.pk, device.cluster_id, at or clock.now(), ask, log, error)
    return take_asks([taken])[0]


@transaction.atomic
def take_asks(taken: Sequence[Taken]) -> list[Kept]:
    """Store the reports, log entries, refusals and states of many asks; say what is kept of each, in order.

    A report or entry that is held already is acknowledged and stored once. A log with a gap or a fork is set aside
    and becomes a fault of its device; the rest of the ask is kept.
    """
    bulletins = _known_bulletins(taken)
    _keep_reports(taken, bulletins)
    heads = _keep_logs(taken, bulletins)
    for one in taken:
        if one.log_error is not None:
            devices.notice_fault(device_id=one.device_id, kind=_fault(one.log_error), detail=one.log_error.detail)
        for refusal in one.ask.refused:
            _keep_refusal(one.device_id, refusal)
    _keep_heard([one for one in taken if one.is_heard])
    return [
        Kept(
            acked_reports=tuple(report.report_id for report in one.ask.reports),
            acked_log_seq=heads[one.device_id].seq,
            log_hash=heads[one.device_id].hash,
        )
        for one in taken
    ]


def _uuid(text: str | None) -> UUID | None:
    try:
        return UUID(text) if text else None
    except ValueError:
        return None


def _known_bulletins(taken: Sequence[Taken]) -> set[UUID]:
    named = {_uuid(report.bulletin_id) for one in taken for report in one.ask.reports}
    named |= {_uuid(entry.bulletin_id) for one in taken if one.log for entry in one.log.entries}
    wanted = {ident for ident in named if ident is not None}
    return set(Bulletin.objects.filter(pk__in=wanted).values_list("pk", flat=True)) if wanted else set()


def _bulletin(text: str | None, known: set[UUID]) -> UUID | None:
    ident = _uuid(text)
    return ident if ident in known else None


def _believed(said: datetime, heard_at: datetime) -> datetime:
    """Bound when something happened by when we heard of it: a broken clock may say the year 9999."""
    return min(said, heard_at + AHEAD)


def _keep_reports(taken: Sequence[Taken], bulletins: set[UUID]) -> None:
    rows = [_report(one, report, bulletins) for one in taken for report in one.ask.reports]
    if rows:
        models.PlayReport.objects.bulk_create(rows, ignore_conflicts=True, batch_size=1000)


def _report(one: Taken, report: PlayReport, bulletins: set[UUID]) -> models.PlayReport:
    return models.PlayReport(
        report_id=report.report_id,
        device_id=one.device_id,
        cluster_id=one.cluster_id,
        # A bulletin that we don't know (or no longer) is no reason to make the device say it for ever.
        bulletin_id=_bulletin(report.bulletin_id, bulletins),
        revision=report.revision,
        item_id=report.item_id,
        kind=report.kind.value,
        at=_believed(report.at, one.at),
        played_ms=report.played_ms,
        media_sha256=report.media_sha256,
        reason=report.reason or "",
        received_at=one.at,
    )


def _keep_logs(taken: Sequence[Taken], bulletins: set[UUID]) -> dict[UUID, _Head]:
    wanted = {one.device_id for one in taken}
    heads = {device_id: _Head(0, CHAIN_START) for device_id in wanted}
    rows = models.LogHead.objects.filter(device_id__in=wanted)
    if any(one.log for one in taken):
        _open_heads({one.device_id for one in taken if one.log})
        rows = rows.select_for_update().order_by("pk")
    for row in rows:
        heads[row.device_id] = _Head(row.seq, row.hash)
    entries: list[models.LogEntry] = []
    batches: list[models.LogBatch] = []
    for one in taken:
        if one.log is None:
            continue
        head = heads[one.device_id]
        try:
            new = one.log.after(held_seq=head.seq, held_hash=head.hash)
        except WireError as error:
            devices.notice_fault(device_id=one.device_id, kind=_fault(error), detail=error.detail)
            continue
        if new:
            entries += [_entry(one, entry, bulletins) for entry in new]
            batches.append(_batch(one, one.log, new[-1]))
            heads[one.device_id] = _Head(new[-1].seq, new[-1].hash, moved=True)
    models.LogEntry.objects.bulk_create(entries, batch_size=1000)
    models.LogBatch.objects.bulk_create(batches, batch_size=1000)
    moved = {device_id: head for device_id, head in heads.items() if head.moved}
    models.LogHead.objects.bulk_update(
        [models.LogHead(device_id=device_id, seq=head.seq, hash=head.hash) for device_id, head in moved.items()],
        ["seq", "hash"],
        batch_size=200,
    )
    if moved:
        devices.heal_faults(device_ids=moved, kind=Code.LOG_GAP.value)
    return heads


def _open_heads(device_ids: set[UUID]) -> None:
    """Make sure that there is a row to lock, so that two gateways never store one device's log at once."""
    models.LogHead.objects.bulk_create(
        [models.LogHead(device_id=device_id, hash=CHAIN_START) for device_id in sorted(device_ids)],
        ignore_conflicts=True,
    )


def _entry(one: Taken, entry: LogEntry, bulletins: set[UUID]) -> models.LogEntry:
    return models.LogEntry(
        device_id=one.device_id,
        seq=entry.seq,
        at=_believed(entry.at, one.at),
        kind=entry.kind.value,
        item_id=entry.item_id or "",
        bulletin_id=_bulletin(entry.bulletin_id, bulletins),
        revision=entry.revision,
        media_sha256=entry.media_sha256 or "",
        played_ms=entry.played_ms,
        reason=entry.reason or "",
        prev=entry.prev,
        hash=entry.hash,
        body=entry.to_json(),
    )


def _batch(one: Taken, batch: LogBatch, last: LogEntry) -> models.LogBatch:
    return models.LogBatch(
        device_id=one.device_id,
        first_seq=batch.first_seq,
        last_seq=last.seq,
        last_hash=last.hash,
        signature=batch.signature,
        received_at=one.at,
    )


def _fault(error: WireError) -> str:
    """Name the fault of a log: a wrong signature of its own log is another matter than one it was sent."""
    return {Code.BAD_SIGNATURE: "log_signature"}.get(error.code, error.code.value)


def _keep_refusal(device_id: UUID, refusal: Refusal) -> None:
    detail = ", ".join(part for part in (refusal.what, refusal.key_id, refusal.detail, refusal.digest[:16]) if part)
    devices.notice_fault(device_id=device_id, kind=f"refused_{refusal.reason}"[:40], detail=detail)


def _keep_heard(taken: Sequence[Taken]) -> None:
    if not taken:
        return
    devices.note_many_heard([devices.Heard(one.device_id, one.at, one.ask.state.to_json()) for one in taken])
    held = {one.device_id: one.ask.state.manifest_version for one in taken if one.ask.state.manifest_version}
    waiting = models.Manifest.objects.filter(device_id__in=held, taken_at=None, signed_at__isnull=False).only(
        "pk", "device_id", "version"
    )
    now = clock.now()
    took = [row.pk for row in waiting if row.version == held[row.device_id]]
    if took:
        models.Manifest.objects.filter(pk__in=took).update(taken_at=now)

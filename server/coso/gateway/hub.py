"""What the gateway holds in memory: devices it has met, what was signed last, and who waits for news."""

import asyncio
import json
from collections import OrderedDict, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from coso.broadcast.queries import AlertNews, DeviceFacts, ManifestNews
from coso.gateway.cursor import Cursor

MOST_MANIFESTS = 4000
"""Signed manifests held in memory; the others are read again when they are asked for."""
MOST_WAITING = 2
"""Asks of one device that may wait; of more the oldest is answered at once."""


@dataclass(frozen=True)
class Held:
    """A signed message, ready to be put into an answer."""

    number: int
    """The manifest's version, or the alert's number."""
    encoded: bytes
    areas: frozenset[str]
    expires_at: datetime | None = None

    @classmethod
    def of_manifest(cls, news: ManifestNews) -> "Held":
        """Prepare a manifest."""
        return cls(news.version, news.envelope.to_bytes(), _areas(news.envelope.payload))

    @classmethod
    def of_alert(cls, news: AlertNews) -> "Held":
        """Prepare an alert."""
        return cls(news.number, news.envelope.to_bytes(), _areas(news.envelope.payload), news.expires_at)


def _areas(payload: bytes) -> frozenset[str]:
    return frozenset(json.loads(payload)["areas"])


@dataclass(frozen=True)
class News:
    """What one device has not been told yet."""

    cursor: Cursor
    manifest: bytes | None = None
    alerts: tuple[bytes, ...] = ()

    def __bool__(self) -> bool:
        return self.manifest is not None or bool(self.alerts)


class Hub:
    """The memory of one gateway process; touched by its event loop only."""

    def __init__(self) -> None:
        self._devices: dict[UUID, DeviceFacts] = {}
        self._manifests: OrderedDict[UUID, Held] = OrderedDict()
        self._alerts: dict[int, Held] = {}
        self._waiting: dict[UUID, list[asyncio.Future[bool]]] = defaultdict(list)
        self.is_closing = False

    # --- devices ---

    def device(self, device_id: UUID) -> DeviceFacts | None:
        """Give a device that was met before."""
        return self._devices.get(device_id)

    def meet(self, facts: DeviceFacts) -> DeviceFacts:
        """Remember a device."""
        return self._devices.setdefault(facts.device_id, facts)

    def learn(self, device_id: UUID, **changes: object) -> None:
        """Remember something new of a device that was met."""
        facts = self._devices.get(device_id)
        if facts is not None:
            self._devices[device_id] = replace(facts, **changes)  # type: ignore[arg-type]

    def revoke(self, device_ids: Iterable[UUID]) -> None:
        """Remember that devices are revoked, and answer those that wait."""
        for device_id in device_ids:
            facts = self._devices.get(device_id)
            if facts is not None and not facts.is_revoked:
                self.learn(device_id, is_revoked=True)
                self._wake(device_id)

    # --- news ---

    def manifest(self, device_id: UUID) -> Held | None:
        """Give the newest signed manifest that is in memory."""
        held = self._manifests.get(device_id)
        if held is not None:
            self._manifests.move_to_end(device_id)
        return held

    def take_manifest(self, device_id: UUID, held: Held) -> None:
        """Hold a manifest unless a newer one is held."""
        known = self._manifests.get(device_id)
        if known is None or known.number < held.number:
            self._manifests[device_id] = held
            self._manifests.move_to_end(device_id)
            if len(self._manifests) > MOST_MANIFESTS:
                self._manifests.popitem(last=False)

    def take_alerts(self, alerts: Sequence[Held], now: datetime) -> None:
        """Hold alerts, and forget those that have expired."""
        self._alerts.update({alert.number: alert for alert in alerts})
        for number in [n for n, alert in self._alerts.items() if alert.expires_at and alert.expires_at <= now]:
            del self._alerts[number]

    def news(self, manifest: Held | None, told: Cursor, now: datetime) -> News:
        """Say what a device has not been told; alerts only once it has a manifest that names its areas."""
        if manifest is None:
            return News(told)
        is_new = manifest.number != told.manifest
        # New areas may have brought it under an alert that was passed over before: tell those again.
        since = 0 if is_new else told.alert
        alerts = [
            alert
            for number, alert in sorted(self._alerts.items())
            if number > since and alert.areas & manifest.areas and alert.expires_at and alert.expires_at > now
        ]
        last = max([told.alert, *(alert.number for alert in alerts)])
        return News(
            Cursor(manifest.number, last),
            manifest.encoded if is_new else None,
            tuple(alert.encoded for alert in alerts),
        )

    # --- waiting ---

    def wait(self, device_id: UUID) -> "asyncio.Future[bool]":
        """Give a future: true when there may be news for a device, false when a later ask took this one's place."""
        waiting = self._waiting[device_id]
        while len(waiting) >= MOST_WAITING:
            _finish(waiting.pop(0), stays=False)
        future = asyncio.get_running_loop().create_future()
        waiting.append(future)
        return future

    def leave(self, device_id: UUID, future: "asyncio.Future[bool]") -> None:
        """Wait no longer."""
        waiting = self._waiting.get(device_id, [])
        if future in waiting:
            waiting.remove(future)
        if not waiting:
            self._waiting.pop(device_id, None)

    def _wake(self, device_id: UUID) -> None:
        for future in self._waiting.get(device_id, []):
            _finish(future)

    def deliver(self, manifests: Sequence[tuple[UUID, Held]], alerts: Sequence[Held], now: datetime) -> None:
        """Take in what was signed and wake those whom it concerns, the alerts' devices first."""
        self.take_alerts(alerts, now)
        concerned: frozenset[str] = frozenset().union(*(alert.areas for alert in alerts))
        if concerned:
            for device_id in list(self._waiting):
                held = self._manifests.get(device_id)
                if held is None or held.areas & concerned:
                    self._wake(device_id)
        for device_id, held in manifests:
            # A manifest of a device that is not here is read when it comes.
            if device_id in self._devices:
                self.take_manifest(device_id, held)
                self._wake(device_id)

    @property
    def waiting(self) -> int:
        """How many devices wait for news."""
        return len(self._waiting)

    def close(self) -> None:
        """Answer everybody who waits; nobody waits from now on."""
        self.is_closing = True
        for device_id in list(self._waiting):
            self._wake(device_id)


def _finish(future: "asyncio.Future[bool]", *, stays: bool = True) -> None:
    if not future.done():
        future.set_result(stays)

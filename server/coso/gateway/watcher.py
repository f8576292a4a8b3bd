"""The one thread that watches the database for the whole process and wakes whom it concerns."""

import asyncio
import logging
import threading
import time
from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

from django.db import DatabaseError, InterfaceError, connection

from coso.broadcast import queries
from coso.broadcast.queries.wire import CHANNEL
from coso.devices.actions import DEVICES_CHANNEL
from coso.gateway.hub import Held, Hub
from coso.kit import clock

log = logging.getLogger("coso.gateway")

LOOK_EVERY_S = 1.0
PAUSE_S = 0.5
MANY = 500
# Clocks of several machines differ a little; a device is told again rather than not at all.
SLACK = timedelta(minutes=1)


class Watcher:
    """Turn what other processes commit into wake-ups."""

    def __init__(self, hub: Hub, loop: asyncio.AbstractEventLoop) -> None:
        self._hub = hub
        self._loop = loop
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="gateway-watcher", daemon=True)
        self.looked_at = 0.0
        """When it last looked, on the monotonic clock; 0.0 before the first time."""

    def start(self) -> None:
        """Begin to watch."""
        self._thread.start()

    def stop(self) -> None:
        """Watch no longer."""
        self._stopping.set()

    def _run(self) -> None:
        while not self._stopping.is_set():
            try:
                self._watch()
            except (DatabaseError, InterfaceError, OSError) as error:
                log.warning("The database does not answer: %s", error)
                connection.close()
                self._stopping.wait(PAUSE_S)
        connection.close()

    def _watch(self) -> None:
        # First listen, then ask where the news stands, then read what stands: nothing falls between.
        changes = queries.open_changes(CHANNEL, DEVICES_CHANNEL)
        try:
            manifest, alert = queries.last_numbers()
            alerts = queries.live_alerts(clock.now())
            since = clock.now() - SLACK
            self._tell([], [Held.of_alert(news) for news in alerts], queries.revoked_since(since))
            revoked_at = time.monotonic()
            while not self._stopping.is_set():
                self.looked_at = time.monotonic()
                if changes.wait(LOOK_EVERY_S) or time.monotonic() - self.looked_at >= LOOK_EVERY_S:
                    manifest, alert = self._look(manifest, alert)
                if time.monotonic() - revoked_at >= LOOK_EVERY_S:
                    revoked_at, before = time.monotonic(), since
                    since = clock.now() - SLACK
                    self._tell([], [], queries.revoked_since(before))
        finally:
            changes.close()

    def _look(self, manifest: int, alert: int) -> tuple[int, int]:
        while True:
            manifests, alerts = queries.news_since(manifest, alert, MANY)
            if manifests or alerts:
                self._tell(
                    [(news.device_id, Held.of_manifest(news)) for news in manifests],
                    [Held.of_alert(news) for news in alerts],
                    [],
                )
            manifest = manifests[-1].number if manifests else manifest
            alert = alerts[-1].number if alerts else alert
            if len(manifests) < MANY:
                return manifest, alert

    def _tell(self, manifests: Sequence[tuple[UUID, Held]], alerts: Sequence[Held], revoked: Sequence[UUID]) -> None:
        def tell() -> None:
            self._hub.revoke(revoked)
            self._hub.deliver(manifests, alerts, clock.now())

        if not self._loop.is_closed():
            self._loop.call_soon_threadsafe(tell)

"""What the loudspeaker knows at this moment, shared by the parts that play, hear the server and fetch sounds."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import datetime

from coso_agent.clock import Clock
from coso_agent.events import EventLog
from coso_agent.rules import Play, Progress, View
from coso_agent.store import Store


class State:
    """Hold what is so, as the store remembers it. Read and change it only while holding `lock`.

    `changed` wakes the thread that decides. `tell_server` is called when there is something to report,
    `look_for_media` when other sounds are wanted.
    """

    def __init__(self, store: Store, events: EventLog) -> None:
        self.store = store
        self.events = events
        self.identity = store.identity()
        self.clock = Clock(store.moment("clock_ms"))
        self.lock = threading.RLock()
        self.changed = threading.Event()  # apart from the lock: the player's thread must never wait for us
        self.manifest = store.manifest()
        self.alerts = store.alerts()
        self.progress = store.progress()
        self.ready = store.media.here()
        self.playing: Play | None = None
        self.tell_server: Callable[[], None] = lambda: None
        self.look_for_media: Callable[[], None] = lambda: None

    def now(self) -> datetime:
        """Tell the device's time."""
        return self.clock.now()

    def note(self, event: str, **more: object) -> None:
        """Write a line in the diary."""
        self.events.write(event, more)

    def view(self) -> View:
        """Give what the rules decide from."""
        return View(self.manifest, self.alerts, self.progress, self.ready, self.playing, self.clock.trusted)

    def remember(self, play: Play, progress: Progress) -> None:
        """Keep a step that nobody needs to be told."""
        self.progress[play.key] = progress
        self.store.keep_progress(play, progress, now=self.now())

    def tidy(self, *, now: datetime, wanted: set[str]) -> None:
        """Throw away what is long over, and look anew at what is left."""
        self.store.tidy(now=now, wanted=wanted)
        self.alerts = self.store.alerts()
        self.progress = self.store.progress()
        self.ready = self.store.media.here()

"""The loudspeaker itself: it hears what is to be played, decides by its rules, plays, and writes down what was.

One thread turns: it looks at the world, asks `rules.decide`, does what comes back and sleeps until something may have
changed. Other threads (the talk with the server, the fetcher, the player) only leave things for it and wake it.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from coso_agent import rules
from coso_agent.events import EventLog
from coso_agent.hearing import Hearing
from coso_agent.player import Player
from coso_agent.playing import Playing
from coso_agent.rules import Progress, Step
from coso_agent.state import State
from coso_agent.store import Store
from coso_agent.supply import Supply
from coso_wire import LogKind

POSITION_EVERY_S = 0.5
LOOK_EVERY_S = 30.0  # at the latest: the clock may be set while we sleep
TIDY_EVERY = timedelta(hours=6)


class Agent:
    """Look, decide and act, in one thread. `hearing` is for the link with the server, `supply` for the fetcher."""

    def __init__(self, store: Store, player: Player, events: EventLog, *, volume: int = 100) -> None:
        self._state = State(store, events)
        self.hearing = Hearing(self._state, volume=volume)
        self.supply = Supply(self._state)
        self._play = Playing(self._state, self.supply, player)
        self._stopping = False
        self._wake_at: datetime | None = None
        self._tidied_at = self._state.now()
        player.on_change = self._state.changed.set

    def when(self, *, to_tell: Callable[[], None], to_fetch: Callable[[], None]) -> None:
        """Say whom to wake when there is something to tell the server, and when other sounds are wanted."""
        self._state.tell_server, self._state.look_for_media = to_tell, to_fetch

    def note(self, event: str, **more: object) -> None:
        """Write a line in the diary."""
        self._state.note(event, **more)

    def run(self) -> None:
        """Play until `stop` is called."""
        while not self._stopping:
            self._state.changed.clear()
            with self._state.lock:
                self._turn_until_settled()
                sleep_s = self._sleep_s()
            self._state.changed.wait(sleep_s)
        with self._state.lock:
            self._shut_down()

    def stop(self) -> None:
        """Ask the turning thread to end."""
        self._stopping = True
        self._state.changed.set()

    def boot(self) -> None:
        """Write down the start, and what was playing when the power went; call it once, before anything else."""
        with self._state.lock:
            now = self._state.now()
            clean = self._state.store.text("clean") != "0"
            self._state.store.put("clean", b"0")
            self._state.store.record(LogKind.BOOT, at=now, reason="after_stop" if clean else "after_power_loss")
            for play, known in self._state.store.interrupted():
                self._play.write_cut(play, known, known.position_ms, "power", at=now)
            self._tidy(now)
            self._state.note(
                "boot", clean=clean, device_id=self._state.identity.device_id, clock_trusted=self._state.clock.trusted
            )

    def _tidy(self, now: datetime) -> None:
        self._tidied_at = now
        self._state.tidy(now=now, wanted={media.sha256 for media in self.supply.wanted()})

    def _shut_down(self) -> None:
        if self._state.playing:
            self._play.cut("stopped")
        self._state.store.put("clean", b"1")
        self._state.note("stop")

    def _turn_until_settled(self) -> None:
        # A turn may change what the next one decides (a sound turned out bad); a handful settles it.
        for _ in range(20):
            if not self._turn():
                break

    def _turn(self) -> bool:
        """Look, decide and act once; tell whether to decide again at once."""
        self._play.watch()
        now = self._state.now()
        if self._state.playing is None and now > self._tidied_at + TIDY_EVERY:
            self._tidy(now)
        decision = rules.decide(self._state.view(), now)
        self._wake_at = decision.wake_at
        if self._state.playing and decision.stop:
            self._play.cut(decision.stop)
        for close in decision.close:
            self._play.close(close, now)
        for play in decision.hold:
            self._state.remember(play, Progress(Step.WAITING))
        if decision.play and self._state.playing is None:
            self._play.begin(decision.play, decision.offset_ms, late=decision.late)
            return True
        return bool(decision.stop or decision.hold)

    def _sleep_s(self) -> float:
        if self._play.sounding:
            return POSITION_EVERY_S
        until = LOOK_EVERY_S
        if self._wake_at:
            until = min(until, (self._wake_at - self._state.now()).total_seconds())
        return max(0.001, until)

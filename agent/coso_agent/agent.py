"""The loudspeaker itself: it hears what is to be played, decides by its rules, plays, and writes down what was.

One thread turns: it looks at the world, asks `rules.decide`, does what comes back and sleeps until something may have
changed. Other threads (the talk with the server, the fetcher, the player) only leave things for it and wake it.
"""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

from coso_agent import SOFTWARE, rules
from coso_agent.clock import Clock
from coso_agent.events import EventLog
from coso_agent.player import Heard, Phase, Player
from coso_agent.rules import End, Play, Progress, Refused, Step, View
from coso_agent.shapes import to_ms
from coso_agent.store import Store
from coso_wire import (
    MAX_REPORTS,
    Alert,
    Answer,
    Ask,
    DeviceState,
    Envelope,
    LogKind,
    Media,
    Refusal,
    ReportKind,
    WireError,
    open_alert,
    open_manifest,
)

LOG_BATCH = 200
POSITION_EVERY_S = 0.5
LOOK_EVERY_S = 30.0  # at the latest: the clock may be set while we sleep
TIDY_EVERY = timedelta(hours=6)
TRIES = 2  # to decode one sound


class Agent:
    """Hold what is so and turn it into sound.

    `tell_server` is called when there is something to report, `look_for_media` when other sounds are wanted.
    """

    def __init__(self, store: Store, player: Player, events: EventLog, *, volume: int = 100) -> None:
        self._store = store
        self._player = player
        self._events = events
        self._volume = volume
        self._identity = store.identity()
        self._clock = Clock(store.moment("clock_ms"))
        self._lock = threading.RLock()
        self._changed = threading.Event()  # apart from the lock: the player's thread must never wait for us
        self._stopping = False
        self._manifest = store.manifest()
        self._alerts = store.alerts()
        self._progress = store.progress()
        self._ready = store.media.here()
        self._playing: Play | None = None
        self._start_reason: str | None = None
        self._wake_at: datetime | None = None
        self._start_written = False
        self._failures: dict[str, int] = {}
        self._tidied_at = self.now()
        self.tell_server: Callable[[], None] = lambda: None
        self.look_for_media: Callable[[], None] = lambda: None
        player.on_change = self._changed.set

    # --- the turning thread ---

    def run(self) -> None:
        """Play until `stop` is called."""
        while not self._stopping:
            self._changed.clear()
            with self._lock:
                self._turn_until_settled()
                sleep_s = self._sleep_s()
            self._changed.wait(sleep_s)
        with self._lock:
            self._shut_down()

    def stop(self) -> None:
        """Ask the turning thread to end."""
        self._stopping = True
        self._changed.set()

    def boot(self) -> None:
        """Write down the start, and what was playing when the power went; call it once, before anything else."""
        with self._lock:
            now = self.now()
            clean = self._store.text("clean") != "0"
            self._store.put("clean", b"0")
            self._store.record(LogKind.BOOT, at=now, reason="after_stop" if clean else "after_power_loss")
            for play, known in self._store.interrupted():
                self._write_cut(play, known, known.position_ms, "power", at=now)
            self._tidy(now)
            self.note("boot", clean=clean, device_id=self._identity.device_id, clock_trusted=self._clock.trusted)

    def _tidy(self, now: datetime) -> None:
        self._tidied_at = now
        self._store.tidy(now=now, wanted={media.sha256 for media in self.wanted()})
        self._alerts = self._store.alerts()
        self._progress = self._store.progress()
        self._ready = self._store.media.here()

    def _shut_down(self) -> None:
        if self._playing:
            self._cut("stopped")
        self._store.put("clean", b"1")
        self.note("stop")

    def _turn_until_settled(self) -> None:
        # A turn may change what the next one decides (a sound turned out bad); a handful settles it.
        for _ in range(20):
            if not self._turn():
                break

    def _turn(self) -> bool:
        """Look, decide and act once; tell whether to decide again at once."""
        self._watch_player()
        now = self.now()
        if self._playing is None and now > self._tidied_at + TIDY_EVERY:
            self._tidy(now)
        decision = rules.decide(self._view(), now)
        self._wake_at = decision.wake_at
        if self._playing and decision.stop:
            self._cut(decision.stop)
        for close in decision.close:
            self._close(close, now)
        for play in decision.hold:
            self._remember(play, Progress(Step.WAITING))
        if decision.play and self._playing is None:
            self._begin(decision.play, decision.offset_ms, late=decision.late)
            return True
        return bool(decision.stop or decision.hold)

    def _view(self) -> View:
        return View(self._manifest, self._alerts, self._progress, self._ready, self._playing, self._clock.trusted)

    def _sleep_s(self) -> float:
        if self._playing and self._start_written:
            return POSITION_EVERY_S
        until = LOOK_EVERY_S
        if self._wake_at:
            until = min(until, (self._wake_at - self.now()).total_seconds())
        return max(0.001, until)

    # --- playing ---

    def _begin(self, play: Play, offset_ms: int, *, late: bool) -> None:
        if not self._store.media.whole(play.media):
            self._forget_media(play.media, "damaged")
            return
        known = self._progress.get(play.key, Progress(Step.WAITING))
        if play.is_alert:
            repeats, offset_ms = rules.alert_position(known, play.media.duration_ms)
            known = replace(known, repeats=repeats)
        self._progress[play.key] = replace(known, step=Step.WAITING, position_ms=offset_ms)
        self._playing = play
        self._start_written = False
        self._start_reason = "resume" if offset_ms else ("late" if late else None)
        self._player.play(self._store.media.path(play.media.sha256), offset_ms=offset_ms)

    def _watch_player(self) -> None:
        """Take over what the player says: the first sample, the position, the end."""
        play = self._playing
        if play is None:
            return
        heard = self._player.heard()
        if heard.first_sample_at and not self._start_written:
            self._write_start(play, heard)
        if heard.phase == Phase.ENDED:
            self._write_end(play, heard)
        elif heard.phase == Phase.FAILED:
            self._write_failure(play, heard)
        elif heard.phase == Phase.SOUNDING:
            self._progress[play.key] = replace(self._progress[play.key], position_ms=heard.position_ms)
            self._store.keep_position(play.key, heard.position_ms, now=self.now())

    def _write_start(self, play: Play, heard: Heard) -> None:
        known = replace(self._progress[play.key], step=Step.PLAYING)
        assert heard.first_sample_at is not None
        self._events.write(
            "first_sample",
            {
                "key": play.key,
                "item_id": play.item_id,
                "bulletin_id": play.bulletin_id,
                "rank": play.rank.value,
                "media": play.media.sha256,
                "offset_ms": known.position_ms,
            },
            at=heard.first_sample_at,
            mono=heard.first_sample_mono,
        )
        self._progress[play.key] = known
        self._start_written = True
        self._store.record(
            LogKind.RESUME if known.position_ms else LogKind.START,
            at=self.now(),
            play=play,
            played_ms=known.position_ms,
            reason=self._start_reason,
            report=ReportKind.START,
            progress=known,
        )
        self.tell_server()

    def _write_end(self, play: Play, heard: Heard) -> None:
        known = self._progress[play.key]
        now = self.now()
        repeats = known.repeats + 1
        alert = next((a for a in self._alerts if play.is_alert and Play.of_alert(a).key == play.key), None)
        step = Step.WAITING if alert and repeats < alert.repeat else Step.DONE
        self._playing = None
        self._failures.pop(play.key, None)
        self._write(
            LogKind.END,
            ReportKind.END,
            play,
            Progress(step, 0, repeats, now),
            played_ms=heard.position_ms,
            reason=None,
            at=now,
        )

    def _write_failure(self, play: Play, heard: Heard) -> None:
        """Try an undecodable sound once more, for the decoder may be to blame; then give it up."""
        self._playing = None
        failures = self._failures[play.key] = self._failures.get(play.key, 0) + 1
        self.note("undecodable", key=play.key, media=play.media.sha256, why=heard.problem)
        if failures < TRIES:
            return
        known = self._progress[play.key]
        self._store.record(LogKind.MEDIA_BAD, at=self.now(), reason="undecodable", media_sha256=play.media.sha256)
        end = End.CUT if self._start_written or known.position_ms else End.MISSED
        self._close(rules.Close(play, end, "undecodable"), self.now())

    def _cut(self, reason: str) -> None:
        """Fall silent and write down how far it came."""
        play, self._playing = self._playing, None
        assert play is not None
        heard = self._player.stop()
        known = self._progress[play.key]
        if self._start_written:
            self._write_cut(play, known, heard.position_ms, reason, at=self.now())
        else:
            self._remember(play, replace(known, step=Step.CUT if known.position_ms else Step.WAITING))

    def _write_cut(self, play: Play, known: Progress, position_ms: int, reason: str, *, at: datetime) -> None:
        over = reason in ("withdrawn", "replaced", "cancelled")
        cut = replace(known, step=Step.DONE if over else Step.CUT, position_ms=position_ms)
        self._write(LogKind.CUT, ReportKind.CUT, play, cut, played_ms=position_ms, reason=reason, at=at)

    def _close(self, close: rules.Close, now: datetime) -> None:
        """Write down that something is over for good, once."""
        known = self._progress.get(close.play.key, Progress(Step.WAITING))
        if known.step == Step.DONE:
            return
        done = replace(known, step=Step.DONE)
        if close.end == End.QUIET:
            self._remember(close.play, done)
            return
        kinds = {End.CUT: (LogKind.CUT, ReportKind.CUT), End.MISSED: (LogKind.MISSED, ReportKind.MISSED)}
        self._write(*kinds[close.end], close.play, done, played_ms=known.position_ms, reason=close.reason, at=now)

    def _write(
        self,
        kind: LogKind,
        report: ReportKind,
        play: Play,
        progress: Progress,
        *,
        played_ms: int,
        reason: str | None,
        at: datetime,
    ) -> None:
        self._progress[play.key] = progress
        self._store.record(kind, at=at, play=play, played_ms=played_ms, reason=reason, report=report, progress=progress)
        self.note(kind.value, key=play.key, played_ms=played_ms, reason=reason)
        self.tell_server()

    def _remember(self, play: Play, progress: Progress) -> None:
        self._progress[play.key] = progress
        self._store.keep_progress(play, progress, now=self.now())

    # --- what the fetcher asks and says ---

    def wanted(self) -> list[Media]:
        """List the sounds to hold ready, the most pressing first."""
        with self._lock:
            return rules.wanted_media(self._view(), self.now())

    def media_came(self, media: Media) -> None:
        """Take note of a sound that is here."""
        with self._lock:
            self._ready.add(media.sha256)
        self.note("media", sha256=media.sha256, bytes=media.bytes)
        self._changed.set()

    def media_was_bad(self, media: Media, reason: str) -> None:
        """Write down that wrong bytes came for a sound."""
        with self._lock:
            self._store.record(LogKind.MEDIA_BAD, at=self.now(), reason=reason, media_sha256=media.sha256)
        self.note("media_bad", sha256=media.sha256, reason=reason)
        self.tell_server()

    def _forget_media(self, media: Media, reason: str) -> None:
        """Throw away a sound that changed on the disk; the fetcher gets it again."""
        self._store.media.path(media.sha256).unlink(missing_ok=True)
        self._ready.discard(media.sha256)
        self.media_was_bad(media, reason)
        self.look_for_media()

    # --- what the link asks and says ---

    def now(self) -> datetime:
        """Tell the device's time."""
        return self._clock.now()

    def note(self, event: str, **more: object) -> None:
        """Write a line in the diary."""
        self._events.write(event, more)

    def has_reports(self) -> bool:
        """Tell whether there is something to tell at once."""
        return bool(self._store.reports(1) or self._store.refusals(1))

    def has_log(self) -> bool:
        """Tell whether the server lacks a part of the log."""
        return self._store.log_seq() > self._store.acked_log_seq()

    def make_ask(self, *, wait_s: int, with_reports: bool, with_log: bool) -> Ask:
        """Say how this device is and what there is to tell."""
        with self._lock:
            playing = self._playing.item_id if self._playing else None
            version = self._manifest.version if self._manifest else 0
        return Ask(
            cursor=self._store.text("cursor"),
            wait_s=wait_s,
            state=DeviceState(
                manifest_version=version,
                volume=self._volume,
                free_bytes=self._store.media.free_bytes(),
                software=SOFTWARE,
                clock_ms=max(0, to_ms(self.now())),
                playing=playing,
            ),
            reports=self._store.reports(MAX_REPORTS) if with_reports else (),
            refused=self._store.refusals(100) if with_reports else (),
            log=self._store.log_batch(self._identity, most=LOG_BATCH) if with_log else None,
        )

    def take_time(self, server_time: datetime) -> None:
        """Set the clock by the server."""
        with self._lock:
            moved = self._clock.hear(server_time)
            if moved is None:
                return
            self._store.record(LogKind.CLOCK, at=self.now(), reason=f"moved {moved // timedelta(milliseconds=1)} ms")
        self._changed.set()

    def take_answer(self, ask: Ask, answer: Answer, *, moves_cursor: bool) -> bool:
        """Obey or refuse each part, then remember where the news stood."""
        self.take_time(answer.server_time)
        with self._lock:
            news = False
            if answer.manifest:
                news |= self._take_manifest(answer.manifest)
            for envelope in answer.alerts:
                news |= self._take_alert(envelope)
            self._store.acknowledge(
                reports=answer.acked_reports,
                refusals=ask.refused,
                log_seq=min(answer.acked_log_seq, self._store.log_seq()),
                cursor=answer.cursor if moves_cursor else None,
                now=self.now(),
            )
            more = ask.cursor != answer.cursor and moves_cursor
        if news:
            self.look_for_media()
            self._changed.set()
        if self._store.refusals(1):
            self.tell_server()
        return news or more

    def _take_manifest(self, envelope: Envelope) -> bool:
        held = self._manifest.version if self._manifest else 0
        try:
            manifest = open_manifest(envelope, authorities=self._identity.authorities)
            if manifest.version == held and envelope.payload == self._store.get("manifest"):
                return False
            rules.check_manifest(manifest, device_id=self._identity.device_id, held_version=held, now=self.now())
        except (WireError, Refused) as error:
            self._refuse("manifest", envelope, error)
            return False
        self._store.keep_manifest(manifest, envelope.payload)
        self._manifest = manifest
        self.note("manifest", version=manifest.version, items=len(manifest.items))
        return True

    def _take_alert(self, envelope: Envelope) -> bool:
        try:
            alert: Alert = open_alert(envelope, authorities=self._identity.authorities)
            if self._store.holds_alert(envelope.digest):
                return False
            areas = self._manifest.areas if self._manifest else None
            rules.check_alert(alert, areas=areas, now=self.now())
        except (WireError, Refused) as error:
            self._refuse("alert", envelope, error)
            return False
        self._store.keep_alert(alert, envelope.payload)
        self._alerts.append(alert)
        self.note("alert", alert_id=alert.alert_id, action=alert.action.value, revision=alert.revision)
        return True

    def refuse_answer(self, error: WireError) -> None:
        """Write down, once a day, that an answer was not the server's or made no sense."""
        with self._lock:
            name = f"{error.code.value} {error.detail} {self.now():%Y-%m-%d}".encode()
            self._write_refusal("answer", hashlib.sha256(name).hexdigest(), None, error)

    def _refuse(self, what: str, envelope: Envelope, error: WireError | Refused) -> None:
        """Write down what won't be obeyed, once for each thing and reason."""
        self._write_refusal(what, envelope.digest, envelope.key_id or None, error)

    def _write_refusal(self, what: str, digest: str, key_id: str | None, error: WireError | Refused) -> None:
        reason = error.code.value if isinstance(error, WireError) else error.reason
        if self._store.was_refused(digest, reason):
            return
        now = self.now()
        detail = "".join(letter for letter in error.detail if letter.isprintable())[:300]
        refusal = Refusal(what=what, reason=reason, at=now, digest=digest, key_id=key_id, detail=detail or None)
        self._store.record(LogKind.REFUSED, at=now, reason=f"{what}: {reason}", refusal=refusal)
        self.note("refused", what=what, reason=reason, digest=digest)

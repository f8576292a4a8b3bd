"""What is sounding: begun, watched, cut and written down."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from coso_agent import rules
from coso_agent.player import Heard, Phase, Player
from coso_agent.rules import End, Play, Progress, Step
from coso_agent.state import State
from coso_agent.supply import Supply
from coso_wire import LogKind, ReportKind

TRIES = 2  # to decode one sound


class Playing:
    """Turn what was decided into sound, and what the player says into the log. Its caller holds the lock."""

    def __init__(self, state: State, supply: Supply, player: Player) -> None:
        self._state = state
        self._supply = supply
        self._player = player
        self._start_reason: str | None = None
        self._start_written = False
        self._failures: dict[str, int] = {}

    @property
    def sounding(self) -> bool:
        """Tell whether the first sample of what plays was heard."""
        return bool(self._state.playing and self._start_written)

    def begin(self, play: Play, offset_ms: int, *, late: bool) -> None:
        """Start a sound, whole or from where it stopped."""
        if not self._state.store.media.whole(play.media):
            self._supply.forget(play.media, "damaged")
            return
        known = self._state.progress.get(play.key, Progress(Step.WAITING))
        if play.is_alert:
            repeats, offset_ms = rules.alert_position(known, play.media.duration_ms)
            known = replace(known, repeats=repeats)
        self._state.progress[play.key] = replace(known, step=Step.WAITING, position_ms=offset_ms)
        self._state.playing = play
        self._start_written = False
        self._start_reason = "resume" if offset_ms else ("late" if late else None)
        self._player.play(self._state.store.media.path(play.media.sha256), offset_ms=offset_ms)

    def watch(self) -> None:
        """Take over what the player says: the first sample, the position, the end."""
        play = self._state.playing
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
            self._state.progress[play.key] = replace(self._state.progress[play.key], position_ms=heard.position_ms)
            self._state.store.keep_position(play.key, heard.position_ms, now=self._state.now())

    def _write_start(self, play: Play, heard: Heard) -> None:
        known = replace(self._state.progress[play.key], step=Step.PLAYING)
        assert heard.first_sample_at is not None
        self._state.events.write(
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
        self._state.progress[play.key] = known
        self._start_written = True
        self._state.store.record(
            LogKind.RESUME if known.position_ms else LogKind.START,
            at=self._state.now(),
            play=play,
            played_ms=known.position_ms,
            reason=self._start_reason,
            report=ReportKind.START,
            progress=known,
        )
        self._state.tell_server()

    def _write_end(self, play: Play, heard: Heard) -> None:
        known = self._state.progress[play.key]
        now = self._state.now()
        repeats = known.repeats + 1
        alert = next((a for a in self._state.alerts if play.is_alert and Play.of_alert(a).key == play.key), None)
        step = Step.WAITING if alert and repeats < alert.repeat else Step.DONE
        self._state.playing = None
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
        self._state.playing = None
        failures = self._failures[play.key] = self._failures.get(play.key, 0) + 1
        self._state.note("undecodable", key=play.key, media=play.media.sha256, why=heard.problem)
        if failures < TRIES:
            return
        known = self._state.progress[play.key]
        self._state.store.record(
            LogKind.MEDIA_BAD, at=self._state.now(), reason="undecodable", media_sha256=play.media.sha256
        )
        end = End.CUT if self._start_written or known.position_ms else End.MISSED
        self.close(rules.Close(play, end, "undecodable"), self._state.now())

    def cut(self, reason: str) -> None:
        """Fall silent and write down how far it came."""
        play, self._state.playing = self._state.playing, None
        assert play is not None
        heard = self._player.stop()
        known = self._state.progress[play.key]
        if self._start_written:
            self.write_cut(play, known, heard.position_ms, reason, at=self._state.now())
        else:
            self._state.remember(play, replace(known, step=Step.CUT if known.position_ms else Step.WAITING))

    def write_cut(self, play: Play, known: Progress, position_ms: int, reason: str, *, at: datetime) -> None:
        """Write down how far a play came that fell silent."""
        over = reason in ("withdrawn", "replaced", "cancelled")
        cut = replace(known, step=Step.DONE if over else Step.CUT, position_ms=position_ms)
        self._write(LogKind.CUT, ReportKind.CUT, play, cut, played_ms=position_ms, reason=reason, at=at)

    def close(self, close: rules.Close, now: datetime) -> None:
        """Write down that something is over for good, once."""
        known = self._state.progress.get(close.play.key, Progress(Step.WAITING))
        if known.step == Step.DONE:
            return
        done = replace(known, step=Step.DONE)
        if close.end == End.QUIET:
            self._state.remember(close.play, done)
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
        self._state.progress[play.key] = progress
        self._state.store.record(
            kind, at=at, play=play, played_ms=played_ms, reason=reason, report=report, progress=progress
        )
        self._state.note(kind.value, key=play.key, played_ms=played_ms, reason=reason)
        self._state.tell_server()

"""What the server says, obeyed or refused, and what there is to tell it: what the link asks and says."""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta

from coso_agent import SOFTWARE, rules
from coso_agent.rules import Refused
from coso_agent.shapes import to_ms
from coso_agent.state import State
from coso_wire import (
    MAX_REPORTS,
    Alert,
    Answer,
    Ask,
    DeviceState,
    Envelope,
    LogKind,
    Refusal,
    WireError,
    open_alert,
    open_manifest,
)

LOG_BATCH = 200


class Hearing:
    """Hear the server: take its time, its manifest and its alerts if they are to be obeyed."""

    def __init__(self, state: State, *, volume: int) -> None:
        self._state = state
        self._volume = volume

    def now(self) -> datetime:
        """Tell the device's time."""
        return self._state.now()

    def note(self, event: str, **more: object) -> None:
        """Write a line in the diary."""
        self._state.note(event, **more)

    def has_reports(self) -> bool:
        """Tell whether there is something to tell at once."""
        return bool(self._state.store.reports(1) or self._state.store.refusals(1))

    def has_log(self) -> bool:
        """Tell whether the server lacks a part of the log."""
        return self._state.store.log_seq() > self._state.store.acked_log_seq()

    def make_ask(self, *, wait_s: int, with_reports: bool, with_log: bool) -> Ask:
        """Say how this device is and what there is to tell."""
        with self._state.lock:
            playing = self._state.playing.item_id if self._state.playing else None
            version = self._state.manifest.version if self._state.manifest else 0
        return Ask(
            cursor=self._state.store.text("cursor"),
            wait_s=wait_s,
            state=DeviceState(
                manifest_version=version,
                volume=self._volume,
                free_bytes=self._state.store.media.free_bytes(),
                software=SOFTWARE,
                clock_ms=max(0, to_ms(self._state.now())),
                playing=playing,
            ),
            reports=self._state.store.reports(MAX_REPORTS) if with_reports else (),
            refused=self._state.store.refusals(100) if with_reports else (),
            log=self._state.store.log_batch(self._state.identity, most=LOG_BATCH) if with_log else None,
        )

    def take_time(self, server_time: datetime) -> None:
        """Set the clock by the server."""
        with self._state.lock:
            moved = self._state.clock.hear(server_time)
            if moved is None:
                return
            self._state.store.record(
                LogKind.CLOCK, at=self._state.now(), reason=f"moved {moved // timedelta(milliseconds=1)} ms"
            )
        self._state.changed.set()

    def take_answer(self, ask: Ask, answer: Answer, *, moves_cursor: bool) -> bool:
        """Obey or refuse each part, then remember where the news stood."""
        self.take_time(answer.server_time)
        with self._state.lock:
            news = False
            if answer.manifest:
                news |= self._take_manifest(answer.manifest)
            for envelope in answer.alerts:
                news |= self._take_alert(envelope)
            self._state.store.acknowledge(
                reports=answer.acked_reports,
                refusals=ask.refused,
                log_seq=min(answer.acked_log_seq, self._state.store.log_seq()),
                cursor=answer.cursor if moves_cursor else None,
                now=self._state.now(),
            )
            more = ask.cursor != answer.cursor and moves_cursor
        if news:
            self._state.look_for_media()
            self._state.changed.set()
        if self._state.store.refusals(1):
            self._state.tell_server()
        return news or more

    def _take_manifest(self, envelope: Envelope) -> bool:
        held = self._state.manifest.version if self._state.manifest else 0
        try:
            manifest = open_manifest(envelope, authorities=self._state.identity.authorities)
            if manifest.version == held and envelope.payload == self._state.store.get("manifest"):
                return False
            rules.check_manifest(
                manifest, device_id=self._state.identity.device_id, held_version=held, now=self._state.now()
            )
        except (WireError, Refused) as error:
            self._refuse("manifest", envelope, error)
            return False
        self._state.store.keep_manifest(manifest, envelope.payload)
        self._state.manifest = manifest
        self._state.note("manifest", version=manifest.version, items=len(manifest.items))
        return True

    def _take_alert(self, envelope: Envelope) -> bool:
        try:
            alert: Alert = open_alert(envelope, authorities=self._state.identity.authorities)
            if self._state.store.holds_alert(envelope.digest):
                return False
            areas = self._state.manifest.areas if self._state.manifest else None
            rules.check_alert(alert, areas=areas, now=self._state.now())
        except (WireError, Refused) as error:
            self._refuse("alert", envelope, error)
            return False
        self._state.store.keep_alert(alert, envelope.payload)
        self._state.alerts.append(alert)
        self._state.note("alert", alert_id=alert.alert_id, action=alert.action.value, revision=alert.revision)
        return True

    def refuse_answer(self, error: WireError) -> None:
        """Write down, once a day, that an answer was not the server's or made no sense."""
        with self._state.lock:
            name = f"{error.code.value} {error.detail} {self._state.now():%Y-%m-%d}".encode()
            self._write_refusal("answer", hashlib.sha256(name).hexdigest(), None, error)

    def _refuse(self, what: str, envelope: Envelope, error: WireError | Refused) -> None:
        """Write down what won't be obeyed, once for each thing and reason."""
        self._write_refusal(what, envelope.digest, envelope.key_id or None, error)

    def _write_refusal(self, what: str, digest: str, key_id: str | None, error: WireError | Refused) -> None:
        reason = error.code.value if isinstance(error, WireError) else error.reason
        if self._state.store.was_refused(digest, reason):
            return
        now = self._state.now()
        detail = "".join(letter for letter in error.detail if letter.isprintable())[:300]
        refusal = Refusal(what=what, reason=reason, at=now, digest=digest, key_id=key_id, detail=detail or None)
        self._state.store.record(LogKind.REFUSED, at=now, reason=f"{what}: {reason}", refusal=refusal)
        self._state.note("refused", what=what, reason=reason, digest=digest)

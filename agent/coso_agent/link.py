"""The talk with the server: one ask that waits for news, and others that tell at once what happened."""

from __future__ import annotations

import contextlib
import random
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from coso_agent.line import Line, LineDown
from coso_agent.store import Identity
from coso_wire import (
    MAC_HEADER,
    MAX_WAIT_S,
    SYNC_PATH,
    Answer,
    Ask,
    Code,
    ErrorAnswer,
    WireError,
    ask_headers,
    check_answer_mac,
)

WAIT_S = MAX_WAIT_S - 5
PATIENCE_S = 15.0  # beyond the time that the server may hold an ask
LOG_AFTER_S = (1.0, 3.0)  # the signed log follows the reports a little later, many entries under one signature

UNACKED_AFTER_S = (20.0, 40.0)


class Talk(Protocol):
    """What the link asks of the agent."""

    def now(self) -> datetime:
        """Tell the device's time."""

    def make_ask(self, *, wait_s: int, with_reports: bool, with_log: bool) -> Ask:
        """Say what there is to say now."""

    def take_answer(self, ask: Ask, answer: Answer, *, moves_cursor: bool) -> bool:
        """Obey, refuse and acknowledge; tell whether anything in it was new."""

    def refuse_answer(self, error: WireError) -> None:
        """Hear that an answer was not the server's, or made no sense."""

    def take_time(self, server_time: datetime) -> None:
        """Hear the time from a server that finds our clock wrong."""

    def has_reports(self) -> bool:
        """Tell whether there is something to tell at once."""

    def has_log(self) -> bool:
        """Tell whether the server lacks a part of the log."""

    def note(self, event: str, **more: object) -> None:
        """Write a line in the diary."""


@dataclass
class Backoff:
    """Wait longer after each failure, never all devices at the same moment."""

    first_s: float = 0.5
    longest_s: float = 60.0
    failures: int = 0

    def next_s(self) -> float:
        """Give the next wait: doubled, then between half and all of it."""
        whole = min(self.longest_s, self.first_s * 2.0 ** min(self.failures, 20))
        self.failures += 1
        return whole * random.uniform(0.5, 1.0)  # noqa: S311 no secret: only to spread the load

    def reset(self) -> None:
        """Begin anew after a success."""
        self.failures = 0


class Link:
    """Keep the talk going in two threads until it is stopped."""

    def __init__(
        self,
        talk: Talk,
        identity: Identity,
        make_line: Callable[..., Line],
        *,
        wait_s: int = WAIT_S,
        backoff: Callable[[], Backoff] = Backoff,
    ) -> None:
        self._talk = talk
        self._identity = identity
        self._wait_s = wait_s
        self._backoff = backoff
        self._make_line = make_line
        self._lines = {"poll": make_line(), "tell": make_line()}
        self._stopping = threading.Event()
        self._told = threading.Event()
        self._threads = [
            threading.Thread(target=self._poll, name="poll", daemon=True),
            threading.Thread(target=self._tell, name="tell", daemon=True),
        ]

    def start(self) -> None:
        """Begin to talk."""
        for thread in self._threads:
            thread.start()

    def nudge(self) -> None:
        """Say that there is something to tell."""
        self._told.set()

    def stop(self, *, last_word_s: float = 0.0) -> None:
        """End both threads; then, if time is given, tell what is still untold in one last ask."""
        self._stopping.set()
        self._told.set()
        for line in self._lines.values():
            line.abort()
        for thread in self._threads:
            thread.join(timeout=0.5)
        for line in self._lines.values():
            line.drop()
        if last_word_s and (self._talk.has_reports() or self._talk.has_log()):
            ask = self._talk.make_ask(wait_s=0, with_reports=True, with_log=True)
            line = self._make_line(last_word_s)
            with contextlib.suppress(LineDown, WireError):
                self.exchange(line, ask, moves_cursor=False, wait_s=last_word_s)
            line.drop()

    def exchange(self, line: Line, ask: Ask, *, moves_cursor: bool, wait_s: float | None = None) -> bool:
        """Ask once and take the answer; LineDown, or WireError if the answer is no answer."""
        body = ask.to_bytes()
        headers = ask_headers(self._identity.secret, device_id=self._identity.device_id, at=self._talk.now(), body=body)
        reply = line.ask(
            "POST",
            SYNC_PATH,
            body=body,
            headers={**headers, "Content-Type": "application/json"},
            wait_s=ask.wait_s + PATIENCE_S if wait_s is None else wait_s,
            most=Answer.largest,
        )
        given = reply.headers.get(MAC_HEADER) or ""
        if reply.status != 200:
            self._hear_error(reply.status, reply.body, given, headers[MAC_HEADER])
            raise LineDown(f"status {reply.status}")
        try:
            check_answer_mac(self._identity.secret, given, ask_mac=headers[MAC_HEADER], body=reply.body)
            answer = Answer.from_bytes(reply.body)
            if answer.version not in ask.versions:
                raise WireError(Code.NO_COMMON_VERSION, f"the server answers in version {answer.version}")
        except WireError as error:
            self._talk.refuse_answer(error)
            raise
        news = self._talk.take_answer(ask, answer, moves_cursor=moves_cursor)
        if answer.again_after_s and moves_cursor:
            self._stopping.wait(answer.again_after_s * random.uniform(1.0, 1.1))  # noqa: S311
        return news

    def _hear_error(self, status: int, body: bytes, given: str, ask_mac: str) -> None:
        try:
            error = ErrorAnswer.from_bytes(body)
            if error.error == Code.CLOCK_OFF and error.server_time:
                check_answer_mac(self._identity.secret, given, ask_mac=ask_mac, body=body)
                self._talk.take_time(error.server_time)
            self._talk.note("server_refuses", status=status, error=error.error, detail=error.detail)
        except WireError:
            self._talk.note("server_refuses", status=status)

    def _poll(self) -> None:
        """Ask for news for ever. The first ask after a failure tells all and doesn't wait."""
        backoff, hold = self._backoff(), False
        while not self._stopping.is_set():
            began = time.monotonic()
            try:
                ask = self._talk.make_ask(wait_s=self._wait_s if hold else 0, with_reports=not hold, with_log=not hold)
                news = self.exchange(self._lines["poll"], ask, moves_cursor=True)
            except (LineDown, WireError) as error:
                if self._stopping.is_set():
                    return
                hold, pause = False, backoff.next_s()
                self._talk.note("line_down", why=str(error), again_in_s=round(pause, 2))
                self._stopping.wait(pause)
                continue
            backoff.reset()
            if not hold:
                self._talk.note("line_up")
                self._told.set()
            elif not news and time.monotonic() - began < 0.5:
                self._stopping.wait(0.5)  # a server that doesn't wait must not make us run hot
            hold = True

    def _tell(self) -> None:
        """Tell reports at once and the log a little later."""
        backoff = self._backoff()
        due: float | None = None  # when to tell the log, or what wasn't acknowledged
        while not self._stopping.is_set():
            self._told.wait(None if due is None else max(0.0, due - time.monotonic()))
            self._told.clear()
            is_due = due is not None and time.monotonic() >= due
            if self._stopping.is_set():
                return
            try:
                if is_due or self._talk.has_reports():
                    ask = self._talk.make_ask(wait_s=0, with_reports=True, with_log=is_due)
                    self.exchange(self._lines["tell"], ask, moves_cursor=False)
                    backoff.reset()
            except (LineDown, WireError):
                # The waiting ask finds out when the line is back, and wakes this thread.
                self._told.wait(backoff.next_s())
                self._told.set()
                continue
            due = self._next_due(due, was_told=is_due)
            if due is None:
                self._lines["tell"].drop()  # at rest a device costs the server one connection

    def _next_due(self, due: float | None, *, was_told: bool) -> float | None:
        """Say when to tell the log: soon if it is new, much later if the server didn't acknowledge it."""
        if not self._talk.has_log() and not self._talk.has_reports():
            return None
        if was_told:
            return time.monotonic() + random.uniform(*UNACKED_AFTER_S)  # noqa: S311
        return due or time.monotonic() + random.uniform(*LOG_AFTER_S)  # noqa: S311

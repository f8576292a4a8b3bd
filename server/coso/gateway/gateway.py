"""One gateway: what it does with each kind of request."""

import asyncio
import contextlib
import json
import logging
import signal
import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from types import FrameType
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import IntegrityError

from coso.broadcast import queries
from coso.broadcast.actions import Taken, verify_log
from coso.broadcast.queries import DeviceFacts
from coso.devices import actions as devices
from coso.devices.rules import is_worth_writing
from coso.gateway import answers, http, media
from coso.gateway.cursor import Cursor
from coso.gateway.http import Receive, Scope, Send
from coso.gateway.hub import Held, Hub, News
from coso.gateway.jobs import Jobs
from coso.gateway.watcher import Watcher
from coso.gateway.writer import Writer
from coso.kit import clock
from coso_wire import (
    ENROL_PATH,
    HTTP_STATUS,
    MAC_HEADER,
    MEDIA_PATH,
    SYNC_PATH,
    Ask,
    Code,
    EnrolAnswer,
    EnrolAsk,
    WireError,
    answer_mac,
    check_mac,
    choose_version,
    read_ask_headers,
)

log = logging.getLogger("coso.gateway")

READERS = 4
STALE_S = 15.0
"""After so long without a look at the database the gateway calls itself unwell."""


@dataclass
class Asking:
    """One request as far as it is known: who asks is believed only once `facts` is there."""

    headers: Mapping[str, str]
    mac: str = ""
    facts: DeviceFacts | None = None

    def sign(self, body: bytes) -> dict[str, str]:
        """Give the header that proves an answer to whoever shares the secret; none for strangers."""
        if self.facts is None:
            return {}
        return {MAC_HEADER: answer_mac(self.facts.secret, ask_mac=self.mac, body=body)}


class Gateway:
    """Everything that one process needs to serve devices."""

    def __init__(self) -> None:
        self.hub = Hub()
        self._shelf = media.Shelf()
        self._readers = Jobs(READERS, "gateway-reader")
        self._writer: Writer | None = None
        self._watcher: Watcher | None = None

    def start(self) -> None:
        """Begin to watch and to write; called in the event loop."""
        if self._writer is not None:
            return
        self._writer = Writer()
        self._writer.start()
        self._watcher = Watcher(self.hub, asyncio.get_running_loop())
        self._watcher.start()
        self._answer_before_the_end()

    def _answer_before_the_end(self) -> None:
        """Answer those who wait as soon as the process is told to stop.

        Servers wait for requests in flight before they tell the application that it is over.
        """
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGINT):
            before = signal.getsignal(number)

            def stop(received: int, frame: FrameType | None, before: Any = before) -> None:
                loop.call_soon_threadsafe(self.hub.close)
                if callable(before):
                    before(received, frame)

            with contextlib.suppress(ValueError):  # not the main thread: the server's own way has to do
                signal.signal(number, stop)

    async def close(self) -> None:
        """Answer everybody, write what is left, stop."""
        self.hub.close()
        if self._watcher is not None:
            self._watcher.stop()
        if self._writer is not None:
            await self._writer.close()
        self._readers.close()

    @property
    def writer(self) -> Writer:
        """The writer of a gateway that was started."""
        assert self._writer is not None
        return self._writer

    # --- every request ---

    async def serve(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request; whatever is wrong with it becomes one coded error."""
        asking = Asking(http.headers_of(scope))
        try:
            await self._route(asking, scope, receive, send)
        except WireError as error:
            body = answers.encode_error(error, clock.now())
            await http.respond(send, error.http_status, body, asking.sign(body))
        except http.Gone:
            raise
        except Exception:
            log.exception("A request failed")
            busy = WireError(Code.BUSY, "something went wrong; it is in the server's log")
            body = answers.encode_error(busy, clock.now())
            await http.respond(send, HTTP_STATUS[Code.BUSY], body, asking.sign(body))

    async def _route(self, asking: Asking, scope: Scope, receive: Receive, send: Send) -> None:
        path, method = scope["path"], scope["method"]
        if path == SYNC_PATH and method == "POST":
            await self._sync(asking, receive, send)
        elif path == ENROL_PATH and method == "POST":
            await self._enrol(asking, scope, receive, send)
        elif path.startswith(MEDIA_PATH) and method == "GET":
            await self._media(asking, path.removeprefix(MEDIA_PATH), send)
        elif path == "/health" and method == "GET":
            await self._health(send)
        else:
            is_known = path in (SYNC_PATH, ENROL_PATH, "/health") or path.startswith(MEDIA_PATH)
            body = json.dumps({"error": "bad_method" if is_known else "no_such_path"}).encode()
            await http.respond(send, 405 if is_known else 404, body)

    async def _health(self, send: Send) -> None:
        looked_at = self._watcher.looked_at if self._watcher else 0.0
        well = looked_at > 0 and time.monotonic() - looked_at < STALE_S and not self.hub.is_closing
        body = json.dumps({"status": "ok" if well else "unwell", "waiting": self.hub.waiting}).encode()
        await http.respond(send, 200 if well else 503, body)

    # --- who asks ---

    async def _authenticate(self, asking: Asking, body: bytes, now: datetime) -> DeviceFacts:
        """Believe the three headers, or raise WireError; `asking.facts` is set as soon as the MAC is right."""
        headers = read_ask_headers(asking.headers)
        facts = await self._device(headers.device_id)
        try:
            check_mac(facts.secret, headers.mac, device_id=headers.device_id, time=headers.time, body=body, now=now)
        except WireError as error:
            if error.code != Code.BAD_MAC:
                asking.facts, asking.mac = facts, headers.mac
            raise
        asking.facts, asking.mac = facts, headers.mac
        _refuse_revoked(facts)
        return facts

    async def _device(self, text: str) -> DeviceFacts:
        try:
            device_id = UUID(text)
        except ValueError:
            raise WireError(Code.UNKNOWN_DEVICE) from None
        facts = self.hub.device(device_id)
        if facts is None:
            found = await self._readers.run(lambda: queries.device_facts(device_id))
            if found is None or str(found.device_id) != text:
                raise WireError(Code.UNKNOWN_DEVICE)
            facts = self.hub.meet(found)
        return facts

    # --- enrolment ---

    async def _enrol(self, asking: Asking, scope: Scope, receive: Receive, send: Send) -> None:
        body = await http.body_of(receive, asking.headers, limit=EnrolAsk.largest)
        ask = EnrolAsk.from_bytes(body)
        choose_version(ask.versions)
        proxied = bool(settings.OPTIONS["COSO_TRUSTED_PROXY"])
        address = http.client_of(scope, asking.headers, behind_proxy=proxied)
        answer = await self._readers.run(lambda: enrol(ask, address))
        await http.respond(send, 200, answer.to_bytes())

    # --- asking ---

    async def _sync(self, asking: Asking, receive: Receive, send: Send) -> None:
        body = await http.body_of(receive, asking.headers, limit=Ask.largest)
        now = clock.now()
        facts = await self._authenticate(asking, body, now)
        ask = Ask.from_bytes(body)
        version = choose_version(ask.versions)
        carries = bool(ask.reports or ask.refused or ask.log)
        acked: tuple[str, ...] = ()
        if carries:
            acked = await self._keep(facts, ask, now)
        else:
            self._note_heard(facts, ask, now)
        told = Cursor.read(ask.cursor)
        # Reports are sent beside the ask that waits, and want their acknowledgement alone.
        news = News(told) if carries and not ask.wait_s else await self._news(facts.device_id, told, ask, carries)
        latest = self.hub.device(facts.device_id) or facts
        if latest.is_revoked:
            _refuse_revoked(latest)
        answer = answers.encode(
            version=version,
            cursor=ask.cursor if carries and not ask.wait_s else str(news.cursor),
            server_time=clock.now(),
            manifest=news.manifest,
            alerts=news.alerts,
            acked_reports=acked,
            acked_log_seq=latest.log_seq,
            again_after_s=1 if self.hub.is_closing else 0,
        )
        await http.respond(send, 200, answer, asking.sign(answer))

    async def _keep(self, facts: DeviceFacts, ask: Ask, now: datetime) -> tuple[str, ...]:
        """Store what an ask hands in; give the reports that are safe."""
        log_batch, log_error = None, None
        if ask.log is not None:
            log_batch, log_error = await self._readers.run(
                lambda: verify_log(ask.log, device_id=facts.device_id, public_key=facts.public_key)
            )
        is_heard = self._is_worth_writing(facts, ask, now)
        taken = Taken(facts.device_id, facts.cluster_id, now, ask, log_batch, log_error, is_heard)
        kept = await self.writer.keep(taken)
        changes: dict[str, object] = {"log_seq": kept.acked_log_seq, "log_hash": kept.log_hash}
        if is_heard:
            changes |= {"heard_at": now, "state": ask.state.to_json()}
        self.hub.learn(facts.device_id, **changes)
        return kept.acked_reports

    def _note_heard(self, facts: DeviceFacts, ask: Ask, now: datetime) -> None:
        if self._is_worth_writing(facts, ask, now):
            self.hub.learn(facts.device_id, heard_at=now, state=ask.state.to_json())
            self.writer.note(Taken(facts.device_id, facts.cluster_id, now, ask))

    @staticmethod
    def _is_worth_writing(facts: DeviceFacts, ask: Ask, now: datetime) -> bool:
        return is_worth_writing(
            written_at=facts.heard_at, written=dict(facts.state), now=now, state=ask.state.to_json()
        )

    async def _news(self, device_id: UUID, told: Cursor, ask: Ask, carries: bool) -> News:
        """Give the news of a device, as soon as there are any or the wait is over."""
        loop = asyncio.get_running_loop()
        until = loop.time() + (0 if carries else ask.wait_s)
        while True:
            # Wait before looking: what comes between the two must wake us.
            future = self.hub.wait(device_id)
            try:
                news = self.hub.news(await self._manifest(device_id), told, clock.now())
                facts = self.hub.device(device_id)
                left = until - loop.time()
                if news or left <= 0 or self.hub.is_closing or (facts and facts.is_revoked):
                    return news
                await asyncio.wait([future], timeout=left)
            finally:
                self.hub.leave(device_id, future)
            if future.done() and not future.result():
                return news

    async def _manifest(self, device_id: UUID) -> Held | None:
        held = self.hub.manifest(device_id)
        if held is None:
            found = await self._readers.run(lambda: queries.latest_manifest(device_id))
            if found is not None:
                self.hub.take_manifest(device_id, Held.of_manifest(found))
                held = self.hub.manifest(device_id)
        return held

    # --- media ---

    async def _media(self, asking: Asking, sha256: str, send: Send) -> None:
        await self._authenticate(asking, b"", clock.now())
        found = self._shelf.get(sha256)
        if found is None:
            if len(sha256) != 64 or set(sha256) - set("0123456789abcdef"):
                raise WireError(Code.NO_MEDIA)
            found = await self._readers.run(lambda: media.look_up(sha256))
            self._shelf.put(found)
        headers = {"content-type": found.mime, "accept-ranges": "bytes"}
        try:
            asked = http.range_of(asking.headers.get("range"), found.size)
        except ValueError:
            await http.begin(send, 416, 0, {**headers, "content-range": f"bytes */{found.size}"})
            await send({"type": "http.response.body", "body": b""})
            return
        start, end = asked or (0, found.size)
        if asked is not None:
            headers["content-range"] = f"bytes {start}-{end - 1}/{found.size}"
        await http.begin(send, 200 if asked is None else 206, end - start, headers)
        await self._send_pieces(found, start, end, send)

    async def _send_pieces(self, found: media.Found, start: int, end: int, send: Send) -> None:
        if found.data is not None:
            await send({"type": "http.response.body", "body": found.data[start:end]})
            return
        for at in range(start, end, media.PIECE):
            until = min(at + media.PIECE, end)
            piece = await self._readers.run(lambda at=at, until=until: found.piece(at, until))  # type: ignore[misc]
            await send({"type": "http.response.body", "body": piece, "more_body": until < end})


def _refuse_revoked(facts: DeviceFacts) -> None:
    if facts.is_revoked:
        raise WireError(Code.REVOKED, "this device was revoked; ask the officer in charge")


def enrol(ask: EnrolAsk, address: str) -> EnrolAnswer:
    """Enrol a device; blocks. Raise WireError `bad_code`, or `busy` when it has to come again later."""
    authorities = queries.authorities()
    if not authorities:
        raise WireError(Code.BUSY, "the signer has not run yet")
    try:
        device = devices.enrol(
            code=ask.code, serial=ask.serial, public_key=ask.public_key, software=ask.software, address=address
        )
    except devices.BadCode as error:
        raise WireError(Code.BAD_CODE, str(error)) from error
    except devices.TooManyTries as error:
        raise WireError(Code.BUSY, str(error)) from error
    except IntegrityError as error:
        raise WireError(Code.BAD_CODE, "another device was quicker") from error
    return EnrolAnswer(
        device_id=str(device.pk),
        secret=bytes(device.secret),
        authorities=tuple(authorities),
        server_time=clock.now(),
    )

"""A server for loudspeakers in one file: speaks the real wire over loopback, and can be told to misbehave."""

from __future__ import annotations

import contextlib
import io
import random
import socket
import ssl
import threading
import time
import wave
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from coso_wire import (
    CHAIN_START,
    ENROL_PATH,
    MAC_HEADER,
    MEDIA_PATH,
    SYNC_PATH,
    Alert,
    Answer,
    Ask,
    Authority,
    Code,
    DeviceState,
    EnrolAnswer,
    EnrolAsk,
    Envelope,
    ErrorAnswer,
    LogEntry,
    Manifest,
    Media,
    PlayReport,
    Refusal,
    SigningKey,
    VerifyKey,
    WireError,
    answer_mac,
    check_mac,
    choose_version,
    read_ask_headers,
    seal_alert,
    seal_manifest,
)


def make_sound(seconds: float, *, seed: int = 0) -> tuple[bytes, bytes]:
    """Make a WAV file of quiet noise at the agent's own rate; return it and its samples, to compare them exactly."""
    samples = bytearray(random.Random(seed).randbytes(int(seconds * 24_000) * 2))
    samples[1::2] = bytes(byte % 4 for byte in samples[1::2])
    file = io.BytesIO()
    with wave.open(file, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(24_000)
        sound.writeframes(bytes(samples))
    return file.getvalue(), bytes(samples)


@dataclass
class Device:
    """Hold what the server knows of one device."""

    device_id: str
    public_key: bytes
    secret: bytes
    serial: str
    manifest: tuple[int, Envelope] | None = None
    reports: list[PlayReport] = field(default_factory=list)  # each once, in order of arrival
    reports_received: int = 0  # repeats included
    log: list[LogEntry] = field(default_factory=list)
    refused: list[Refusal] = field(default_factory=list)
    states: list[DeviceState] = field(default_factory=list)

    def kinds(self, item_id: str) -> list[str]:
        """List what was reported of an item."""
        return [report.kind.value for report in self.reports if report.item_id == item_id]


class Gateway:
    """Serve until closed. Tests set its attributes to make it fail in chosen ways."""

    def __init__(self, *, key: SigningKey | None = None, tls: tuple[Path, Path] | None = None) -> None:
        self.key = key or SigningKey.generate()
        self.devices: dict[str, Device] = {}
        self.media: dict[str, bytes] = {}
        self.media_requests: list[tuple[str, str]] = []  # (hash, Range)
        self.alerts: list[tuple[int, Envelope]] = []
        self.codes: dict[str, bytes | None] = {}  # code -> the key that used it
        # Ways to misbehave:
        self.skew = timedelta(0)
        self.corrupt = defaultdict[str, int](int)  # hash -> how many more times wrong bytes are sent
        self.cut_after: dict[str, int] = {}  # hash -> end the connection once after so many bytes
        self.acknowledge = True
        self.refuse_with: Code | None = None
        self.forge_answers = False
        self.answer_with: bytes | None = None  # these bytes, authenticated, instead of an answer
        self._news = threading.Condition()
        self._seq = 0
        self._tls = tls
        self._port = 0
        self._server: _Server | None = None
        self.open()

    # --- up and down ---

    def open(self) -> None:
        """Listen, on the same port as before."""
        self._server = _Server(("127.0.0.1", self._port), _Handler, self, self._tls)
        self._port = self._server.server_address[1]
        threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()

    def close(self) -> None:
        """Cut the line: nothing listens, and what is open is closed."""
        if self._server is not None:
            server, self._server = self._server, None
            server.shutdown()
            server.server_close()
            server.cut()
            with self._news:
                self._news.notify_all()

    @property
    def url(self) -> str:
        """Give the address."""
        return f"{'https' if self._tls else 'http'}://localhost:{self._port}"

    def now(self) -> datetime:
        """Give the server's time."""
        return datetime.fromtimestamp(time.time(), UTC) + self.skew

    # --- what the server has to say ---

    def new_code(self) -> str:
        """Make a one-time code."""
        code = f"code-{len(self.codes)}"
        self.codes[code] = None
        return code

    def add_sound(self, seconds: float, *, seed: int = 0) -> tuple[Media, bytes]:
        """Serve a sound; return its name and its samples."""
        data, samples = make_sound(seconds, seed=seed)
        return self.add_media(data, duration_ms=int(seconds * 1000), mime="audio/x-wav"), samples

    def add_media(self, data: bytes, *, duration_ms: int, mime: str) -> Media:
        """Serve some bytes as a sound."""
        name = sha256(data).hexdigest()
        self.media[name] = data
        return Media(sha256=name, bytes=len(data), duration_ms=duration_ms, mime=mime)

    def put_manifest(self, device_id: str, manifest: Manifest, *, key: SigningKey | None = None) -> None:
        """Give a device its manifest."""
        self.put_envelope(device_id, seal_manifest(manifest, key=key or self.key))

    def put_envelope(self, device_id: str, envelope: Envelope) -> None:
        """Give a device whatever is in this envelope as its manifest."""
        with self._news:
            self._seq += 1
            self.devices[device_id].manifest = (self._seq, envelope)
            self._news.notify_all()

    def put_alert(self, alert: Alert | Envelope, *, key: SigningKey | None = None) -> None:
        """Give an alert to all devices."""
        envelope = alert if isinstance(alert, Envelope) else seal_alert(alert, key=key or self.key)
        with self._news:
            self._seq += 1
            self.alerts.append((self._seq, envelope))
            self._news.notify_all()

    # --- the wire ---

    def enrol(self, body: bytes) -> EnrolAnswer:
        """Take in a device."""
        ask = EnrolAsk.from_bytes(body)
        choose_version(ask.versions)
        if ask.code not in self.codes or self.codes[ask.code] not in (None, ask.public_key):
            raise WireError(Code.BAD_CODE, "ask for a new code")
        self.codes[ask.code] = ask.public_key
        device_id = f"dev-{VerifyKey(ask.public_key).key_id}"
        secret = sha256(b"secret" + ask.public_key).digest()
        self.devices.setdefault(device_id, Device(device_id, ask.public_key, secret, ask.serial))
        return EnrolAnswer(
            device_id=device_id,
            secret=secret,
            authorities=(Authority.of(self.key.verify_key),),
            server_time=self.now(),
        )

    def device_of(self, headers: dict[str, str], body: bytes) -> tuple[Device, str]:
        """Find who asks, and believe it or not."""
        read = read_ask_headers(headers)
        device = self.devices.get(read.device_id)
        if device is None:
            raise WireError(Code.UNKNOWN_DEVICE)
        check_mac(device.secret, read.mac, device_id=device.device_id, time=read.time, body=body, now=self.now())
        return device, read.mac

    def sync(self, device: Device, body: bytes) -> Answer:
        """Take what a device tells, and answer when there is news or its patience ends."""
        ask = Ask.from_bytes(body)
        version = choose_version(ask.versions)
        with self._news:
            if self.refuse_with:
                raise WireError(self.refuse_with)
            self._take(device, ask)
            since = int(ask.cursor or 0)
            give_up_at = time.monotonic() + ask.wait_s
            while not self._has_news(device, since) and self._server is not None:
                if not self._news.wait(give_up_at - time.monotonic()):
                    break
            return Answer(
                version=version,
                cursor=str(self._seq),
                server_time=self.now(),
                manifest=device.manifest[1] if device.manifest and device.manifest[0] > since else None,
                alerts=tuple(envelope for seq, envelope in self.alerts if seq > since),
                acked_reports=tuple(report.report_id for report in ask.reports) if self.acknowledge else (),
                acked_log_seq=device.log[-1].seq if device.log else 0,
            )

    def _has_news(self, device: Device, since: int) -> bool:
        return any(seq > since for seq, _ in self.alerts) or bool(device.manifest and device.manifest[0] > since)

    def _take(self, device: Device, ask: Ask) -> None:
        device.states.append(ask.state)
        device.reports_received += len(ask.reports)
        if not self.acknowledge:
            return
        known = {report.report_id for report in device.reports}
        device.reports += [report for report in ask.reports if report.report_id not in known]
        device.refused += ask.refused
        if ask.log:
            ask.log.verify(device_id=device.device_id, key=VerifyKey(device.public_key))
            last = device.log[-1] if device.log else None
            device.log += ask.log.after(held_seq=last.seq if last else 0, held_hash=last.hash if last else CHAIN_START)


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    allow_reuse_address = True

    def __init__(
        self,
        address: tuple[str, int],
        handler: type[BaseHTTPRequestHandler],
        gateway: Gateway,
        tls: tuple[Path, Path] | None,
    ) -> None:
        super().__init__(address, handler)
        self.gateway = gateway
        self._open: set[socket.socket] = set()
        self._context: ssl.SSLContext | None = None
        if tls:
            self._context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            self._context.load_cert_chain(*map(str, tls))

    def finish_request(self, request: socket.socket, client_address: tuple[str, int]) -> None:  # type: ignore[override]
        request.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        if self._context:
            try:
                request = self._context.wrap_socket(request, server_side=True)
            except OSError:
                return
        self._open.add(request)
        # A device may hang up at any moment.
        with contextlib.suppress(ConnectionError, ssl.SSLError, ValueError):
            super().finish_request(request, client_address)
        self._open.discard(request)
        if self._context:
            request.close()

    def cut(self) -> None:
        for request in list(self._open):
            with contextlib.suppress(OSError):
                request.shutdown(socket.SHUT_RDWR)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: _Server
    wbufsize = -1

    def log_message(self, format: str, *args: object) -> None:
        """Be quiet."""

    def do_POST(self) -> None:
        gateway = self.server.gateway
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        secret = mac = None
        try:
            if self.path == ENROL_PATH:
                self._send(200, gateway.enrol(body).to_bytes())
                return
            if self.path != SYNC_PATH:
                raise WireError(Code.BAD_FIELD, self.path)
            try:
                device, mac = gateway.device_of(dict(self.headers.items()), body)
                secret = device.secret
            except WireError as error:
                if error.code == Code.CLOCK_OFF:  # authentic all the same: the answer is too
                    read = read_ask_headers(dict(self.headers.items()))
                    secret, mac = gateway.devices[read.device_id].secret, read.mac
                raise
            answer = gateway.sync(device, body).to_bytes()
            if gateway.answer_with is not None:
                answer = gateway.answer_with
            if gateway.forge_answers:
                secret = b"?" * 32
            self._send(200, answer, secret=secret, mac=mac)
        except WireError as error:
            told = ErrorAnswer(error=error.code.value, detail=error.detail[:500], server_time=gateway.now())
            self._send(error.http_status, told.to_bytes(), secret=secret, mac=mac)

    def do_GET(self) -> None:
        gateway = self.server.gateway
        name = self.path.removeprefix(MEDIA_PATH)
        gateway.media_requests.append((name, self.headers.get("Range") or ""))
        try:
            gateway.device_of(dict(self.headers.items()), b"")
            if name not in gateway.media:
                raise WireError(Code.NO_MEDIA)
        except WireError as error:
            self._send(error.http_status, ErrorAnswer(error=error.code.value).to_bytes())
            return
        data = gateway.media[name]
        first = int((self.headers.get("Range") or "bytes=0-").removeprefix("bytes=").split("-")[0])
        if gateway.corrupt[name] > 0:
            gateway.corrupt[name] -= 1
            data = data[:-1] + bytes([data[-1] ^ 1])
        cut = gateway.cut_after.pop(name, None)
        self.send_response(206 if first else 200)
        if first:
            self.send_header("Content-Range", f"bytes {first}-{len(data) - 1}/{len(data)}")
        self.send_header("Content-Length", str(len(data) - first))
        self.end_headers()
        self.wfile.write(data[first:] if cut is None else data[first : first + cut])
        if cut is not None:
            self.wfile.flush()
            self.close_connection = True

    def _send(self, status: int, body: bytes, *, secret: bytes | None = None, mac: str | None = None) -> None:
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        if secret and mac:
            self.send_header(MAC_HEADER, answer_mac(secret, ask_mac=mac, body=body))
        self.end_headers()
        self.wfile.write(body)

"""A gateway and a signer as real processes over a database of their own, for tests that meet the wire."""

import io
import json
import math
import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import av
import numpy as np
import psycopg
from django.core.management import call_command
from django.db import connections

from coso_agent.line import Line, Reply
from coso_wire import (
    ENROL_PATH,
    MAC_HEADER,
    SYNC_PATH,
    Answer,
    Ask,
    EnrolAnswer,
    EnrolAsk,
    ErrorAnswer,
    SigningKey,
    ask_headers,
    check_answer_mac,
    media_path,
)
from tests.support.world import World, build

BIN = Path(sys.executable).parent
STARTS_WITHIN_S = 30.0


def free_port() -> int:
    """Find a port that nobody uses."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass
class System:
    """The processes, and what a test needs to reach them."""

    data: Path
    port: int
    environment: dict[str, str]
    database: str
    world: World | None = None
    processes: list[subprocess.Popen[bytes]] = field(default_factory=list)

    @property
    def url(self) -> str:
        """Where the gateway listens."""
        return f"http://127.0.0.1:{self.port}"

    def start(self, *command: str) -> subprocess.Popen[bytes]:
        """Start one of our programs in this system."""
        path = self.data / f"{Path(command[0]).name}-{len(self.processes)}.log"
        with path.open("wb") as log:
            process = subprocess.Popen(command, env=self.environment, stdout=log, stderr=subprocess.STDOUT)
        self.processes.append(process)
        return process

    def start_gateway(self) -> subprocess.Popen[bytes]:
        """Start a gateway and wait until it is well."""
        process = self.start(
            str(BIN / "granian"), "coso.gateway.app:application", "--interface", "asgi", "--host", "127.0.0.1",
            "--port", str(self.port), "--workers-kill-timeout", "3", "--log-level", "warning",
            "--backlog", "16384", "--backpressure", "16384",
        )  # fmt: skip
        wait_until(lambda: health(self.url) == 200, STARTS_WITHIN_S)
        return process

    def start_signer(self) -> subprocess.Popen[bytes]:
        """Start a signer and wait until it has published its key."""
        from coso.broadcast.models import Authority

        process = self.start(str(BIN / "coso"), "signer")
        wait_until(Authority.objects.exists, STARTS_WITHIN_S)
        return process

    def stop(self) -> None:
        """Stop whatever still runs."""
        for process in self.processes:
            if process.poll() is None:
                process.terminate()
        for process in self.processes:
            try:
                process.wait(timeout=6)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def health(url: str) -> int:
    """Ask how the gateway is; 0 when nobody answers."""
    try:
        with urllib.request.urlopen(f"{url}/health", timeout=2) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as error:
        return error.code
    except OSError:
        return 0


def wait_until(condition, seconds: float = 10.0) -> None:  # type: ignore[no-untyped-def]
    """Wait until something holds; fail when it does not in time."""
    until = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < until, "it did not happen in time"
        time.sleep(0.01)


@contextmanager
def own_database(data: Path) -> Iterator[tuple[str, str]]:
    """Make a database apart from the tests' own; give its name and its address for other processes."""
    address = os.environ.get("COSO_DATABASE_URL", "")
    if not address.startswith("postgres"):
        yield str(data / "coso.sqlite3"), ""
        return
    name = f"coso_gateway_{os.getpid()}"
    with psycopg.connect(address, autocommit=True) as server:
        server.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        server.execute(f"CREATE DATABASE {name}")
    try:
        yield name, urlunsplit(urlsplit(address)._replace(path=f"/{name}"))
    finally:
        with psycopg.connect(address, autocommit=True) as server:
            server.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


@contextmanager
def connected(name: str) -> Iterator[None]:
    """Let this thread's default connection be one to another database."""
    before = connections["default"]
    wrapper = type(before)({**before.settings_dict, "NAME": name}, alias="default")
    connections["default"] = wrapper
    try:
        yield
    finally:
        wrapper.close()
        connections["default"] = before


@contextmanager
def running(data: Path) -> Iterator[System]:
    """Make a database with the world of tests, and a gateway and a signer over it."""
    data.mkdir(parents=True, exist_ok=True)
    with own_database(data) as (name, address):
        environment = {
            **os.environ,
            "COSO_DATA": str(data),
            "COSO_DATABASE_URL": address,
            "COSO_SECRET_KEY": "only-for-tests",
            "DJANGO_SETTINGS_MODULE": "coso.site.settings",
        }
        system = System(data, free_port(), environment, name)
        try:
            with connected(name):
                call_command("migrate", verbosity=0)
                system.world = build()
                system.start_signer()
                system.start_gateway()
            yield system
        finally:
            system.stop()


# --- a device ---------------------------------------------------------------------------------------


class Client:
    """A device that speaks the wire, without a loudspeaker."""

    def __init__(self, url: str, enrolment: EnrolAnswer, key: SigningKey) -> None:
        self.url = url
        self.device_id = enrolment.device_id
        self.secret = enrolment.secret
        self.authorities = {authority.key_id: authority.verify_key for authority in enrolment.authorities}
        self.key = key

    @classmethod
    def enrol(cls, url: str, code: str, serial: str) -> "Client":
        """Enrol with a code."""
        key = SigningKey.generate()
        ask = EnrolAsk(code=code, serial=serial, public_key=key.verify_key.public, software="test 1")
        reply = post(url, ENROL_PATH, ask.to_bytes())
        assert reply.status == 200, reply.body
        return cls(url, EnrolAnswer.from_bytes(reply.body), key)

    def headers(self, body: bytes = b"", *, at=None) -> dict[str, str]:  # type: ignore[no-untyped-def]
        """Make the headers of an ask."""
        from coso.kit import clock

        return ask_headers(self.secret, device_id=self.device_id, at=at or clock.now(), body=body)

    def sync(self, ask: Ask) -> Answer:
        """Ask, and check that it was the server that answered."""
        body = ask.to_bytes()
        headers = self.headers(body)
        reply = post(self.url, SYNC_PATH, body, headers)
        assert reply.status == 200, reply.body
        given = {name.lower(): value for name, value in reply.headers.items()}[MAC_HEADER.lower()]
        check_answer_mac(self.secret, given, ask_mac=headers[MAC_HEADER], body=reply.body)
        return Answer.from_bytes(reply.body)

    def media(self, sha256: str, **more: str) -> Reply:
        """Fetch a sound."""
        line = Line(self.url)
        try:
            return line.ask("GET", media_path(sha256), headers={**self.headers(), **more}, wait_s=10, most=1 << 26)
        finally:
            line.drop()


def post(url: str, path: str, body: bytes, headers: dict[str, str] | None = None, wait_s: float = 65) -> Reply:
    """Send a body and give the reply whatever its status."""
    line = Line(url)
    try:
        return line.ask("POST", path, body=body, headers=headers or {}, wait_s=wait_s, most=8 << 20)
    finally:
        line.drop()


def error_of(reply: Reply) -> str:
    """Give the code of an error."""
    return ErrorAnswer.from_bytes(reply.body).error


def tone(seconds: float = 1.5, hertz: float = 440.0) -> bytes:
    """Make an MP3 of a plain tone."""
    rate = 24_000
    samples = (np.sin(np.arange(int(rate * seconds)) * (2 * math.pi * hertz / rate)) * 8000).astype(np.int16)
    file = io.BytesIO()
    with av.open(file, "w", format="mp3") as container:
        stream = container.add_stream("mp3", rate=rate)
        stream.layout = "mono"
        for start in range(0, len(samples), 1152):
            piece = samples[start : start + 1152].reshape(1, -1)
            frame = av.AudioFrame.from_ndarray(piece, format="s16", layout="mono")
            frame.sample_rate, frame.pts = rate, start
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    return file.getvalue()


def events(home: Path) -> list[dict[str, object]]:
    """Read an agent's diary."""
    path = home / "events.log"
    return [json.loads(line) for line in path.read_text().splitlines()] if path.exists() else []

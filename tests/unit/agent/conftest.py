"""A gateway on loopback, loudspeakers enrolled with it, and programs that are ended whatever happens."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from coso_agent.cli import main
from coso_wire import Alert, Item, Manifest, Media, Rank
from tests.support.fake_gateway import Device, Gateway


@pytest.fixture
def gateway() -> Iterator[Gateway]:
    server = Gateway()
    yield server
    server.close()


def make_item(item_id: str, media: Media, gateway: Gateway, **more: Any) -> Item:
    """Make an item; `starts_in` and `lasts` are seconds from now."""
    starts_at = gateway.now() + timedelta(seconds=more.pop("starts_in", 0))
    values: dict[str, Any] = {
        "bulletin_id": f"b-{item_id}",
        "revision": 1,
        "rank": Rank.NORMAL,
        "starts_at": starts_at,
        "ends_at": starts_at + timedelta(seconds=more.pop("lasts", media.duration_ms / 1000)),
    }
    return Item(item_id=item_id, media=media, **{**values, **more})


def make_alert(alert_id: str, media: Media | None, gateway: Gateway, **more: Any) -> Alert:
    """Make an alert for village v1 that holds for an hour."""
    issued_at = gateway.now()
    values: dict[str, Any] = {
        "bulletin_id": f"b-{alert_id}",
        "revision": 1,
        "action": "play",
        "areas": ("v1",),
        "issued_at": issued_at,
        "expires_at": issued_at + timedelta(hours=1),
    }
    return Alert(alert_id=alert_id, media=media, **{**values, **more})


@dataclass
class Speaker:
    """One enrolled loudspeaker and its program."""

    home: Path
    device: Device
    gateway: Gateway
    program: subprocess.Popen[bytes] | None = None
    version: int = 0
    made: list[Item] = field(default_factory=list)

    @property
    def wav(self) -> Path:
        return self.home / "out.wav"

    def give(self, *items: Item, **more: Any) -> Manifest:
        """Give it a manifest through the gateway."""
        self.version += 1
        now = self.gateway.now()
        values: dict[str, Any] = {
            "version": self.version,
            "issued_at": now,
            "expires_at": now + timedelta(days=1),
            "areas": ("commune", "v1"),
        }
        manifest = Manifest(device_id=self.device.device_id, items=items, **{**values, **more})
        self.gateway.put_manifest(self.device.device_id, manifest)
        return manifest

    def start(self) -> None:
        """Start the program."""
        command = [sys.executable, "-m", "coso_agent.cli", "run", "--home", str(self.home)]
        environment = {**os.environ, "PYTHONPATH": os.pathsep.join(["wire", "agent"])}
        self.program = subprocess.Popen([*command, "--output", f"wav:{self.wav}"], env=environment)

    def stop(self, how: int = signal.SIGTERM) -> int:
        """End the program."""
        assert self.program is not None
        self.program.send_signal(how)
        return self.program.wait(timeout=5)

    def events(self, name: str) -> list[dict[str, Any]]:
        """List what its diary has of one kind."""
        path = self.home / "events.log"
        lines = path.read_text().splitlines() if path.exists() else []
        return [line for line in map(json.loads, lines) if line["event"] == name]

    def sounded(self) -> bytes:
        """Give all samples that came out."""
        return self.wav.read_bytes()[44:] if self.wav.exists() else b""


def until(condition: Callable[[], object], *, within: float = 10.0) -> None:
    """Wait until something is so, or fail."""
    give_up_at = time.monotonic() + within
    while not condition():
        if time.monotonic() > give_up_at:
            pytest.fail(f"not so within {within} s")
        time.sleep(0.01)


@pytest.fixture
def make_speaker(gateway: Gateway, tmp_path: Path) -> Iterator[Callable[[], Speaker]]:
    speakers: list[Speaker] = []

    def make() -> Speaker:
        home = tmp_path / f"home{len(speakers)}"
        known = set(gateway.devices)
        assert main(["enrol", "--server", gateway.url, "--code", gateway.new_code(), "--home", str(home)]) == 0
        device_id = (set(gateway.devices) - known).pop()
        speakers.append(Speaker(home, gateway.devices[device_id], gateway))
        return speakers[-1]

    yield make
    for speaker in speakers:
        if speaker.program is not None:
            speaker.program.kill()
            speaker.program.wait()


@pytest.fixture
def speaker(make_speaker: Callable[[], Speaker]) -> Speaker:
    return make_speaker()

"""The only part that makes a sound: samples from the decoder, at their pace, into a file or a sound card."""

from __future__ import annotations

import subprocess
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Protocol

from coso_agent.decode_child import BYTES_A_SECOND, RATE
from coso_agent.decoder import ChildDecoder, Decoder, Undecodable
from coso_agent.wav import WavSink

AHEAD_S = 0.15  # how much a sound card is given before its time


class Phase(StrEnum):
    """Where a sound is."""

    IDLE = "idle"
    OPENING = "opening"
    SOUNDING = "sounding"
    ENDED = "ended"
    FAILED = "failed"


@dataclass(frozen=True)
class Heard:
    """Tell what was heard of the sound that was played last, offset included."""

    phase: Phase = Phase.IDLE
    position_ms: int = 0
    first_sample_at: datetime | None = None
    first_sample_mono: float | None = None
    problem: str = ""


class Player(Protocol):
    """Play one sound at a time; `on_change` is called from another thread at the first sample and at the end."""

    on_change: Callable[[], None]

    def warm(self) -> None:
        """Get ready, so that the next sound starts at once."""

    def play(self, path: Path, *, offset_ms: int) -> None:
        """Start a sound; the one before must have ended or been stopped."""

    def heard(self) -> Heard:
        """Tell how it goes."""

    def stop(self) -> Heard:
        """Fall silent at once and tell what was heard."""

    def close(self) -> None:
        """Let go of processes and files."""


class Sink(Protocol):
    """Take samples; a write may block until there is room."""

    def open(self) -> None:
        """Get ready for a sound."""

    def write(self, block: bytes) -> None:
        """Take a block; OSError if the device is gone."""

    def drop(self) -> None:
        """Fall silent at once."""

    def finish(self) -> None:
        """Let what was given sound to its end."""

    def close(self) -> None:
        """Let go of the device."""


class PacedPlayer:
    """Give blocks of 100 ms to a sink, each at its time by the monotonic clock."""

    def __init__(self, sink: Sink, *, decoder: Decoder | None = None, ahead_s: float = 0.0) -> None:
        self.on_change: Callable[[], None] = lambda: None
        self._sink = sink
        self._decoder = decoder or ChildDecoder()
        self._ahead_s = ahead_s
        self._heard = Heard()
        self._began = 0.0
        self._offset_ms = 0
        self._stopping = threading.Event()
        self._thread: threading.Thread | None = None

    def warm(self) -> None:
        """Start the decoder."""
        self._decoder.warm()

    def play(self, path: Path, *, offset_ms: int) -> None:
        """Start a sound in a thread of its own."""
        self._stopping = threading.Event()
        self._offset_ms = offset_ms
        self._heard = Heard(Phase.OPENING, offset_ms)
        self._thread = threading.Thread(
            target=self._run, args=(path, offset_ms, self._stopping), name="player", daemon=True
        )
        self._thread.start()

    def heard(self) -> Heard:
        """Tell how it goes; while it sounds, the time since the first sample bounds what was heard."""
        heard = self._heard
        if heard.phase != Phase.SOUNDING:
            return heard
        elapsed = self._offset_ms + int((time.monotonic() - self._began) * 1000)
        return replace(heard, position_ms=min(heard.position_ms, elapsed))

    def stop(self) -> Heard:
        """Stop within a block."""
        heard = self.heard()
        self._stopping.set()
        self._sink.drop()
        if self._thread is not None:
            self._thread.join(timeout=5)
        self._heard = Heard()
        return heard

    def close(self) -> None:
        """Stop and end the decoder."""
        self.stop()
        self._decoder.close()
        self._sink.close()

    def _run(self, path: Path, offset_ms: int, stopping: threading.Event) -> None:
        try:
            sent = self._send_all(path, offset_ms, stopping)
        except (Undecodable, OSError) as error:
            if not stopping.is_set():
                self._heard = replace(self._heard, phase=Phase.FAILED, problem=str(error)[:200])
                self.on_change()
            return
        if stopping.is_set():
            return
        if not sent:
            self._heard = replace(self._heard, phase=Phase.FAILED, problem="no sound in it")
        else:
            self._heard = replace(self._heard, phase=Phase.ENDED, position_ms=offset_ms + sent)
        self.on_change()

    def _send_all(self, path: Path, offset_ms: int, stopping: threading.Event) -> int:
        """Give every block at its time; return the milliseconds that were given."""
        self._sink.open()
        given = 0  # bytes
        for block in self._decoder.stream(path, offset_ms, stopped=stopping.is_set):
            if given and self._wait(given / BYTES_A_SECOND - self._ahead_s, stopping):
                break
            self._sink.write(block)
            given += len(block)
            position = offset_ms + given * 1000 // BYTES_A_SECOND
            if self._heard.phase == Phase.OPENING:
                self._began = time.monotonic()
                at = datetime.fromtimestamp(time.time(), UTC)
                self._heard = Heard(Phase.SOUNDING, position, at, self._began)
                self.on_change()
            else:
                self._heard = replace(self._heard, position_ms=position)
        if given and not stopping.is_set():
            self._sink.finish()
            self._wait(given / BYTES_A_SECOND, stopping)
        return given * 1000 // BYTES_A_SECOND

    def _wait(self, seconds_in: float, stopping: threading.Event) -> bool:
        """Wait until so long after the first sample; tell whether it was stopped meanwhile."""
        return stopping.wait(max(0.0, self._began + seconds_in - time.monotonic()))


class AlsaSink:
    """Give samples to the `aplay` program."""

    def __init__(self, program: str = "aplay") -> None:
        self._command = [program, "-q", "-t", "raw", "-f", "S16_LE", "-r", str(RATE), "-c", "1", "-"]
        self._program: subprocess.Popen[bytes] | None = None

    def open(self) -> None:
        """Start the program."""
        self.drop()
        self._program = subprocess.Popen(
            self._command, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, bufsize=0
        )

    def write(self, block: bytes) -> None:
        """Hand over a block; OSError when the program is gone."""
        if self._program is None or self._program.stdin is None:
            raise OSError("the sound program was stopped")
        self._program.stdin.write(block)

    def drop(self) -> None:
        """End the program at once."""
        program, self._program = self._program, None
        if program is not None:
            program.kill()
            program.wait()
            if program.stdin is not None:
                program.stdin.close()

    def finish(self) -> None:
        """Close its input and let it play to the end."""
        program = self._program
        if program is not None and program.stdin is not None:
            program.stdin.close()

    def close(self) -> None:
        """End the program."""
        self.drop()


def make_player(output: str) -> PacedPlayer:
    """Make a player from `wav:PATH` or `alsa`; ValueError for anything else."""
    if output == "alsa":
        return PacedPlayer(AlsaSink(), ahead_s=AHEAD_S)
    if output.startswith("wav:") and output[4:]:
        return PacedPlayer(WavSink(Path(output[4:])))
    raise ValueError("the output is wav:PATH or alsa")

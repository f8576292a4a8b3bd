"""Voices: words in, sound out. espeak-ng speaks in a process of its own; other engines plug in beside it."""

import io
import os
import shutil
import subprocess
import sys
import wave
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from typing import Protocol

from coso.kit.errors import CosoError
from coso.newsroom.adapters.voice_chunks import chunks

VOICES = ("vi", "vi-vn-x-central", "vi-vn-x-south")
# 161 syllables a minute, the pace of a loudspeaker bulletin; 80 keeps espeak-ng from clipping (100 does).
DEFAULT_SPEED = 120
SPEEDS = range(80, 261)
_AMPLITUDE = 80
_TIMEOUT_S = 60.0


class VoiceMissing(CosoError):
    """No voice can speak here: install espeak-ng (apt install espeak-ng) or the wheel espeakng-loader."""

    status = 503

    def __init__(self, message: str = "") -> None:
        super().__init__(message or " ".join((type(self).__doc__ or "").split()))


class VoiceFailed(CosoError):
    """The voice could not read this text; try again, or upload a recording."""

    status = 502

    def __init__(self, message: str = "") -> None:
        super().__init__(message or " ".join((type(self).__doc__ or "").split()))


@dataclass(frozen=True, slots=True)
class PcmAudio:
    """Sound as it is: mono, signed 16-bit little-endian samples, `rate` of them a second."""

    samples: bytes
    rate: int

    @property
    def duration_s(self) -> float:
        """Give the length in seconds."""
        return len(self.samples) / 2 / self.rate


class Voice(Protocol):
    """Something that can say a text that is already in words (see `rules.speech.speak_text`)."""

    name: str

    def speak(self, text: str) -> PcmAudio:
        """Say a text. Raises VoiceMissing or VoiceFailed."""
        ...


def _check(voice: str, speed: int) -> None:
    if voice not in VOICES:
        raise VoiceMissing(f"There is no voice “{voice}”; choose one of {', '.join(VOICES)}.")
    if speed not in SPEEDS:
        raise VoiceFailed(f"The speed must be from {SPEEDS.start} to {SPEEDS.stop - 1}, not {speed}.")


def read_wav(data: bytes) -> PcmAudio:
    """Read the WAV that a voice wrote, whose header may claim an endless length (it wrote to a pipe)."""
    try:
        with wave.open(io.BytesIO(data)) as sound:
            if sound.getnchannels() != 1 or sound.getsampwidth() != 2:
                raise VoiceFailed("The voice gave sound that is not mono 16-bit.")
            return PcmAudio(sound.readframes(len(data) // 2), sound.getframerate())
    except (wave.Error, EOFError) as wrong:
        raise VoiceFailed(f"The voice gave no sound: {wrong}.") from wrong


class _Spoken:
    """Say a text piece by piece through a program that writes WAV to its standard output."""

    name = ""

    def __init__(self, voice: str = "vi", speed: int = DEFAULT_SPEED, *, timeout_s: float = _TIMEOUT_S) -> None:
        _check(voice, speed)
        self.voice = voice
        self.speed = speed
        self._timeout_s = timeout_s

    def _command(self) -> Sequence[str]:
        raise NotImplementedError

    def _environment(self) -> dict[str, str]:
        return dict(os.environ)

    def speak(self, text: str) -> PcmAudio:
        """Say a text; each piece is a process, so a crash or a hang costs only that piece."""
        parts = [self._say(piece) for piece in chunks(text)]
        if not parts:
            raise VoiceFailed("There is nothing to say in this text.")
        return PcmAudio(b"".join(p.samples for p in parts), parts[0].rate)

    def _say(self, piece: str) -> PcmAudio:
        try:
            done = subprocess.run(
                self._command(),
                input=piece.encode(),
                capture_output=True,
                timeout=self._timeout_s,
                check=False,
                env=self._environment(),
            )
        except FileNotFoundError:
            raise VoiceMissing from None
        except subprocess.TimeoutExpired:
            raise VoiceFailed(
                f"{self.name} did not finish within {self._timeout_s:.0f} seconds; try a shorter text."
            ) from None
        if done.returncode:
            reason = done.stderr.decode(errors="replace").strip()[-300:] or f"exit {done.returncode}"
            raise VoiceFailed(f"{self.name} failed: {reason}")
        return read_wav(done.stdout)


class EspeakVoice(_Spoken):
    """The system's espeak-ng program."""

    name = "espeak-ng"
    _program = "espeak-ng"

    def _command(self) -> Sequence[str]:
        program = shutil.which(self._program)
        if not program:
            raise VoiceMissing
        return [program, "-v", self.voice, "-s", str(self.speed), "-a", str(_AMPLITUDE), "-b", "1", "--stdout"]


class LoaderEspeakVoice(_Spoken):
    """The library in the wheel espeakng-loader.

    espeak-ng is GPL: its library must never load into the server, so a child process of Python does.
    """

    name = "espeakng-loader"

    def _command(self) -> Sequence[str]:
        if find_spec("espeakng_loader") is None:
            raise VoiceMissing
        module = "coso.newsroom.adapters.espeak_child"
        return [sys.executable, "-m", module, self.voice, str(self.speed), str(_AMPLITUDE)]

    def _environment(self) -> dict[str, str]:
        return {**os.environ, "PYTHONPATH": os.pathsep.join(p for p in sys.path if p)}


def best_voice(voice: str = "vi", speed: int = DEFAULT_SPEED) -> Voice:
    """Pick the first engine that this machine has; its `name` says which.

    Raises VoiceMissing when there is none.
    """
    if shutil.which("espeak-ng"):
        return EspeakVoice(voice, speed)
    if find_spec("espeakng_loader") is not None:
        return LoaderEspeakVoice(voice, speed)
    raise VoiceMissing

"""The seam between a bulletin's sound and the voices and codecs that make it."""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from django.conf import settings
from django.utils.translation import gettext as _

from coso.kit.errors import BadInput

if TYPE_CHECKING:
    from coso.newsroom.adapters.audio import Mastered

log = logging.getLogger("coso.newsroom")
Report = Callable[[int], None]


class Stopped(Exception):
    """Somebody stopped this sound while it was being made."""


@dataclass(frozen=True)
class Made:
    """A finished sound: both files, its length and its measured loudness (LUFS, dBTP)."""

    mp3: bytes
    opus: bytes
    duration_ms: int
    lufs: float | None = None
    true_peak: float | None = None


class Studio(Protocol):
    """Makes sound. `report` takes per cent and raises Stopped when the work is no longer wanted."""

    def speak(self, text: str, voice: str, report: Report) -> Made:
        """Speak a text and master it; raise BadInput with what to do when it cannot."""

    def master(self, data: bytes, report: Report) -> Made:
        """Level and encode a recording; raise BadInput when it cannot be read."""

    def sniff(self, data: bytes, file_name: str) -> tuple[str, int | None]:
        """Look into a file: its MIME type and length in ms; raise BadInput when it is no sound or passes a limit."""


_PIECE = 400
"""Letters spoken at once: small enough that progress moves and a stop is heard soon."""


class MachineStudio:
    """The voices and codecs of this machine.

    They are imported when first used: a web process that makes no sound need not load a codec.
    """

    def speak(self, text: str, voice: str, report: Report) -> Made:
        """Speak a text piece by piece and master it between the chimes."""
        from coso.newsroom.adapters import audio
        from coso.newsroom.adapters.voice import PcmAudio, VoiceFailed, VoiceMissing, best_voice
        from coso.newsroom.adapters.voice_chunks import chunks

        pieces = list(chunks(text, _PIECE))
        try:
            engine = best_voice(voice, settings.OPTIONS["COSO_VOICE_SPEED"])
            said = []
            for place, piece in enumerate(pieces, start=1):
                said.append(engine.speak(piece))
                report(round(60 * place / len(pieces)))
        except (VoiceMissing, VoiceFailed) as wrong:
            log.warning("The voice could not speak: %s", wrong)
            # The class's sentence is in the catalogue; what the program itself said is for the log.
            raise BadInput(str(type(wrong)())) from wrong
        if not said:
            raise BadInput(str(VoiceFailed()))
        speech = PcmAudio(b"".join(part.samples for part in said), said[0].rate)
        done = audio.master_speech(speech, on_progress=lambda _stage, share: report(60 + round(39 * share)))
        return _made(done)

    def master(self, data: bytes, report: Report) -> Made:
        """Level and encode a person's recording."""
        from coso.newsroom.adapters import audio

        return _made(audio.prepare_recording(data, on_progress=lambda _stage, share: report(round(99 * share))))

    def sniff(self, data: bytes, file_name: str) -> tuple[str, int | None]:
        """Tell the kind of a sound by its first bytes; whether it can be read shows when it is levelled."""
        from coso.newsroom.adapters import audio, audio_errors, audio_frames

        if len(data) > audio.MAX_BYTES:
            raise BadInput(fields={"file": [_(str(audio_errors.SoundTooLarge()))]})
        kind = audio_frames.sniff(data[:12])
        if kind is None:
            raise BadInput(fields={"file": [_(str(audio_errors.SoundUnreadable()))]})
        return _MIMES.get(kind, f"audio/{kind}"), None


_MIMES = {"mp3": "audio/mpeg", "mov": "audio/mp4", "matroska": "audio/webm"}


def _made(done: "Mastered") -> Made:
    return Made(
        mp3=done.mp3,
        opus=done.opus,
        duration_ms=done.duration_ms,
        lufs=done.loudness.integrated_lufs,
        true_peak=done.loudness.true_peak_dbtp,
    )


_in_use: list[Studio] = [MachineStudio()]


def studio() -> Studio:
    """Give the studio in use: the machine's own voices and codecs unless a test put another one in."""
    return _in_use[-1]


@contextmanager
def working_with(other: Studio) -> Iterator[Studio]:
    """Let another studio make the sounds within a `with` block."""
    _in_use.append(other)
    try:
        yield other
    finally:
        _in_use.remove(other)

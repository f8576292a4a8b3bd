"""From a voice or a recording to what a loudspeaker plays: joined with the chime, even in loudness, encoded."""

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from coso.newsroom.adapters import audio_errors
from coso.newsroom.adapters.audio_chime import closing_chime, opening_chime, silence
from coso.newsroom.adapters.audio_filters import Loudness, levelled, loudness_of, meter
from coso.newsroom.adapters.audio_frames import (
    MAX_SECONDS,
    Samples,
    Sound,
    blocks_of,
    decoded,
    encode,
    resampled,
    sniff,
)
from coso.newsroom.adapters.voice import PcmAudio

TARGET_LUFS = -16.0
TOLERANCE_LU = 1.0
CEILING_DBTP = -1.0
MAX_BYTES = 100 * 1024 * 1024
MIN_SECONDS = 1.0
MP3_BIT_RATE = 80_000
OPUS_BIT_RATE = 32_000
_SILENT_BELOW_LUFS = -55.0
_TRIES = 8
_FINISHES = 4
# The codecs move peaks a little; the first limit leaves room for that, and the files are measured all the same.
_FIRST_LIMIT_DB = -2.0
# They also cut the highest tones, which costs a few tenths of loudness.
_AIM_LUFS = -15.8
_LIMITER_DB = 2.0
_EVENED_LUFS = -20.0
_EVENED_GAIN_DB = 6.0

Progress = Callable[[str, float], None]


@dataclass(frozen=True, slots=True)
class Mastered:
    """A finished sound: the same in MP3 (mono, 48 kHz) and Opus in Ogg, with its figures and names."""

    mp3: bytes
    opus: bytes
    duration_ms: int
    loudness: Loudness
    mp3_sha256: str
    opus_sha256: str


@dataclass(frozen=True, slots=True)
class Finished:
    """One mastered file and how loud it is when decoded."""

    data: bytes
    loudness: Loudness


def _quiet(_stage: str, _share: float) -> None:
    """Tell nobody."""


def measure(source: Path | str | bytes) -> Loudness:
    """Measure a sound file: integrated loudness, true peak, length.

    Raises SoundUnreadable, SoundMissing or SoundTooLong.
    """
    return meter(decoded(Path(source) if isinstance(source, str) else source)())


def bulletin(speech: PcmAudio, *, chime: bool = True) -> Sound:
    """Join chime, pause, speech, pause and closing chime."""
    words = resampled(speech.samples, speech.rate)
    if not chime:
        return blocks_of(words)
    return blocks_of(opening_chime(), silence(0.4), words, silence(0.8), closing_chime())


def master(sound: Sound, *, on_progress: Progress = _quiet) -> Mastered:
    """Bring a sound to −16 LUFS ± 1 with no true peak above −1 dBTP, and encode it as MP3 and Opus.

    The figures are those of the files as they decode, not of the sound before encoding.
    Raises SoundTooShort, SoundSilent, SoundUneven, and what reading the sound raises.
    """
    mp3, opus = _finish(sound, ("mp3", "opus"), on_progress)
    return Mastered(
        mp3=mp3.data,
        opus=opus.data,
        duration_ms=round(mp3.loudness.duration_s * 1000),
        loudness=mp3.loudness,
        mp3_sha256=hashlib.sha256(mp3.data).hexdigest(),
        opus_sha256=hashlib.sha256(opus.data).hexdigest(),
    )


def finished(sound: Sound, kind: str, *, on_progress: Progress = _quiet) -> Finished:
    """Master a sound into one file, "mp3", "opus" or "wav"; raises as `master` does."""
    return _finish(sound, (kind,), on_progress)[0]


def _finish(sound: Sound, kinds: tuple[str, ...], on_progress: Progress) -> list[Finished]:
    on_progress("measure", 0.0)
    raw = meter(sound())
    if raw.duration_s < MIN_SECONDS:
        raise audio_errors.SoundTooShort
    if raw.integrated_lufs < _SILENT_BELOW_LUFS:
        raise audio_errors.SoundSilent
    on_progress("level", 0.1)
    first = _level(sound, raw, _AIM_LUFS, _FIRST_LIMIT_DB)
    made = []
    for i, kind in enumerate(kinds):
        on_progress("encode", 0.5 + 0.5 * i / len(kinds))
        made.append(_finish_as(kind, sound, raw, first))
    on_progress("done", 1.0)
    return made


def _finish_as(kind: str, sound: Sound, raw: Loudness, level: Sound) -> Finished:
    """Encode, listen to the file, and mend the level when the codec moved it."""
    aim, limit = _AIM_LUFS, _FIRST_LIMIT_DB
    for _ in range(_FINISHES):
        data = encode_as(level, kind)
        heard = meter(decoded(data, max_seconds=2 * MAX_SECONDS)())
        excess = heard.true_peak_dbtp - CEILING_DBTP
        missing = TARGET_LUFS - heard.integrated_lufs
        if excess <= 0 and abs(missing) <= TOLERANCE_LU:
            return Finished(data, heard)
        limit -= excess + 0.2 if excess > 0 else 0.0
        aim += missing if abs(missing) > TOLERANCE_LU / 2 else 0.0
        level = _level(sound, raw, aim, limit)
    raise audio_errors.SoundUneven


def _level(sound: Sound, raw: Loudness, aim: float, limit: float) -> Sound:
    """Find the gain that brings a sound to a loudness under a limit."""
    # With peaks this far above its loudness, a sound would lose more to the limiter than words can bear.
    uneven = raw.true_peak_dbtp - raw.integrated_lufs > limit - aim + _LIMITER_DB
    evened_by = _EVENED_LUFS - raw.integrated_lufs if uneven else None
    gain = _EVENED_GAIN_DB if uneven else aim - raw.integrated_lufs
    for attempt in range(_TRIES):
        level = levelled(sound, evened_by=evened_by, gain_db=gain, limit_db=limit)
        missing = aim - loudness_of(level())
        if abs(missing) <= TOLERANCE_LU / 4:
            return level
        gain += missing * (1.0 if attempt == 0 else 1.3)
    if abs(missing) > TOLERANCE_LU / 2:
        raise audio_errors.SoundUneven
    return level


def encode_as(sound: Sound | Iterable[Samples], kind: str) -> bytes:
    """Write a sound as "mp3" (mono, 80 kbit/s), "opus" (Ogg, 32 kbit/s) or "wav" (16 bit), all at 48 kHz."""
    blocks = sound() if callable(sound) else sound
    if kind == "mp3":
        return encode(blocks, container="mp3", codec="libmp3lame", bit_rate=MP3_BIT_RATE)
    if kind == "opus":
        return encode(blocks, container="ogg", codec="libopus", bit_rate=OPUS_BIT_RATE)
    return encode(blocks, container="wav", codec="pcm_s16le", bit_rate=None)


def master_speech(speech: PcmAudio, *, chime: bool = True, on_progress: Progress = _quiet) -> Mastered:
    """Make a bulletin of what a voice said: chime, speech, closing chime, mastered."""
    return master(bulletin(speech, chime=chime), on_progress=on_progress)


def prepare_recording(data: bytes, *, on_progress: Progress = _quiet) -> Mastered:
    """Make a bulletin of a person's own recording (WAV, MP3, Ogg, FLAC, M4A, WebM), through the same mastering.

    At most 100 MB and 60 minutes, at least one second. Raises a subclass of BadSound and keeps nothing.
    """
    if len(data) > MAX_BYTES:
        raise audio_errors.SoundTooLarge
    if sniff(data[:12]) is None:
        raise audio_errors.SoundUnreadable
    return master(decoded(data), on_progress=on_progress)

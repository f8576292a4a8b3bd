"""Sound as a stream of small blocks of float samples, mono, 48 kHz.

Memory stays the same for an hour as for a minute.
"""

import io
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import av
import numpy as np
from numpy.typing import NDArray

from coso.newsroom.adapters.audio_errors import SoundMissing, SoundTooLong, SoundUnreadable

RATE = 48_000
BLOCK = 4_096
MAX_SECONDS = 60 * 60

# Up to 18, the library decodes tags itself and would refuse a file for a title in an old encoding.
_TAGS: dict[str, Any] = {"metadata_errors": "ignore"} if int(av.__version__.split(".")[0]) < 19 else {}

# How hard the encoders search. On speech, half the time of their defaults with no difference to hear.
_EFFORT = {"libmp3lame": {"compression_level": "7"}, "libopus": {"compression_level": "5"}}

Samples = NDArray[np.float32]
# A sound that can be gone through again and again; each call starts over.
Sound = Callable[[], Iterator[Samples]]


def blocks_of(*parts: Samples) -> Sound:
    """Make a sound of arrays that are in memory."""

    def sound() -> Iterator[Samples]:
        for part in parts:
            for start in range(0, len(part), BLOCK):
                yield part[start : start + BLOCK]

    return sound


def frame(block: Samples, at: int) -> Any:
    """Wrap a block as a frame of the media library; `at` counts samples from the start."""
    made = av.AudioFrame.from_ndarray(np.ascontiguousarray(block).reshape(1, -1), format="flt", layout="mono")
    made.sample_rate = RATE
    made.pts = at
    return made


def _samples(one: Any) -> Samples:
    return np.ascontiguousarray(one.to_ndarray().reshape(-1), dtype=np.float32)


def resampled(samples: bytes, rate: int) -> Samples:
    """Bring mono 16-bit samples of any rate to ours."""
    pcm = np.frombuffer(samples, dtype="<i2")
    resampler = av.AudioResampler(format="flt", layout="mono", rate=RATE)
    out: list[Samples] = []
    for start in range(0, len(pcm), BLOCK):
        block = np.ascontiguousarray(pcm[start : start + BLOCK])
        made = av.AudioFrame.from_ndarray(block.reshape(1, -1), format="s16", layout="mono")
        made.sample_rate = rate
        out += [_samples(f) for f in resampler.resample(made)]
    out += [_samples(f) for f in resampler.resample(None)]
    return np.concatenate(out) if out else np.zeros(0, dtype=np.float32)


def sniff(head: bytes) -> str | None:
    """Name the container by its first bytes, or None when it is none that we take.

    The reader is never left to guess: a playlist that it recognised could make it open other files or addresses.
    """
    if head[:4] == b"RIFF" and head[8:12] == b"WAVE":
        return "wav"
    if head[:4] == b"OggS":
        return "ogg"
    if head[:4] == b"fLaC":
        return "flac"
    if head[4:8] == b"ftyp":
        return "mov"
    if head[:4] == b"\x1a\x45\xdf\xa3":
        return "matroska"
    if head[:3] == b"ID3" or (len(head) > 1 and head[0] == 0xFF and head[1] & 0xE0 == 0xE0 and head[1] & 0x06):
        return "mp3"
    return None


def decoded(source: Path | bytes, *, max_seconds: float = MAX_SECONDS) -> Sound:
    """Make a sound of a file; reading it raises SoundUnreadable, SoundMissing or SoundTooLong."""

    def sound() -> Iterator[Samples]:
        with source.open("rb") if isinstance(source, Path) else io.BytesIO(source) as file:
            kind = sniff(file.read(12))
            file.seek(0)
            if kind is None:
                raise SoundUnreadable
            try:
                yield from _decode(file, kind, int(max_seconds * RATE))
            except (av.error.FFmpegError, ValueError, OverflowError) as wrong:
                raise SoundUnreadable from wrong

    return sound


def _decode(file: io.IOBase, kind: str, limit: int) -> Iterator[Samples]:
    with av.open(file, mode="r", format=kind, **_TAGS) as container:
        if not container.streams.audio:
            raise SoundMissing
        stream: Any = container.streams.audio[0]
        resampler = av.AudioResampler(format="flt", layout="mono", rate=RATE)
        count = 0
        for out in _resample_all(container.decode(stream), resampler):
            samples = _samples(out)
            count += len(samples)
            if count > limit:
                raise SoundTooLong
            # A damaged file may decode to infinities, which no filter survives.
            yield np.nan_to_num(samples, nan=0.0, posinf=1.0, neginf=-1.0)


def _resample_all(frames: Iterable[Any], resampler: Any) -> Iterator[Any]:
    for one in frames:
        one.pts = None
        yield from resampler.resample(one)
    yield from resampler.resample(None)


def encode(sound: Iterable[Samples], *, container: str, codec: str, bit_rate: int | None) -> bytes:
    """Write a sound as a file: mp3 with libmp3lame, ogg with libopus, wav with pcm_s16le."""
    out = io.BytesIO()
    with av.open(out, mode="w", format=container) as file:
        stream: Any = file.add_stream(codec, rate=RATE, options=_EFFORT.get(codec, {}))
        stream.layout = "mono"
        if bit_rate:
            stream.bit_rate = bit_rate
        context = stream.codec_context
        context.open()
        resampler = av.AudioResampler(
            format=context.format, layout="mono", rate=RATE, frame_size=context.frame_size or BLOCK
        )
        at = 0
        for block in sound:
            if not len(block):
                continue
            for one in resampler.resample(frame(block, at)):
                file.mux(stream.encode(one))
            at += len(block)
        for one in resampler.resample(None):
            file.mux(stream.encode(one))
        file.mux(stream.encode(None))
    return out.getvalue()

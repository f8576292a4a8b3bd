"""Loudness by EBU R128, gain and limiting, streamed through the media library's filters."""

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import av
import numpy as np
from av.filter import Graph

from coso.newsroom.adapters.audio_chime import silence
from coso.newsroom.adapters.audio_frames import RATE, Samples, Sound, frame

_SILENT_LUFS = -70.0
_STEP = RATE // 10


@dataclass(frozen=True, slots=True)
class Loudness:
    """How loud a sound is: EBU R128 integrated loudness, true peak, length."""

    integrated_lufs: float
    true_peak_dbtp: float
    duration_s: float


class _Chain:
    """A row of filters between a source and a sink."""

    def __init__(self, *filters: tuple[str, str]) -> None:
        self._graph = Graph()
        source = self._graph.add_abuffer(sample_rate=RATE, format="flt", layout="mono", time_base=Fraction(1, RATE))
        middle = [self._graph.add(name, arguments) for name, arguments in filters]
        self._graph.link_nodes(source, *middle, self._graph.add("abuffersink"))
        self._graph.configure()

    def run(self, sound: Iterable[Samples]) -> Iterator[Any]:
        """Push a sound through; give the frames that come out."""
        at = 0
        for block in sound:
            if not len(block):
                continue  # the library takes an empty frame for a lack of memory
            self._graph.push(frame(block, at))
            at += len(block)
            yield from self._ready()
        self._graph.push(None)
        yield from self._ready()

    def _ready(self) -> Iterator[Any]:
        while True:
            try:
                yield self._graph.pull()
            except (av.error.BlockingIOError, av.error.EOFError):
                return


def _padded(sound: Iterable[Samples], counted: list[int]) -> Iterator[Samples]:
    for block in sound:
        counted[0] += len(block)
        yield block
    # The meter reports every full 100 ms, from the fourth on; silence fills the last one.
    wanted = max(4 * _STEP, -(-counted[0] // _STEP) * _STEP)
    yield silence((wanted - counted[0]) / RATE)


def _decibels(linear: float) -> float:
    return 20 * math.log10(linear) if linear > 0 else -math.inf


def loudness_of(sound: Iterable[Samples]) -> float:
    """Measure only the integrated loudness, in LUFS: the search for true peaks is what takes time."""
    return _measure(sound, "metadata=1").integrated_lufs


def meter(sound: Iterable[Samples]) -> Loudness:
    """Measure a sound in one pass."""
    return _measure(sound, "metadata=1:peak=true")


def _measure(sound: Iterable[Samples], arguments: str) -> Loudness:
    counted = [0]
    last: dict[str, str] = {}
    for out in _Chain(("ebur128", arguments)).run(_padded(sound, counted)):
        # The last, partial frame carries no figures; the last full one holds the sums of all.
        last = dict(out.metadata) or last
    lufs = float(last.get("lavfi.r128.I", _SILENT_LUFS))
    peak = float(last.get("lavfi.r128.true_peak", last.get("lavfi.r128.true_peaks_ch0", 0.0)))
    return Loudness(
        integrated_lufs=lufs if math.isfinite(lufs) else _SILENT_LUFS,
        true_peak_dbtp=_decibels(peak),
        duration_s=counted[0] / RATE,
    )


def levelled(sound: Sound, *, evened_by: float | None, gain_db: float, limit_db: float) -> Sound:
    """Give the sound with a gain and no sample above the limit.

    `evened_by` is the gain in dB that brings the sound to −20 LUFS: with it, the loud parts are first drawn
    nearer to the quiet ones; None leaves them as they are.
    """
    limit = 10 ** (limit_db / 20)

    def result() -> Iterator[Samples]:
        filters = []
        if evened_by is not None:
            filters.append(("volume", f"volume={evened_by:.3f}dB:precision=float"))
            filters.append(("acompressor", "threshold=0.1:ratio=4:attack=5:release=100:knee=4"))
        filters.append(("volume", f"volume={gain_db:.3f}dB:precision=float"))
        filters.append(("alimiter", f"limit={limit:.5f}:attack=5:release=60:level=false:latency=true"))
        for out in _Chain(*filters, ("aformat", "sample_fmts=flt:channel_layouts=mono")).run(sound()):
            # The limiter's look-ahead may let a first sample pass; what is above the limit is cut.
            yield np.clip(out.to_ndarray().reshape(-1), -limit, limit).astype(np.float32)

    return result

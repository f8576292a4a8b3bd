"""The gong before and after a bulletin, made of sines: there is no recording to license."""

import numpy as np

from coso.newsroom.adapters.audio_frames import RATE, Samples

# E5 and C5, a falling third: told apart from a telephone, a siren and a school bell at a distance.
_OPENING = (659.26, 523.25)
_CLOSING = (523.25, 392.00)
_PARTIALS = ((1.0, 1.0, 1.0), (2.0, 0.45, 1.7), (2.76, 0.25, 2.6), (5.4, 0.1, 4.5))
_STROKE_S = 0.6
_RING_S = 1.4
_LEVEL = 0.35


def _stroke(pitch: float) -> Samples:
    t = np.arange(int(RATE * _RING_S)) / RATE
    tone = sum(
        level * np.exp(-2.6 * decay * t) * np.sin(2 * np.pi * pitch * ratio * t) for ratio, level, decay in _PARTIALS
    )
    tone *= np.minimum(1.0, t / 0.004) * np.minimum(1.0, (_RING_S - t) / 0.15)
    return np.asarray(tone, dtype=np.float32)


def _gong(pitches: tuple[float, ...]) -> Samples:
    step = int(RATE * _STROKE_S)
    length = step * (len(pitches) - 1) + int(RATE * _RING_S)
    sound = np.zeros(length, dtype=np.float32)
    for i, pitch in enumerate(pitches):
        stroke = _stroke(pitch)
        sound[i * step : i * step + len(stroke)] += stroke
    return sound * np.float32(_LEVEL / np.abs(sound).max())


def opening_chime() -> Samples:
    """Give the two falling tones before a bulletin, 2.0 s."""
    return _gong(_OPENING)


def closing_chime() -> Samples:
    """Give the two lower tones after a bulletin, 2.0 s."""
    return _gong(_CLOSING)


def silence(seconds: float) -> Samples:
    """Give a stretch without sound."""
    return np.zeros(round(RATE * seconds), dtype=np.float32)

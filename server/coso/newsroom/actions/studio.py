"""The seam between a bulletin's sound and the voices and codecs that make it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Protocol

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


_in_use: list[Studio] = []


def studio() -> Studio:
    """Give the studio in use: the machine's own voices and codecs unless a test put another one in."""
    if _in_use:
        return _in_use[-1]
    raise NotImplementedError


@contextmanager
def working_with(other: Studio) -> Iterator[Studio]:
    """Let another studio make the sounds within a `with` block."""
    _in_use.append(other)
    try:
        yield other
    finally:
        _in_use.remove(other)

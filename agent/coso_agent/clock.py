"""The device's time: the system's, set right by the server, and doubted when it went backwards."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta

TOLERATED = timedelta(seconds=2)  # a smaller difference is left to the system's own time service
BACKWARDS = timedelta(minutes=5)


class Clock:
    """Tell the time in UTC.

    `last_known` is the latest moment remembered from before: a box without a battery starts in 1970, and one
    that doubts its clock plays no schedule until the server has told the time.
    """

    def __init__(self, last_known: datetime | None = None) -> None:
        self._offset = timedelta(0)
        self._floor = last_known
        self.trusted = last_known is None or self._system() >= last_known - BACKWARDS

    @staticmethod
    def _system() -> datetime:
        return datetime.fromtimestamp(time.time(), UTC)

    def now(self) -> datetime:
        """Give the time; never before the last known moment while the clock is doubted."""
        now = self._system() + self._offset
        return now if self.trusted or self._floor is None else max(now, self._floor)

    def hear(self, server_time: datetime) -> timedelta | None:
        """Take the server's time; give how far the clock was moved, or None if it was right."""
        moved = server_time - (self._system() + self._offset)
        was_trusted, self.trusted = self.trusted, True
        if abs(moved) > TOLERATED:
            self._offset += moved
            return moved
        return None if was_trusted else moved

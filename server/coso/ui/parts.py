"""The values that the pictures on a page are made of: a day, a life, a history, a map, a spark. Plain Python."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from coso.ui.chips import Tone

DAY_MINUTES = 24 * 60


@dataclass(frozen=True)
class Segment:
    """One stretch of a day, in minutes since midnight; `end` may pass 1440 and is then cut at the day's end."""

    start: int
    end: int
    label: Any
    kind: str = "normal"
    """normal, priority, emergency, relay, live, quiet (quiet hours), silent (should sound, does not), planned."""
    url: str = ""

    @property
    def shown_end(self) -> int:
        """Give the end within this day."""
        return min(self.end, DAY_MINUTES)

    @property
    def hours(self) -> str:
        """Write 05:00–05:30."""
        return f"{clock_time(self.start)}–{clock_time(self.end)}"


def clock_time(minutes: int) -> str:
    """Write minutes since midnight as 05:30; the end of the day is 24:00, later minutes belong to the next day."""
    if minutes == DAY_MINUTES:
        return "24:00"
    minutes %= DAY_MINUTES
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


@dataclass(frozen=True)
class Step:
    """One dot of a life line."""

    label: Any
    state: str = "ahead"
    """done, now, ahead, late, failed."""
    at: Any = None
    """A datetime, a date or words under the dot."""
    by: Any = ""
    url: str = ""


@dataclass(frozen=True)
class Entry:
    """One line of a history: when, who, what, and why."""

    at: datetime
    sentence: Any
    by: Any = ""
    note: Any = ""
    tone: str = Tone.WAITING
    icon: str = ""
    url: str = ""


@dataclass(frozen=True)
class Point:
    """One place on a map panel; `state` picks its look: done, active, waiting, need, danger, off."""

    key: str
    name: str
    lat: float
    lon: float
    state: str = Tone.WAITING
    word: Any = ""
    """The state in a word, said in the label."""
    url: str = ""
    shape: str = ""
    """What it is, as a shape: village, station, cluster, board; "" is a plain dot."""


@dataclass(frozen=True)
class Layer:
    """One layer of a map that a person may switch on and off; `url` gives its GeoJSON."""

    key: str
    label: Any
    url: str
    shape: str = "village"
    """How its points look: village, station, cluster, board; `area` colours areas."""
    is_on: bool = True
    keys: Sequence[tuple[str, Any]] = ()
    """(state, word) of each look, for the legend."""


@dataclass(frozen=True)
class Circle:
    """A circle on a map: a spot and what lies within metres of it."""

    name: Any
    lat: float
    lon: float
    metres: float


@dataclass(frozen=True)
class MapBase:
    """A base map under our own, drawn by the reader's browser from one file on this server."""

    url: str
    credit: str
    """Whom the file thanks; its licence asks that it stands on the map."""


@dataclass(frozen=True)
class Crumb:
    """One step of the way to a page."""

    label: Any
    url: str = ""


@dataclass(frozen=True)
class Figure:
    """One number that matters, with its twelve months."""

    label: Any
    value: Any
    unit: Any = ""
    months: Sequence[float] = ()
    months_label: Any = ""
    url: str = ""
    tone: str = Tone.WAITING
    note: Any = ""


@dataclass(frozen=True)
class Tally:
    """How far something has come, and whether each counted thing deserves its own tick."""

    done: int
    total: int
    label: Any
    missing: Any = ""
    ticks: list[bool] = field(default_factory=list)


MOST_TICKS = 60
"""Up to here each village is a tick of its own; beyond, ticks are too thin to count and a bar is honest."""


def tally(done: int, total: int, label: Any, missing: Any = "") -> Tally:
    """Make a tally; numbers outside 0…total are brought back inside."""
    total = max(total, 0)
    done = min(max(done, 0), total)
    ticks = [place < done for place in range(total)] if total <= MOST_TICKS else []
    return Tally(done=done, total=total, label=label, missing=missing, ticks=ticks)


def spark_points(values: Sequence[float], width: int = 120, height: int = 28) -> str:
    """Give the points of a polyline that shows the values, from zero (or the lowest) to the highest."""
    if not values:
        return ""
    low, high = min(0.0, *values), max(0.0, *values)
    span = (high - low) or 1.0
    step = width / max(len(values) - 1, 1)
    inner = height - 4
    return " ".join(
        f"{place * step:.1f},{2 + inner * (1 - (value - low) / span):.1f}" for place, value in enumerate(values)
    )

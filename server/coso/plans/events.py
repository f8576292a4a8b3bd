"""What can happen to tasks and to the parts that units do."""

from dataclasses import dataclass


@dataclass(frozen=True)
class TasksMade:
    """A confirmed document became tasks."""

    document_id: str
    count: int


@dataclass(frozen=True)
class TaskMoved:
    """A task went from one state to another, as its occurrences did."""

    task_id: int
    state: str


@dataclass(frozen=True)
class OccurrencesOpened:
    """A task came up again: these occurrences stand now, with a part for each unit."""

    task_id: int
    occurrence_ids: tuple[int, ...]


@dataclass(frozen=True)
class PartGiven:
    """Who shares the work out gave a unit a part, or another text or deadline for it."""

    part_id: int
    by_id: int


@dataclass(frozen=True)
class PartDropped:
    """A unit no longer has a part."""

    part_id: int
    by_id: int


@dataclass(frozen=True)
class PartReported:
    """A unit said how its part stands."""

    part_id: int
    percent: int
    by_id: int


@dataclass(frozen=True)
class PartDone:
    """A unit reported its part as done."""

    part_id: int
    by_id: int


@dataclass(frozen=True)
class PartReturned:
    """A part reported as done was given back."""

    part_id: int
    by_id: int


@dataclass(frozen=True)
class BlockerRaised:
    """Something stands in the way of a part."""

    blocker_id: int
    part_id: int
    by_id: int


@dataclass(frozen=True)
class BlockerCleared:
    """What stood in the way is gone."""

    blocker_id: int
    part_id: int
    by_id: int


@dataclass(frozen=True)
class ExtensionAsked:
    """A unit asked for a later deadline."""

    extension_id: int
    part_id: int
    by_id: int


@dataclass(frozen=True)
class ExtensionAnswered:
    """A later deadline was granted or refused."""

    extension_id: int
    part_id: int
    granted: bool
    by_id: int


@dataclass(frozen=True)
class PartReminded:
    """A unit was reminded of its part: level 1 the unit, 2 its leader as well, 3 the owner as well."""

    part_id: int
    reminder_id: int
    level: int


@dataclass(frozen=True)
class CommitmentOpened:
    """Residents may read a task on the public page."""

    task_id: int
    by_id: int


@dataclass(frozen=True)
class CommitmentWithdrawn:
    """A task left the public page."""

    task_id: int
    by_id: int

"""What can happen to tasks."""

from dataclasses import dataclass


@dataclass(frozen=True)
class TasksMade:
    """A confirmed document became tasks."""

    document_id: str
    count: int


@dataclass(frozen=True)
class TaskMoved:
    """A task went from one state to another."""

    task_id: int
    state: str

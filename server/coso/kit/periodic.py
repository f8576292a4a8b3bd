"""What is done again and again: apps name their jobs here, the scheduler of the site runs them."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True)
class Job:
    """One thing to do every so often. It runs in one process at a time, may be late, and may run twice."""

    name: str
    every: timedelta
    run: Callable[[], object]


_jobs: dict[str, Job] = {}


def register_job(name: str, *, every: timedelta, run: Callable[[], object]) -> None:
    """Let an app have something done regularly; called from `AppConfig.ready`.

    The job is quick or enqueues a task; what it raises is logged, and it is tried again at its next time.
    """
    _jobs[name] = Job(name, every, run)


def jobs() -> list[Job]:
    """List every registered job."""
    return list(_jobs.values())

"""The scheduler: does the jobs that apps registered in `kit.periodic`, in one process of the whole system at a time."""

import fcntl
import logging
import signal
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import IO

from django.conf import settings
from django.db import OperationalError, close_old_connections, connection

from coso.kit import database, periodic

log = logging.getLogger("coso.scheduler")

# Any number that no other user of the same PostgreSQL takes; this is "coso" read as one.
LOCK = 0x636F736F
BREATH = 0.5


class Turn:
    """The right to be the one scheduler: a lock file beside SQLite, an advisory lock on PostgreSQL."""

    def __init__(self) -> None:
        self._file: IO[str] | None = None
        self._held = False

    def taken(self) -> bool:
        """Take the turn if nobody else has it; tell whether it is ours."""
        if not self._held:
            self._held = self._advisory() if database.is_postgres() else self._flock(settings.DATA / "scheduler.lock")
        return self._held

    def lost(self) -> None:
        """Forget the turn: the connection that held it is gone."""
        self._held = False

    def _flock(self, path: Path) -> bool:
        self._file = self._file or path.open("w")
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def _advisory(self) -> bool:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_try_advisory_lock(%s)", [LOCK])
            return bool(cursor.fetchone()[0])


class Rounds:
    """Which job is due when, on a monotonic clock in seconds."""

    def __init__(self, jobs: Sequence[periodic.Job]) -> None:
        self._due = {job.name: 0.0 for job in jobs}
        self._jobs = jobs

    def due(self, now: float) -> list[periodic.Job]:
        """List what is due, and set each one's next time."""
        found = [job for job in self._jobs if self._due[job.name] <= now]
        for job in found:
            self._due[job.name] = now + job.every.total_seconds()
        return found


def do(job: periodic.Job) -> bool:
    """Do one job; log what it raises. Tell whether it went well."""
    try:
        job.run()
    except OperationalError:
        raise
    except Exception:
        log.exception("The job %s failed; it is tried again at its next time.", job.name)
        return False
    return True


def run(sleep: Callable[[float], None] = time.sleep) -> None:
    """Do jobs until SIGTERM or SIGINT."""
    stopping: list[int] = []
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda received, _frame: stopping.append(received))
    turn, rounds = Turn(), Rounds(periodic.jobs())
    while not stopping:
        try:
            if turn.taken():
                for job in rounds.due(time.monotonic()):
                    if stopping:
                        return
                    do(job)
        except OperationalError as error:
            log.warning("The database does not answer: %s", error)
            turn.lost()
            connection.close()
        close_old_connections()
        sleep(BREATH)

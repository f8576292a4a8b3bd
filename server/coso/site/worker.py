"""The worker: runs background tasks from the database, and gives back those whose worker died."""

import logging
import os
import socket
from collections.abc import Sequence
from datetime import timedelta

from django.utils.crypto import get_random_string
from django_tasks import TaskResultStatus
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

from coso.kit import clock

log = logging.getLogger("coso.worker")

# No task of ours takes this long; one that seems to has lost its worker.
LOST_AFTER = timedelta(minutes=15)
KEPT = timedelta(days=7)


def run(queues: Sequence[str], *, interval: float = 0.5) -> None:
    """Run tasks of these queues ("*": all) until SIGTERM or SIGINT."""
    worker = Worker(
        queue_names=list(queues),
        interval=interval,
        batch=False,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id=f"{socket.gethostname()[:30]}:{os.getpid()}:{get_random_string(8)}",
        excluded_queue_names=[],
    )
    worker.configure_signals()
    worker.run()


def revive(older_than: timedelta = LOST_AFTER) -> int:
    """Let tasks run again whose worker died over them; return how many. Every task of ours may run twice."""
    lost = DBTaskResult.objects.filter(status=TaskResultStatus.RUNNING, started_at__lte=clock.now() - older_than)
    count = lost.update(status=TaskResultStatus.READY, started_at=None)
    if count:
        log.warning("%s tasks had lost their worker and run again.", count)
    return count


def prune() -> int:
    """Forget tasks that ended well a week ago; return how many. Failed ones stay to be looked at."""
    done = DBTaskResult.objects.filter(status=TaskResultStatus.SUCCESSFUL, finished_at__lt=clock.now() - KEPT)
    return done.delete()[0]

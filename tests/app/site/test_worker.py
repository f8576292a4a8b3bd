"""Background tasks: the real queue in the database, the real worker."""

from datetime import timedelta

import pytest
from django_tasks import TaskResultStatus
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

from coso.journal import actions as journal
from coso.journal.models import Entry
from coso.kit import clock
from coso.kit.refs import Ref
from coso.kit.tasks import task
from coso.site import worker

pytestmark = pytest.mark.django_db(transaction=True)


@task()
def note_in_journal(verb: str) -> str:
    journal.record(verb, by="system", refs=[Ref("test", "1")])
    return verb


@task()
def fail_always() -> None:
    raise ValueError("không làm được")


@pytest.fixture
def real_queue(settings):
    settings.TASKS = {
        "default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default", "urgent", "speech"]}
    }


def run_everything():
    Worker(
        queue_names=["*"],
        interval=0,
        batch=True,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id="test",
        excluded_queue_names=[],
    ).run()


def statuses():
    return sorted(DBTaskResult.objects.values_list("status", flat=True))


def test_a_task_runs_in_the_worker_and_not_before(real_queue):
    note_in_journal.enqueue("test.noted")
    assert not Entry.objects.exists()

    run_everything()

    assert [entry.verb for entry in Entry.objects.all()] == ["test.noted"]
    assert statuses() == [TaskResultStatus.SUCCESSFUL]


def test_a_task_that_fails_is_kept_and_stops_no_other(real_queue):
    fail_always.enqueue()
    note_in_journal.enqueue("test.noted")

    run_everything()

    assert statuses() == [TaskResultStatus.FAILED, TaskResultStatus.SUCCESSFUL]
    assert Entry.objects.count() == 1


def test_a_task_whose_worker_died_runs_again(real_queue):
    note_in_journal.enqueue("test.noted")
    DBTaskResult.objects.update(status=TaskResultStatus.RUNNING, started_at=clock.now() - timedelta(minutes=16))

    assert worker.revive() == 1

    run_everything()
    assert statuses() == [TaskResultStatus.SUCCESSFUL]


def test_a_task_that_is_being_done_is_left_alone(real_queue):
    note_in_journal.enqueue("test.noted")
    DBTaskResult.objects.update(status=TaskResultStatus.RUNNING, started_at=clock.now() - timedelta(minutes=14))

    assert worker.revive() == 0

    assert statuses() == [TaskResultStatus.RUNNING]


def test_what_ended_well_a_week_ago_is_forgotten_and_a_failure_is_not(real_queue):
    note_in_journal.enqueue("test.noted")
    fail_always.enqueue()
    run_everything()
    DBTaskResult.objects.update(finished_at=clock.now() - timedelta(days=8))

    assert worker.prune() == 1

    assert statuses() == [TaskResultStatus.FAILED]

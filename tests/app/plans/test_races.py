"""Two people report at once: both reports are kept and the whole stands as both parts do."""

import threading

import pytest
from django.db import connections

from coso.organizations.models import Post
from coso.plans import actions
from coso.plans.models import Occurrence, Part, Progress, Task
from tests.app.plans.given import committee, shared
from tests.support import world as made

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres]


@pytest.fixture
def world():
    return made.build()


def together(*jobs):
    """Do several things at the same moment, each with a connection of its own; give what they raised."""
    start, failed = threading.Barrier(len(jobs)), []

    def run(job):
        try:
            start.wait(timeout=20)
            job()
        except Exception as error:
            failed.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=[job]) for job in jobs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return failed


def reports(part, by, percent, *, done=False):
    return lambda: actions.report_part(part_id=part.pk, by=by, words="báo cáo", percent=percent, done=done)


def test_two_reports_on_one_part_are_both_kept(world):
    body = committee(world.son_kim)
    Post.objects.filter(person=world.officer).update(organization=body)
    part = shared(world, body.name)

    failed = together(*[reports(part, by, percent) for by in (world.officer, world.editor) for percent in (20, 60)])

    part.refresh_from_db()
    assert failed == []
    assert Progress.objects.count() == 4
    assert part.percent == Progress.objects.first().percent


def test_two_units_that_finish_at_once_finish_the_task(world):
    first, second = committee(world.son_kim), committee(world.thach_ha)
    part = shared(world, first.name, second.name)
    parts = list(Part.objects.filter(occurrence=part.occurrence))

    failed = together(*[reports(one, world.editor, 100, done=True) for one in parts])

    assert failed == []
    assert Occurrence.objects.get(pk=part.occurrence_id).state == "done"
    assert Task.objects.get().state == "done"


def test_the_job_that_opens_occurrences_may_run_twice_at_once(world):
    body = committee(world.son_kim)
    task = shared(world, body.name).occurrence.task
    Occurrence.objects.all().delete()

    failed = together(actions.open_due, actions.open_due)

    assert failed == []
    assert task.occurrences.count() == 2

"""`coso check` finds what does not hold, and says what mends it."""

from datetime import timedelta

import pytest
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from coso.devices.models import Device
from coso.journal import actions as journal
from coso.journal.models import Entry
from coso.kit import clock
from coso.kit.refs import Ref
from coso.site import check
from coso.site.check import Level

pytestmark = pytest.mark.django_db


def waiting_task(**changes):
    task = DBTaskResult.objects.create(
        args_kwargs={"args": [], "kwargs": {}},
        task_path="x.y",
        backend_name="default",
        run_after=clock.now() - timedelta(hours=1),
        exception_class_path="",
        traceback="",
    )
    DBTaskResult.objects.filter(pk=task.pk).update(**changes)


@pytest.fixture
def data(settings, tmp_path):
    settings.DATA = tmp_path
    (tmp_path / "keys").mkdir()
    return tmp_path


def test_a_system_where_all_holds_has_no_failure(data):
    (data / "keys" / "signing.key").touch(mode=0o600)

    found = {finding.name: finding.level for finding in check.all_findings()}

    assert found == {
        "database": Level.OK,
        "mail": Level.OK,
        "keys": Level.OK,
        "media": Level.OK,
        "voice": Level.OK,
        "tls": Level.WARNING,
        "migrations": Level.OK,
        "tasks": Level.OK,
        "journal": Level.OK,
        "devices": Level.OK,
    }


def test_a_key_that_others_can_read_is_named(data):
    (data / "keys" / "web.key").touch(mode=0o644)
    (data / "keys" / "web.key").chmod(0o644)

    found = check.keys()

    assert found.level is Level.FAILURE
    assert "web.key" in found.sentence


def test_a_media_folder_that_takes_nothing_is_a_failure(settings, tmp_path):
    (tmp_path / "media").touch()
    settings.MEDIA = tmp_path / "media" / "inside"

    assert check.media().level is Level.FAILURE


def test_work_that_nobody_does_is_a_failure(db):
    waiting_task(enqueued_at=clock.now() - timedelta(minutes=6))

    found = check.tasks()

    assert found.level is Level.FAILURE
    assert found.sentence.startswith("1 ")


def test_failed_work_is_a_warning(db):
    waiting_task(status=TaskResultStatus.FAILED)

    assert check.tasks().level is Level.WARNING


def test_entries_that_nobody_seals_are_a_warning(db):
    journal.record("test.done", by="system", refs=[Ref("test", "1")])
    Entry.objects.update(at=clock.now() - timedelta(minutes=6))

    assert check.journal().level is Level.WARNING

    journal.seal()
    assert check.journal().level is Level.OK


@pytest.mark.parametrize(
    ("ahead", "level"), [(0, Level.OK), (59, Level.OK), (-61, Level.WARNING), (3600, Level.WARNING)]
)
def test_a_device_with_a_wrong_clock_is_named(ahead, level):
    now = clock.now()
    Device.objects.create(
        serial="SK1-01",
        secret=b"s" * 32,
        public_key=b"p" * 32,
        heard_at=now,
        state={"clock_ms": int((now.timestamp() + ahead) * 1000)},
    )

    found = check.devices()

    assert found.level is level
    assert ("SK1-01" in found.sentence) is (level is Level.WARNING)


def test_a_bind_to_other_machines_without_tls_is_a_failure(settings):
    settings.OPTIONS = {**settings.OPTIONS, "COSO_BIND": "0.0.0.0"}

    assert check.tls().level is Level.FAILURE

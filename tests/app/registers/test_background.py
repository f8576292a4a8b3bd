"""Large files: checked, written and taken back by the worker."""

from pathlib import Path
from typing import Any

import pytest
from django_tasks_db.models import DBTaskResult

from coso.kit.errors import WrongState
from coso.places.models import Place
from coso.registers import actions, tasks
from coso.registers.actions import runs
from coso.registers.models import Import, ImportState
from coso.registry.registers.villages import VILLAGES as REGISTER
from tests.app.registers.support import TODAY, VILLAGES, bring
from tests.support import xlsx
from tests.support.world import World

pytestmark = pytest.mark.django_db(transaction=True)

ROWS = [[f"18196-{i:03d}", f"Thôn Mới {i}", "Xã Sơn Kim 1", 100, 30, None, None] for i in range(1, 1101)]


@pytest.fixture(autouse=True)
def queue(media: Path, settings: Any) -> None:
    """Keep tasks in the database, as in production, instead of running them at once."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": []}}


def _worked(run: Import) -> Import:
    tasks.work_on_import.call(import_id=str(run.pk))
    run.refresh_from_db()
    return run


def test_a_large_file_waits_for_the_worker_at_each_step(world: World) -> None:
    run = bring(*ROWS, by=world.officer)
    assert (run.state, run.rows_read) == (ImportState.CHECKING, 0)
    assert DBTaskResult.objects.count() == 1

    assert (_worked(run).state, run.rows_new) == (ImportState.CHECKED, 1100)
    assert actions.commit_import(import_id=run.pk, by=world.officer).state == ImportState.WRITING
    assert _worked(run).state == ImportState.DONE
    assert Place.objects.filter(name__startswith="Thôn Mới").count() == 1100
    assert actions.undo_import(import_id=run.pk, by=world.officer).state == ImportState.UNDOING
    assert _worked(run).state == ImportState.UNDONE
    assert not Place.objects.filter(name__startswith="Thôn Mới").exists()


def test_a_long_sheet_chosen_instead_of_a_short_one_waits_for_the_worker(world: World) -> None:
    data = xlsx.book(["Ghi chú"], ["không có gì"], more={"Thôn": [VILLAGES, *ROWS]})
    run = actions.start_import(kind="thon", data=data, file_name="a.xlsx", by=world.officer, day=TODAY)

    run = actions.choose_columns(import_id=run.pk, by=world.officer, columns={}, sheet="Thôn")

    assert (run.state, run.layout["is_large"]) == (ImportState.CHECKING, True)
    assert (_worked(run).state, run.rows_new) == (ImportState.CHECKED, 1100)


def test_a_task_that_runs_twice_does_its_work_once(world: World) -> None:
    run = _worked(bring(*ROWS[:600], by=world.officer))
    actions.commit_import(import_id=run.pk, by=world.officer)
    _worked(run)

    assert _worked(run).state == ImportState.DONE
    assert run.rows.count() == 600


def test_a_check_that_ends_late_leaves_what_was_done_meanwhile(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    run = bring(*ROWS[:600], by=world.officer)
    check = runs._check

    def slow(*told: Any) -> None:
        check(*told)
        monkeypatch.undo()
        _worked(run)
        actions.commit_import(import_id=run.pk, by=world.officer)
        _worked(run)

    monkeypatch.setattr(runs, "_check", slow)
    _worked(run)

    assert run.state == ImportState.DONE
    assert run.rows.count() == 600


def test_a_check_can_be_stopped_and_begun_again(world: World) -> None:
    run = bring(*ROWS, by=world.officer)
    actions.stop_import(import_id=run.pk, by=world.officer)

    assert (_worked(run).state, run.rows_read) == (ImportState.STOPPED, 500)
    actions.check_again(import_id=run.pk, by=world.officer)
    assert (_worked(run).state, run.rows_read) == (ImportState.CHECKED, 1100)


def test_what_is_checked_already_cannot_be_stopped(world: World) -> None:
    run = _worked(bring(*ROWS[:600], by=world.officer))

    with pytest.raises(WrongState):
        actions.stop_import(import_id=run.pk, by=world.officer)


def test_a_failure_in_the_middle_of_writing_leaves_nothing_behind(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = _worked(bring(*ROWS, by=world.officer))
    actions.commit_import(import_id=run.pk, by=world.officer)
    calls: list[int] = []

    def failing(plans: Any, by: Any) -> Any:
        calls.append(len(plans))
        if len(calls) == 2:
            raise RuntimeError
        return REGISTER.write(plans, by)

    broken = type(REGISTER)(**{**REGISTER.__dict__, "write": failing})
    monkeypatch.setattr(runs, "register_of", lambda kind: broken)
    with pytest.raises(RuntimeError):
        _worked(run)

    run.refresh_from_db()
    assert (run.state, calls) == (ImportState.STOPPED, [500, 500])
    assert run.failure
    assert not Place.objects.filter(name__startswith="Thôn Mới").exists()
    assert not run.rows.exists()

"""A spreadsheet goes when its time is over, with the values that it replaced; what it brought in stands."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from coso.journal.models import Entry
from coso.journal.ports import sentence_of
from coso.kit import blobs, clock
from coso.kit.errors import WrongState
from coso.places.models import Place
from coso.registers import actions
from coso.registers.models import Import, ImportState
from tests.app.registers.support import bring
from tests.support.world import World

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("media")]

ROW = ["18196-01", "Thôn 1", "Xã Sơn Kim 1", 620, 170, None, None]


def _later(monkeypatch: pytest.MonkeyPatch, days: int) -> None:
    then = clock.now() + timedelta(days=days)
    monkeypatch.setattr(clock, "now", lambda: then)


def _brought(world: World) -> Import:
    return actions.commit_import(import_id=bring(ROW, by=world.officer).pk, by=world.officer)


def test_a_file_goes_after_its_days_and_not_before(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    run = _brought(world)
    files = [run.sha256, run.preview_sha256]

    _later(monkeypatch, 89)
    assert (actions.erase_old(), [blobs.has(one) for one in files]) == (0, [True, True])
    _later(monkeypatch, 2)
    assert (actions.erase_old(), [blobs.has(one) for one in files]) == (1, [False, False])

    run.refresh_from_db()
    row = run.rows.get()
    assert (run.state, run.sha256, run.samples, run.errors) == (ImportState.DONE, "", [], [])
    assert (row.was, row.now, row.key) == ({}, {}, str(world.villages[0].pk))
    assert Place.objects.get(code="18196-01").population == 620
    entry = Entry.objects.get(verb="register.erased")
    assert (entry.actor, entry.refs) == ("system", [f"import:{run.pk}"])
    assert "hết hạn lưu" in sentence_of(entry)
    assert actions.erase_old() == 0


def test_the_days_are_a_setting(world: World, monkeypatch: pytest.MonkeyPatch, settings: Any) -> None:
    settings.OPTIONS = {**settings.OPTIONS, "COSO_IMPORTS_KEPT_DAYS": 5}
    _brought(world)

    _later(monkeypatch, 6)

    assert actions.erase_old() == 1


def test_what_was_erased_is_not_taken_back_and_says_so(
    world: World, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = _brought(world)
    _later(monkeypatch, 91)
    actions.erase_old()

    with pytest.raises(WrongState, match="xóa ngày"):
        actions.undo_import(import_id=run.pk, by=world.officer)
    client.force_login(world.officer)
    page = client.get(reverse("desk:import", args=[run.pk])).content.decode()

    assert "không thể nhập vào hay hoàn tác" in page
    assert "Hoàn tác tệp này" not in page
    assert Place.objects.get(code="18196-01").population == 620


def test_a_file_that_was_only_looked_at_goes_too_and_cannot_be_brought_in(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = bring(ROW, by=world.officer)
    _later(monkeypatch, 91)
    actions.erase_old()

    for act in (actions.commit_import, actions.check_again):
        with pytest.raises(WrongState):
            act(import_id=run.pk, by=world.officer)

    assert Place.objects.get(code="18196-01").population is None


def test_the_same_file_brought_in_lately_stays(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    first = bring(ROW, by=world.officer)
    Import.objects.filter(pk=first.pk).update(made_at=clock.now() - timedelta(days=100))
    second = bring(ROW, by=world.officer)

    assert actions.erase_old() == 1

    assert blobs.has(second.sha256)
    assert actions.commit_import(import_id=second.pk, by=world.officer).state == ImportState.DONE

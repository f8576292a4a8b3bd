"""A file is written while somebody else edits the same records: the one waits for the other, and nothing is lost."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction

from coso.journal.models import Entry
from coso.kit.errors import BadInput
from coso.places import actions as places
from coso.places.models import Place
from coso.registers import actions
from coso.registers.actions import runs
from coso.registers.models import Import, ImportedRow, ImportState
from coso.registry import actions as registry
from coso.registry.models import SpeakerCluster
from tests.app.registers.support import bring
from tests.support.races import Other, database_of_two
from tests.support.world import World

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def two(transactional_db: None, tmp_path: Path) -> Iterator[None]:
    """Let two connections meet."""
    with database_of_two(tmp_path):
        yield


CLUSTERS = ["Mã cụm loa", "Tên cụm loa", "Xã, phường", "Bán kính"]


def _rows(world: World) -> Import:
    return bring(["SK1-01", "Cụm loa mới", "Xã Sơn Kim 1", 300], header=CLUSTERS, kind="cum-loa", by=world.officer)


def _edits(world: World, **told: Any) -> Other:
    """Let the administrator change the cluster on its page."""
    cluster = world.clusters[0]
    return Other(
        lambda: registry.edit_cluster(
            by=world.administrator, cluster=cluster, villages=world.villages[:1], **{"name": cluster.name, **told}
        )
    )


def test_an_edit_after_the_file_was_read_comes_after_the_file(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    run, other = _rows(world), _edits(world, latitude=18.4, longitude=105.2, name="Cụm loa mới")
    register = runs._register("cum-loa")
    write = register.write
    seen: list[bool] = []

    def slow(*told: Any) -> Any:
        # Between reading and writing: here an edit was lost once.
        seen.append(other.begin().waits)
        return write(*told)

    monkeypatch.setattr(runs, "_register", lambda kind: replace(register, write=slow))
    done = actions.commit_import(import_id=run.pk, by=world.officer)
    other.done()

    cluster = SpeakerCluster.objects.get(code="SK1-01")
    assert (seen, done.state) == ([True], ImportState.DONE)
    assert isinstance(other.outcome, SpeakerCluster)
    assert (cluster.range_m, cluster.latitude, cluster.name) == (300, 18.4, "Cụm loa mới")


def test_an_edit_before_the_file_is_read_refuses_the_file_by_its_cells(world: World) -> None:
    run = _rows(world)
    committed = Other(lambda: actions.commit_import(import_id=run.pk, by=world.officer))

    with transaction.atomic():
        registry.edit_cluster(
            by=world.administrator, cluster=world.clusters[0], name="Cụm của người khác", villages=world.villages[:1]
        )
        assert committed.begin().waits
    run = committed.done()

    assert run.state == ImportState.CHECKED
    assert SpeakerCluster.objects.get(code="SK1-01").name == "Cụm của người khác"
    assert not ImportedRow.objects.exists()
    assert [(one["cell"], one["was"], one["now"]) for one in run.layout["moved"]] == [
        ("B2", "Cụm loa Thôn 1", "Cụm của người khác")
    ]
    assert world.administrator.full_name in run.layout["moved"][0]["text"]


def test_two_files_with_the_same_new_rows_are_written_one_after_the_other(world: World) -> None:
    row = ["18196-09", "Thôn 9", "Xã Sơn Kim 1", 100, 30, None, None]
    first, second = bring(row, by=world.officer), bring(row, by=world.administrator)
    other = Other(lambda: actions.commit_import(import_id=second.pk, by=world.administrator))

    with transaction.atomic():
        Import.objects.select_for_update().get(pk=first.pk)
        other.begin()
    actions.commit_import(import_id=first.pk, by=world.officer)
    other.done()

    states = sorted(Import.objects.values_list("state", flat=True))
    assert states == [ImportState.CHECKED, ImportState.DONE]
    assert Place.objects.filter(code="18196-09").count() == 1


def test_an_edit_while_a_file_is_taken_back_comes_after_it(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    run = actions.commit_import(import_id=_rows(world).pk, by=world.officer)
    other, take_back, seen = _edits(world, name="Tên sau cùng"), runs.take_back, []

    def slow(*told: Any) -> None:
        take_back(*told)
        seen.append(other.begin().waits)

    monkeypatch.setattr(runs, "take_back", slow)
    actions.undo_import(import_id=run.pk, by=world.officer)
    other.done()

    cluster = SpeakerCluster.objects.get(code="SK1-01")
    assert seen == [True]
    assert (cluster.range_m, cluster.name) == (None, "Tên sau cùng")


def test_who_changed_a_record_since_is_named_where_it_cannot_be_taken_back(world: World) -> None:
    row = ["18196-01", "Thôn 1", "Xã Sơn Kim 1", 620, 170, None, None]
    run = actions.commit_import(import_id=bring(row, by=world.officer).pk, by=world.officer)
    village = Place.objects.get(code="18196-01")
    places.describe_village(
        by=world.administrator, village=village, population=700, households=170, latitude=None, longitude=None
    )

    with pytest.raises(BadInput, match=world.administrator.full_name):
        actions.undo_import(import_id=run.pk, by=world.officer)

    assert Place.objects.get(code="18196-01").population == 700
    assert not Entry.objects.filter(verb="register.undone").exists()


def test_a_later_file_is_named_too(world: World) -> None:
    first, second = ["18196-01", "Thôn 1", "Xã Sơn Kim 1", 620, 170], ["18196-01", "Thôn 1", "Xã Sơn Kim 1", 630, 170]
    run = actions.commit_import(import_id=bring([*first, None, None], by=world.officer).pk, by=world.officer)
    later = bring([*second, None, None], by=world.administrator)
    actions.commit_import(import_id=later.pk, by=world.administrator)

    with pytest.raises(BadInput, match=world.administrator.full_name):
        actions.undo_import(import_id=run.pk, by=world.officer)

    assert Place.objects.get(code="18196-01").population == 630

"""`coso import` and `coso export`: the promise to scripts."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from coso.journal.models import Entry
from coso.places.models import Place
from coso.registers.commands import export_, import_
from coso.registers.models import Import
from tests.app.registers.support import VILLAGES
from tests.support import xlsx
from tests.support.world import World

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("media")]

NEW = ["18196-09", "Thôn 9", "Xã Sơn Kim 1", 100, 30, None, None]


def _file(folder: Path, *rows: list[object]) -> str:
    path = folder / "thon.xlsx"
    path.write_bytes(xlsx.book(VILLAGES, *rows))
    return str(path)


def _run(command: object, *words: str) -> Result:
    return CliRunner().invoke(command, list(words))  # type: ignore[arg-type]


def test_without_commit_the_plan_is_printed_and_nothing_changes(world: World, tmp_path: Path) -> None:
    done = _run(import_, "thon", _file(tmp_path, NEW))

    assert done.exit_code == 0
    assert "1 dòng: 1 mới, 0 thay đổi, 0 giữ nguyên, 0 sai." in done.stdout
    assert not Place.objects.filter(code="18196-09").exists()
    assert not Import.objects.exists()


def test_with_commit_the_file_is_brought_in_by_the_system(world: World, tmp_path: Path) -> None:
    done = _run(import_, "thon", _file(tmp_path, NEW), "--commit")

    assert done.exit_code == 0
    assert Place.objects.get(code="18196-09").population == 100
    assert Entry.objects.get(verb="register.imported").actor == "system"
    assert _run(import_, "thon", _file(tmp_path, NEW), "--commit").exit_code == 0


def test_a_wrong_row_is_printed_by_cell_and_ends_with_1(world: World, tmp_path: Path) -> None:
    done = _run(import_, "thon", _file(tmp_path, NEW, ["18196-10", "Thôn 10", "Xã Lạ", 5, 1, None, None]), "--commit")

    assert done.exit_code == 1
    assert "C3: " in done.stdout
    assert not Place.objects.filter(code="18196-09").exists()
    assert not Import.objects.exists()


def test_names_are_those_of_the_day_given(world: World, tmp_path: Path) -> None:
    done = _run(import_, "thon", _file(tmp_path, NEW), "--day", "2025-03-01")

    assert done.exit_code == 1
    assert "01/07/2025" in done.stdout


def test_an_unknown_register_or_a_file_that_is_none_ends_with_1(world: World, tmp_path: Path) -> None:
    path = tmp_path / "x.xlsx"
    path.write_bytes(b"a,b")

    assert _run(import_, "khong-co", str(path)).exit_code == 1
    wrong = _run(import_, "thon", str(path))
    assert wrong.exit_code == 1
    assert ".csv" in wrong.stderr


def test_an_export_can_be_brought_in_again_unchanged(world: World, tmp_path: Path) -> None:
    path = str(tmp_path / "ra.xlsx")

    assert _run(export_, "thon", path).exit_code == 0
    done = _run(import_, "thon", path)

    assert done.exit_code == 0
    assert "6 dòng: 0 mới, 0 thay đổi, 6 giữ nguyên, 0 sai." in done.stdout

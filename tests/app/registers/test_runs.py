"""Files brought in: checked, written whole or not at all, taken back whole or not at all."""

from datetime import date

import pytest

from coso.journal.models import Entry
from coso.journal.ports import sentence_of
from coso.kit import blobs
from coso.kit.errors import BadInput, NotAllowed, NotFound, WrongState
from coso.organizations.models import Person, Post
from coso.places.models import Level, Place
from coso.registers import actions
from coso.registers.models import Import, ImportedRow, ImportState
from coso.registry.models import Signal
from coso.registry.registers.villages import VILLAGES as REGISTER
from tests.app.registers.support import TODAY, VILLAGES, bring
from tests.support import xlsx
from tests.support.world import World

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("media")]

NEW = ["18196-09", "Thôn 9", "Xã Sơn Kim 1", "1.234", 300.0, "18,43", 105.2]
KNOWN = ["18196-01", "thôn 1", "xa son kim 1", 620, 170, None, None]


def _counts(run: Import) -> tuple[int, int, int, int]:
    return run.rows_new, run.rows_changed, run.rows_same, run.rows_wrong


def test_a_checked_file_has_changed_nothing_yet(world: World) -> None:
    run = bring(NEW, KNOWN, by=world.officer)

    assert run.state == ImportState.CHECKED
    assert _counts(run) == (1, 1, 0, 0)
    assert not Place.objects.filter(code="18196-09").exists()
    assert not Entry.objects.filter(verb__startswith="register.").exists()


def test_the_preview_shows_what_each_change_replaces(world: World) -> None:
    run = bring(NEW, KNOWN, by=world.officer)

    new, changed = run.samples
    assert (new["row"], new["is_new"], new["values"]["population"]) == (2, True, 1234)
    assert changed["was"] == {"name": "Thôn 1", "population": None, "households": None}
    assert changed["now"] == {"name": "thôn 1", "population": 620, "households": 170}


def test_a_committed_file_is_written_whole_with_one_entry_of_the_journal(world: World) -> None:
    run = actions.commit_import(import_id=bring(NEW, KNOWN, by=world.officer).pk, by=world.officer)

    made = Place.objects.get(code="18196-09")
    assert run.state == ImportState.DONE
    assert (made.parent, made.level, made.population, made.households, made.latitude) == (
        world.son_kim, Level.VILLAGE, 1234, 300, 18.43,
    )  # fmt: skip
    assert made.current == made
    assert made.current_path == f"{world.son_kim.path}{made.pk}/"
    assert Place.objects.get(code="18196-01").population == 620
    assert list(run.rows.values_list("number", "key", "is_new")) == [
        (2, str(made.pk), True),
        (3, str(world.villages[0].pk), False),
    ]
    entry = Entry.objects.get(verb="register.imported")
    assert (entry.actor, entry.data["new"], entry.data["changed"]) == (f"person:{world.officer.pk}", 1, 1)
    assert "1" in sentence_of(entry)


def test_nothing_is_written_while_one_row_is_wrong(world: World) -> None:
    run = bring(NEW, ["18196-10", "Thôn 10", "Xã Không Có", 1, 1, None, None], by=world.officer)

    with pytest.raises(BadInput):
        actions.commit_import(import_id=run.pk, by=world.officer)

    assert _counts(run) == (1, 0, 0, 1)
    assert not Place.objects.filter(code__in=["18196-09", "18196-10"]).exists()


@pytest.mark.parametrize(
    ("row", "cell", "value"),
    [
        (["18196-09", "Thôn 9", "Xã Sơn Kim 1", "5 km", 1, None, None], "D2", "5 km"),
        (["18196-09", "Thôn 9", "Xã Sơn Kim 1", "=1+1", 1, None, None], "D2", ""),
        (["18196-09", "Thôn 9", "Xã Không Có", 1, 1, None, None], "C2", "Xã Không Có"),
        (["18196-09", "Thôn 9", "Xã Sơn Kim 1", 1, 1, 95, 105], "F2", "95"),
        (["18196-09", "Thôn 9", "Xã Sơn Kim 1", 1, 1, 18, None], "G2", ""),
        (["18196-09", None, "Xã Sơn Kim 1", 1, 1, None, None], "B2", ""),
        (["18562-01", "Thôn Đông 1", "Xã Sơn Kim 1", 1, 1, None, None], "A2", "18562-01"),
        (["18196-01", "Thôn Một", "Xã Sơn Kim 1", 1, 1, None, None], "B2", "Thôn Một"),
        (["18196", "Thôn 9", "Xã Sơn Kim 1", 1, 1, None, None], "A2", "18196"),
        (["18196-77", "Thôn 1", "Xã Sơn Kim 1", 1, 1, None, None], "B2", "Thôn 1"),
        ([None, "Thôn 9", "Xã Sơn Kim 1", 1, 1, None, None], "A2", ""),
        (["18196-09", "Thôn 9", "Xã Sơn Kim 1", 10, 20, None, None], "E2", "20"),
    ],
)
def test_what_is_wrong_is_told_by_cell_with_what_stands_there(
    world: World, row: list[object], cell: str, value: str
) -> None:
    run = bring(row, by=world.administrator)

    assert _counts(run) == (0, 0, 0, 1)
    assert [(error["cell"], error["value"]) for error in run.errors] == [(cell, value)]


def test_a_row_outside_the_persons_places_is_wrong(world: World) -> None:
    run = bring(["18562-09", "Thôn 9", "Xã Thạch Hà", 1, 1, None, None], by=world.officer)

    assert _counts(run) == (0, 0, 0, 1)
    assert run.errors[0]["cell"] == "C2"


def test_the_same_record_twice_in_one_file_is_wrong(world: World) -> None:
    by_code = bring(NEW, NEW, by=world.officer)
    by_name = bring(KNOWN, [None, "Thôn 1", "Xã Sơn Kim 1", 5, 1, None, None], by=world.officer)

    assert _counts(by_code) == (1, 0, 0, 1)
    assert by_code.errors[0]["row"] == 3
    assert by_name.rows_wrong == 1


def test_a_column_that_the_file_lacks_leaves_its_values_alone(world: World) -> None:
    Place.objects.filter(code="18196-01").update(population=500, households=120)

    run = bring(["18196-01", "Thôn 1", "Xã Sơn Kim 1", 510], header=VILLAGES[:4], by=world.officer)
    actions.commit_import(import_id=run.pk, by=world.officer)

    village = Place.objects.get(code="18196-01")
    assert (village.population, village.households) == (510, 120)


def test_a_missing_required_column_is_told_and_may_be_chosen(world: World) -> None:
    run = bring(
        NEW, header=["Mã thôn", "Ghi chú", "Xã, phường", "Dân số", "Số hộ", "Vĩ độ", "Kinh độ"], by=world.officer
    )
    assert run.layout["missing"] == ["name"]
    with pytest.raises(BadInput):
        actions.commit_import(import_id=run.pk, by=world.officer)

    run = actions.choose_columns(
        import_id=run.pk, by=world.officer, columns={"A": "code", "B": "name", "C": "commune", "D": "population"}
    )

    assert _counts(run) == (1, 0, 0, 0)
    assert run.layout["missing"] == []
    assert run.samples[0]["values"] == {
        "code": "18196-09", "name": "Thôn 9", "commune": "Xã Sơn Kim 1", "population": 1234,
    }  # fmt: skip


def test_two_columns_for_one_field_are_refused_and_nothing_changes(world: World) -> None:
    run = bring(NEW, by=world.officer)

    with pytest.raises(BadInput):
        actions.choose_columns(import_id=run.pk, by=world.officer, columns={"A": "code", "B": "code"})

    run.refresh_from_db()
    assert (run.state, run.mapping["B"]) == (ImportState.CHECKED, "name")


def test_another_sheet_may_be_chosen(world: World) -> None:
    data = xlsx.book(["Ghi chú"], ["không có gì"], more={"Thôn": [VILLAGES, NEW]})
    run = actions.start_import(kind="thon", data=data, file_name="a.xlsx", by=world.officer, day=TODAY)
    assert run.layout["sheets"] == ["Danh sách", "Thôn"]

    run = actions.choose_columns(import_id=run.pk, by=world.officer, columns={}, sheet="Thôn")

    assert (run.layout["sheet"], _counts(run)) == ("Thôn", (1, 0, 0, 0))


def test_a_file_that_is_none_is_refused_and_nothing_is_kept(world: World) -> None:
    with pytest.raises(BadInput) as refused:
        actions.start_import(kind="thon", data=b"a,b\n1,2\n", file_name="a.csv", by=world.officer, day=TODAY)

    assert list(refused.value.fields) == ["file"]
    assert not Import.objects.exists()


def test_merged_cells_fail_the_whole_file_by_their_range(world: World) -> None:
    made = xlsx.loaded(xlsx.book(VILLAGES, NEW, KNOWN))
    made.active.merge_cells("C2:C3")  # type: ignore[union-attr]

    run = actions.start_import(kind="thon", data=xlsx.saved(made), file_name="a.xlsx", by=world.officer, day=TODAY)

    assert run.state == ImportState.FAILED
    assert "C2:C3" in run.failure


def test_records_changed_since_the_preview_stop_the_writing_and_bring_a_new_preview(world: World) -> None:
    run = bring(KNOWN, by=world.officer)
    Place.objects.filter(code="18196-01").update(population=999)

    run = actions.commit_import(import_id=run.pk, by=world.officer)

    assert run.state == ImportState.CHECKED
    assert run.samples[0]["was"]["population"] == 999
    assert Place.objects.get(code="18196-01").population == 999
    assert not ImportedRow.objects.exists()
    assert not Entry.objects.filter(verb="register.imported").exists()
    assert actions.commit_import(import_id=run.pk, by=world.officer).state == ImportState.DONE


def test_of_two_people_with_one_file_only_the_first_brings_it_in(world: World) -> None:
    first, second = bring(NEW, by=world.officer), bring(NEW, by=world.administrator)
    actions.commit_import(import_id=first.pk, by=world.officer)

    second = actions.commit_import(import_id=second.pk, by=world.administrator)

    assert (second.state, _counts(second)) == (ImportState.CHECKED, (0, 0, 1, 0))
    assert Place.objects.filter(code="18196-09").count() == 1
    with pytest.raises(BadInput):
        actions.commit_import(import_id=second.pk, by=world.administrator)


def test_an_import_is_taken_back_whole(world: World) -> None:
    run = actions.commit_import(import_id=bring(NEW, KNOWN, by=world.officer).pk, by=world.officer)

    run = actions.undo_import(import_id=run.pk, by=world.officer)

    village = Place.objects.get(code="18196-01")
    assert run.state == ImportState.UNDONE
    assert not Place.objects.filter(code="18196-09").exists()
    assert (village.name, village.population, village.folded) == ("Thôn 1", None, "thon 1")
    assert Entry.objects.get(verb="register.undone").data["rows"] == 2


def test_nothing_is_taken_back_when_something_hangs_on_one_record(world: World) -> None:
    run = actions.commit_import(import_id=bring(NEW, KNOWN, by=world.officer).pk, by=world.officer)
    world.clusters[0].villages.add(Place.objects.get(code="18196-09"))

    with pytest.raises(BadInput, match="2") as refused:
        actions.undo_import(import_id=run.pk, by=world.officer)

    run.refresh_from_db()
    assert "Thôn 9" in str(refused.value)
    assert run.state == ImportState.DONE
    assert Place.objects.get(code="18196-01").population == 620


def test_nothing_is_taken_back_when_a_record_changed_since(world: World) -> None:
    run = actions.commit_import(import_id=bring(NEW, KNOWN, by=world.officer).pk, by=world.officer)
    Place.objects.filter(code="18196-01").update(population=621)

    with pytest.raises(BadInput):
        actions.undo_import(import_id=run.pk, by=world.officer)

    assert Place.objects.filter(code="18196-09").exists()
    assert Place.objects.get(code="18196-01").population == 621


def test_nobody_takes_back_records_of_a_commune_that_he_left(world: World) -> None:
    run = actions.commit_import(import_id=bring(NEW, KNOWN, by=world.officer).pk, by=world.officer)
    Post.objects.filter(person=world.officer).update(place=world.thach_ha)
    moved = Person.objects.get(pk=world.officer.pk)

    with pytest.raises(BadInput, match="địa bàn"):
        actions.undo_import(import_id=run.pk, by=moved)

    run.refresh_from_db()
    assert run.state == ImportState.DONE
    assert Place.objects.filter(code="18196-09").exists()
    assert Place.objects.get(code="18196-01").population == 620


def test_only_who_may_brings_in_and_only_ones_own(world: World) -> None:
    with pytest.raises(NotAllowed):
        bring(NEW, by=world.leader)
    run = bring(NEW, by=world.officer)

    for act in (actions.commit_import, actions.undo_import, actions.stop_import, actions.check_again):
        with pytest.raises(NotFound):
            act(import_id=run.pk, by=world.other_officer)

    assert not Place.objects.filter(code="18196-09").exists()


def test_what_was_done_cannot_be_done_again(world: World) -> None:
    run = actions.commit_import(import_id=bring(NEW, by=world.officer).pk, by=world.officer)

    with pytest.raises(WrongState):
        actions.commit_import(import_id=run.pk, by=world.officer)
    with pytest.raises(WrongState):
        actions.check_again(import_id=run.pk, by=world.officer)

    actions.undo_import(import_id=run.pk, by=world.officer)
    with pytest.raises(WrongState):
        actions.undo_import(import_id=run.pk, by=world.officer)


def test_old_names_are_read_by_the_day_of_the_file_and_told(world: World) -> None:
    old = Place.objects.create(
        code="18199", name="Xã Sơn Cũ", level=Level.COMMUNE, parent=world.province,
        valid_from=date(2017, 1, 1), valid_to=date(2025, 6, 30),
    )  # fmt: skip
    Place.objects.filter(pk=old.pk).update(current=world.son_kim, current_path=world.son_kim.path)

    run = bring(["18196-09", "Thôn 9", "Xã Sơn Cũ", 1, 1, None, None], by=world.officer, day=date(2025, 3, 1))
    actions.commit_import(import_id=run.pk, by=world.officer)

    assert run.rows_wrong == 0
    assert "Xã Sơn Kim 1" in run.warnings[0]["text"]
    assert Place.objects.get(code="18196-09").parent == world.son_kim


def test_the_wrong_rows_are_kept_as_a_file_with_their_reasons(world: World) -> None:
    run = bring(NEW, ["18196-10", "Thôn 10", "Xã Không Có", "x", 1, None, None], by=world.officer)

    with blobs.open_blob(run.wrong_sha256) as file:
        sheet = xlsx.loaded(file.read()).active
    assert sheet is not None
    rows = list(sheet.iter_rows(values_only=True))
    assert len(rows) == 2
    assert rows[0][:3] == ("Mã thôn", "Tên thôn", "Xã, phường")
    assert (rows[1][0], rows[1][3], rows[1][7]) == ("18196-10", "x", 3)
    assert "D3" in str(rows[1][8])


def test_the_errors_told_are_at_most_two_hundred_and_all_are_counted(world: World) -> None:
    run = bring(*([f"a{i}", f"Thôn {i}", "Xã Không Có", 1, 1, None, None] for i in range(250)), by=world.officer)

    assert (run.rows_wrong, len(run.errors)) == (250, 200)


def test_a_day_in_the_future_is_refused(world: World) -> None:
    with pytest.raises(BadInput) as refused:
        bring(NEW, by=world.officer, day=date(2126, 1, 1))

    assert list(refused.value.fields) == ["day"]


def test_the_example_row_of_the_template_is_left_out_and_told(world: World) -> None:
    example = [str(field.example) for field in REGISTER.fields]
    header = [str(field.label) for field in REGISTER.fields]

    run = bring(example, ["18196-09", "Thôn 9", "Xã Sơn Kim 1", *[None] * 6], header=header, by=world.officer)

    assert (_counts(run), run.rows_read) == ((1, 0, 0, 0), 1)
    assert len(run.layout["notes"]) == 1


def test_everything_wrong_in_a_row_is_told_at_once_in_the_order_of_the_sheet(world: World) -> None:
    run = bring(
        NEW,
        ["18196-10", "Thôn 10", "Xã Lạ", "5 km", "=1", None, None],
        ["18196-09", "Thôn 11", "Xã Sơn Kim 1", "x", 1, 95, 105],
        by=world.officer,
    )

    cells = [error["cell"] or error["row"] for error in run.errors]
    assert (run.rows_wrong, cells) == (2, ["C3", "D3", "E3", 4, "D4", "F4"])


def test_a_day_that_somebody_else_set_meanwhile_is_told_as_it_was_and_as_it_is(world: World) -> None:
    village = world.villages[0]
    noted = Signal.objects.create(village=village, strength="good", noted_on=date(2026, 10, 1), source="Cán bộ xã")
    header = ["Mã thôn", "Tín hiệu", "Ngày ghi nhận", "Theo ai"]
    row = [village.code, noted.get_strength_display(), "01/11/2026", "Đài xã"]
    run = bring(row, header=header, by=world.officer, kind="tin-hieu")
    Signal.objects.filter(pk=noted.pk).update(noted_on=date(2026, 11, 1))

    run = actions.commit_import(import_id=run.pk, by=world.officer)

    assert (run.state, run.failure) == (ImportState.CHECKED, "")
    assert [(one["cell"], one["was"], one["now"]) for one in run.layout["moved"]] == [
        ("C2", "2026-10-01", "2026-11-01")
    ]

"""Signals of villages in and out as .xlsx."""

from datetime import date

import pytest

from coso.kit import clock
from coso.registers import actions
from coso.registers.models import Import, ImportState
from coso.registers.ports import register_of
from coso.registry.models import Signal
from tests.app.registers.support import bring
from tests.app.registry.covering import covered, signal
from tests.support.world import World

pytestmark = pytest.mark.django_db
__all__ = ["covered"]

HEADER = ["Mã thôn", "Thôn, tổ dân phố", "Xã, phường", "Sóng", "Ngày ghi nhận", "Theo ai"]


def _bring(*rows, **more) -> Import:
    return bring(*rows, header=HEADER, kind="tin-hieu", **more)


def _notes() -> dict[str, str]:
    return dict(Signal.objects.values_list("village__code", "strength"))


def test_signals_come_in_by_code_or_by_name_and_go_back_out(covered: World):
    signal(covered.villages[1], "none")

    run = _bring(
        ["18196-01", None, None, "Sóng tốt", "01/11/2026", "Trưởng thôn"],
        [None, "thon 2", "Xã Sơn Kim 1", "song yeu", None, None],
    )
    actions.commit_import(import_id=run.pk, by="system")

    run.refresh_from_db()
    assert (run.state, run.rows_new, run.rows_changed) == (ImportState.DONE, 1, 1)
    assert _notes() == {"18196-01": "good", "18196-02": "weak"}
    assert Signal.objects.get(village__code="18196-02").noted_on == clock.today()
    table = register_of("tin-hieu")
    assert table is not None
    first = table.read(table.rows(covered.officer)[0])
    assert (first["code"], first["strength"], first["noted_on"]) == ("18196-01", "good", date(2026, 11, 1))
    assert list(table.rows(covered.other_officer)) == []


def test_an_import_is_taken_back_and_what_was_noted_before_stands_again(covered: World):
    signal(covered.villages[1], "none")
    run = _bring(
        ["18196-01", None, None, "Sóng tốt", None, None], ["18196-02", None, None, "Sóng yếu", None, "Nhà mạng"]
    )
    actions.commit_import(import_id=run.pk, by="system")

    actions.undo_import(import_id=run.pk, by="system")

    assert _notes() == {"18196-02": "none"}
    assert Signal.objects.get().source == ""


@pytest.mark.parametrize(
    ("row", "cell"),
    [
        (["18562-01", None, None, "Sóng tốt", None, None], "B2"),
        (["99999-01", None, None, "Sóng tốt", None, None], "A2"),
        ([None, "Thôn 9", "Xã Sơn Kim 1", "Sóng tốt", None, None], "B2"),
        ([None, "Thôn 1", None, "Sóng tốt", None, None], "C2"),
        ([None, "Thôn 1", "Xã Không Có", "Sóng tốt", None, None], "C2"),
        (["18196-01", None, None, "rất mạnh", None, None], "D2"),
        (["18196-01", None, None, "Sóng tốt", "01/01/2999", None], "E2"),
    ],
)
def test_a_wrong_row_is_named_by_its_cell_and_nothing_is_noted(covered: World, row, cell):
    run = _bring(row, by=covered.officer)

    assert run.rows_wrong == 1
    assert [error["cell"] for error in run.errors] == [cell]
    assert _notes() == {}


def test_a_sample_written_over_is_a_sample_again_after_the_file_is_taken_back(covered: World):
    signal(covered.villages[1], "none")
    Signal.objects.update(is_sample=True)
    run = _bring(["18196-02", None, None, "Sóng tốt", None, "Trưởng thôn"])
    actions.commit_import(import_id=run.pk, by="system")
    assert Signal.objects.get().is_sample is False

    actions.undo_import(import_id=run.pk, by="system")

    again = Signal.objects.get()
    assert (again.strength, again.is_sample) == ("none", True)

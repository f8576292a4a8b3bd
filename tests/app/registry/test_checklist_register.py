"""A new version of a checklist comes in from rows; one that stands is never changed."""

from typing import Any

import pytest

from coso.kit.errors import BadInput
from coso.registers import actions
from coso.registers.models import ImportState
from coso.registry.actions.rounds import load_checklists
from coso.registry.models import Checklist, ChecklistItem
from tests.app.registers.support import bring
from tests.app.registry.inspecting import opened
from tests.support.world import World

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("media")]

HEADER = ["Mã phiếu", "Tên phiếu", "Văn bản", "Từ ngày", "Số", "Câu", "Điều"]


def _row(number: int, **told: Any) -> list[Any]:
    row = {
        "code": "tram-2027", "title": "Trạm, bản 2027", "source": "Nghị định 49/2024/NĐ-CP", "since": "01/01/2027",
        "number": number, "question": f"Câu {number}?", "article": "Điều 9",
    } | told  # fmt: skip
    return list(row.values())


def _bring(world: World, *rows: list[Any]) -> Any:
    return bring(*rows, header=HEADER, kind="phieu-kiem-tra", by=world.administrator)


def test_a_whole_new_version_comes_in_with_its_articles_and_goes_back(world: World) -> None:
    run = actions.commit_import(import_id=_bring(world, _row(1), _row(2)).pk, by=world.administrator)

    made = Checklist.objects.get(code="tram-2027")
    assert run.state == ImportState.DONE
    assert list(made.items.values_list("number", "article", "answer")) == [
        (1, "Điều 9", "yes_no"),
        (2, "Điều 9", "yes_no"),
    ]
    actions.undo_import(import_id=run.pk, by=world.administrator)
    assert not Checklist.objects.filter(code="tram-2027").exists()


def test_a_version_that_stands_is_not_changed_or_added_to(world: World) -> None:
    load_checklists()
    there = ChecklistItem.objects.select_related("checklist").order_by("pk")[0]
    told = {"code": there.checklist.code, "title": there.checklist.title, "source": there.checklist.source}

    run = _bring(world, _row(there.number, question="Khác?", **told), _row(150, **told))

    assert (run.rows_new, run.rows_changed, run.rows_wrong) == (0, 0, 2)
    assert {"F2", "E3"} <= {error["cell"] for error in run.errors}


def test_a_question_without_its_article_or_a_head_that_differs_is_wrong_by_its_cell(world: World) -> None:
    run = _bring(world, _row(1, article=""), _row(2), _row(3, title="Tên khác"))

    assert [error["cell"] for error in run.errors] == ["G2", "B4"]


def test_a_version_used_in_a_round_is_not_taken_back(world: World) -> None:
    run = actions.commit_import(import_id=_bring(world, _row(1)).pk, by=world.administrator)
    opened(world).checklists.add(Checklist.objects.get(code="tram-2027"))

    with pytest.raises(BadInput, match="Trạm, bản 2027"):
        actions.undo_import(import_id=run.pk, by=world.administrator)

    assert Checklist.objects.filter(code="tram-2027").exists()

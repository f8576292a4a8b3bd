"""Rounds of inspection: checklists as data, preparing, opening, closing, who is told."""

from datetime import date, timedelta

import pytest

from coso.documents.models import Document
from coso.journal.models import Entry
from coso.kit import clock
from coso.kit.errors import BadInput, NotAllowed, WrongState
from coso.notices.models import Notice
from coso.plans.models import Evidence, Task
from coso.registry.actions import inspections, rounds
from coso.registry.models import Checklist, ChecklistItem, Facility, InspectionRound
from coso.registry.queries import inspections as reading
from coso.registry.rules.kinds import KINDS
from tests.app.registry.inspecting import GOOD, filled, opened, prepared, sent, station
from tests.support.world import World

pytestmark = pytest.mark.django_db


def test_checklists_are_loaded_once_and_each_question_names_its_article() -> None:
    Checklist.objects.all().delete()

    assert rounds.load_checklists() == 8
    assert rounds.load_checklists() == 0

    without = ChecklistItem.objects.filter(article="", is_required=True)
    assert list(without) == []
    assert Checklist.objects.get(code="tram-qd52").valid_to == date(2024, 6, 30)
    assert all(set(one.kinds) <= set(KINDS) for one in Checklist.objects.all())


def test_every_kind_of_facility_has_questions_today_and_the_old_decree_had_its_own() -> None:
    rounds.load_checklists()

    now = reading.checklists_for([], date(2026, 11, 24))
    then = reading.checklists_for(["commune_station"], date(2024, 6, 30))

    assert set(now) == set(KINDS)
    assert now["commune_station"].code == "tram-nd49"
    assert now["district_station"].code == "chung"
    assert then["commune_station"].code == "tram-qd52"


def test_a_round_takes_the_checklists_valid_on_its_first_day(world: World) -> None:
    round_ = prepared(world)

    codes = {one.code for one in round_.checklists.all()}
    assert codes == {"tram-nd49", "thiet-che-kh82"}
    assert round_.state == "draft"
    assert Entry.objects.filter(verb="inspection.round_made").count() == 1


def test_a_round_is_evidence_for_its_task(world: World) -> None:
    document = Document.objects.create(
        title="Kế hoạch 82", state="confirmed", imported_by=world.editor, file_name="a.txt", file_sha256="0" * 64
    )
    task = Task.objects.create(document=document, ref="II.3", position=1, title="Rà soát thiết chế")

    round_ = prepared(world, task=task)

    assert list(Evidence.objects.values_list("task_id", "ref")) == [(task.pk, f"inspection_round:{round_.pk}")]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"title": "  "}, "title"),
        ({"kinds": ["spaceship"]}, "kinds"),
        ({"closes_on": date(2020, 1, 1)}, "closes_on"),
        ({"opens_on": date(2016, 1, 1), "kinds": ["library"]}, "place"),
    ],
)
def test_a_round_that_makes_no_sense_is_refused(world: World, changes: dict[str, object], field: str) -> None:
    with pytest.raises(BadInput) as refused:
        prepared(world, **changes)

    assert field in refused.value.fields
    assert not InspectionRound.objects.exists()


def test_an_officer_prepares_no_round(world: World) -> None:
    rounds.load_checklists()
    today = clock.today()

    with pytest.raises(NotAllowed):
        rounds.make_round(by=world.officer, title="Thử", place=world.son_kim, kinds=[], opens_on=today, closes_on=today)

    assert not InspectionRound.objects.exists()


def test_opening_tells_the_officers_of_communes_with_a_facility_and_nobody_else(world: World) -> None:
    round_ = opened(world)

    told = Notice.objects.filter(kind="inspection.round_opened")
    assert [notice.person for notice in told] == [world.officer]
    assert told.get().ref == f"inspection_round:{round_.pk}"


def test_a_round_without_a_facility_is_not_opened(world: World) -> None:
    round_ = prepared(world, kinds=["library"])

    with pytest.raises(BadInput):
        rounds.open_round(by=world.editor, round_=round_)

    round_.refresh_from_db()
    assert round_.state == "draft"
    assert not Notice.objects.exists()


def test_a_round_opened_twice_tells_once_and_one_reopened_tells_nobody_again(world: World) -> None:
    round_ = opened(world)

    with pytest.raises(WrongState):
        rounds.open_round(by=world.editor, round_=round_)
    rounds.close_round(by=world.editor, round_=round_)
    rounds.open_round(by=world.editor, round_=round_)

    assert Notice.objects.count() == 1
    assert [entry.verb for entry in Entry.objects.order_by("at", "id")][-2:] == [
        "inspection.round_closed",
        "inspection.round_opened",
    ]


def test_a_draft_is_changed_and_an_open_round_is_not(world: World) -> None:
    round_ = prepared(world)
    told = {
        "place": world.son_kim,
        "kinds": ["commune_station"],
        "opens_on": round_.opens_on,
        "closes_on": round_.closes_on + timedelta(days=5),
    }

    changed = rounds.edit_round(by=world.editor, round_=round_, title="Rà soát đài xã", **told)
    rounds.open_round(by=world.editor, round_=round_)

    assert (changed.title, changed.place) == ("Rà soát đài xã", world.son_kim)
    assert [one.code for one in changed.checklists.all()] == ["tram-nd49"]
    with pytest.raises(WrongState):
        rounds.edit_round(by=world.editor, round_=round_, title="Khác", **told)


def test_a_round_with_an_unsettled_conflict_stays_open(world: World) -> None:
    round_ = opened(world)
    filled(world, round_)
    filled(world, round_, GOOD | {"10": {"value": 9}})

    with pytest.raises(BadInput):
        rounds.close_round(by=world.editor, round_=round_)

    round_.refresh_from_db()
    assert round_.state == "open"


def test_progress_counts_each_commune_of_today_with_its_villages(world: World) -> None:
    Facility.objects.create(kind="culture_house", name="Nhà văn hóa Thôn 1", place=world.villages[0])
    Facility.objects.create(kind="culture_house", name="Nhà văn hóa Thôn Đông 1", place=world.other_villages[0])
    Facility.objects.create(kind="library", name="Thư viện", place=world.son_kim)
    round_ = opened(world)
    filled(world, round_, GOOD | {"7": {"value": "no"}, "8": {"value": "no"}})

    rows = reading.progress(round_, reading.facilities_in(round_, reading.checklists_of(round_)))

    assert [(row["place"].name, row["all"], row["begun"], row["done"], row["found"]) for row in rows] == [
        ("Xã Sơn Kim 1", 2, 0, 1, 2),
        ("Xã Thạch Hà", 1, 0, 0, 0),
    ]


def test_a_facility_closed_before_the_round_is_not_among_its_own(world: World) -> None:
    round_ = opened(world)
    place = station(world)
    Facility.objects.filter(pk=place.pk).update(closed_on=round_.opens_on - timedelta(days=1))

    with pytest.raises(BadInput) as refused:
        inspections.fill(by=world.officer, round_=round_, facility=place, sent=sent())

    assert set(refused.value.fields) == {"facility"}

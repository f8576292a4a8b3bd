"""Defects: entered, mended, given to others, and how overdue ones climb."""

from datetime import date, timedelta

import pytest

from coso.desk import queries as desk
from coso.journal.models import Entry
from coso.kit import clock, periodic
from coso.kit.errors import BadInput, NotAllowed, WrongState
from coso.kit.workdays import in_vietnam
from coso.notices.models import Notice
from coso.organizations.models import Organization, Post
from coso.registry.actions import defects
from coso.registry.models import Defect, Equipment, Facility, RepairEntry
from coso.registry.queries import defects as reading
from tests.app.registry.inspecting import station
from tests.support.world import World

pytestmark = pytest.mark.django_db


@pytest.fixture
def defect(world: World) -> Defect:
    """Give an open defect of the station of Sơn Kim 1."""
    return defects.enter_defect(by=world.officer, facility=station(world), description="Loa cụm 2 rè")


def _late(defect: Defect, days: int) -> None:
    Defect.objects.filter(pk=defect.pk).update(due_on=clock.today() - timedelta(days=days))


def _told() -> list[tuple[str, int]]:
    return [(notice.person.username, notice.data["level"]) for notice in Notice.objects.order_by("pk")]


def test_a_defect_has_thirty_working_days_unless_somebody_says_otherwise(world: World, defect: Defect) -> None:
    tomorrow = clock.today() + timedelta(days=1)
    sooner = defects.enter_defect(by=world.officer, facility=station(world), description="Mất điện", due_on=tomorrow)

    assert defect.due_on == in_vietnam(clock.today(), 30)
    assert sooner.due_on == tomorrow
    assert (defect.state, defect.opened_by) == ("open", world.officer)


@pytest.mark.parametrize(
    ("told", "field"),
    [
        ({"description": " "}, "description"),
        ({"description": "x" * 301}, "description"),
        ({"description": "Hỏng", "due_on": date(2020, 1, 1)}, "due_on"),
    ],
)
def test_a_defect_that_makes_no_sense_is_refused(world: World, told: dict[str, object], field: str) -> None:
    with pytest.raises(BadInput) as refused:
        defects.enter_defect(by=world.officer, facility=station(world), **told)

    assert set(refused.value.fields) == {field}
    assert not Defect.objects.exists()


def test_a_piece_of_another_facility_is_refused(world: World) -> None:
    house = Facility.objects.create(kind="culture_house", name="Nhà văn hóa", place=world.villages[0])
    piece = Equipment.objects.create(kind="speaker", facility=house, name="Loa nén")

    with pytest.raises(BadInput) as refused:
        defects.enter_defect(by=world.officer, facility=station(world), description="Hỏng", equipment=piece)

    assert set(refused.value.fields) == {"equipment"}


def test_who_handles_no_defects_there_enters_and_notes_none(world: World, defect: Defect) -> None:
    with pytest.raises(NotAllowed):
        defects.enter_defect(by=world.other_officer, facility=station(world), description="Hỏng")
    with pytest.raises(NotAllowed):
        defects.note_repair(by=world.leader, defect=defect, text="Xong", to="mended")

    defect.refresh_from_db()
    assert defect.state == "open"
    assert not RepairEntry.objects.exists()


def test_the_repair_log_keeps_every_step_with_its_cost(world: World, defect: Defect) -> None:
    defects.note_repair(by=world.officer, defect=defect, text="Đã gọi thợ", to="in_repair")
    told = {"cost_vnd": 850_000, "contractor": "Điện tử Hương Sơn"}
    defects.note_repair(by=world.officer, defect=defect, text="Thay củ loa", to="mended", **told)

    found = reading.get_defect(world.officer, defect.pk)
    assert (found.state, found.cost) == ("mended", 850_000)
    assert found.settled_at is not None
    assert [(one.text, one.to_state) for one in found.repairs.all()] == [
        ("Đã gọi thợ", "in_repair"),
        ("Thay củ loa", "mended"),
    ]


def test_a_state_noted_by_mistake_is_taken_back_by_a_further_entry(world: World, defect: Defect) -> None:
    defects.note_repair(by=world.officer, defect=defect, text="Xong", to="mended")

    with pytest.raises(WrongState):
        defects.note_repair(by=world.officer, defect=defect, text="Thôi", to="dropped")
    defects.note_repair(by=world.officer, defect=defect, text="Ghi nhầm cụm loa", to="open")

    defect.refresh_from_db()
    assert (defect.state, defect.settled_at) == ("open", None)
    assert defect.repairs.count() == 2


@pytest.mark.parametrize(
    ("told", "field"),
    [
        ({"text": ""}, "text"),
        ({"text": "Xong", "to": "gone"}, "to"),
        ({"text": "Xong", "cost_vnd": -1}, "cost_vnd"),
        ({"text": "Xong", "cost_vnd": 10**14}, "cost_vnd"),
        ({"text": "Xong", "contractor": "x" * 161}, "contractor"),
    ],
)
def test_a_line_that_makes_no_sense_is_refused(world: World, defect: Defect, told: dict, field: str) -> None:
    with pytest.raises(BadInput) as refused:
        defects.note_repair(by=world.officer, defect=defect, **told)

    assert set(refused.value.fields) == {field}
    assert not RepairEntry.objects.exists()


def test_an_overdue_defect_climbs_level_by_level_and_each_is_told_once(world: World, defect: Defect) -> None:
    assert defects.climb_overdue() == 0
    _late(defect, 1)
    defects.climb_overdue()
    defects.climb_overdue()
    assert _told() == [("canbo", 1)]

    _late(defect, 8)
    defects.climb_overdue()
    defects.climb_overdue()
    assert _told() == [("canbo", 1), ("lanhdao", 2)]

    _late(defect, 15)
    defects.climb_overdue()
    assert defects.climb_overdue() == 0
    assert sorted(_told()) == [("bientap", 3), ("canbo", 1), ("lanhdao", 2), ("quantri", 3)]
    assert Entry.objects.filter(verb="defect.climbed").count() == 3


def test_many_that_wait_for_the_next_level_keep_nobody_from_being_told(
    world: World, defect: Defect, monkeypatch
) -> None:
    monkeypatch.setattr(defects, "BATCH", 1)
    later = defects.enter_defect(by=world.officer, facility=station(world), description="Mất điện")
    _late(defect, 3)
    _late(later, 1)

    defects.climb_overdue()
    defects.climb_overdue()

    assert list(Defect.objects.order_by("pk").values_list("climbed", flat=True)) == [1, 1]


def test_the_scheduler_looks_for_overdue_defects_every_hour() -> None:
    job = {job.name: job for job in periodic.jobs()}["registry.defects_climb"]

    assert (job.every, job.run) == (timedelta(hours=1), defects.climb_overdue)


def test_where_a_level_has_nobody_the_next_one_is_told(world: World, defect: Defect) -> None:
    Post.objects.filter(person__in=[world.officer, world.leader]).delete()
    _late(defect, 1)

    defects.climb_overdue()

    assert sorted(_told()) == [("bientap", 3), ("quantri", 3)]


def test_a_mended_defect_is_asked_about_no_more(world: World, defect: Defect) -> None:
    _late(defect, 1)
    defects.climb_overdue()
    defects.note_repair(by=world.officer, defect=defect, text="Xong", to="mended")
    _late(defect, 30)

    assert defects.climb_overdue() == 0
    assert not Notice.objects.filter(seen_at=None).exists()


def test_a_later_deadline_begins_the_climb_anew(world: World, defect: Defect) -> None:
    _late(defect, 8)
    defects.climb_overdue()
    defect.refresh_from_db()
    body = Organization.objects.create(code="ubnd", name="UBND xã", kind="commune_authority", place=world.son_kim)

    changed = defects.change_defect(
        by=world.officer, defect=defect, responsible=body, due_on=clock.today() + timedelta(days=3)
    )

    assert (changed.climbed, changed.responsible) == (0, body)
    assert not Notice.objects.filter(seen_at=None).exists()


def test_the_commune_answers_where_nobody_runs_the_facility(world: World) -> None:
    body = Organization.objects.create(code="ubnd", name="UBND xã", kind="commune_authority", place=world.son_kim)
    facility = station(world)
    facility.place = world.villages[0]

    assert reading.default_responsible(facility, clock.today()) == body
    facility.organization = world.department
    assert reading.default_responsible(facility, clock.today()) == world.department


def test_nothing_is_given_to_a_body_that_ended(world: World) -> None:
    today = clock.today()
    ended = Organization.objects.create(
        code="dai-huyen", name="Đài huyện", kind="district_station", place=world.province,
        valid_to=today - timedelta(days=1),
    )  # fmt: skip
    committee = Organization.objects.create(code="ubnd", name="UBND xã", kind="commune_authority", place=world.son_kim)
    facility = station(world)
    facility.organization = ended

    assert reading.default_responsible(facility, today) == committee
    assert reading.default_responsible(facility, today - timedelta(days=1)) == ended


def test_a_defect_past_its_deadline_waits_on_the_desk_of_its_commune(world: World, defect: Defect) -> None:
    _late(defect, 3)
    defects.enter_defect(by=world.officer, facility=station(world), description="Mất điện", due_on=clock.today())

    groups = {group.key: group for group in desk.waiting_for(world.officer)}

    line = groups["facilities"].lines[0]
    assert (line.text, line.url) == (
        "1 hư hỏng, tồn tại đã quá hạn",
        "/ban-lam-viec/co-so-vat-chat/hu-hong/?overdue=yes",
    )
    assert "facilities" not in {group.key for group in desk.waiting_for(world.other_officer)}

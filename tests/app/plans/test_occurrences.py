"""A task comes up again in each of its periods, with a part for each unit, and stands as its parts do."""

from datetime import date

import pytest

from coso.documents.models import DocumentState, NamedUnit, UnitKind
from coso.kit import clock
from coso.notices.models import Notice
from coso.organizations.models import Organization
from coso.places.models import Level, Place, Succession
from coso.plans import actions
from coso.plans.actions import occurrences
from coso.plans.models import Occurrence, Part, Task, TaskState
from tests.app.plans.given import committee, document_of, row

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 24)


@pytest.fixture(autouse=True)
def today(monkeypatch):
    monkeypatch.setattr(clock, "today", lambda: TODAY)


def made(world, *rows, **more):
    return actions.make_tasks(document=document_of(world, tasks=rows, **more), by=world.approver)


def test_an_annual_task_of_2017_begins_with_the_present_year_and_the_next(world):
    (task,) = made(world, row(lead=[world.department.name], recurrence="annual", time_text="Trước ngày 15/12 hằng năm"))

    assert list(task.occurrences.values_list("period_from", "period_to", "due_on")) == [
        (date(2026, 1, 1), date(2026, 12, 31), date(2026, 12, 15)),
        (date(2027, 1, 1), date(2027, 12, 31), date(2027, 12, 15)),
    ]
    assert Part.objects.filter(organization=world.department, role="lead", state="open").count() == 2


def test_a_task_with_one_deadline_comes_up_once_and_a_continuous_one_not_at_all(world):
    once, always, never_said = made(
        world,
        row("II.6", lead=[world.department.name], due="2017-06"),
        row("II.4", lead=[world.department.name], recurrence="continuous"),
        row("II.9", lead=[world.department.name]),
    )

    assert list(once.occurrences.values_list("period_from", "period_to", "due_on")) == [
        (date(2017, 2, 13), None, date(2017, 6, 30))
    ]
    assert not always.occurrences.exists()
    assert list(never_said.occurrences.values_list("due_on", flat=True)) == [None]


def test_opening_again_opens_nothing_until_the_next_period_begins(world, monkeypatch):
    (task,) = made(world, row(lead=[world.department.name], recurrence="monthly"))

    assert occurrences.open_due() == 0
    monkeypatch.setattr(clock, "today", lambda: date(2026, 12, 2))
    assert occurrences.open_due() == 1
    assert occurrences.open_due() == 0
    assert [one.period_from.month for one in task.occurrences.all()] == [11, 12, 1]


def test_a_group_gives_each_of_its_bodies_a_part_and_keeps_the_words_as_written(world):
    document = document_of(world, tasks=[row(lead=["Các xã"], recurrence="annual"), row("II.2", lead=["Sở Lạ"])])
    both = [committee(world.son_kim), committee(world.thach_ha)]
    unit = NamedUnit.objects.create(document=document, name="Các xã", kind=UnitKind.GROUP, by_person=True)
    unit.organizations.set(both)

    task, other = actions.make_tasks(document=document, by=world.approver)

    assert set(task.units.values_list("name", "group")) == {(one.name, "Các xã") for one in both}
    assert Part.objects.filter(occurrence__task=task).count() == 4
    assert other.units.get().organization is None
    assert not Part.objects.filter(occurrence__task=other).exists()


def test_the_part_belongs_to_the_body_of_today_and_says_which_one_the_document_names(world):
    old = Organization.objects.create(
        code="so-tttt",
        name="Sở Thông tin và Truyền thông",
        kind="provincial_department",
        place=world.province,
        valid_to=date(2025, 2, 28),
        successor=world.department,
    )

    made(world, row(lead=[old.name, world.department.name], recurrence="annual", due="2026-12-01"))

    part = Part.objects.filter(occurrence__period_from__year=2026).get()
    assert (part.organization, part.role) == (world.department, "lead")
    assert part.said == f"{old.name} (nay là {world.department.name})"


def test_what_a_district_was_to_do_falls_to_the_communes_that_lie_there_today(world):
    district = Place.objects.create(
        code="439",
        name="Huyện Hương Sơn",
        level=Level.DISTRICT,
        parent=world.province,
        valid_from=date(2000, 1, 1),
        valid_to=date(2025, 6, 30),
    )
    commune = Place.objects.create(
        code="18100",
        name="Xã Sơn Kim",
        level=Level.COMMUNE,
        parent=district,
        valid_from=date(2000, 1, 1),
        valid_to=date(2025, 6, 30),
    )
    Succession.objects.create(predecessor=commune, successor=world.son_kim)
    body = committee(
        district, code="ubnd-439", name="UBND huyện Hương Sơn", kind="district_authority", valid_to=date(2025, 6, 30)
    )
    heir = committee(world.son_kim)

    made(world, row(lead=[body.name], recurrence="annual"))

    part = Part.objects.filter(occurrence__period_from__year=2026).get()
    assert (part.organization, part.written) == (heir, "UBND huyện Hương Sơn")


def test_who_reports_for_a_unit_is_told_once_for_all_its_parts(world):
    committee(world.son_kim)

    made(
        world,
        row(lead=["UBND Xã Sơn Kim 1"], recurrence="annual"),
        row("II.2", lead=["UBND Xã Sơn Kim 1"], due="2017-06"),
    )

    (notice,) = Notice.objects.filter(kind="plan.parts_shared")
    assert (notice.person, notice.data) == (world.officer, {"count": 3})


def test_a_task_of_before_there_were_parts_hands_its_state_on(world):
    document = document_of(world)
    task = Task.objects.create(document=document, ref="II.1", position=0, title="Loa", due="2017-06", state="done")
    task.units.create(name="Sở", role="lead", organization=world.department)

    assert occurrences.open_due() == 1

    occurrence = task.occurrences.get()
    assert (occurrence.state, occurrence.parts.get().state, occurrence.parts.get().percent) == ("done", "done", 100)
    task.refresh_from_db()
    assert task.state == TaskState.DONE


def test_what_is_not_confirmed_or_amended_later_comes_up_no_more(world):
    document = document_of(world, tasks=[row(lead=[world.department.name], recurrence="monthly")])
    actions.make_tasks(document=document, by=world.approver)
    waiting = document_of(world, sha="b", state=DocumentState.READ)
    Task.objects.create(document=waiting, ref="I.1", position=0, title="Chưa", recurrence="monthly")
    tasks = [row(lead=[world.department.name], recurrence="monthly", time_text="Hằng tháng")]
    later = document_of(world, sha="c", replaces=document, tasks=tasks)
    (new,) = actions.make_tasks(document=later, by=world.approver)
    Occurrence.objects.all().delete()

    assert occurrences.open_due() == 2
    assert new.replaces == Task.objects.get(document=document)
    assert set(Occurrence.objects.values_list("task", flat=True)) == {new.pk}


def test_where_a_task_stands_in_the_text_is_kept(world):
    document = document_of(
        world,
        tasks=[row("II.1", source=[[0, 10]]), row("II.2"), row("II.9")],
        found={
            "values": {"tasks": [{"ref": "II.1"}, {"ref": "II.2"}]},
            "spans": {"tasks.1.title": [[5, 9]], "tasks.1.lead.0": [[10, 12], [20, 31]], "tasks.10.title": [[1, 2]]},
        },
    )

    tasks = actions.make_tasks(document=document, by=world.approver)

    assert [task.source for task in tasks] == [[[0, 10]], [[5, 12], [20, 31]], []]

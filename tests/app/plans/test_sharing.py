"""Whoever shares a task out sets its rhythm, gives parts, changes them and takes them away."""

from datetime import date

import pytest

from coso.journal.models import Entry
from coso.kit import clock
from coso.kit.errors import BadInput, NotAllowed, WrongState
from coso.notices.models import Notice
from coso.plans import actions, queries
from coso.plans.actions import occurrences
from coso.plans.models import Part, Task, TaskState
from tests.app.plans.given import committee, document_of, row, shared

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 24)


@pytest.fixture(autouse=True)
def today(monkeypatch):
    monkeypatch.setattr(clock, "today", lambda: TODAY)


@pytest.fixture
def body(world):
    return committee(world.son_kim)


def task_of(world, **more):
    document = document_of(world, tasks=[row(**more)])
    return actions.make_tasks(document=document, by=world.approver)[0]


def periods(task):
    return [str(day) for day in task.occurrences.values_list("period_from", flat=True)]


def test_a_continuous_task_comes_up_once_its_owner_set_a_rhythm(world):
    task = task_of(world, lead=[world.department.name], recurrence="continuous")

    actions.set_rhythm(task_id=task.pk, by=world.approver, rhythm="quarterly", from_on=date(2027, 2, 1))

    assert periods(task) == ["2027-01-01", "2027-04-01"]
    assert occurrences.open_due() == 0
    assert Part.objects.filter(organization=world.department).count() == 2


def test_another_rhythm_keeps_what_was_worked_on(world):
    task = task_of(world, lead=[world.department.name], recurrence="continuous")
    actions.set_rhythm(task_id=task.pk, by=world.approver, rhythm="monthly", from_on=TODAY)
    part = Part.objects.get(occurrence__period_from=date(2026, 11, 1))
    actions.report_part(part_id=part.pk, by=world.editor, words="nửa chừng", percent=50)

    actions.set_rhythm(task_id=task.pk, by=world.approver, rhythm="quarterly", from_on=TODAY)

    assert periods(task) == ["2026-11-01", "2027-01-01"]
    assert part.progress.count() == 1


@pytest.mark.parametrize(
    ("rhythm", "day", "field"),
    [("continuous", TODAY, "rhythm"), ("often", TODAY, "rhythm"), ("monthly", date(1, 1, 1), "from_on")],
)
def test_a_rhythm_that_makes_no_sense_is_refused(world, rhythm, day, field):
    task = task_of(world, recurrence="continuous")

    with pytest.raises(BadInput) as refused:
        actions.set_rhythm(task_id=task.pk, by=world.approver, rhythm=rhythm, from_on=day)

    assert list(refused.value.fields) == [field]
    assert not task.occurrences.exists()


def test_what_the_document_says_itself_gets_no_other_rhythm(world):
    task = task_of(world, recurrence="annual")

    with pytest.raises(BadInput):
        actions.set_rhythm(task_id=task.pk, by=world.approver, rhythm="monthly", from_on=TODAY)

    assert Task.objects.get().rhythm == ""


def test_an_earlier_period_is_opened_on_purpose(world):
    task = task_of(world, lead=[world.department.name], recurrence="annual")

    occurrence = actions.add_period(task_id=task.pk, by=world.approver, day=date(2019, 5, 5))

    assert (str(occurrence.period_from), occurrence.parts.count()) == ("2019-01-01", 1)
    for day in (date(2019, 1, 1), date(2016, 1, 1), date(2027, 1, 1)):
        with pytest.raises(BadInput):
            actions.add_period(task_id=task.pk, by=world.approver, day=day)
    assert periods(task) == ["2019-01-01", "2026-01-01", "2027-01-01"]


def test_a_unit_gets_a_part_with_its_own_text_and_deadline(world, body):
    task = task_of(world, lead=[world.department.name], recurrence="annual")
    Notice.objects.all().delete()

    actions.give_part(
        task_id=task.pk, by=world.approver, organization=body, text="Rà soát loa thôn", due_on=date(2026, 12, 1)
    )

    here, ahead = Part.objects.filter(organization=body).order_by("occurrence__period_from")
    assert (here.text, here.due_on, here.deadline) == ("Rà soát loa thôn", date(2026, 12, 1), date(2026, 12, 1))
    assert (ahead.text, ahead.due_on) == ("Rà soát loa thôn", None)
    assert Notice.objects.get(kind="part.given").person == world.officer
    with pytest.raises(BadInput):
        actions.give_part(task_id=task.pk, by=world.approver, organization=body)


def test_what_was_shared_out_holds_for_the_periods_that_open_later(world, body, monkeypatch):
    task = task_of(world, lead=[world.department.name], recurrence="monthly")
    actions.give_part(task_id=task.pk, by=world.approver, organization=body, text="Báo cáo")
    first = Part.objects.get(organization=world.department, occurrence__period_from__month=11)
    actions.drop_part(part_id=first.pk, by=world.approver, reason="Giao cho xã")

    monkeypatch.setattr(clock, "today", lambda: date(2026, 12, 3))
    occurrences.open_due()

    (part,) = Part.objects.filter(occurrence__period_from=date(2027, 1, 1))
    assert (part.organization, part.text) == (body, "Báo cáo")


def test_a_name_of_the_document_is_joined_to_a_body_and_its_part_follows(world, body):
    task = task_of(world, lead=["Các đơn vị liên quan"], recurrence="annual")
    unit = task.units.get()
    assert queries.unassigned(task) == ["Các đơn vị liên quan"]

    made = actions.give_part(task_id=task.pk, by=world.approver, organization=body, unit_id=unit.pk)

    assert [(part.role, part.said) for part in made] == [("lead", f"Các đơn vị liên quan (nay là {body.name})")] * 2
    with pytest.raises(WrongState):
        actions.give_part(task_id=task.pk, by=world.approver, organization=body, unit_id=unit.pk)


def test_a_dropped_part_is_gone_from_lists_and_the_unit_hears_why(world, body):
    part = shared(world, body.name, world.department.name)
    Notice.objects.all().delete()
    for one in Part.objects.filter(organization=world.department, occurrence=part.occurrence):
        actions.report_part(part_id=one.pk, by=world.editor, words="Xong", percent=100, done=True)

    actions.drop_part(part_id=part.pk, by=world.approver, reason="Không còn việc này")

    assert not queries.visible_parts(world.officer).exists()
    assert queries.get_visible_part(world.officer, part.pk).dropped_at is not None
    assert Notice.objects.get(kind="part.dropped").person == world.officer
    assert Entry.objects.get(verb="part.dropped").reason.text == "Không còn việc này"
    part.occurrence.refresh_from_db()
    assert part.occurrence.state == TaskState.DONE
    with pytest.raises(WrongState):
        actions.report_part(part_id=part.pk, by=world.officer, words="x", percent=1)


def test_a_part_is_changed_and_what_is_done_is_not(world, body):
    part = shared(world, body.name)
    Part.objects.update(climbed=1)

    actions.change_part(part_id=part.pk, by=world.approver, text="Kiểm tra cả loa", due_on=date(2026, 11, 30))

    part.refresh_from_db()
    assert (part.text, part.due_on, part.climbed) == ("Kiểm tra cả loa", date(2026, 11, 30), 0)
    assert Part.objects.get(organization=body, occurrence__period_from__year=2027).text == "Kiểm tra cả loa"
    with pytest.raises(BadInput):
        actions.change_part(part_id=part.pk, by=world.approver, text="", due_on=date(2026, 11, 1))
    actions.report_part(part_id=part.pk, by=world.officer, words="Xong", percent=100, done=True)
    with pytest.raises(WrongState):
        actions.change_part(part_id=part.pk, by=world.approver, text="", due_on=None)


def test_only_who_shares_out_at_the_documents_place_does_so(world, body):
    part = shared(world, body.name)
    task = part.occurrence.task

    for by in (world.officer, world.leader, world.auditor):
        with pytest.raises(NotAllowed):
            actions.drop_part(part_id=part.pk, by=by, reason="x")
        with pytest.raises(NotAllowed):
            actions.change_part(part_id=part.pk, by=by, text="x", due_on=None)
        with pytest.raises(NotAllowed):
            actions.give_part(task_id=task.pk, by=by, organization=world.department)
        with pytest.raises(NotAllowed):
            actions.add_period(task_id=task.pk, by=by, day=date(2020, 1, 1))
        with pytest.raises(NotAllowed):
            actions.set_rhythm(task_id=task.pk, by=by, rhythm="monthly", from_on=TODAY)

    part.refresh_from_db()
    assert (part.dropped_at, part.text) == (None, "")

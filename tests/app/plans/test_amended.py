"""A later document amends an earlier one: what stays is one task, what changes takes its place, what is gone ends."""

import pytest

from coso.documents.models import DocumentState
from coso.journal.models import Entry
from coso.kit import clock
from coso.plans import actions, queries
from coso.plans.actions import occurrences
from coso.plans.models import Part, Task
from coso.plans.web.chips import state_chip
from tests.app.plans.given import document_of, row

pytestmark = pytest.mark.django_db
SURVEY, COURSE, RADIOS = "Rà soát hệ thống loa", "Tập huấn cán bộ truyền thanh cấp xã", "Mua máy thu thanh cho hộ nghèo"


@pytest.fixture
def lead(world):
    return [world.department.name]


@pytest.fixture
def earlier(world, lead):
    tasks = [
        row("II.1", SURVEY, lead=lead, recurrence="annual"),
        row("II.2", COURSE, lead=lead, recurrence="quarterly"),
        row("II.3", RADIOS, lead=lead, recurrence="annual"),
    ]
    document = document_of(world, tasks=tasks)
    actions.make_tasks(document=document, by=world.approver)
    return document


@pytest.fixture
def later(world, earlier, lead):
    tasks = [
        row("II.1", SURVEY, lead=lead, recurrence="annual"),
        row("II.2", COURSE, lead=lead, recurrence="monthly"),
        row("II.3", "Xây dựng trang thông tin điện tử", lead=lead),
    ]
    return document_of(world, tasks=tasks, sha="b", replaces=earlier)


def test_what_stays_is_not_made_again_what_changed_takes_its_place_what_is_gone_ends(world, earlier, later):
    survey, course, radios = Task.objects.filter(document=earlier)

    made = actions.make_tasks(document=later, by=world.approver)

    assert [(task.ref, task.position, task.replaces) for task in made] == [("II.2", 1, course), ("II.3", 2, None)]
    survey.refresh_from_db()
    radios.refresh_from_db()
    assert (survey.ended_by, radios.ended_by) == (None, later)
    still = queries.open_parts(queries.all_parts()).values_list("occurrence__task__title", flat=True)
    assert set(still) == {SURVEY, COURSE, "Xây dựng trang thông tin điện tử"}
    assert not queries.open_parts(Part.objects.filter(occurrence__task__in=[course, radios])).exists()
    assert Entry.objects.filter(verb="task.ended").count() == 1


def test_what_is_gone_comes_up_no_more_and_says_so(world, earlier, later):
    actions.make_tasks(document=later, by=world.approver)
    radios = Task.objects.get(document=earlier, ref="II.3")
    radios.occurrences.all().delete()

    occurrences.open_due()

    assert not radios.occurrences.exists()
    assert str(state_chip(radios, clock.today())) == "Văn bản sau không còn giao"


def test_a_third_document_finds_again_the_task_that_stayed_through_the_second(world, earlier, later, lead):
    actions.make_tasks(document=later, by=world.approver)
    third = document_of(world, tasks=[row("II.1", SURVEY, lead=lead, recurrence="monthly")], sha="c", replaces=later)

    (task,) = actions.make_tasks(document=third, by=world.approver)

    assert task.replaces == Task.objects.get(document=earlier, ref="II.1")
    assert set(Task.objects.filter(ended_by=third).values_list("document", "ref")) == {
        (later.pk, "II.2"),
        (later.pk, "II.3"),
    }


def test_what_a_withdrawn_document_ended_stands_again(world, earlier, later):
    actions.make_tasks(document=later, by=world.approver)

    actions.close_tasks(document_id=later.pk, by=world.approver)

    assert not Task.objects.filter(ended_by=later).exists()
    assert not Task.objects.filter(replaces__isnull=False).exists()


def test_a_document_whose_earlier_one_was_withdrawn_meanwhile_makes_all_its_tasks(world, earlier, later):
    earlier.state = DocumentState.WITHDRAWN
    earlier.save(update_fields=["state"])

    assert len(actions.make_tasks(document=later, by=world.approver)) == 3

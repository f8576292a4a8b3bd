"""What an owner opens to residents stands on the public page, with milestones and without any person's name."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from coso.journal.models import Entry
from coso.kit import clock
from coso.kit.errors import BadInput, NotAllowed, WrongState
from coso.plans import actions
from coso.plans.models import Part, Task
from tests.app.plans.given import committee, document_of, row, shared

pytestmark = pytest.mark.django_db
WORDS = "Mỗi năm xã rà soát loa truyền thanh một lần, hỏng là sửa."


@pytest.fixture(autouse=True)
def today(monkeypatch):
    monkeypatch.setattr(clock, "today", lambda: date(2026, 11, 24))


@pytest.fixture
def task(world):
    body = committee(world.son_kim)
    part = shared(world, body.name)
    return Task.objects.get(pk=part.occurrence.task_id)


def opened(task, by, words=WORDS):
    return actions.open_commitment(task_id=task.pk, by=by, words=words)


def read(client, name="portal:commitments", args=(), **asked):
    return client.get(reverse(name, args=args), asked).content.decode()


def test_an_opened_task_is_read_by_everybody_with_its_milestones_and_no_names(client, world, task):
    part = Part.objects.get(occurrence__period_from__year=2026)
    actions.report_part(part_id=part.pk, by=world.officer, words="Ông Lê Văn Tý đã sửa loa", percent=50)
    opened(task, world.approver)

    whole, one = read(client), read(client, "portal:commitment", [task.pk])

    assert WORDS in whole
    assert WORDS in one
    assert "Năm 2026" in one
    assert "31/12/2026" in one
    assert "Đang làm" in one or "Đang thực hiện" in one
    for page in (whole, one):
        for secret in ("Trần Văn Bình", "Lê Thị Đào", "Lê Văn Tý", "Rà soát loa"):
            assert secret not in page


def test_what_was_not_opened_is_not_there(client, world, task):
    assert WORDS not in read(client)
    assert client.get(reverse("portal:commitment", args=[task.pk])).status_code == 404


def test_who_opened_it_and_when_stands_in_the_journal(world, task):
    opened(task, world.approver)

    task.refresh_from_db()
    assert (task.is_public, task.published_by) == (True, world.approver)
    entry = Entry.objects.get(verb="task.commitment_opened")
    assert (entry.actor, entry.reason.text) == (f"person:{world.approver.pk}", WORDS)


def test_a_withdrawn_commitment_is_gone_and_the_reason_is_kept(client, world, task):
    opened(task, world.approver)
    client.force_login(world.approver)

    client.post(reverse("plans:withdraw", args=[task.pk]), {"reason": "Gộp vào cam kết khác"})

    assert client.get(reverse("portal:commitment", args=[task.pk])).status_code == 404
    assert Entry.objects.get(verb="task.commitment_withdrawn").reason.text == "Gộp vào cam kết khác"
    with pytest.raises(WrongState):
        actions.withdraw_commitment(task_id=task.pk, by=world.approver, reason="nữa")


@pytest.mark.parametrize("who", ["editor", "officer", "auditor", "leader"])
def test_only_who_approves_for_the_province_opens_a_task(client, world, task, who):
    person = getattr(world, who)
    with pytest.raises(NotAllowed):
        opened(task, person)
    client.force_login(person)
    assert client.post(reverse("plans:publish", args=[task.pk]), {"words": WORDS}).status_code == 403

    task.refresh_from_db()
    assert not task.is_public


@pytest.mark.parametrize("words", ["", "Ngắn quá", "x" * 1001])
def test_plain_words_are_asked_for(client, world, task, words):
    with pytest.raises(BadInput):
        opened(task, world.approver, words)
    client.force_login(world.approver)
    answer = client.post(reverse("plans:publish", args=[task.pk]), {"words": words[:900]})

    assert (answer.status_code, Task.objects.get().is_public) == ((422, False) if len(words) < 900 else (302, True))


def test_residents_search_without_marks_in_the_words_for_them_and_by_state(client, world, task):
    opened(task, world.approver)

    assert WORDS in read(client, q="hong la sua")
    assert WORDS not in read(client, q="khong co")
    assert WORDS in read(client, tt="open")
    assert WORDS not in read(client, tt="late")
    assert WORDS not in read(client, tt="done")
    assert WORDS in read(client, tt="vo-nghia", page="99")


def test_many_commitments_cost_no_more_questions_than_one(client, world, task):
    def count():
        with CaptureQueriesContext(connection) as asked:
            read(client)
        return len(asked)

    opened(task, world.approver)
    count()
    few = count()
    many = document_of(world, sha="b", tasks=[row(ref=f"III.{n}", title=f"Việc {n}") for n in range(10)])
    for one in actions.make_tasks(document=many, by=world.approver):
        opened(one, world.approver, f"{WORDS} {one.ref}")

    assert count() == few


def test_the_page_of_the_task_leads_to_the_commitment(client, world, task):
    client.force_login(world.approver)
    assert reverse("plans:publish", args=[task.pk]) in read(client, "plans:task", [task.pk])

    client.post(reverse("plans:publish", args=[task.pk]), {"words": WORDS})

    page = read(client, "plans:task", [task.pk])
    assert reverse("portal:commitment", args=[task.pk]) in page
    assert "Đã công khai nhiệm vụ thành cam kết với người dân." in page

"""From the sentence of the plan to the task, its parts and what shows it, and back."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from coso.documents.models import DocumentState
from coso.kit.refs import Ref
from coso.plans import actions, queries
from coso.plans.models import Task
from tests.app.plans.given import committee, document_of, row

pytestmark = pytest.mark.django_db
TEXT = "Sở Văn hóa chủ trì rà soát loa."


@pytest.fixture
def task(world):
    body = committee(world.son_kim)
    document = document_of(
        world, tasks=[row(lead=[body.name], recurrence="annual", source=[[TEXT.index("rà"), len(TEXT) - 1]])]
    )
    (made,) = actions.make_tasks(document=document, by=world.approver)
    return made


def test_each_task_is_lit_in_the_text_and_leads_to_itself_and_back(client, world, task):
    client.force_login(world.editor)

    page = client.get(reverse("plans:trace", args=[task.document_id])).content.decode()
    back = client.get(reverse("plans:task", args=[task.pk])).content.decode()

    assert f'<mark id="cau-{task.pk}">rà soát loa</mark>' in page
    assert reverse("plans:task", args=[task.pk]) in page
    assert "UBND Xã Sơn Kim 1" in page
    assert f"{reverse('plans:trace', args=[task.document_id])}#cau-{task.pk}" in back
    document = client.get(reverse("documents:document", args=[task.document_id])).content.decode()
    assert reverse("plans:trace", args=[task.document_id]) in document


def test_from_what_was_made_back_to_its_tasks(world, task):
    actions.attach_evidence(task_id=task.pk, ref=Ref("bulletin", "7"), by=world.editor)

    assert list(queries.tasks_shown_by(Ref("bulletin", "7"), world.auditor)) == [task]
    assert not queries.tasks_shown_by(Ref("bulletin", "8"), world.auditor).exists()


def test_a_documents_page_leads_to_the_tasks_that_it_was_written_for(client, world, task):
    issued = document_of(world, sha="b")
    actions.attach_evidence(task_id=task.pk, ref=Ref("document", str(issued.pk)), by=world.editor)
    client.force_login(world.editor)

    page = client.get(reverse("documents:document", args=[issued.pk])).content.decode()
    plan = client.get(reverse("documents:document", args=[task.document_id])).content.decode()

    assert "Nhiệm vụ mà văn bản này phục vụ" in page
    assert f'<a href="{reverse("plans:task", args=[task.pk])}">{task}</a>' in page
    assert "Nhiệm vụ mà văn bản này phục vụ" not in plan


def test_parts_of_others_are_not_shown_and_an_unconfirmed_document_has_no_trace(client, world, task):
    client.force_login(world.other_officer)
    assert "UBND Xã Sơn Kim 1" not in client.get(reverse("plans:trace", args=[task.document_id])).content.decode()
    task.document.state = DocumentState.READ
    task.document.save()

    assert client.get(reverse("plans:trace", args=[task.document_id])).status_code == 404


def test_many_tasks_cost_no_more_questions_than_one(client, world, task):
    client.force_login(world.editor)
    many = document_of(world, sha="b", tasks=[row(ref=str(n), lead=["UBND Xã Sơn Kim 1"]) for n in range(12)])
    actions.make_tasks(document=many, by=world.approver)

    def count(document):
        with CaptureQueriesContext(connection) as asked:
            assert client.get(reverse("plans:trace", args=[document])).status_code == 200
        return len(asked)

    count(task.document_id)

    assert count(many.pk) <= count(task.document_id)
    assert Task.objects.filter(document=many).count() == 12

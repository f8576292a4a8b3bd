"""Tasks are read by staff, moved by who has a part in them, and keep what was made for them."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from coso.documents.models import Document, DocumentState
from coso.journal.models import Entry
from coso.kit.errors import NotFound
from coso.kit.refs import Ref
from coso.plans import actions, queries
from coso.plans.models import Evidence, Task, UnitRole

pytestmark = pytest.mark.django_db


@pytest.fixture
def document(world):
    return Document.objects.create(
        file_name="a.txt",
        file_sha256="a" * 64,
        file_format="text",
        text="x",
        number="82",
        symbol="KH-UBND",
        state=DocumentState.CONFIRMED,
        imported_by=world.editor,
        structure={
            "tasks": [
                {"ref": "II.1", "title": "Rà soát loa", "lead": [world.department.name], "due": "2017-06"},
                {"ref": "II.2", "title": "Tuyên truyền", "lead": ["Sở Không Có"], "recurrence": "annual"},
            ],
            "duties": [{"ref": "IV.1", "unit": [world.department.name], "items": ["Kiểm tra.", "Báo cáo."]}],
        },
    )


@pytest.fixture
def task(world, document):
    return actions.make_tasks(document=document, by=world.approver)[0]


def test_tasks_and_duties_are_made_with_their_units(world, task):
    assert list(Task.objects.values_list("ref", "kind")) == [("II.1", "task"), ("II.2", "task"), ("IV.1", "duty")]
    assert task.units.get(role=UnitRole.LEAD).organization == world.department
    assert Task.objects.get(ref="II.2").units.get().organization is None
    assert Task.objects.get(ref="IV.1").items == ["Kiểm tra.", "Báo cáo."]
    assert str(task.due_on) == "2017-06-30"


def test_evidence_is_attached_once(world, task):
    for _ in range(2):
        actions.attach_evidence(task_id=task.pk, ref=Ref("bulletin", "1"), by=world.editor)

    assert Evidence.objects.count() == 1
    assert Entry.objects.filter(verb="task.evidence_attached").count() == 1


def test_tasks_of_an_unconfirmed_document_are_not_there(world, task, document):
    Document.objects.update(state=DocumentState.READ)

    with pytest.raises(NotFound):
        queries.get_visible(world.editor, task.pk)


@pytest.mark.parametrize(
    ("who", "status"), [("editor", 200), ("officer", 200), ("auditor", 200), ("communicator", 403)]
)
def test_who_opens_a_task(client, world, task, who, status):
    client.force_login(getattr(world, who))

    assert client.get(reverse("plans:task", args=[task.pk])).status_code == status


def test_the_page_says_who_and_until_when(client, world, task):
    client.force_login(world.editor)

    page = client.get(reverse("plans:task", args=[task.pk])).content.decode()

    assert "Sở Văn hóa, Thể thao và Du lịch" in page
    assert "Quá hạn" in page


def test_the_list_asks_the_database_as_often_for_many_as_for_few(client, world, document, task):
    client.force_login(world.editor)
    client.get(reverse("plans:tasks"))

    def count():
        with CaptureQueriesContext(connection) as asked:
            assert client.get(reverse("plans:tasks")).status_code == 200
        return len(asked)

    few = count()
    for position in range(10, 30):
        more = Task.objects.create(document=document, ref=f"V.{position}", position=position, title="Việc khác")
        more.units.create(name=world.department.name, role=UnitRole.LEAD, organization=world.department)

    assert count() == few

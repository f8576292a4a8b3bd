"""A report begins with what a task or a plan says; once issued, it is the task's evidence."""

from datetime import date

import pytest
from django.urls import reverse

from coso.documents import actions as documents
from coso.documents.ports import begin_paper
from coso.kit.refs import Ref
from coso.organizations.models import Organization
from coso.plans import actions
from coso.plans.models import Evidence, Task
from tests.app.plans.given import document_of, row, shared

pytestmark = pytest.mark.django_db


@pytest.fixture
def task(world):
    part = shared(world, "Sở Văn hóa, Thể thao và Du lịch")
    actions.report_part(part_id=part.pk, by=world.editor, words="Đã rà soát 12 cụm loa", percent=60, done=False)
    return part.occurrence.task


def _said(begun):
    return "\n".join(block.text or str(block.rows) for block in begun.content.body)


def test_a_report_about_a_task_tells_what_its_units_reported(world, task):
    begun = begin_paper("task", world.editor, str(task.pk))

    assert begun.kind == "report"
    assert begun.content.bases[0].startswith("Thực hiện nhiệm vụ II.1 của Kế hoạch số 82/KH-UBND ngày 13 tháng 02 năm")
    assert "Rà soát loa" in _said(begun)
    assert "Sở Văn hóa, Thể thao và Du lịch" in _said(begun)
    assert "Đang thực hiện (60%)" in _said(begun)
    assert "Đã rà soát 12 cụm loa" in _said(begun)


def test_a_report_about_a_plan_counts_its_tasks_and_names_the_late_ones(world):
    rows = [row("II.1", "Việc trễ", due="2017-06"), row("II.2", "Việc thường xuyên", recurrence="continuous")]
    document = document_of(world, tasks=rows)
    actions.make_tasks(document=document, by=world.approver)

    begun = begin_paper("plan", world.editor, str(document.pk))

    assert "Tổng số 02 nhiệm vụ" in _said(begun)
    assert "II.1. Việc trễ: quá hạn" in _said(begun)
    table = next(block.rows for block in begun.content.body if block.rows)
    assert [line[0] for line in table] == ["TT", "II.1", "II.2"]
    assert table[1][-1] == "Quá hạn"


@pytest.mark.parametrize("kind", ["task", "plan", "document"])
def test_nothing_begins_from_what_is_not_there(world, kind):
    for ident in ("0", "abc", "00000000-0000-0000-0000-000000000000"):
        assert begin_paper(kind, world.editor, ident) is None


def test_a_page_about_a_task_that_is_not_there_is_not_there(client, world):
    client.force_login(world.editor)

    assert client.get(reverse("documents:new-paper"), {"about": "task:9999"}).status_code == 404
    assert client.get(reverse("documents:new-paper"), {"about": "nonsense"}).status_code == 200


def test_a_paper_written_for_a_task_becomes_its_evidence_when_it_is_issued(client, world, task):
    client.force_login(world.editor)
    page = client.get(reverse("documents:new-paper"), {"about": f"task:{task.pk}"})
    sent = {"title": page.context["form"]["title"].value(), "organization": world.department.pk, "do": "save"}
    sent |= {"signer_name": "Nguyễn Văn An", "signing_mode": "", "body-0-style": "text", "body-0-text": "Xong."}
    made = client.post(f"{reverse('documents:new-paper')}?about=task:{task.pk}", sent)
    paper_id = made.url.rstrip("/").rsplit("/", 1)[-1]
    documents.submit_paper(paper_id=paper_id, by=world.editor)
    documents.approve_paper(paper_id=paper_id, by=world.approver)
    assert not Evidence.objects.exists()

    paper = documents.issue_paper(paper_id=paper_id, by=world.editor, day=date(2026, 11, 20))

    evidence = Evidence.objects.get()
    assert (evidence.task, evidence.ref) == (task, str(Ref("document", str(paper.document_id))))
    assert "01/BC-SVHTTDL" in client.get(reverse("plans:task", args=[task.pk])).content.decode()


def test_a_task_offers_to_write_a_paper_to_who_may(client, world, task):
    client.force_login(world.editor)
    offered = f"about=task:{task.pk}"
    assert offered in client.get(reverse("plans:task", args=[task.pk])).content.decode()

    client.force_login(world.approver)
    assert offered not in client.get(reverse("plans:task", args=[task.pk])).content.decode()


def test_an_answer_to_a_document_is_addressed_to_who_issued_it(client, world):
    document = document_of(world, issuer="Ủy ban nhân dân tỉnh Hà Tĩnh", title="Rà soát loa")
    client.force_login(world.editor)

    page = client.get(reverse("documents:document", args=[document.pk]))
    begun = begin_paper("document", world.editor, str(document.pk))

    assert f"about=document%3A{document.pk}" in page.content.decode()
    assert begun.kind == "letter"
    assert begun.content.addressees == ["Ủy ban nhân dân tỉnh Hà Tĩnh"]
    assert "Phúc đáp Kế hoạch số 82/KH-UBND" in _said(begun)
    assert Organization.objects.count() == 1
    assert not Task.objects.exists()

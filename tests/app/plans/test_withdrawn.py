"""A paper of ours that had become work is withdrawn: its tasks are closed before everybody's eyes, not gone."""

from datetime import date

import pytest
from django.urls import reverse

from coso.documents import actions as documents
from coso.documents.models import Document, DocumentState, Paper, PaperState
from coso.journal.models import Entry
from coso.journal.ports import sentence_of
from coso.kit.errors import WrongState
from coso.notices.models import Notice
from coso.plans import actions, queries
from coso.plans.models import Part, Task
from tests.app.plans.given import committee, document_of, row, shared

pytestmark = pytest.mark.django_db
WORDS = "Mỗi thôn có ít nhất một cụm loa nghe rõ trước Tết."


@pytest.fixture
def part(world):
    return shared(world, committee(world.son_kim).name, time_text="năm 2017", due="2017-12-31", recurrence="")


@pytest.fixture
def paper(world, part):
    """Give the issued paper of which the document of the part was made."""
    document = part.occurrence.task.document
    body = part.organization
    Document.objects.filter(pk=document.pk).update(confirmed_by=world.approver, confirmed_at=document.imported_at)
    return Paper.objects.create(
        kind="plan", organization=body, place=world.son_kim, title="Kế hoạch", number="82", symbol="KH-UBND",
        issued_on=date(2017, 2, 13), state=PaperState.ISSUED, written_by=world.officer, approved_by=world.leader,
        document=document,
    )  # fmt: skip


def _withdraw(world, paper):
    Notice.objects.all().delete()
    documents.withdraw_paper(paper_id=paper.pk, by=world.editor, reason="Sai số liệu.")


def test_tasks_of_a_withdrawn_paper_are_read_as_withdrawn_and_asked_of_nobody(world, part, paper, client):
    assert queries.late_parts(queries.visible_parts(world.officer)).count() == 1
    _withdraw(world, paper)

    client.force_login(world.officer)
    for name, key in (
        ("plans:task", part.occurrence.task_id),
        ("plans:part", part.pk),
        ("plans:trace", paper.document_id),
    ):
        page = client.get(reverse(name, args=[key]))
        assert page.status_code == 200
        assert "Đã rút" in page.content.decode()
        assert "Quá hạn" not in page.content.decode()
    assert client.get(reverse("documents:document", args=[paper.document_id])).status_code == 200
    assert not queries.visible_parts(world.officer).exists()
    assert not queries.open_tasks_of(world.officer, [part.organization]).exists()
    assert queries.get_visible(world.officer, part.occurrence.task_id).is_late is False
    with pytest.raises(WrongState):
        actions.report_part(part_id=part.pk, by=world.officer, words="Xong", percent=50)


def test_whoever_had_a_part_to_do_is_told_and_the_history_tells_why(world, part, paper):
    _withdraw(world, paper)

    told = Notice.objects.get(kind="plan.closed")
    assert (told.person, told.ref) == (world.officer, f"document:{paper.document_id}")
    entry = Entry.objects.get(verb="task.closed")
    assert sentence_of(entry) == "Văn bản đã được rút: nhiệm vụ này không ai phải thực hiện nữa."
    assert f"document:{paper.document_id}" in Entry.objects.get(verb="paper.withdrawn").refs


def test_residents_read_a_withdrawn_commitment_no_more(world, part, paper):
    actions.open_commitment(task_id=part.occurrence.task_id, by=world.approver, words=WORDS)
    _withdraw(world, paper)

    assert Task.objects.get(pk=part.occurrence.task_id).is_public is False
    assert not queries.commitments().exists()


def test_the_tasks_whose_place_a_withdrawn_document_took_stand_again(world, part, paper):
    earlier = part.occurrence.task.document
    later = document_of(world, tasks=[row(lead=[part.organization.name])], sha="b", replaces=earlier)
    actions.make_tasks(document=later, by=world.approver)
    assert not queries.open_parts(Part.objects.filter(pk=part.pk)).exists()
    Paper.objects.filter(pk=paper.pk).update(document=later)

    _withdraw(world, paper)

    assert Document.objects.get(pk=later.pk).state == DocumentState.WITHDRAWN
    assert queries.open_parts(queries.all_parts()).filter(pk=part.pk).exists()

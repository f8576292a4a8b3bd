"""A sample of a document that was sent: one commune has read it, another has not."""

from datetime import timedelta

from coso.documents import actions
from coso.documents.models import Copy, Paper, PaperState
from coso.kit import clock
from coso.organizations.models import Person

RECIPIENTS = [
    {"name": "Ủy ban nhân dân các xã, phường", "purpose": "act", "form": "electronic"},
    {"name": "Ủy ban nhân dân tỉnh (để báo cáo)", "purpose": "report", "form": "paper"},
    {"name": "Lưu: VT, QLTT", "purpose": "file", "form": "paper"},
]


def load_copies() -> None:
    """Send the sample report on, once."""
    paper = Paper.objects.filter(state=PaperState.ISSUED, title__contains="(mẫu)").first()
    people = {one.username: one for one in Person.objects.filter(username__in=["bientap", "canbo.sonkim1"])}
    if paper is None or paper.document_id is None or len(people) < 2 or Copy.objects.exists():
        return
    editor, officer = people["bientap"], people["canbo.sonkim1"]
    actions.change_recipients(document_id=paper.document_id, by=editor, lines=RECIPIENTS)
    due = clock.today() + timedelta(days=7)
    actions.send_document(document_id=paper.document_id, by=editor, answer_due=due)
    mine = Copy.objects.filter(organization__code="ubnd-18196").first()
    if mine is not None:
        actions.receive_copy(copy_id=mine.pk, by=officer, arrival_number="01")
        actions.read_copy(copy_id=mine.pk, by=officer)

"""A paper is written by one, approved by another, then issued; nothing of it changes afterwards."""

import io
from datetime import date, timedelta

import docx
import pytest

from coso.documents import actions, queries
from coso.documents.events import PaperIssued, PaperWithdrawn
from coso.documents.models import Document, DocumentState, NumberSeries, Paper, PaperState, Purpose, Recipient
from coso.journal.bus import subscribe
from coso.journal.models import Entry
from coso.kit import blobs, clock
from coso.kit.errors import BadInput, NotAllowed, NotFound, WrongState
from coso.notices.models import Notice
from coso.organizations.models import Post

pytestmark = pytest.mark.django_db


def test_a_draft_is_kept_as_it_was_written(draft, world, committee):
    draft.refresh_from_db()

    assert (draft.state, draft.organization, draft.place) == (PaperState.DRAFT, committee, world.son_kim)
    assert [part["style"] for part in draft.content["body"]] == ["part", "section", "table", "text"]
    assert queries.proposed_symbol(draft) == "BC-UBND"
    assert Entry.objects.get().verb == "paper.written"


def test_only_who_may_write_for_a_body_begins_a_paper(world, committee, told):
    with pytest.raises(NotAllowed):
        actions.write_paper(by=world.other_officer, kind="report", organization_id=committee.pk, **told)
    with pytest.raises(NotAllowed):
        actions.write_paper(by=world.leader, kind="report", organization_id=committee.pk, **told)

    assert not Paper.objects.exists()


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"title": "  "}, "title"),
        ({"title": "x" * 501}, "title"),
        ({"signing_mode": "AB."}, "signing_mode"),
        ({"content": {"body": [{"style": "text", "text": "a"}] * 401}}, ""),
        ({"content": {"body": [{"style": "table", "rows": [["a"] * 13]}]}}, ""),
    ],
)
def test_what_a_paper_cannot_hold_is_refused_in_words(world, committee, told, change, field):
    with pytest.raises(BadInput) as refused:
        actions.write_paper(by=world.officer, kind="plan", organization_id=committee.pk, **(told | change))

    assert list(refused.value.fields) == [field]
    assert not Paper.objects.exists()


def test_two_people_never_write_over_each_other(world, draft):
    first = actions.change_paper(paper_id=draft.pk, by=world.officer, version=1, title="Tên thứ nhất")

    with pytest.raises(BadInput, match="Lê Thị Đào"):
        actions.change_paper(paper_id=draft.pk, by=world.officer, version=1, title="Tên thứ hai")

    first.refresh_from_db()
    assert (first.title, first.version) == ("Tên thứ nhất", 2)


def test_whoever_may_approve_is_told_and_the_writer_is_not(world, submitted):
    told = set(Notice.objects.filter(kind="paper_submitted").values_list("person__username", flat=True))

    assert submitted.state == PaperState.SUBMITTED
    assert told == {world.leader.username}
    assert [list(queries.waiting_for(one)) for one in (world.leader, world.approver)] == [[submitted], []]


def test_where_nobody_near_may_approve_whoever_may_from_above_is_told(world, draft):
    Post.objects.filter(person=world.leader).delete()

    actions.submit_paper(paper_id=draft.pk, by=world.officer)

    assert set(Notice.objects.values_list("person__username", flat=True)) == {world.approver.username}


def test_a_paper_without_text_or_signer_is_not_handed_in(world, committee):
    empty = actions.write_paper(by=world.officer, kind="letter", organization_id=committee.pk, title="Trống")

    with pytest.raises(BadInput) as refused:
        actions.submit_paper(paper_id=empty.pk, by=world.officer)

    assert len(refused.value.fields[""]) == 1
    empty.refresh_from_db()
    assert empty.state == PaperState.DRAFT


def test_nobody_approves_what_he_wrote_or_wrote_in_last(world, submitted):
    Paper.objects.filter(pk=submitted.pk).update(changed_by=world.leader)
    with pytest.raises(NotAllowed):
        actions.approve_paper(paper_id=submitted.pk, by=world.leader)

    Paper.objects.filter(pk=submitted.pk).update(written_by=world.leader, changed_by=world.officer)
    with pytest.raises(NotAllowed):
        actions.approve_paper(paper_id=submitted.pk, by=world.leader)

    submitted.refresh_from_db()
    assert (submitted.state, submitted.approved_by) == (PaperState.SUBMITTED, None)


def test_a_leader_elsewhere_does_not_know_of_the_paper(world, submitted):
    with pytest.raises(NotFound):
        actions.approve_paper(paper_id=submitted.pk, by=world.other_leader)


def test_what_was_changed_meanwhile_is_not_approved_unread(world, submitted):
    with pytest.raises(WrongState):
        actions.approve_paper(paper_id=submitted.pk, by=world.leader, version=7)


def test_a_returned_paper_says_why_and_may_be_mended(world, submitted):
    with pytest.raises(BadInput):
        actions.return_paper(paper_id=submitted.pk, by=world.leader, words=" ")

    back = actions.return_paper(paper_id=submitted.pk, by=world.leader, words="Bổ sung số liệu quý III.")
    assert (back.state, back.words) == (PaperState.RETURNED, "Bổ sung số liệu quý III.")
    assert Notice.objects.filter(kind="paper_returned", person=world.officer).exists()

    mended = actions.change_paper(paper_id=back.pk, by=world.officer, version=1, title="Tên mới")
    again = actions.submit_paper(paper_id=mended.pk, by=world.officer)
    assert (again.state, again.words) == (PaperState.SUBMITTED, "")


def test_a_submitted_paper_is_not_changed(world, submitted):
    with pytest.raises(WrongState):
        actions.change_paper(paper_id=submitted.pk, by=world.officer, version=1, title="Lén sửa")


def test_an_issued_paper_has_number_files_and_a_document_with_its_recipients(world, issued):
    issued.refresh_from_db()

    assert (issued.number, issued.symbol, issued.state) == ("01", "BC-UBND", PaperState.ISSUED)
    word = docx.Document(io.BytesIO(blobs.path_of(issued.docx_sha256).read_bytes()))
    said = "\n".join(cell.text for row in word.tables[0].rows for cell in row.cells)
    assert "Số: 01/BC-UBND" in said
    assert "Sơn Kim 1, ngày 20 tháng 11 năm 2026" in said
    assert blobs.path_of(issued.pdf_sha256).read_bytes().startswith(b"%PDF")
    document = issued.document
    assert (document.state, document.kind, document.number) == (DocumentState.CONFIRMED, "Báo cáo", "01")
    assert document.confirmed_by == world.leader
    assert list(Recipient.objects.values_list("name", "purpose")) == [
        ("Sở Văn hóa, Thể thao và Du lịch", Purpose.ACT),
        ("Đảng ủy xã", Purpose.REPORT),
        ("Lưu: VT", Purpose.FILE),
    ]


def test_issuing_is_told_to_upper_apps(world, approved):
    heard = []
    subscribe(PaperIssued, heard.append)

    issued = actions.issue_paper(paper_id=approved.pk, by=world.officer, day=date(2026, 11, 20))

    assert [(event.paper_id, event.document_id, event.about) for event in heard] == [
        (str(issued.pk), str(issued.document_id), "")
    ]


def test_a_paper_nobody_approved_is_not_issued(world, submitted):
    with pytest.raises(WrongState):
        actions.issue_paper(paper_id=submitted.pk, by=world.officer, day=date(2026, 11, 20))

    assert not Document.objects.exists()
    assert not NumberSeries.objects.filter(last__gt=0).exists()


def test_who_may_not_issue_gives_no_number(world, approved):
    with pytest.raises(NotAllowed):
        actions.issue_paper(paper_id=approved.pk, by=world.leader, day=date(2026, 11, 20))


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"number": "abc"}, "number"),
        ({"symbol": "kh ubnd"}, "symbol"),
        ({"day": None}, "day"),
    ],
)
def test_a_number_symbol_or_day_that_cannot_be_is_refused(world, approved, given, field):
    given = {"day": date(2026, 11, 20)} | given
    if given["day"] is None:
        given["day"] = clock.today() + timedelta(days=1)

    with pytest.raises(BadInput) as refused:
        actions.issue_paper(paper_id=approved.pk, by=world.officer, **given)

    assert list(refused.value.fields) == [field]
    approved.refresh_from_db()
    assert (approved.state, approved.number) == (PaperState.APPROVED, "")


def _another(world, committee, told):
    paper = actions.write_paper(by=world.officer, kind="report", organization_id=committee.pk, **told)
    actions.submit_paper(paper_id=paper.pk, by=world.officer)
    return actions.approve_paper(paper_id=paper.pk, by=world.leader)


def test_a_number_by_hand_is_kept_and_given_only_once_a_year(world, approved, committee, told):
    first = actions.issue_paper(paper_id=approved.pk, by=world.officer, day=date(2026, 11, 20), number="2")
    other = _another(world, committee, told)

    with pytest.raises(BadInput, match="02/BC-UBND"):
        actions.issue_paper(paper_id=other.pk, by=world.officer, day=date(2026, 11, 21), number="2")
    second = actions.issue_paper(paper_id=other.pk, by=world.officer, day=date(2026, 11, 21))
    third = actions.issue_paper(paper_id=_another(world, committee, told).pk, by=world.officer, day=date(2026, 11, 21))

    assert (first.number, second.number, third.number) == ("02", "01", "03")


def test_a_plan_with_tasks_waits_to_be_confirmed(world, committee, told):
    body = [
        {"style": "part", "text": "Nhiệm vụ"},
        {"style": "section", "text": "Thông báo lịch trực ban tới mọi thôn."},
        {"style": "dash", "text": "Đơn vị chủ trì: Sở Tài chính."},
        {"style": "dash", "text": "Thời gian thực hiện: Hằng năm."},
    ]
    told["content"] = {"body": body}
    paper = actions.write_paper(by=world.officer, kind="plan", organization_id=committee.pk, **told)
    actions.submit_paper(paper_id=paper.pk, by=world.officer)
    actions.approve_paper(paper_id=paper.pk, by=world.leader)

    issued = actions.issue_paper(paper_id=paper.pk, by=world.officer, day=date(2026, 11, 20), has_tasks=True)

    assert issued.document.state == DocumentState.READ
    assert [task["lead"] for task in issued.document.structure["tasks"]] == [["Sở Tài chính"]]
    assert issued.document.structure["title"] == told["title"]


def test_a_withdrawn_paper_withdraws_its_document_and_its_number_is_gone(world, issued, committee, told):
    heard = []
    subscribe(PaperWithdrawn, heard.append)
    with pytest.raises(BadInput):
        actions.withdraw_paper(paper_id=issued.pk, by=world.officer, reason="")

    actions.withdraw_paper(paper_id=issued.pk, by=world.officer, reason="Sai số liệu.")

    issued.refresh_from_db()
    assert (issued.state, issued.document.state) == (PaperState.WITHDRAWN, DocumentState.WITHDRAWN)
    assert [event.paper_id for event in heard] == [str(issued.pk)]
    after = actions.issue_paper(paper_id=_another(world, committee, told).pk, by=world.officer, day=date(2026, 11, 21))
    assert after.number == "02"


def test_the_number_of_a_withdrawn_paper_is_not_typed_in_again(world, approved, committee, told):
    first = actions.issue_paper(paper_id=approved.pk, by=world.officer, day=date(2026, 11, 20), number="7")
    actions.withdraw_paper(paper_id=first.pk, by=world.officer, reason="Sai số liệu.")
    other = _another(world, committee, told)

    with pytest.raises(BadInput, match="07/BC-UBND"):
        actions.issue_paper(paper_id=other.pk, by=world.officer, day=date(2026, 11, 20), number="07")


def test_a_number_that_waits_for_its_files_is_not_kept_under_a_symbol_that_has_it(world, approved, committee, told):
    Paper.objects.filter(pk=approved.pk).update(number="05", symbol="BC-UBND", issued_on=date(2026, 11, 20))
    other = _another(world, committee, told)
    given = {"by": world.officer, "day": date(2026, 11, 21), "symbol": "BC-VX"}
    actions.issue_paper(paper_id=other.pk, number="5", **given)

    with pytest.raises(BadInput, match="05/BC-VX"):
        actions.issue_paper(paper_id=approved.pk, **given)


def test_the_database_itself_refuses_an_approval_by_the_writer(world, draft):
    from django.db import IntegrityError, transaction

    with pytest.raises(IntegrityError), transaction.atomic():
        Paper.objects.filter(pk=draft.pk).update(approved_by=world.officer)

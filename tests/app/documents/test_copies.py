"""Who gets a document, who has it, who has not; each thing is said once by somebody of the body."""

from datetime import timedelta

import pytest

from coso.documents import actions, queries
from coso.documents.models import Copy, CopyForm, Document, DocumentState, Purpose, Recipient
from coso.journal.models import Entry
from coso.journal.ports import sentence_of
from coso.kit import clock, ids
from coso.kit.errors import BadInput, NotAllowed, NotFound, WrongState
from coso.notices.models import Notice
from coso.notices.ports import wording_of
from coso.organizations.models import Organization, Person, Post

pytestmark = pytest.mark.django_db
TODAY = clock.today()
LINES = ["Bộ Nội vụ (để báo cáo)", "UBND các xã, phường", "Sở Văn hóa, Thể thao và Du lịch", "Lưu: VT"]


@pytest.fixture
def bodies(world):
    def committee(code, name, place):
        return Organization.objects.create(code=code, name=name, kind="commune_authority", place=place)

    son_kim = committee("ubnd-18196", "Ủy ban nhân dân xã Sơn Kim 1", world.son_kim)
    thach_ha = committee("ubnd-18562", "Ủy ban nhân dân xã Thạch Hà", world.thach_ha)
    Post.objects.filter(person__in=[world.officer, world.leader]).update(organization=son_kim)
    return son_kim, thach_ha


@pytest.fixture
def document(world, bodies):
    made = Document.objects.create(
        file_name="15.txt",
        file_sha256="a" * 64,
        file_format="text",
        text="x",
        kind="Công văn",
        number="15",
        symbol="SVHTTDL-QLVH",
        title="Rà soát cụm loa",
        issued_on=TODAY,
        issuer="Sở Văn hóa, Thể thao và Du lịch",
        organization=world.department,
        structure={
            "recipients": LINES,
            "delivery": {"paper": "TP không nhận được bản ĐT", "electronic": "Các thành phần khác"},
        },
        state=DocumentState.CONFIRMED,
        imported_by=world.editor,
    )
    actions.make_recipients(made.pk)
    return made


def _send(world, document, **more):
    actions.send_document(document_id=document.pk, by=world.editor, **more)
    return {str(copy): copy for copy in queries.copies_of(document)}


@pytest.fixture
def mine(world, document):
    """The copy of Sơn Kim 1, of which an answer is asked."""
    return _send(world, document, answer_due=TODAY + timedelta(days=5))["Ủy ban nhân dân xã Sơn Kim 1"]


def test_the_list_of_recipients_becomes_rows_with_purpose_and_form(document):
    rows = Recipient.objects.filter(document=document).values_list("name", "purpose", "form")

    assert list(rows) == [
        (LINES[0], Purpose.REPORT, CopyForm.ELECTRONIC),
        (LINES[1], Purpose.KNOW, CopyForm.ELECTRONIC),
        (LINES[2], Purpose.KNOW, CopyForm.ELECTRONIC),
        (LINES[3], Purpose.FILE, CopyForm.PAPER),
    ]


def test_making_the_rows_again_leaves_them_as_a_person_changed_them(world, document):
    actions.change_recipients(
        document_id=document.pk,
        by=world.editor,
        lines=[{"name": " UBND các xã,  phường ", "purpose": "act", "form": "paper"}, {"name": ""}],
    )
    actions.make_recipients(document.pk)

    assert list(document.recipients.values_list("name", "purpose", "form")) == [("UBND các xã, phường", "act", "paper")]
    assert sentence_of(Entry.objects.get(verb="copy.recipients")) == "Đã ghi nơi nhận: 1 dòng."


@pytest.mark.parametrize(
    ("lines", "field"),
    [
        ([], ""),
        ([{"name": "x" * 301, "purpose": "act", "form": "paper"}], "name"),
        ([{"name": "x", "purpose": "love", "form": "paper"}], "purpose"),
        (
            [{"name": "Sở A", "purpose": "act", "form": "paper"}, {"name": "so a", "purpose": "act", "form": "paper"}],
            "",
        ),
    ],
)
def test_lines_that_make_no_sense_change_nothing(world, document, lines, field):
    with pytest.raises(BadInput) as refused:
        actions.change_recipients(document_id=document.pk, by=world.editor, lines=lines)

    assert list(refused.value.fields) == [field]
    assert document.recipients.count() == 4


def test_each_body_gets_one_copy_and_a_line_of_nobody_one_without_a_body(world, document):
    copies = _send(world, document)

    assert {name: copy.form for name, copy in copies.items()} == {
        LINES[0]: CopyForm.PAPER,
        "Ủy ban nhân dân xã Sơn Kim 1": CopyForm.ELECTRONIC,
        "Ủy ban nhân dân xã Thạch Hà": CopyForm.ELECTRONIC,
        "Sở Văn hóa, Thể thao và Du lịch": CopyForm.ELECTRONIC,
    }
    assert copies[LINES[0]].organization is None
    assert sentence_of(Entry.objects.get(verb="copy.sent")) == "Đã gửi văn bản đi: 4 bản."


def test_whoever_receives_at_a_body_is_told_and_nobody_else(world, document, bodies):
    _send(world, document)

    told = Notice.objects.filter(kind="copy_sent")
    assert set(told.values_list("person__username", flat=True)) == {
        "canbo", "lanhdao",  # by the body of their post
        "canbo2", "lanhdao2",  # by the place of their post, which names no body
        "duyet",  # of the department; its editor sent it himself
    }  # fmt: skip
    assert wording_of(told.first()) == "Công văn 15/SVHTTDL-QLVH đến đơn vị, “Rà soát cụm loa”."


def test_a_document_is_sent_once_and_its_list_is_closed_then(world, document):
    _send(world, document)

    with pytest.raises(WrongState):
        actions.send_document(document_id=document.pk, by=world.editor)
    with pytest.raises(WrongState):
        actions.change_recipients(document_id=document.pk, by=world.editor, lines=[])
    assert Copy.objects.count() == 4


def test_only_who_sends_at_the_body_s_place_may_send(world, document):
    with pytest.raises(NotFound):
        actions.send_document(document_id=document.pk, by=world.officer)
    with pytest.raises(NotAllowed):
        actions.send_document(document_id=document.pk, by=world.approver)
    Document.objects.filter(pk=document.pk).update(state=DocumentState.READ)
    with pytest.raises(NotFound):
        actions.send_document(document_id=document.pk, by=world.editor)
    assert not Copy.objects.exists()


def test_an_answer_is_not_asked_for_yesterday_nor_of_those_reported_to(world, document, bodies):
    with pytest.raises(BadInput):
        _send(world, document, answer_due=TODAY - timedelta(days=1))
    copies = _send(world, document, answer_due=TODAY)

    assert {name for name, copy in copies.items() if copy.answer_due} == {
        "Ủy ban nhân dân xã Sơn Kim 1", "Ủy ban nhân dân xã Thạch Hà", "Sở Văn hóa, Thể thao và Du lịch",
    }  # fmt: skip


def test_receiving_and_reading_are_each_said_once_by_a_person_of_the_body(world, mine):
    actions.receive_copy(copy_id=mine.pk, by=world.officer, arrival_number=" 123 ")
    actions.read_copy(copy_id=mine.pk, by=world.leader)

    mine.refresh_from_db()
    assert (mine.received_by, mine.arrival_number, mine.read_by) == (world.officer, "123", world.leader)
    with pytest.raises(WrongState):
        actions.receive_copy(copy_id=mine.pk, by=world.leader)
    with pytest.raises(WrongState):
        actions.read_copy(copy_id=mine.pk, by=world.officer)
    mine.refresh_from_db()
    assert (mine.received_by, mine.read_by) == (world.officer, world.leader)
    assert sentence_of(Entry.objects.get(verb="copy.received")) == (
        "Ủy ban nhân dân xã Sơn Kim 1 đã nhận văn bản, số đến 123."
    )


def test_a_copy_of_another_body_is_not_there(world, mine):
    for act in (actions.receive_copy, actions.read_copy):
        with pytest.raises(NotFound):
            act(copy_id=mine.pk, by=world.other_officer)
        with pytest.raises(NotFound):
            act(copy_id=mine.pk, by=world.editor)
    with pytest.raises(NotAllowed):
        actions.read_copy(copy_id=mine.pk, by=world.communicator)


def test_the_heir_of_a_body_receives_what_was_sent_to_it(world, mine, bodies):
    heir = Organization.objects.create(
        code="ubnd-moi", name="Ủy ban nhân dân xã Mới", kind="commune_authority", place=world.thach_ha
    )
    bodies[0].successor, bodies[0].valid_to = heir, TODAY - timedelta(days=1)
    bodies[0].save()
    Post.objects.filter(person=world.other_officer).update(organization=heir)
    newcomer = Person.objects.get(pk=world.other_officer.pk)

    assert mine in queries.copies_for(newcomer)
    copy = queries.get_copy_for(newcomer, mine.pk)
    assert copy.organization.said_today == "Ủy ban nhân dân xã Sơn Kim 1 (nay là Ủy ban nhân dân xã Mới)"


def test_what_goes_on_paper_is_marked_by_its_sender_and_the_rest_is_not(world, document, mine):
    paper = Copy.objects.get(recipient__name=LINES[0])

    actions.hand_over(copy_id=paper.pk, by=world.editor)
    with pytest.raises(WrongState):
        actions.hand_over(copy_id=paper.pk, by=world.editor)
    with pytest.raises(WrongState):
        actions.hand_over(copy_id=mine.pk, by=world.editor)
    with pytest.raises(NotFound):
        actions.hand_over(copy_id=paper.pk, by=world.officer)

    paper.refresh_from_db()
    assert paper.received_by == world.editor
    assert Copy.objects.get(pk=mine.pk).received_at is None


def test_those_from_whom_something_is_missing_are_reminded_once_a_day(world, document, mine):
    actions.answer_copy(copy_id=mine.pk, by=world.officer, words="Đã rà soát.")
    Notice.objects.all().delete()

    assert actions.remind_recipients(document_id=document.pk, by=world.editor) == 4
    assert actions.remind_recipients(document_id=document.pk, by=world.editor) == 0

    told = Notice.objects.filter(kind="copy_reminded")
    assert set(told.values_list("person__username", flat=True)) == {"canbo2", "lanhdao2", "bientap", "duyet"}
    assert Entry.objects.filter(verb="copy.reminded").count() == 1


def test_the_counts_say_who_has_not(world, document, mine):
    actions.read_copy(copy_id=mine.pk, by=world.officer)

    assert queries.counts(queries.copies_of(document)) == {
        "all": 4, "arrived": 1, "read": 1, "away": 3, "awaited": 3, "late": 0, "asked": 3,
    }  # fmt: skip


def test_what_came_in_stands_unread_first(world, document, mine):
    second = Document.objects.get(pk=document.pk)
    second.pk, second.file_sha256, second.number, second._state.adding = ids.new_id(), "b" * 64, "16", True
    second.save()
    _send(world, second)
    newest = queries.copies_for(world.officer).first()
    assert newest.recipient.document.number == "16"

    actions.read_copy(copy_id=newest.pk, by=world.officer)

    assert [copy.recipient.document.number for copy in queries.copies_for(world.officer)] == ["15", "16"]
    assert queries.new_for(world.officer) == 1


def test_a_withdrawn_document_is_with_nobody_any_more(world, document, mine):
    Document.objects.filter(pk=document.pk).update(state=DocumentState.WITHDRAWN)

    assert not queries.copies_for(world.officer).exists()
    with pytest.raises(NotFound):
        actions.read_copy(copy_id=mine.pk, by=world.officer)

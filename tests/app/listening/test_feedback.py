"""A resident writes; the office of his commune answers; only what he agreed to, cleaned, becomes public."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from coso.journal.models import Entry
from coso.kit import clock
from coso.kit.errors import BadInput, NotAllowed, NotFound, WrongState
from coso.kit.periodic import jobs
from coso.listening import actions, policies, queries
from coso.listening.models import Category, Feedback, FeedbackState, PublishedAnswer
from coso.newsroom import actions as newsroom
from coso.newsroom.models import Bulletin
from coso.notices.models import Notice
from coso.organizations.models import Person, Post
from coso.organizations.rules import Role

pytestmark = pytest.mark.django_db

TEXT = "Loa ở đầu xóm rè từ hôm qua, gọi ông Nguyễn Văn Tám số 0912 345 678 không ai nghe."
ANSWER = "Tổ kỹ thuật đã thay màng loa sáng nay; bà con nghe lại lúc 17 giờ."


@pytest.fixture
def category(db):
    return Category.objects.get(code="loudspeaker")


@pytest.fixture
def sent(world, category):
    return actions.send_feedback(
        category=category, place=world.villages[0], text=TEXT, contact="0912 345 678", may_publish=True
    )


@pytest.fixture
def answered(world, sent):
    actions.reply(feedback_id=sent.pk, by=world.officer, text=ANSWER)
    sent.refresh_from_db()
    return sent


def test_what_arrives_gets_a_code_a_deadline_and_the_officer_is_told(world, sent):
    assert len(sent.code) == 9
    assert sent.due_on == queries.due_on(clock.local(sent.received_at).date(), sent.category)
    assert [notice.person for notice in Notice.objects.all()] == [world.officer]
    entry = Entry.objects.get()
    assert (entry.verb, entry.actor) == ("feedback.received", "resident")
    assert "0912" not in str(entry.data)


@pytest.mark.parametrize(
    ("change", "field"),
    [({"text": "  ngắn "}, "text"), ({"text": "a" * 4001}, "text"), ({"contact": "a" * 121}, "contact")],
)
def test_what_does_not_fit_is_refused_and_nothing_is_kept(world, category, change, field):
    with pytest.raises(BadInput) as refused:
        actions.send_feedback(**{"category": category, "place": world.villages[0], "text": TEXT, **change})

    assert list(refused.value.fields) == [field]
    assert not Feedback.objects.exists()


def test_a_province_is_no_place_to_write_from(world, category):
    with pytest.raises(BadInput):
        actions.send_feedback(category=category, place=world.province, text=TEXT)

    assert not Feedback.objects.exists()


def test_the_code_opens_however_it_is_typed(sent):
    assert queries.by_code(sent.code.lower().replace("-", " ")) == sent
    assert queries.by_code("") is None


def test_another_commune_does_not_know_it_exists(world, sent):
    for attempt in (
        lambda: queries.get_visible(world.other_officer, sent.pk),
        lambda: actions.reply(feedback_id=sent.pk, by=world.other_officer, text=ANSWER),
        lambda: actions.take_in_hand(feedback_id=sent.pk, by=world.other_officer),
        lambda: actions.draft_bulletin(feedback_id=sent.pk, by=world.other_officer),
    ):
        with pytest.raises(NotFound):
            attempt()

    sent.refresh_from_db()
    assert sent.state == FeedbackState.NEW


def test_who_only_reads_does_not_answer(world, sent):
    with pytest.raises(NotAllowed):
        actions.reply(feedback_id=sent.pk, by=world.leader, text=ANSWER)

    assert not sent.replies.exists()


def test_an_answer_settles_the_notice_and_names_the_handler(world, answered):
    assert (answered.state, answered.handler) == (FeedbackState.ANSWERED, world.officer)
    assert Notice.objects.get().seen_at is not None


def test_what_the_sender_did_not_agree_to_stays_private(world, category):
    feedback = actions.send_feedback(category=category, place=world.villages[0], text=TEXT)
    actions.reply(feedback_id=feedback.pk, by=world.officer, text=ANSWER)

    with pytest.raises(BadInput, match="không đồng ý"):
        actions.publish_answer(feedback_id=feedback.pk, by=world.officer, question=TEXT, answer=ANSWER)

    assert not PublishedAnswer.objects.exists()


def test_contact_left_in_the_public_text_is_refused(world, answered):
    with pytest.raises(BadInput) as refused:
        actions.publish_answer(feedback_id=answered.pk, by=world.officer, question=TEXT, answer=ANSWER)

    assert list(refused.value.fields) == ["question"]
    assert not PublishedAnswer.objects.exists()


def test_an_unanswered_question_is_not_published(world, sent):
    with pytest.raises(WrongState):
        actions.publish_answer(feedback_id=sent.pk, by=world.officer, question="Loa ở đầu xóm rè.", answer=ANSWER)


def test_a_cleaned_question_is_public_until_it_is_taken_off(world, answered):
    actions.publish_answer(feedback_id=answered.pk, by=world.officer, question="Loa ở đầu xóm rè.", answer=ANSWER)
    assert [one.question for one in queries.published(world.son_kim)] == ["Loa ở đầu xóm rè."]
    assert list(queries.published(world.thach_ha)) == []

    actions.unpublish_answer(feedback_id=answered.pk, by=world.officer, reason="sai số liệu")

    assert list(queries.published()) == []


def test_one_click_drafts_the_answer_for_the_village_that_asked(world, answered):
    actions.publish_answer(feedback_id=answered.pk, by=world.officer, question="Loa ở đầu xóm rè.", answer=ANSWER)

    bulletin = actions.draft_bulletin(feedback_id=answered.pk, by=world.officer)

    assert list(bulletin.areas.all()) == [world.villages[0]]
    assert "Loa ở đầu xóm rè." in bulletin.body
    assert ANSWER in bulletin.body
    assert bulletin.origin == f"feedback:{answered.pk}"
    assert bulletin.author == world.officer


def test_without_consent_the_question_is_not_said_on_air(world, category):
    feedback = actions.send_feedback(category=category, place=world.villages[0], text=TEXT)
    actions.reply(feedback_id=feedback.pk, by=world.officer, text="Đã báo ông Lê Văn Bảy thay loa sáng nay.")

    bulletin = actions.draft_bulletin(feedback_id=feedback.pk, by=world.officer)

    assert "rè" not in bulletin.body
    assert "Bảy" not in bulletin.body
    assert "thay loa sáng nay" in bulletin.body


def test_nothing_is_drafted_before_an_answer(world, sent):
    with pytest.raises(WrongState):
        actions.draft_bulletin(feedback_id=sent.pk, by=world.officer)

    assert not Bulletin.objects.exists()


def test_an_answer_is_drafted_once_however_often_the_button_is_pressed(world, answered):
    first = actions.draft_bulletin(feedback_id=answered.pk, by=world.officer)

    again = actions.draft_bulletin(feedback_id=answered.pk, by=world.officer)

    assert again == first
    newsroom.withdraw_bulletin(bulletin_id=first.pk, by=world.officer, reason="Soạn lại từ đầu.")
    assert actions.draft_bulletin(feedback_id=answered.pk, by=world.officer) != first


def test_contact_is_erased_on_schedule(answered, time_machine):
    time_machine.move_to(clock.now() + clock.days(181))

    assert actions.erase_contacts() == 1

    answered.refresh_from_db()
    assert answered.contact == ""
    assert Entry.objects.filter(verb="feedback.contact_erased", actor="system").count() == 1
    assert actions.erase_contacts() == 0


def test_contact_is_kept_while_an_answer_is_young(world, answered, time_machine):
    contact = answered.contact
    time_machine.move_to(clock.now() + clock.days(181))
    actions.reply(feedback_id=answered.pk, by=world.officer, text="Loa mới đã lắp xong hôm qua.")

    assert actions.erase_contacts() == 0

    answered.refresh_from_db()
    assert answered.contact == contact != ""


def test_the_scheduler_erases_contacts_every_day():
    assert [job.every for job in jobs() if job.name == "listening.erase_contacts"] == [timedelta(days=1)]


def test_contact_is_seen_by_the_next_officer_once_the_handler_has_gone(world, answered):
    feedback = queries.get_visible(world.officer, answered.pk)
    successor = Person.objects.create_user("moi", full_name="Người Mới")
    Post.objects.create(person=successor, role=Role.COMMUNE_OFFICER, place=world.son_kim)
    assert not policies.may_see_contact(successor, feedback)

    Post.objects.filter(person=world.officer).update(held_to=clock.today() - clock.days(1))

    assert policies.may_see_contact(successor, queries.get_visible(successor, answered.pk))


def test_contact_is_seen_by_the_handler_only_and_never_exported(client, world, answered):
    Feedback.objects.filter(pk=answered.pk).update(contact="zalo: tam.son.kim")
    page = {}
    for name in ("officer", "leader", "editor"):
        client.force_login(getattr(world, name))
        page[name] = client.get(reverse("listening:one", args=[answered.pk])).content.decode()
    client.force_login(world.officer)
    export = client.get(reverse("listening:feedback"), {"export": "xlsx"})

    assert ["tam.son.kim" in page[name] for name in ("officer", "leader", "editor")] == [True, False, False]
    sheet = load_workbook(BytesIO(b"".join(export.streaming_content))).active
    cells = [str(cell) for row in sheet.iter_rows(values_only=True) for cell in row]
    assert answered.code in cells
    assert not any("tam.son.kim" in cell for cell in cells)


def test_the_officer_answers_on_the_page_and_publishes_after_reading(client, world, sent):
    client.force_login(world.officer)

    client.post(reverse("listening:take", args=[sent.pk]))
    client.post(reverse("listening:reply", args=[sent.pk]), {"text": ANSWER})
    page = client.get(reverse("listening:one", args=[sent.pk]))

    assert "ông […] số […]" in page.context["publish_form"]["question"].value()
    answer = client.post(
        reverse("listening:publish", args=[sent.pk]), {"question": "Loa ở đầu xóm rè.", "answer": ANSWER}
    )
    assert answer.status_code == 422, "the officer must say that he read both texts"
    assert not PublishedAnswer.objects.exists()
    client.post(
        reverse("listening:publish", args=[sent.pk]),
        {"question": "Loa ở đầu xóm rè.", "answer": ANSWER, "checked": "on"},
    )
    assert PublishedAnswer.objects.get().answer == ANSWER


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("officer", 200),
        ("leader", 200),
        ("editor", 200),
        ("other_officer", 404),
        ("communicator", 403),
        ("auditor", 403),
    ],
)
def test_who_opens_one_feedback(client, world, sent, who, status):
    client.force_login(getattr(world, who))

    assert client.get(reverse("listening:one", args=[sent.pk])).status_code == status


def test_the_list_asks_the_database_as_often_for_many_as_for_few(client, world, category, sent):
    client.force_login(world.officer)
    client.get(reverse("listening:feedback"))

    def count():
        with CaptureQueriesContext(connection) as asked:
            assert client.get(reverse("listening:feedback")).status_code == 200
        return len(asked)

    few = count()
    for village in world.villages * 6:
        actions.send_feedback(category=category, place=village, text=TEXT)

    assert count() == few

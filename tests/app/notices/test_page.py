"""A person reads his own notices and nobody else's."""

from datetime import UTC, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from coso.kit.refs import Ref
from coso.listening import actions as listening
from coso.listening.models import Category
from coso.notices import actions
from coso.notices.models import Notice

pytestmark = pytest.mark.django_db


@pytest.fixture
def told(world):
    return listening.send_feedback(
        category=Category.objects.first(), place=world.villages[0], text="Đường vào thôn ngập nước."
    )


def test_the_notice_reads_as_a_sentence_and_leads_to_its_record(client, world, told):
    client.force_login(world.officer)

    page = client.get(reverse("notices:notices")).content.decode()

    assert "Có ý kiến của người dân chờ bạn trả lời." in page
    assert reverse("listening:one", args=[told.pk]) in page


def test_nobody_sees_the_notices_of_another(client, world, told):
    client.force_login(world.leader)

    assert "Chưa có thông báo" in client.get(reverse("notices:notices")).content.decode()


def test_one_button_marks_all_as_seen_for_this_person_only(client, world, told):
    actions.tell([world.leader], "feedback.received", Ref("feedback", str(told.pk)))
    client.force_login(world.officer)

    client.post(reverse("notices:see"))

    assert Notice.objects.get(person=world.officer).seen_at is not None
    assert Notice.objects.get(person=world.leader).seen_at is None


def test_many_notices_cost_no_more_questions_than_few_kinds(client, world, told):
    client.force_login(world.officer)
    ref = Ref("feedback", str(told.pk))

    def count():
        with CaptureQueriesContext(connection) as asked:
            assert client.get(reverse("notices:notices")).status_code == 200
        return len(asked)

    client.get(reverse("notices:notices"))
    few = count()
    for _ in range(20):
        actions.tell([world.officer], "feedback.received", ref)

    assert count() == few


def test_the_day_of_a_notice_is_that_of_vietnam(client, world, told):
    Notice.objects.update(created_at=datetime(2026, 11, 23, 22, 30, tzinfo=UTC))
    client.force_login(world.officer)

    page = client.get(reverse("notices:notices")).content.decode()

    assert "24/11/2026" in page
    assert "23/11/2026" not in page

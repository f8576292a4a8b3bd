"""What people of a commune that ended wrote is seen and answered by the office of what followed it."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from coso.kit import clock
from coso.kit.errors import BadInput
from coso.listening import actions, queries
from coso.listening.models import Category, Feedback, FeedbackState
from coso.newsroom.models import Bulletin
from coso.organizations.policies import forget
from coso.places.actions import refresh_currents
from coso.places.models import Place
from coso.places.queries import today_of
from tests.support.merged import merge

pytestmark = pytest.mark.django_db

ANSWER = "Tổ kỹ thuật đã thay màng loa sáng nay; bà con nghe lại lúc 17 giờ."


@pytest.fixture
def sent(world):
    return actions.send_feedback(
        category=Category.objects.get(code="loudspeaker"),
        place=world.villages[0],
        text="Loa ở đầu xóm rè từ hôm qua.",
        may_publish=True,
    )


def test_the_officer_of_today_sees_and_answers_it(world, sent):
    new = merge(world)

    assert list(queries.visible_to(new.officer)) == [sent]
    actions.reply(feedback_id=sent.pk, by=new.officer, text=ANSWER)

    sent.refresh_from_db()
    assert sent.state == FeedbackState.ANSWERED
    assert sent.place == world.villages[0]


def test_a_published_answer_of_then_stands_under_the_commune_and_the_village_of_today(world, sent):
    actions.reply(feedback_id=sent.pk, by=world.officer, text=ANSWER)
    answer = actions.publish_answer(feedback_id=sent.pk, by=world.officer, question="Loa bị rè.", answer=ANSWER)
    new = merge(world)

    assert list(queries.published(new.commune)) == [answer]
    assert list(queries.published(new.villages[0])) == [answer]
    assert list(queries.published(new.villages[1])) == []


def test_the_answer_is_drafted_as_a_bulletin_for_the_village_of_today(world, sent):
    new = merge(world)
    actions.reply(feedback_id=sent.pk, by=new.officer, text=ANSWER)

    bulletin = actions.draft_bulletin(feedback_id=sent.pk, by=new.officer)

    assert list(bulletin.areas.all()) == [new.villages[0]]


def test_where_only_the_province_is_known_to_follow_an_officer_drafts_nothing_for_all_of_it(world, sent):
    actions.reply(feedback_id=sent.pk, by=world.officer, text=ANSWER)
    lost = [world.son_kim, *world.villages]
    Place.objects.filter(pk__in=[one.pk for one in lost]).update(valid_to=clock.today() - timedelta(days=1))
    refresh_currents()
    forget(world.officer)
    sent.refresh_from_db()

    with pytest.raises(BadInput):
        actions.draft_bulletin(feedback_id=sent.pk, by=world.officer)

    assert today_of(Place.objects.get(pk=sent.place_id)) == world.province
    assert not Bulletin.objects.exists()


def test_the_list_tells_the_village_of_today_or_of_then_and_so_does_its_file(world, sent, client):
    new = merge(world)
    client.force_login(new.officer)
    address = reverse("listening:feedback")

    assert _places(client.get(address)) == ["Thôn 1 mới, Xã Hương Kim"]
    assert _places(client.get(address, {"don-vi": "khi-do"})) == ["Thôn 1, Xã Sơn Kim 1"]
    assert _places(client.get(address, {"don-vi": "vớ vẩn"})) == ["Thôn 1 mới, Xã Hương Kim"]
    assert _sheet(client.get(address, {"export": "xlsx"}), "Địa bàn") == ["Thôn 1 mới, Xã Hương Kim"]
    then = client.get(address, {"export": "xlsx", "don-vi": "khi-do"})
    assert _sheet(then, "Địa bàn (khi đó)") == ["Thôn 1, Xã Sơn Kim 1"]


def test_the_list_asks_as_many_questions_for_thirty_opinions_as_for_one(
    world, sent, client, django_assert_max_num_queries
):
    for _number in range(30):
        actions.send_feedback(category=sent.category, place=world.villages[1], text="Loa ở cuối xóm nghe nhỏ quá.")
    new = merge(world)
    client.force_login(new.officer)

    with django_assert_max_num_queries(16):
        answer = client.get(reverse("listening:feedback"))

    assert Feedback.objects.count() == 31
    assert set(_places(answer)) == {"Thôn 2 mới, Xã Hương Kim"}


def _places(answer):
    return [str(row["cells"][3].shown) for row in answer.context["rows"]]


def _sheet(answer, head):
    rows = list(load_workbook(BytesIO(b"".join(answer.streaming_content))).active.iter_rows(values_only=True))
    place = rows[0].index(head)
    return [row[place] for row in rows[1:]]

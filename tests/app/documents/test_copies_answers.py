"""An answer asked until a day: given in words, or told to those who must know that it is late."""

from datetime import timedelta

import pytest

from coso.documents import actions, queries
from coso.documents.models import Copy
from coso.kit import clock
from coso.kit.errors import BadInput, WrongState
from coso.notices.models import Notice
from coso.notices.ports import wording_of
from tests.app.documents.test_copies import TODAY, bodies, document, mine  # noqa: F401 fixtures

pytestmark = pytest.mark.django_db


def test_an_answer_is_given_once_and_its_sender_is_told(world, mine):  # noqa: F811
    actions.answer_copy(copy_id=mine.pk, by=world.officer, words=" Đã rà soát 12 cụm loa. ")

    mine.refresh_from_db()
    assert (mine.answer, mine.answered_by, mine.read_by) == ("Đã rà soát 12 cụm loa.", world.officer, world.officer)
    with pytest.raises(WrongState):
        actions.answer_copy(copy_id=mine.pk, by=world.leader, words="Lần nữa")
    told = Notice.objects.get(kind="copy_answered")
    assert told.person == world.editor
    assert wording_of(told) == "Ủy ban nhân dân xã Sơn Kim 1 đã trả lời Công văn 15/SVHTTDL-QLVH."
    assert not Notice.objects.filter(ref=f"copy:{mine.pk}", seen_at=None).exists()


@pytest.mark.parametrize(
    ("words", "paper", "field"), [(" ", "", "words"), ("x" * 4001, "", "words"), ("Rồi", "7", "paper")]
)
def test_an_answer_that_says_nothing_is_refused(world, mine, words, paper, field):  # noqa: F811
    with pytest.raises(BadInput) as refused:
        actions.answer_copy(copy_id=mine.pk, by=world.officer, words=words, paper_id=paper)

    assert list(refused.value.fields) == [field]
    assert Copy.objects.get(pk=mine.pk).answered_at is None


def test_no_answer_is_taken_where_none_was_asked(world, mine):  # noqa: F811
    Copy.objects.filter(pk=mine.pk).update(answer_due=None)

    with pytest.raises(WrongState):
        actions.answer_copy(copy_id=mine.pk, by=world.officer, words="Rồi")


def _late(mine, days):  # noqa: F811
    Copy.objects.exclude(pk=mine.pk).update(answer_due=None)
    Copy.objects.filter(pk=mine.pk).update(answer_due=TODAY - timedelta(days=days))
    Notice.objects.all().delete()


@pytest.mark.parametrize(
    ("days", "kinds"),
    [
        (0, set()),
        (1, {("copy_overdue", "canbo"), ("copy_overdue", "lanhdao")}),
        (3, {("copy_overdue", "canbo"), ("copy_overdue", "lanhdao")}),
        (5, {("copy_overdue", "canbo"), ("copy_overdue", "lanhdao"), ("copy_overdue_sender", "bientap")}),
    ],
)
def test_a_late_answer_climbs_from_the_receiver_to_the_leader_to_the_sender(world, mine, days, kinds):  # noqa: F811
    _late(mine, days)

    actions.climb_unanswered()
    again = actions.climb_unanswered()

    assert set(Notice.objects.values_list("kind", "person__username")) == kinds
    assert again == 0
    assert Copy.objects.get(pk=mine.pk).climbed == {0: 0, 1: 1, 3: 2, 5: 3}[days]


def test_where_nobody_can_be_told_the_next_above_is(world, mine):  # noqa: F811
    _late(mine, 1)
    for person in (world.officer, world.leader):
        person.is_active = False
        person.save()

    actions.climb_unanswered()

    assert set(Notice.objects.values_list("kind", "person__username")) == {("copy_overdue_sender", "bientap")}


def test_a_sender_hears_of_many_late_answers_once(world, mine):  # noqa: F811
    Copy.objects.exclude(organization=None).update(answer_due=TODAY - timedelta(days=9))
    Notice.objects.all().delete()

    actions.climb_unanswered()

    assert Notice.objects.filter(kind="copy_overdue_sender").count() == 1


def test_an_answered_copy_climbs_no_further(world, mine):  # noqa: F811
    _late(mine, 9)
    Copy.objects.filter(pk=mine.pk).update(answered_at=clock.now(), answered_by=world.officer)

    assert actions.climb_unanswered() == 0
    assert not queries.overdue(TODAY).exists()


def test_those_told_of_already_never_keep_later_ones_from_their_turn(world, mine, monkeypatch):  # noqa: F811
    monkeypatch.setattr("coso.documents.actions.receiving.BATCH", 1)
    late = list(Copy.objects.exclude(answer_due=None).order_by("pk")[:2])
    Copy.objects.exclude(pk__in=[one.pk for one in late]).update(answer_due=None)
    for at, one in enumerate(late):
        Copy.objects.filter(pk=one.pk).update(answer_due=TODAY - timedelta(days=60 - at))

    for _run in range(3):
        actions.climb_unanswered()

    assert len(late) == 2
    assert set(Copy.objects.filter(pk__in=[one.pk for one in late]).values_list("climbed", flat=True)) == {3}

"""Units are reminded by rule and by hand; what is ignored climbs, what is done is left alone."""

from datetime import UTC, date, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from coso.journal.models import Entry
from coso.kit import clock
from coso.kit.errors import BadInput, NotAllowed, NotFound
from coso.notices.models import Notice
from coso.plans import actions, queries
from coso.plans.models import Part, Reminder, ReminderLevel, ReminderRule, TaskState
from tests.app.plans.given import committee, shared

pytestmark = pytest.mark.django_db
MORNING = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)


@pytest.fixture
def at(monkeypatch):
    """Give what sets the clock: to a morning in Vietnam, on a day."""

    def to(day, moment=None):
        monkeypatch.setattr(clock, "now", lambda: moment or datetime(day.year, day.month, day.day, 2, tzinfo=UTC))
        monkeypatch.setattr(clock, "today", lambda: day)

    to(date(2026, 11, 24))
    return to


@pytest.fixture
def part(world, at):
    """Give the part of Sơn Kim 1 in 2026, due on Thursday, 31 December, beside that of Thạch Hà."""
    body = committee(world.son_kim)
    committee(world.thach_ha)
    shared(world, body.name, "UBND Xã Thạch Hà")
    Notice.objects.all().delete()
    return Part.objects.get(organization=body, occurrence__period_from__year=2026)


def told():
    return sorted(Notice.objects.filter(kind="part.reminded").values_list("person__username", flat=True))


def test_the_rules_of_the_beginning_are_there(db):
    assert list(ReminderRule.objects.values_list("days", "level")) == [(-7, 1), (0, 1), (3, 2), (7, 3)]


def test_what_is_ignored_climbs_from_the_unit_to_its_leader_to_the_owner(world, part, at):
    Part.objects.exclude(pk=part.pk).update(state=TaskState.DONE)
    steps = []
    for day in (date(2026, 12, 23), date(2026, 12, 24), date(2026, 12, 31), date(2027, 1, 4), date(2027, 1, 7)):
        at(day)
        Notice.objects.all().delete()
        actions.remind_due()
        part.refresh_from_db()
        steps.append((told(), part.climbed))

    assert steps == [
        ([], 0),
        (["canbo"], 0),
        (["canbo"], 0),
        (["canbo", "lanhdao"], 2),
        (["bientap", "canbo", "duyet", "lanhdao"], 3),
    ]
    assert Entry.objects.filter(verb="part.reminded", actor="system").count() == 4


def test_running_again_sends_nothing_again(world, part, at):
    at(date(2026, 12, 24))

    assert (actions.remind_due(), actions.remind_due()) == (2, 0)
    assert Reminder.objects.count() == 2


@pytest.mark.parametrize(
    ("day", "moment"),
    [
        (date(2026, 12, 24), datetime(2026, 12, 24, 14, 0, tzinfo=UTC)),
        (date(2026, 12, 26), datetime(2026, 12, 26, 2, 0, tzinfo=UTC)),
        (date(2027, 1, 1), datetime(2027, 1, 1, 2, 0, tzinfo=UTC)),
    ],
)
def test_nobody_is_reminded_at_night_on_saturday_or_on_a_holiday(world, part, at, day, moment):
    at(day, moment)

    assert actions.remind_due() == 0
    assert not Reminder.objects.exists()


def test_a_done_part_and_one_taken_away_are_left_alone(world, part, at):
    actions.report_part(part_id=part.pk, by=world.officer, words="Xong", percent=100, done=True)
    other = Part.objects.get(organization__place=world.thach_ha, occurrence=part.occurrence)
    actions.drop_part(part_id=other.pk, by=world.approver, reason="Không phải việc của xã")
    at(date(2027, 1, 7))

    actions.remind_due()

    assert not Reminder.objects.filter(part__in=[part, other]).exists()


def test_a_granted_extension_begins_the_rules_anew(world, part, at):
    at(date(2027, 1, 7))
    actions.remind_due()
    asked = actions.ask_extension(part_id=part.pk, by=world.officer, until=date(2027, 3, 31), reason="Mưa lũ")
    actions.answer_extension(extension_id=asked.pk, by=world.approver, grant=True)

    actions.remind_due()
    before = list(Reminder.objects.filter(part=part).values_list("days", "due_on"))
    at(date(2027, 3, 24))
    actions.remind_due()

    assert before == [(7, date(2026, 12, 31))]
    newest = Reminder.objects.filter(part=part).first()
    assert (newest.days, newest.due_on, newest.level) == (-7, date(2027, 3, 31), ReminderLevel.UNIT)


def test_where_nobody_reports_the_leader_is_told_instead(world, part, at):
    world.officer.is_active = False
    world.officer.save()
    at(date(2026, 12, 24))

    actions.remind_due()

    assert told() == ["canbo2", "lanhdao"]


def test_by_hand_the_owner_reminds_in_his_own_words_once_a_day(world, part):
    sent = actions.remind(part_ids=[part.pk], by=world.approver, words=" Gửi biên bản  trước thứ Sáu ", level=2)

    assert told() == ["canbo", "lanhdao"]
    assert (sent[0].words, sent[0].told, sent[0].sent_by) == ("Gửi biên bản trước thứ Sáu", 2, world.approver)
    assert Entry.objects.get(verb="part.reminded").reason.text == "Gửi biên bản trước thứ Sáu"
    with pytest.raises(BadInput):
        actions.remind(part_ids=[part.pk], by=world.editor, words="Nữa")
    assert Reminder.objects.count() == 1


@pytest.mark.parametrize(("words", "level", "field"), [(" ", 1, "words"), ("x" * 1001, 1, "words"), ("x", 3, "level")])
def test_a_reminder_that_makes_no_sense_is_refused(world, part, words, level, field):
    with pytest.raises(BadInput) as refused:
        actions.remind(part_ids=[part.pk], by=world.approver, words=words, level=level)

    assert list(refused.value.fields) == [field]
    assert not Notice.objects.exists()


def test_only_the_owner_reminds(world, part):
    for who, error in (("officer", NotAllowed), ("other_officer", NotFound), ("auditor", NotAllowed)):
        with pytest.raises(error):
            actions.remind(part_ids=[part.pk], by=getattr(world, who), words="x")

    assert not Reminder.objects.exists()


def test_the_notice_says_how_late_it_is_and_leads_to_the_part(client, world, part, at):
    at(date(2027, 1, 7))
    actions.remind_due()
    client.force_login(world.officer)

    page = client.get(reverse("notices:notices")).content.decode()

    assert "Đôn đốc: phần việc của UBND Xã Sơn Kim 1 đã quá hạn 7 ngày." in page
    assert reverse("plans:part", args=[part.pk]) in page


def test_reporting_it_done_settles_the_reminder(world, part):
    actions.remind(part_ids=[part.pk], by=world.approver, words="Gửi báo cáo")

    actions.report_part(part_id=part.pk, by=world.officer, words="Xong", percent=100, done=True)

    assert Notice.objects.get(kind="part.reminded").seen_at is not None


def test_on_the_page_one_reads_whom_it_reaches_before_it_goes(client, world, part):
    client.force_login(world.approver)
    page = client.get(reverse("plans:remind"), {"phan": part.pk}).content.decode()

    answer = client.post(reverse("plans:remind"), {"phan": part.pk, "words": "Gửi biên bản", "level": "2"})

    assert "Lê Thị Đào" in page
    assert "Phạm Văn Ân" in page
    assert answer.url == reverse("plans:part", args=[part.pk])
    assert "Gửi biên bản" in client.get(answer.url).content.decode()


def test_what_was_typed_stays_when_the_reminder_cannot_go(client, world, part):
    actions.remind(part_ids=[part.pk], by=world.editor, words="Sáng nay")
    client.force_login(world.approver)

    answer = client.post(reverse("plans:remind"), {"phan": part.pk, "words": "Chiều nay", "level": "1"})

    assert answer.status_code == 422
    assert "Chiều nay" in answer.content.decode()
    assert Reminder.objects.count() == 1


def test_rows_are_chosen_by_boxes_and_none_chosen_leads_back(client, world, part):
    client.force_login(world.approver)
    page = client.get(reverse("plans:remind-choose")).content.decode()

    assert f'name="phan" value="{part.pk}" form="remind"' in page
    assert client.get(reverse("plans:remind")).url == reverse("plans:remind-choose")
    assert client.get(reverse("plans:remind"), {"phan": "9999"}).status_code == 404


def test_the_list_of_reminders_shows_ones_own_parts_only(client, world, part):
    actions.remind(part_ids=[part.pk], by=world.approver, words="Gửi biên bản")

    def found(who, **asked):
        client.force_login(who)
        return "Rà soát loa" in client.get(reverse("plans:reminders"), asked).content.decode()

    assert found(world.officer)
    assert not found(world.other_officer)
    assert found(world.auditor, way="hand", unheeded="yes")
    assert not found(world.auditor, way="rule")
    file = client.get(reverse("plans:reminders"), {"export": "xlsx"})
    assert b"".join(file.streaming_content)[:2] == b"PK"
    file.close()


def test_many_reminders_cost_no_more_questions_than_one(client, world, part, at):
    client.force_login(world.approver)

    def count():
        with CaptureQueriesContext(connection) as asked:
            assert client.get(reverse("plans:reminders")).status_code == 200
        return len(asked)

    actions.remind(part_ids=[part.pk], by=world.approver, words="Gửi biên bản")
    count()
    few = count()
    for day in range(1, 20):
        Reminder.objects.create(part=part, sent_by=world.editor, words=f"Lần {day}")

    assert count() == few


def test_choosing_among_many_parts_costs_no_more_questions(client, world, part):
    client.force_login(world.approver)

    def count():
        with CaptureQueriesContext(connection) as asked:
            client.get(reverse("plans:remind-choose"))
        return len(asked)

    Part.objects.exclude(pk=part.pk).update(state=TaskState.DONE)
    count()
    few = count()
    Part.objects.update(state=TaskState.OPEN)

    assert count() == few
    assert queries.remindable(world.approver).count() > 1


def test_the_owner_of_the_province_sets_the_rules(client, world):
    client.force_login(world.approver)

    client.post(reverse("plans:reminder-rules"), {"count": "14", "side": "before", "level": "2"})
    first = ReminderRule.objects.get(days=-14)
    page = client.get(reverse("plans:reminder-rules")).content.decode()
    client.post(reverse("plans:drop-reminder-rule", args=[first.pk]))

    assert first.level == 2
    assert "14 ngày trước hạn" in page.lower()
    assert not ReminderRule.objects.filter(days=-14).exists()
    assert list(Entry.objects.order_by("pk").values_list("verb", flat=True)) == [
        "reminder.rule_set",
        "reminder.rule_dropped",
    ]


def test_nobody_else_sets_the_rules(client, world):
    client.force_login(world.officer)
    assert client.get(reverse("plans:reminder-rules")).status_code == 403
    with pytest.raises(NotAllowed):
        actions.set_reminder_rule(by=world.officer, days=1, level=1)
    with pytest.raises(BadInput):
        actions.set_reminder_rule(by=world.editor, days=61, level=1)

    assert ReminderRule.objects.count() == 4


def test_parts_reminded_of_already_never_keep_the_others_from_their_turn(world, part, at, monkeypatch):
    monkeypatch.setattr("coso.plans.actions.reminders.BATCH", 1)
    at(date(2026, 12, 24))
    due = Part.objects.filter(occurrence__period_from__year=2026)

    assert due.count() == 2
    assert [actions.remind_due() for _run in range(3)] == [1, 1, 0]
    assert set(Reminder.objects.values_list("part", flat=True)) == set(due.values_list("pk", flat=True))

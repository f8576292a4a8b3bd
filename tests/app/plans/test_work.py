"""Units report on their parts; what is done has evidence; what stands in the way and later deadlines are told."""

from datetime import date

import pytest

from coso.journal.bus import subscribe
from coso.journal.models import Entry
from coso.kit import clock
from coso.kit.errors import BadInput, NotAllowed, NotFound, WrongState
from coso.kit.refs import Ref
from coso.notices.models import Notice
from coso.organizations.models import Organization, Post
from coso.organizations.rules import Role
from coso.plans import actions, events, queries
from coso.plans.models import Extension, Part, Progress, TaskState
from tests.app.plans.given import committee, shared
from tests.support.world import person

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 24)


@pytest.fixture(autouse=True)
def today(monkeypatch):
    monkeypatch.setattr(clock, "today", lambda: TODAY)


@pytest.fixture
def part(world):
    """Give the part of Sơn Kim 1 in this year, beside that of the department."""
    body = committee(world.son_kim)
    committee(world.thach_ha)
    shared(world, body.name, "UBND Xã Thạch Hà", world.department.name)
    Notice.objects.all().delete()
    return Part.objects.get(organization=body, occurrence__period_from__year=2026)


def test_a_report_is_kept_and_the_whole_stands_as_its_parts_do(world, part):
    heard = []
    subscribe(events.PartReported, heard.append)

    actions.report_part(part_id=part.pk, by=world.officer, words="Đã rà soát 3 cụm", percent=40)

    part.refresh_from_db()
    assert (part.state, part.percent) == ("under_way", 40)
    assert part.occurrence.state == TaskState.UNDER_WAY
    assert part.occurrence.task.state == TaskState.UNDER_WAY
    assert heard == [events.PartReported(part_id=part.pk, percent=40, by_id=world.officer.pk)]
    entry = Entry.objects.get(verb="part.reported")
    assert (entry.reason.text, entry.data["percent"]) == ("Đã rà soát 3 cụm", 40)


def test_when_every_part_is_done_the_task_is(world, part):
    for one in Part.objects.filter(occurrence=part.occurrence):
        actions.report_part(part_id=one.pk, by=world.editor, words="Xong, có biên bản giấy", percent=10, done=True)

    part.refresh_from_db()
    assert (part.percent, part.occurrence.state, part.occurrence.task.state) == (100, "done", "done")
    assert part.done_at is not None
    assert part.occurrence.done_at is not None


def test_done_needs_evidence_or_words_why_there_is_none(world, part):
    with pytest.raises(BadInput) as refused:
        actions.report_part(part_id=part.pk, by=world.officer, words=" ", percent=100, done=True)

    assert list(refused.value.fields) == ["words"]
    assert not Progress.objects.exists()
    actions.attach_evidence(task_id=part.occurrence.task_id, ref=Ref("bulletin", "1"), by=world.officer)
    actions.report_part(part_id=part.pk, by=world.officer, words="", percent=100, done=True)
    part.refresh_from_db()
    assert part.state == TaskState.DONE


@pytest.mark.parametrize(
    ("words", "percent", "field"),
    [("", 10, "words"), ("x", 101, "percent"), ("x", -1, "percent"), ("x" * 2001, 1, "words")],
)
def test_a_report_that_cannot_be_taken_changes_nothing(world, part, words, percent, field):
    with pytest.raises(BadInput) as refused:
        actions.report_part(part_id=part.pk, by=world.officer, words=words, percent=percent)

    assert list(refused.value.fields) == [field]
    part.refresh_from_db()
    assert (part.state, Progress.objects.count(), Entry.objects.filter(verb="part.reported").count()) == ("open", 0, 0)


def test_nobody_reports_over_a_part_that_was_reported_done_meanwhile(world, part):
    actions.report_part(part_id=part.pk, by=world.officer, words="Xong", percent=100, done=True)

    with pytest.raises(BadInput):
        actions.report_part(part_id=part.pk, by=world.editor, words="Mới được một nửa", percent=50)

    assert Progress.objects.count() == 1


@pytest.mark.parametrize(
    ("who", "error"), [("other_officer", NotFound), ("leader", NotAllowed), ("auditor", NotAllowed)]
)
def test_only_the_unit_and_the_province_report(world, part, who, error):
    with pytest.raises(error):
        actions.report_part(part_id=part.pk, by=getattr(world, who), words="x", percent=1)

    assert not Progress.objects.exists()


def test_who_holds_a_post_for_the_body_that_followed_reports_for_the_old_one(world, part):
    heir = Organization.objects.create(code="moi", name="UBND xã mới", kind="commune_authority", place=world.thach_ha)
    Organization.objects.filter(pk=part.organization_id).update(valid_to=date(2026, 6, 30), successor=heir)
    officer = person("moi", "Người Mới", Role.COMMUNE_OFFICER, world.thach_ha, organization=heir)

    actions.report_part(part_id=part.pk, by=officer, words="tiếp nhận", percent=5)

    assert list(queries.parts_of(officer).filter(occurrence=part.occurrence)) == [part]
    assert Progress.objects.get().by == officer


def test_a_done_part_comes_back_with_a_reason_and_the_unit_is_told(world, part):
    actions.report_part(part_id=part.pk, by=world.officer, words="Xong", percent=100, done=True)
    with pytest.raises(BadInput):
        actions.return_part(part_id=part.pk, by=world.approver, reason=" ")

    actions.return_part(part_id=part.pk, by=world.approver, reason="Thiếu biên bản")

    part.refresh_from_db()
    assert (part.state, part.percent, part.done_at) == ("under_way", 99, None)
    assert Notice.objects.get(kind="part.returned").person == world.officer
    assert Entry.objects.get(verb="part.returned").reason.text == "Thiếu biên bản"
    with pytest.raises(WrongState):
        actions.return_part(part_id=part.pk, by=world.approver, reason="Lần nữa")


def test_the_unit_itself_gives_nothing_back(world, part):
    actions.report_part(part_id=part.pk, by=world.officer, words="Xong", percent=100, done=True)

    with pytest.raises(NotAllowed):
        actions.return_part(part_id=part.pk, by=world.officer, reason="x")


def test_a_blocker_tells_whom_it_asks_and_the_owner_and_is_cleared_by_them(world, part):
    other = Organization.objects.get(place=world.thach_ha)

    blocker = actions.raise_blocker(part_id=part.pk, by=world.officer, words="Mất điện ba ngày", asked=other)

    told = set(Notice.objects.filter(kind="part.blocked").values_list("person__username", flat=True))
    assert told == {"bientap", "duyet", "canbo2", "lanhdao2"}
    assert queries.get_visible_part(world.other_officer, part.pk) == part
    with pytest.raises(BadInput):
        actions.clear_blocker(blocker_id=blocker.pk, by=world.other_officer, words="")
    actions.clear_blocker(blocker_id=blocker.pk, by=world.other_officer, words="Đã cho mượn máy nổ")
    assert Notice.objects.get(kind="part.unblocked").person == world.officer
    with pytest.raises(WrongState):
        actions.clear_blocker(blocker_id=blocker.pk, by=world.other_officer, words="nữa")


def test_nobody_asks_his_own_body_for_help(world, part):
    with pytest.raises(BadInput):
        actions.raise_blocker(part_id=part.pk, by=world.officer, words="Thiếu người", asked=part.organization)

    assert not part.blockers.exists()


def test_an_extension_is_asked_granted_by_another_and_moves_the_deadline(world, part):
    Part.objects.update(climbed=2)
    extension = actions.ask_extension(
        part_id=part.pk, by=world.officer, until=date(2027, 1, 20), reason="Mưa lũ kéo dài"
    )

    told = set(Notice.objects.filter(kind="part.extension_asked").values_list("person__username", flat=True))
    actions.answer_extension(extension_id=extension.pk, by=world.approver, grant=True)

    part.refresh_from_db()
    assert (part.due_on, part.climbed, part.occurrence.due_on) == (date(2027, 1, 20), 0, date(2026, 12, 31))
    assert told == {"bientap", "duyet"}
    assert Notice.objects.get(kind="part.extension_granted").person == world.officer
    assert not Notice.objects.filter(kind="part.extension_asked", seen_at=None).exists()
    with pytest.raises(WrongState):
        actions.answer_extension(extension_id=extension.pk, by=world.approver, grant=False, answer="x")


def test_who_asked_never_grants_it_himself_and_a_refusal_says_why(world, part):
    extension = actions.ask_extension(part_id=part.pk, by=world.editor, until=date(2027, 2, 1), reason="ghi thay xã")

    with pytest.raises(NotAllowed):
        actions.answer_extension(extension_id=extension.pk, by=world.editor, grant=True)
    with pytest.raises(BadInput):
        actions.answer_extension(extension_id=extension.pk, by=world.approver, grant=False)
    actions.answer_extension(extension_id=extension.pk, by=world.approver, grant=False, answer="Không thể lùi")

    part.refresh_from_db()
    assert (part.due_on, Extension.objects.get().state) == (None, "refused")


@pytest.mark.parametrize(
    ("until", "reason", "field"),
    [(date(2026, 12, 31), "x", "until"), (date(2046, 12, 31), "x", "until"), (date(2027, 2, 1), " ", "reason")],
)
def test_a_question_that_makes_no_sense_is_refused(world, part, until, reason, field):
    with pytest.raises(BadInput) as refused:
        actions.ask_extension(part_id=part.pk, by=world.officer, until=until, reason=reason)

    assert list(refused.value.fields) == [field]
    assert not Extension.objects.exists()


def test_one_question_at_a_time_and_none_without_a_deadline(world, part):
    ask = {"by": world.officer, "until": date(2027, 2, 1), "reason": "mưa"}
    actions.ask_extension(part_id=part.pk, **ask)

    with pytest.raises(BadInput):
        actions.ask_extension(part_id=part.pk, **ask)
    part.occurrence.__class__.objects.update(due_on=None)
    Extension.objects.all().delete()
    with pytest.raises(BadInput):
        actions.ask_extension(part_id=part.pk, **ask)

    assert not Extension.objects.exists()


def test_what_is_made_for_a_task_becomes_evidence_of_the_part_of_its_makers_body(world, part):
    Post.objects.filter(person=world.editor).update(organization=world.department)

    mine = actions.attach_evidence(task_id=part.occurrence.task_id, ref=Ref("bulletin", "5"), by=world.officer)
    theirs = actions.attach_evidence(task_id=part.occurrence.task_id, ref=Ref("bulletin", "6"), by=world.editor)
    nobodys = actions.attach_evidence(task_id=part.occurrence.task_id, ref=Ref("bulletin", "7"), by=None)

    assert mine.part == part
    assert (theirs.part.organization, theirs.part.occurrence) == (world.department, part.occurrence)
    assert nobodys.part is None

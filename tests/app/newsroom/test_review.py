"""Submitting, returning, approving and withdrawing."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from coso.journal import bus
from coso.journal.models import Entry
from coso.journal.queries import history
from coso.kit import clock
from coso.kit.errors import BadInput, NotAllowed, NotFound, WrongState
from coso.kit.refs import Ref
from coso.newsroom import actions, events, queries
from coso.newsroom.models import Bulletin, BulletinState, Sound
from coso.notices.models import Notice
from coso.organizations.models import Post
from coso.organizations.rules import Role

from .conftest import write

pytestmark = pytest.mark.django_db


@pytest.fixture
def heard(monkeypatch):
    """The newsroom's events in the order in which they were told."""
    told = []
    for event in (events.BulletinSubmitted, events.BulletinReturned, events.BulletinApproved, events.BulletinWithdrawn):
        monkeypatch.setitem(bus._handlers, event, [told.append])
    return told


def _unseen(kind):
    return sorted(n.person.username for n in Notice.objects.filter(kind=kind, seen_at=None).select_related("person"))


def _state(bulletin):
    return Bulletin.objects.values_list("state", flat=True).get(pk=bulletin.pk)


def test_submitting_tells_those_who_may_approve(world, written, heard):
    actions.submit_bulletin(bulletin_id=written.pk, by=world.officer)

    assert _state(written) == "submitted"
    assert _unseen("bulletin.waiting") == ["duyet", "lanhdao"]
    assert heard == [events.BulletinSubmitted(bulletin_id=written.pk, by_id=world.officer.pk)]


def test_a_bulletin_for_two_communes_waits_for_the_province_alone(world):
    bulletin = write(world, by=world.editor, areas=[world.son_kim, world.thach_ha])

    actions.submit_bulletin(bulletin_id=bulletin.pk, by=world.editor)

    assert _unseen("bulletin.waiting") == ["duyet"]
    with pytest.raises(NotAllowed):
        actions.approve_bulletin(bulletin_id=bulletin.pk, by=world.leader)
    assert _state(bulletin) == "submitted"


def test_submitting_asks_for_a_sound_where_none_was_made(world, written):
    actions.submit_bulletin(bulletin_id=written.pk, by=world.officer)

    assert Sound.objects.get().revision == 1
    assert queries.current_sound(written) == Sound.objects.get()


def test_submitting_keeps_the_sound_that_was_heard(world, written):
    sound = actions.request_sound(bulletin_id=written.pk, by=world.officer)

    actions.submit_bulletin(bulletin_id=written.pk, by=world.officer)

    assert list(Sound.objects.all()) == [sound]


def test_an_approved_bulletin_names_who_and_when(world, submitted, heard):
    actions.approve_bulletin(bulletin_id=submitted.pk, by=world.leader)

    submitted.refresh_from_db()
    assert (submitted.state, submitted.approved_by) == (BulletinState.APPROVED, world.leader)
    assert clock.now() - submitted.approved_at < timedelta(seconds=30)
    assert heard == [events.BulletinApproved(bulletin_id=submitted.pk, by_id=world.leader.pk)]
    assert _unseen("bulletin.waiting") == []
    assert _unseen("bulletin.approved") == ["canbo"]


def test_a_returned_bulletin_says_why_and_may_be_submitted_again(world, submitted, heard):
    actions.return_bulletin(bulletin_id=submitted.pk, by=world.leader, reason="Thiếu địa điểm tiêm.")

    assert _state(submitted) == "returned"
    assert history(Ref("bulletin", str(submitted.pk)))[0].reason.text == "Thiếu địa điểm tiêm."
    assert (_unseen("bulletin.waiting"), _unseen("bulletin.returned")) == ([], ["canbo"])
    assert heard == [events.BulletinReturned(bulletin_id=submitted.pk, by_id=world.leader.pk)]
    actions.submit_bulletin(bulletin_id=submitted.pk, by=world.officer)
    assert (_unseen("bulletin.waiting"), _unseen("bulletin.returned")) == (["duyet", "lanhdao"], [])


@pytest.mark.parametrize("reason", ["", "   ", "sai", "x" * 1001])
def test_a_return_without_a_useful_reason_is_refused(world, submitted, reason):
    with pytest.raises(BadInput) as refusal:
        actions.return_bulletin(bulletin_id=submitted.pk, by=world.leader, reason=reason)

    assert list(refusal.value.fields) == ["reason"]
    assert _state(submitted) == "submitted"


def test_withdrawing_an_approved_bulletin_tells_the_others(world, approved, heard):
    actions.withdraw_bulletin(bulletin_id=approved.pk, by=world.officer, reason="Trạm y tế đổi ngày tiêm.")

    assert _state(approved) == "withdrawn"
    assert heard == [events.BulletinWithdrawn(bulletin_id=approved.pk, by_id=world.officer.pk)]
    assert _unseen("bulletin.withdrawn") == ["lanhdao"]
    assert not queries.public().exists()


def test_a_draft_is_dropped_with_a_reason(world, written):
    actions.withdraw_bulletin(bulletin_id=written.pk, by=world.officer, reason="Trùng với bản tin khác.")

    assert _state(written) == "withdrawn"


def test_an_officer_does_not_silence_an_alarm(world):
    alarm = write(world, rank="emergency")
    actions.submit_bulletin(bulletin_id=alarm.pk, by=world.officer)
    actions.approve_bulletin(bulletin_id=alarm.pk, by=world.leader)

    with pytest.raises(NotAllowed):
        actions.withdraw_bulletin(bulletin_id=alarm.pk, by=world.officer, reason="Không cần nữa.")

    assert _state(alarm) == "approved"


def _also_leads(world):
    Post.objects.create(
        person=world.officer, role=Role.COMMUNE_LEADER, place=world.son_kim, held_from=world.son_kim.valid_from
    )
    return type(world.officer).objects.get(pk=world.officer.pk)


def test_an_author_with_both_posts_does_not_approve_his_own(world, submitted):
    both = _also_leads(world)

    with pytest.raises(NotAllowed):
        actions.approve_bulletin(bulletin_id=submitted.pk, by=both)

    assert _state(submitted) == "submitted"
    assert not queries.waiting_for(both).exists()


def test_who_changed_the_text_does_not_approve_it_either(world):
    both = _also_leads(world)
    bulletin = write(world, by=world.editor, areas=[world.son_kim])
    actions.edit_bulletin(
        bulletin_id=bulletin.pk,
        by=both,
        title=bulletin.title,
        body="Nội dung do người khác sửa.",
        rank="normal",
        areas=[world.son_kim],
        expires_at=None,
        is_public=True,
    )
    actions.submit_bulletin(bulletin_id=bulletin.pk, by=world.editor)

    with pytest.raises(NotAllowed):
        actions.approve_bulletin(bulletin_id=bulletin.pk, by=both)

    assert _state(bulletin) == "submitted"


def test_the_database_itself_refuses_an_author_who_approves(world, submitted):
    with pytest.raises(IntegrityError), transaction.atomic():
        Bulletin.objects.filter(pk=submitted.pk).update(
            state="approved", approved_by=world.officer, approved_at=clock.now()
        )

    assert _state(submitted) == "submitted"


def test_the_database_itself_refuses_an_approval_by_nobody(submitted):
    with pytest.raises(IntegrityError), transaction.atomic():
        Bulletin.objects.filter(pk=submitted.pk).update(state="approved")

    assert _state(submitted) == "submitted"


def test_nothing_is_approved_unheard(world, studio, written):
    studio.fails_with = "Máy đọc hỏng."
    actions.submit_bulletin(bulletin_id=written.pk, by=world.officer)
    entries = Entry.objects.count()

    with pytest.raises(BadInput):
        actions.approve_bulletin(bulletin_id=written.pk, by=world.leader)

    assert _state(written) == "submitted"
    assert Entry.objects.count() == entries


def test_an_approver_who_heard_something_else_is_asked_to_listen_again(world, submitted):
    heard = queries.current_sound(submitted)

    for other in ({"revision": 2}, {"sound_id": heard.pk + 1}):
        with pytest.raises(WrongState):
            actions.approve_bulletin(bulletin_id=submitted.pk, by=world.leader, **other)

    assert _state(submitted) == "submitted"
    actions.approve_bulletin(bulletin_id=submitted.pk, by=world.leader, revision=1, sound_id=heard.pk)
    assert _state(submitted) == "approved"


@pytest.mark.parametrize("verb", ["submit", "approve"])
def test_what_is_over_goes_no_further(request, world, verb):
    bulletin = request.getfixturevalue("written" if verb == "submit" else "submitted")
    Bulletin.objects.filter(pk=bulletin.pk).update(expires_at=clock.now())
    before = _state(bulletin)

    with pytest.raises(BadInput):
        VERBS[verb][1](bulletin, world.officer if verb == "submit" else world.leader)

    assert _state(bulletin) == before


@pytest.mark.parametrize("state", ["written", "returned", "approved"])
def test_only_what_waits_is_decided(request, world, state):
    bulletin = request.getfixturevalue(state)
    before = _state(bulletin)

    with pytest.raises(WrongState):
        actions.approve_bulletin(bulletin_id=bulletin.pk, by=world.approver)
    with pytest.raises(WrongState):
        actions.return_bulletin(bulletin_id=bulletin.pk, by=world.approver, reason="Lý do nào đó.")

    assert _state(bulletin) == before


VERBS = {
    "submit": ("written", lambda b, p: actions.submit_bulletin(bulletin_id=b.pk, by=p)),
    "return": ("submitted", lambda b, p: actions.return_bulletin(bulletin_id=b.pk, by=p, reason="Thiếu nội dung.")),
    "approve": ("submitted", lambda b, p: actions.approve_bulletin(bulletin_id=b.pk, by=p)),
    "withdraw a draft": (
        "written",
        lambda b, p: actions.withdraw_bulletin(bulletin_id=b.pk, by=p, reason="Trùng."),
    ),
    "withdraw": ("approved", lambda b, p: actions.withdraw_bulletin(bulletin_id=b.pk, by=p, reason="Đổi ngày.")),
    "sound": ("written", lambda b, p: actions.request_sound(bulletin_id=b.pk, by=p)),
    "record": (
        "written",
        lambda b, p: actions.upload_recording(bulletin_id=b.pk, by=p, data=b"RIFF....", file_name="a.wav"),
    ),
}
WRITERS, DECIDERS = {"editor", "officer"}, {"approver", "leader"}
EVERYBODY = {
    "editor", "approver", "officer", "leader", "other_officer", "other_leader",
    "communicator", "administrator", "auditor",
}  # fmt: skip
MAY = {
    "submit": WRITERS,
    "return": DECIDERS,
    "approve": DECIDERS,
    "withdraw a draft": WRITERS,
    "withdraw": WRITERS | DECIDERS,
    "sound": WRITERS,
    "record": WRITERS,
}
# A draft does not exist for a neighbour nor for a communicator; once approved a communicator reads it.
UNAWARE = {verb: {"other_officer", "other_leader", "communicator"} for verb in VERBS} | {
    "withdraw": {"other_officer", "other_leader"}
}


@pytest.mark.parametrize("who", sorted(EVERYBODY))
@pytest.mark.parametrize("verb", list(VERBS))
def test_each_door_opens_to_the_right_posts_only(request, world, verb, who):
    fixture, act = VERBS[verb]
    bulletin = request.getfixturevalue(fixture)
    person = getattr(world, who)
    before, entries = _state(bulletin), Entry.objects.count()

    if who in MAY[verb]:
        act(bulletin, person)
        assert Entry.objects.count() > entries
        return
    with pytest.raises(NotFound if who in UNAWARE[verb] else NotAllowed):
        act(bulletin, person)
    assert _state(bulletin) == before
    assert Entry.objects.count() == entries


def test_what_does_not_exist_is_not_found(world):
    for ident in (uuid4(), "khong-phai-ma"):
        with pytest.raises(NotFound):
            actions.submit_bulletin(bulletin_id=ident, by=world.officer)


def test_a_text_with_a_hole_is_not_submitted(world):
    made = actions.write_bulletin(
        by=world.officer, title="Trả lời", body="Tôi là […], xin hỏi.", rank="normal", areas=[world.son_kim]
    )

    with pytest.raises(BadInput, match="chỗ trống"):
        actions.submit_bulletin(bulletin_id=made.pk, by=world.officer)

    made.refresh_from_db()
    assert made.state == "draft"

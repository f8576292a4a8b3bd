"""Who may know of a bulletin, what waits for whom, what the public sees."""

from datetime import timedelta

import pytest

from coso.journal import bus
from coso.journal.models import Entry
from coso.journal.ports import sentence_of
from coso.kit import clock, refs
from coso.kit.errors import NotFound
from coso.newsroom import actions, events, queries
from coso.newsroom.models import Bulletin, Sound
from coso.newsroom.sentences import SENTENCES
from coso.newsroom.testing import ready_sound
from coso.notices.models import Notice
from coso.notices.ports import wording_of

from .conftest import TITLE, write

pytestmark = pytest.mark.django_db

EVERYBODY = (
    "editor", "approver", "officer", "leader", "other_officer", "other_leader",
    "communicator", "administrator", "auditor",
)  # fmt: skip
OUTSIDE = {"other_officer", "other_leader"}


def _aware(world, bulletin):
    return {who for who in EVERYBODY if queries.visible_to(getattr(world, who)).filter(pk=bulletin.pk).exists()}


def test_a_draft_is_known_to_those_who_write_approve_or_audit_there(world, written):
    assert _aware(world, written) == set(EVERYBODY) - OUTSIDE - {"communicator"}


def test_an_approved_bulletin_is_known_to_everybody_it_concerns(world, approved):
    assert _aware(world, approved) == set(EVERYBODY) - OUTSIDE


def test_an_approved_provincial_bulletin_is_known_in_every_commune(world):
    bulletin = write(world, by=world.editor, areas=[world.province])
    drafted = _aware(world, bulletin)
    actions.submit_bulletin(bulletin_id=bulletin.pk, by=world.editor)
    actions.approve_bulletin(bulletin_id=bulletin.pk, by=world.approver)

    assert drafted == {"editor", "approver", "administrator", "auditor"}
    assert _aware(world, bulletin) == set(EVERYBODY)


def test_a_bulletin_for_several_places_is_listed_once(world):
    write(world, areas=world.villages)

    assert queries.visible_to(world.officer).count() == 1
    assert queries.visible_to(world.editor).count() == 1


def test_what_waits_is_counted_for_who_can_act(world, submitted):
    waiting = {who: queries.count_waiting(getattr(world, who)) for who in EVERYBODY}

    assert waiting == {who: int(who in {"approver", "leader"}) for who in EVERYBODY}


def test_a_returned_bulletin_waits_for_its_author(world, returned):
    waiting = {who for who in EVERYBODY if queries.count_waiting(getattr(world, who))}

    assert waiting == {"officer"}


def test_a_bulletin_reaching_beyond_the_commune_does_not_wait_for_its_leader(world):
    bulletin = write(world, by=world.editor, areas=[world.villages[0], world.other_villages[0]])
    actions.submit_bulletin(bulletin_id=bulletin.pk, by=world.editor)

    assert not queries.waiting_for(world.leader).exists()
    assert list(queries.waiting_for(world.approver)) == [bulletin]


def test_the_public_sees_what_is_approved_public_and_not_over(world, approved):
    shown = list(queries.public())
    Bulletin.objects.filter(pk=approved.pk).update(is_public=False)
    hidden = list(queries.public())
    Bulletin.objects.filter(pk=approved.pk).update(is_public=True, expires_at=clock.now() - timedelta(seconds=1))
    over = list(queries.public())

    assert (shown, hidden, over) == ([approved], [], [])


def test_villages_are_counted_once_and_only_those_of_today(world):
    bulletin = write(world, areas=[world.son_kim])
    world.villages[2].valid_to = clock.today() - timedelta(days=1)
    world.villages[2].save()

    assert list(queries.villages_of(bulletin)) == world.villages[:2]


def test_the_newest_ready_sound_of_the_present_revision_goes_out(world, written):
    ready_sound(written, mp3=b"ID3 cu")
    newest = ready_sound(written, mp3=b"ID3 moi")
    Sound.objects.create(bulletin=written, revision=1)
    Sound.objects.create(bulletin=written, revision=2, state="failed")

    assert queries.current_sound(written) == newest


@pytest.mark.parametrize("ident", ["", "1", "x" * 50, "00000000-0000-7000-8000-000000000000"])
def test_what_does_not_exist_is_not_found(world, ident):
    with pytest.raises(NotFound):
        queries.get_visible(world.officer, ident)


def test_a_ready_sound_is_announced(world, written, monkeypatch):
    told = []
    monkeypatch.setitem(bus._handlers, events.SoundReady, [told.append])

    sound = actions.request_sound(bulletin_id=written.pk, by=world.officer)

    assert told == [events.SoundReady(bulletin_id=written.pk, sound_id=sound.pk)]


def test_every_entry_reads_as_a_vietnamese_sentence(world, returned):
    actions.withdraw_bulletin(bulletin_id=returned.pk, by=world.officer, reason="Không cần nữa.")
    read = {sentence_of(entry) for entry in Entry.objects.all()}

    assert read == {
        "Soạn bản nháp.",
        "Gửi duyệt bản thứ 1.",
        "Yêu cầu làm âm thanh cho bản thứ 1.",
        "Âm thanh đã xong: 3 giây.",
        "Trả lại để sửa.",
        "Bỏ bản tin khi chưa duyệt.",
    }


@pytest.mark.parametrize("verb", sorted(SENTENCES))
def test_an_entry_reads_whatever_it_lacks(verb):
    sentence = sentence_of(Entry(verb=verb, data={}))

    assert sentence != verb
    assert sentence.endswith((".", "”."))


def test_notices_are_worded_with_the_title(world, submitted, approved):
    worded = {wording_of(notice) for notice in Notice.objects.all()}

    assert worded == {f"Bản tin chờ bạn duyệt: “{TITLE}”.", f"Bản tin của bạn đã được duyệt: “{TITLE}”."}


def test_a_reference_names_a_bulletin_to_those_who_may_know_of_it(world, written):
    ref = refs.Ref("bulletin", str(written.pk))

    assert refs.describe(ref, world.officer) == (TITLE, f"/ban-lam-viec/ban-tin/{written.pk}/")
    assert refs.describe(ref, world.other_officer) is None

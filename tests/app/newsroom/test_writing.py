"""Writing and changing a bulletin."""

from datetime import date, timedelta
from uuid import uuid4

import pytest

from coso.documents.models import Document, DocumentState
from coso.journal.models import Entry
from coso.kit import clock
from coso.kit.errors import BadInput, NotAllowed, NotFound, WrongState
from coso.kit.refs import Ref
from coso.newsroom import actions
from coso.newsroom.models import Bulletin, BulletinState, Revision, SoundState
from coso.places.models import Level, Place
from coso.plans.models import Evidence, Task

from .conftest import BODY, TITLE, write

pytestmark = pytest.mark.django_db


def _nothing_was_written() -> bool:
    return not Bulletin.objects.exists() and not Entry.objects.exists() and not Evidence.objects.exists()


def _task(world, *, state=DocumentState.CONFIRMED):
    document = Document.objects.create(
        file_name="82.pdf", file_sha256="0" * 64, file_format="pdf", text="", imported_by=world.editor, state=state
    )
    return Task.objects.create(document=document, ref="II.4", position=1, title="Tuyên truyền phòng, chống dịch")


def test_a_draft_keeps_its_words_its_places_and_who_wrote_it(world, tomorrow):
    bulletin = write(
        world, title="  Lịch  tiêm chủng ", body="Dòng một.\r\nDòng hai.", areas=world.villages[:2], expires_at=tomorrow
    )

    bulletin.refresh_from_db()
    assert (bulletin.title, bulletin.body) == ("Lịch tiêm chủng", "Dòng một.\nDòng hai.")
    assert (bulletin.state, bulletin.revision, bulletin.author) == (BulletinState.DRAFT, 1, world.officer)
    assert list(bulletin.areas.all()) == world.villages[:2]
    assert bulletin.expires_at == tomorrow
    assert [entry.verb for entry in Entry.objects.all()] == ["bulletin.written"]
    assert Revision.objects.get().title == "Lịch tiêm chủng"


def test_a_commune_swallows_its_own_villages(world):
    bulletin = write(world, areas=[world.villages[0], world.son_kim, world.villages[2]])

    assert list(bulletin.areas.all()) == [world.son_kim]


def test_a_bulletin_for_a_task_is_its_evidence(world):
    task = _task(world)

    bulletin = write(world, task=task)

    evidence = Evidence.objects.get()
    assert (evidence.task, evidence.ref, evidence.attached_by) == (task, f"bulletin:{bulletin.pk}", world.officer)


def test_a_task_of_an_unconfirmed_document_is_not_found(world):
    task = _task(world, state=DocumentState.READ)

    with pytest.raises(NotFound):
        write(world, task=task)

    assert _nothing_was_written()


def test_a_bulletin_remembers_what_it_answers(world):
    bulletin = write(world, origin=Ref("feedback", "7"))

    assert bulletin.origin == "feedback:7"
    assert Entry.objects.get().refs == [f"bulletin:{bulletin.pk}", "feedback:7"]


def test_the_body_of_the_post_is_the_bulletins_body(world):
    bulletin = write(world, by=world.editor, areas=[world.province])

    assert bulletin.organization == world.department


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("title", ""),
        ("title", " \n\t"),
        ("title", "a" * 201),
        ("body", "\x00 "),
        ("body", "b" * 20_001),
        ("rank", "highest"),
        ("rank", ""),
        ("areas", []),
        ("expires_at", clock.now() - timedelta(minutes=1)),
    ],
)
def test_what_passes_a_limit_is_refused_beside_its_field(world, field, value):
    content = {"title": TITLE, "body": BODY, "rank": "normal", "areas": [world.son_kim], field: value}

    with pytest.raises(BadInput) as refusal:
        actions.write_bulletin(by=world.officer, **content)

    assert list(refusal.value.fields) == [field]
    assert _nothing_was_written()


def test_every_fault_is_told_at_once(world):
    with pytest.raises(BadInput) as refusal:
        actions.write_bulletin(by=world.officer, title="", body="", rank="?", areas=[world.thach_ha])

    assert set(refusal.value.fields) == {"title", "body", "rank", "areas"}


def test_a_unit_that_no_longer_exists_is_refused(world):
    gone = Place.objects.create(
        code="18999",
        name="Xã Sơn Kim cũ",
        level=Level.VILLAGE,
        parent=world.son_kim,
        valid_from=date(2017, 1, 1),
        valid_to=date(2025, 6, 30),
    )

    with pytest.raises(BadInput) as refusal:
        write(world, areas=[gone])

    assert list(refusal.value.fields) == ["areas"]
    assert _nothing_was_written()


def test_an_area_beyond_the_post_is_refused_even_beside_a_right_one(world):
    with pytest.raises(BadInput) as refusal:
        write(world, areas=[world.son_kim, world.other_villages[0]])

    assert "Thôn Đông 1" in refusal.value.fields["areas"][0]
    assert _nothing_was_written()


@pytest.mark.parametrize("who", ["approver", "leader", "communicator", "administrator", "auditor"])
def test_who_does_not_write_is_refused(world, who):
    with pytest.raises(NotAllowed):
        write(world, by=getattr(world, who))

    assert _nothing_was_written()


def test_the_same_form_sent_twice_makes_one_bulletin(world):
    key = uuid4()
    write(world, key=key)

    with pytest.raises(WrongState):
        write(world, key=key)

    assert Bulletin.objects.get().pk == key


def _edit(bulletin, by, **more):
    content = {
        "title": bulletin.title,
        "body": bulletin.body,
        "rank": bulletin.rank,
        "areas": list(bulletin.areas.all()),
        "expires_at": bulletin.expires_at,
        "is_public": bulletin.is_public,
    }
    return actions.edit_bulletin(bulletin_id=bulletin.pk, by=by, **{**content, **more})


def test_a_changed_text_is_a_new_revision_and_the_old_one_is_kept(world, returned):
    edited = _edit(returned, world.officer, body=BODY + " Điện thoại: 0239 3855 555.")

    assert edited.revision == 2
    assert [revision.body for revision in edited.revisions.order_by("number")] == [BODY, edited.body]
    assert edited.state == BulletinState.RETURNED


def test_other_places_keep_the_revision_and_its_sound(world, written):
    sound = actions.request_sound(bulletin_id=written.pk, by=world.officer)

    edited = _edit(written, world.officer, areas=[world.villages[2]], is_public=False)

    assert edited.revision == 1
    assert list(edited.areas.all()) == [world.villages[2]]
    sound.refresh_from_db()
    assert sound.state == SoundState.READY


def test_saving_the_same_again_leaves_no_trace(world, written):
    _edit(written, world.officer)

    assert [entry.verb for entry in Entry.objects.all()] == ["bulletin.written"]


@pytest.mark.parametrize("state", ["submitted", "approved"])
def test_nothing_changes_after_submission(request, world, state):
    bulletin = request.getfixturevalue(state)
    entries = Entry.objects.count()

    with pytest.raises(WrongState):
        _edit(bulletin, world.officer, body="Nội dung khác")

    bulletin.refresh_from_db()
    assert (bulletin.body, bulletin.revision) == (BODY, 1)
    assert Entry.objects.count() == entries


def test_a_colleague_who_read_an_older_text_does_not_overwrite_the_new_one(world, written):
    _edit(written, world.officer, body="Bản thứ hai.")

    with pytest.raises(WrongState):
        _edit(written, world.editor, body="Bản khác.", edits=0)

    written.refresh_from_db()
    assert (written.body, written.revision) == ("Bản thứ hai.", 2)


def test_another_communes_officer_does_not_find_the_draft(world, written):
    with pytest.raises(NotFound):
        _edit(written, world.other_officer, body="Nội dung khác")

    written.refresh_from_db()
    assert written.body == BODY


def test_the_leader_reads_a_draft_and_does_not_change_it(world, written):
    with pytest.raises(NotAllowed):
        _edit(written, world.leader, body="Nội dung khác")

    written.refresh_from_db()
    assert written.body == BODY


def test_a_colleagues_change_of_rank_or_places_is_not_overwritten_unread(world, written):
    _edit(written, world.officer, areas=world.villages[:1], rank="priority", edits=0)

    with pytest.raises(WrongState):
        _edit(written, world.editor, rank="normal", body="Bản cũ trên màn hình.", edits=0)

    written.refresh_from_db()
    assert (written.rank, written.edits, written.revision) == ("priority", 1, 1)
    assert list(written.areas.all()) == world.villages[:1]

"""The sound of a bulletin: asked for, made, stopped, recorded."""

import pytest
from django.utils.translation import gettext
from django_tasks_db.models import DBTaskResult

from coso.journal.models import Entry
from coso.kit import blobs
from coso.kit.errors import BadInput, NotAllowed, NotFound, WrongState
from coso.newsroom import actions, queries, tasks
from coso.newsroom.models import LexiconWord, Sound, SoundState

from .conftest import BODY, write

pytestmark = pytest.mark.django_db


@pytest.fixture
def queued(monkeypatch):
    """The sounds that were put in the queue; the worker does not run."""
    ids = []
    monkeypatch.setattr(tasks.make_sound.__class__, "enqueue", lambda self, sound_id: ids.append(sound_id))
    return ids


def test_a_ready_sound_has_both_files_and_says_the_spoken_text(world, written, studio):
    sound = actions.request_sound(bulletin_id=written.pk, by=world.officer)

    sound.refresh_from_db()
    assert (sound.state, sound.progress, sound.revision) == (SoundState.READY, 100, 1)
    assert "ngày năm tháng mười hai" in studio.spoken[0]
    assert blobs.path_of(sound.mp3_id).read_bytes().startswith(b"mp3:")
    assert blobs.path_of(sound.opus_id).read_bytes().startswith(b"opus:")
    assert queries.current_sound(written) == sound
    assert sorted(e.verb for e in Entry.objects.all()) == ["bulletin.written", "sound.made", "sound.requested"]


def test_the_operators_lexicon_decides_how_a_word_is_said(world, studio):
    LexiconWord.objects.create(written="TYT", spoken="trạm y tế xã nhà")
    bulletin = write(world, body="Mời bà con đến TYT.")

    actions.request_sound(bulletin_id=bulletin.pk, by=world.officer)

    assert "Mời bà con đến trạm y tế xã nhà." in studio.spoken[0]


def test_asking_twice_makes_one_sound(world, written, queued):
    first = actions.request_sound(bulletin_id=written.pk, by=world.officer)
    again = actions.request_sound(bulletin_id=written.pk, by=world.editor)

    assert again == first
    assert queued == [first.pk]


def test_a_changed_lexicon_allows_the_sound_to_be_made_anew(world, written):
    first = actions.request_sound(bulletin_id=written.pk, by=world.officer)
    same = actions.request_sound(bulletin_id=written.pk, by=world.officer)
    LexiconWord.objects.create(written="tiêm", spoken="chích")

    other = actions.request_sound(bulletin_id=written.pk, by=world.officer)

    assert same == first
    assert other != first
    assert queries.current_sound(written) == other


def test_a_failure_says_what_to_do_and_may_be_tried_again(world, written, studio):
    studio.fails_with = "Máy này chưa có espeak-ng."
    failed = actions.request_sound(bulletin_id=written.pk, by=world.officer)
    failed.refresh_from_db()
    studio.fails_with = ""

    again = actions.request_sound(bulletin_id=written.pk, by=world.officer)

    assert (failed.state, failed.error) == (SoundState.FAILED, "Máy này chưa có espeak-ng.")
    assert Sound.objects.get(pk=again.pk).state == SoundState.READY


def test_an_unforeseen_failure_is_told_in_plain_words(world, written, studio, monkeypatch):
    monkeypatch.setattr(studio, "speak", lambda *a: 1 / 0)

    sound = actions.request_sound(bulletin_id=written.pk, by=world.officer)

    sound.refresh_from_db()
    assert sound.state == SoundState.FAILED
    assert gettext(sound.error) == (
        "Chưa làm được âm thanh. Hãy thử lại; nếu vẫn không được, hãy tải lên bản thu giọng người."
    )


def test_a_sound_that_was_stopped_in_the_queue_is_not_made(world, written, queued, studio):
    sound = actions.request_sound(bulletin_id=written.pk, by=world.officer)
    actions.stop_sound(sound_id=sound.pk, by=world.officer)

    made = actions.make_sound(sound_id=sound.pk)

    assert made.state == SoundState.STOPPED
    assert studio.spoken == []


def test_a_stop_while_it_is_being_made_is_obeyed(world, written, queued):
    sound = actions.request_sound(bulletin_id=written.pk, by=world.officer)
    seen = []

    def stop_at_first(percent):
        seen.append((percent, Sound.objects.get(pk=sound.pk).progress))
        actions.stop_sound(sound_id=sound.pk, by=world.officer)

    made = actions.make_sound(sound_id=sound.pk, progress=stop_at_first)

    assert seen == [(10, 10)]
    assert (made.state, made.mp3) == (SoundState.STOPPED, None)
    assert queries.current_sound(written) is None


def test_a_sound_is_made_by_one_worker_only(world, written, queued, studio):
    sound = actions.request_sound(bulletin_id=written.pk, by=world.officer)

    actions.make_sound(sound_id=sound.pk)
    actions.make_sound(sound_id=sound.pk)

    assert len(studio.spoken) == 1


def test_a_sound_whose_worker_died_is_made_by_the_next_one(world, written, queued, studio):
    sound = actions.request_sound(bulletin_id=written.pk, by=world.officer)
    Sound.objects.filter(pk=sound.pk).update(state=SoundState.MAKING, progress=40)

    made = actions.make_sound(sound_id=sound.pk)

    assert (made.state, made.progress) == (SoundState.READY, 100)
    assert queries.sound_under_way(written) is None


def test_a_finished_sound_is_not_stopped(world, written):
    sound = actions.request_sound(bulletin_id=written.pk, by=world.officer)

    with pytest.raises(WrongState):
        actions.stop_sound(sound_id=sound.pk, by=world.officer)

    sound.refresh_from_db()
    assert sound.state == SoundState.READY


@pytest.mark.parametrize(
    ("who", "refusal"), [("other_officer", NotFound), ("communicator", NotFound), ("auditor", NotAllowed)]
)
def test_a_stranger_does_not_stop_a_sound(world, written, queued, who, refusal):
    sound = actions.request_sound(bulletin_id=written.pk, by=world.officer)

    with pytest.raises(refusal):
        actions.stop_sound(sound_id=sound.pk, by=getattr(world, who))

    sound.refresh_from_db()
    assert sound.state == SoundState.WAITING


def test_a_recording_wins_over_the_synthesized_voice_whichever_came_last(world, written):
    actions.request_sound(bulletin_id=written.pk, by=world.officer)
    recording = actions.upload_recording(
        bulletin_id=written.pk, by=world.officer, data=b"RIFF giong", file_name="a.wav"
    )

    asked = actions.request_sound(bulletin_id=written.pk, by=world.officer)

    recording.refresh_from_db()
    assert (recording.state, recording.is_recording) == (SoundState.READY, True)
    assert blobs.path_of(recording.source_id).read_bytes() == b"RIFF giong"
    assert asked == recording
    assert queries.current_sound(written) == recording


def test_a_recording_stops_the_voice_that_is_being_made(world, written, queued):
    voice = actions.request_sound(bulletin_id=written.pk, by=world.officer)

    actions.upload_recording(bulletin_id=written.pk, by=world.officer, data=b"RIFF giong", file_name="a.wav")

    voice.refresh_from_db()
    assert voice.state == SoundState.STOPPED


def test_nothing_is_approved_while_a_recording_is_being_levelled(world, written, queued):
    voice = actions.request_sound(bulletin_id=written.pk, by=world.officer)
    actions.make_sound(sound_id=voice.pk)
    recording = actions.upload_recording(bulletin_id=written.pk, by=world.officer, data=b"RIFF khac", file_name="a.wav")
    actions.submit_bulletin(bulletin_id=written.pk, by=world.officer)

    with pytest.raises(BadInput):
        actions.approve_bulletin(bulletin_id=written.pk, by=world.leader, sound_id=voice.pk)

    written.refresh_from_db()
    assert written.state == "submitted"
    actions.make_sound(sound_id=recording.pk)
    with pytest.raises(WrongState):
        actions.approve_bulletin(bulletin_id=written.pk, by=world.leader, sound_id=voice.pk)
    actions.approve_bulletin(bulletin_id=written.pk, by=world.leader, sound_id=recording.pk)


def test_what_is_no_sound_is_refused_and_nothing_is_kept(world, written, media):
    with pytest.raises(BadInput):
        actions.upload_recording(bulletin_id=written.pk, by=world.officer, data=b"%PDF-1.7", file_name="a.wav")

    assert not Sound.objects.exists()
    assert not list(media.rglob("*"))


@pytest.mark.parametrize("state", ["submitted", "approved"])
def test_no_sound_changes_after_submission(request, world, state):
    bulletin = request.getfixturevalue(state)
    sounds = list(Sound.objects.all())
    LexiconWord.objects.create(written="tiêm", spoken="chích")

    with pytest.raises(WrongState):
        actions.upload_recording(bulletin_id=bulletin.pk, by=world.officer, data=b"RIFF giong", file_name="a.wav")
    with pytest.raises(WrongState):
        actions.request_sound(bulletin_id=bulletin.pk, by=world.officer)

    assert list(Sound.objects.all()) == sounds


def test_the_approver_has_a_lacking_sound_made(world, written, studio):
    studio.fails_with = "Hỏng."
    actions.submit_bulletin(bulletin_id=written.pk, by=world.officer)
    studio.fails_with = ""

    actions.request_sound(bulletin_id=written.pk, by=world.leader)

    assert queries.current_sound(written) is not None


def test_a_new_text_leaves_the_old_sound_behind(world, written):
    actions.request_sound(bulletin_id=written.pk, by=world.officer)

    actions.edit_bulletin(
        bulletin_id=written.pk,
        by=world.officer,
        title=written.title,
        body=BODY + " Bà con nhớ mang theo sổ tiêm.",
        rank="normal",
        areas=[world.son_kim],
        expires_at=None,
        is_public=True,
    )

    written.refresh_from_db()
    assert queries.current_sound(written) is None


def test_a_request_waits_in_the_queue_of_speech(world, written, settings):
    queues = {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default", "urgent", "speech"]}
    settings.TASKS = {"default": queues}

    sound = actions.request_sound(bulletin_id=written.pk, by=world.officer)

    queued = DBTaskResult.objects.get()
    assert (queued.queue_name, queued.args_kwargs["kwargs"]) == ("speech", {"sound_id": sound.pk})
    sound.refresh_from_db()
    assert sound.state == SoundState.WAITING

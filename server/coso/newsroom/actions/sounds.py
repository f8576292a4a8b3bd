"""The sound of a bulletin: asked for, made in the background, stopped, or recorded by a person."""

import logging
from collections.abc import Callable
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from coso.journal import actions as journal
from coso.journal.bus import publish
from coso.kit import blobs, clock
from coso.kit.errors import BadInput, CosoError, NotAllowed, NotFound, WrongState
from coso.kit.refs import Ref
from coso.newsroom import events, policies, queries
from coso.newsroom.actions import checks
from coso.newsroom.actions.studio import Made, Stopped, studio
from coso.newsroom.actions.writing import stop_under_way
from coso.newsroom.models import Bulletin, MediaFile, Sound, SoundState
from coso.newsroom.rules import review
from coso.newsroom.rules.review import Step
from coso.organizations.models import Person

log = logging.getLogger("coso.newsroom")
Progress = Callable[[int], None]

# Stored as written here and translated where it is read: the worker does not know the reader's language.
FAILED = gettext_noop("The sound could not be made. Try again; if it fails again, upload a recording.")


@transaction.atomic
def request_sound(*, bulletin_id: UUID | str, by: Person) -> Sound:
    """Ask for the synthesized sound of the present revision; it is made in the background.

    Asking twice makes one sound: what is under way, or ready and still says the same words, is given back.
    """
    bulletin = checks.lock(by, bulletin_id)
    standing = policies.standing(by, bulletin)
    decides = standing.approves and checks.state_of(bulletin) not in review.EDITABLE
    if not (standing.writes or decides):
        raise NotAllowed(policies.WRITE)
    under_way = queries.sound_under_way(bulletin)
    if under_way is not None:
        return under_way
    ready = queries.current_sound(bulletin)
    if ready is not None and (ready.is_recording or ready.spoken_text == _words(bulletin)):
        return ready
    if Step.MAKE_SOUND not in checks.steps(by, bulletin):
        raise WrongState(_("The sound of this bulletin cannot change any more."))
    return begin(bulletin, by)


def begin(bulletin: Bulletin, by: Person) -> Sound:
    """Put a sound of the present revision in the queue, within the caller's transaction and after his checks."""
    sound = Sound.objects.create(
        bulletin=bulletin,
        revision=bulletin.revision,
        voice=settings.OPTIONS["COSO_VOICE"],
        spoken_text=_words(bulletin),
    )
    data = {"sound": sound.pk, "revision": sound.revision}
    journal.record("sound.requested", by=by, refs=[_ref(bulletin)], data=data)
    publish(events.SoundRequested(sound_id=sound.pk))
    return sound


def _words(bulletin: Bulletin) -> str:
    return queries.spoken(bulletin.title, bulletin.body).text


@transaction.atomic
def upload_recording(*, bulletin_id: UUID | str, by: Person, data: bytes, file_name: str) -> Sound:
    """Put a person's recording in the place of the synthesized voice; it is levelled and encoded in the background.

    Raises BadInput when the file is no sound, too large or too long; nothing is changed then.
    """
    bulletin = checks.lock(by, bulletin_id)
    if not policies.standing(by, bulletin).writes:
        raise NotAllowed(policies.WRITE)
    if checks.state_of(bulletin) not in review.EDITABLE:
        raise WrongState(_("A recording is taken only while the bulletin is a draft or was returned."))
    mime, duration_ms = studio().sniff(data, file_name)
    stop_under_way(bulletin)
    sound = Sound.objects.create(
        bulletin=bulletin,
        revision=bulletin.revision,
        is_recording=True,
        source=_kept(data, mime, duration_ms),
        spoken_text=_words(bulletin),
    )
    bulletin.hands.add(by)
    told = {"sound": sound.pk, "revision": sound.revision}
    journal.record("sound.recorded", by=by, refs=[_ref(bulletin)], data=told)
    publish(events.SoundRequested(sound_id=sound.pk))
    return sound


@transaction.atomic
def stop_sound(*, sound_id: int, by: Person) -> Sound:
    """Stop a sound that is waiting or being made; stopping it again does nothing."""
    found = Sound.objects.filter(pk=sound_id).first()
    if found is None:
        raise NotFound
    # The bulletin first, as everywhere, so that two changes never wait for each other.
    bulletin = checks.lock(by, found.bulletin_id)
    sound = Sound.objects.select_for_update().get(pk=sound_id)
    standing = policies.standing(by, bulletin)
    if not (standing.writes or standing.approves):
        raise NotAllowed(policies.WRITE)
    if sound.state == SoundState.STOPPED:
        return sound
    if sound.state not in queries.UNDER_WAY:
        raise WrongState(_("This sound is not being made any more."))
    sound.state = SoundState.STOPPED
    sound.save(update_fields=["state"])
    journal.record("sound.stopped", by=by, refs=[_ref(bulletin)], data={"sound": sound.pk})
    return sound


def make_sound(*, sound_id: int, progress: Progress | None = None) -> Sound:
    """Make a sound that waits: speak or level it, encode it, keep the files. Called by the background task.

    Not one transaction: the work takes seconds, its progress is written as it goes, and a stop written meanwhile
    is obeyed. What goes wrong is kept as the sound's `error`, in words that say what to do. A sound that was stopped
    or is ready is left alone; one that is being made is begun anew, because a task comes twice only after the worker
    that had it died.
    """
    under_way = Sound.objects.filter(pk=sound_id, state__in=queries.UNDER_WAY)
    if not under_way.update(state=SoundState.MAKING, progress=0):
        return Sound.objects.get(pk=sound_id)
    sound = Sound.objects.select_related("source").get(pk=sound_id)

    def report(percent: int) -> None:
        still = Sound.objects.filter(pk=sound_id, state=SoundState.MAKING)
        if not still.update(progress=max(0, min(percent, 99))):
            raise Stopped
        if progress is not None:
            progress(percent)

    try:
        if sound.is_recording and sound.source is not None:
            with blobs.open_blob(sound.source.sha256) as file:
                made = studio().master(file.read(), report)
        else:
            made = studio().speak(sound.spoken_text, sound.voice, report)
    except Stopped:
        return Sound.objects.get(pk=sound_id)
    except CosoError as error:
        return _fail(sound_id, str(error))
    except Exception:  # whatever a codec or a voice does, the person must read that it failed
        log.exception("Sound %s could not be made.", sound_id)
        return _fail(sound_id, FAILED)
    return _finish(sound_id, made)


@transaction.atomic
def _finish(sound_id: int, made: Made) -> Sound:
    sound = Sound.objects.select_for_update().select_related("bulletin").get(pk=sound_id)
    if sound.state != SoundState.MAKING:
        return sound
    sound.mp3 = _kept(made.mp3, "audio/mpeg", made.duration_ms)
    sound.opus = _kept(made.opus, "audio/ogg", made.duration_ms)
    sound.duration_ms, sound.loudness_lufs, sound.true_peak_dbtp = made.duration_ms, made.lufs, made.true_peak
    sound.state, sound.progress, sound.made_at = SoundState.READY, 100, clock.now()
    sound.save()
    data = {"sound": sound.pk, "revision": sound.revision, "seconds": round(made.duration_ms / 1000)}
    journal.record("sound.made", by="system", refs=[_ref(sound.bulletin)], data=data)
    publish(events.SoundReady(bulletin_id=sound.bulletin.pk, sound_id=sound.pk))
    return sound


@transaction.atomic
def _fail(sound_id: int, error: str) -> Sound:
    sound = Sound.objects.select_for_update().select_related("bulletin").get(pk=sound_id)
    if sound.state != SoundState.MAKING:
        return sound
    sound.state, sound.error = SoundState.FAILED, error[:300]
    sound.save(update_fields=["state", "error"])
    journal.record("sound.failed", by="system", refs=[_ref(sound.bulletin)], data={"sound": sound.pk})
    return sound


def _kept(data: bytes, mime: str, duration_ms: int | None) -> MediaFile:
    """Store a file and its row; the same bytes are kept once."""
    if not data:
        raise BadInput(_("The file is empty."))
    media, _is_new = MediaFile.objects.get_or_create(
        sha256=blobs.put(data), defaults={"mime": mime, "bytes": len(data), "duration_ms": duration_ms}
    )
    return media


def _ref(bulletin: Bulletin) -> Ref:
    return Ref("bulletin", str(bulletin.pk))

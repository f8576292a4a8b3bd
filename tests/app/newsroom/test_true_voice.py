"""The true voice and codecs of this machine, once from the text to what a loudspeaker plays."""

import io
import wave

import av
import pytest

from coso.kit import blobs
from coso.newsroom import actions
from coso.newsroom.actions.studio import MachineStudio, working_with
from coso.newsroom.models import SoundState

from .conftest import write

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def true_studio(studio):
    """Let the machine itself make the sounds."""
    with working_with(MachineStudio()) as machine:
        yield machine


def _seconds(sha256):
    with av.open(str(blobs.path_of(sha256))) as file:
        return file.duration / av.time_base


def test_a_short_text_is_spoken_levelled_and_kept_as_mp3_and_opus(world):
    bulletin = write(world, title="Thông báo cắt nước", body="Ngày 05/12/2026, cắt nước từ 8h đến 11h tại Thôn 3.")

    sound = actions.request_sound(bulletin_id=bulletin.pk, by=world.officer)

    sound.refresh_from_db()
    assert (sound.state, sound.error) == (SoundState.READY, "")
    assert -17 <= sound.loudness_lufs <= -15
    assert sound.true_peak_dbtp <= -1
    assert sound.duration_ms > 6_000
    for media in (sound.mp3, sound.opus):
        assert _seconds(media.sha256) == pytest.approx(sound.duration_ms / 1000, abs=0.3)


def test_a_recording_of_silence_says_what_to_do(world):
    bulletin = write(world)
    file = io.BytesIO()
    with wave.open(file, "wb") as silence:
        silence.setnchannels(1)
        silence.setsampwidth(2)
        silence.setframerate(16_000)
        silence.writeframes(bytes(2 * 16_000 * 2))

    sound = actions.upload_recording(
        bulletin_id=bulletin.pk, by=world.officer, data=file.getvalue(), file_name="im-lang.wav"
    )

    sound.refresh_from_db()
    assert sound.state == SoundState.FAILED
    assert sound.error.startswith("This recording is silent or almost so")

"""Every bulletin leaves equally loud, with no peak that a loudspeaker would tear."""

import hashlib

import numpy as np
import pytest

from coso.newsroom.adapters import audio, audio_errors, audio_frames
from coso.newsroom.adapters.audio_chime import closing_chime, opening_chime, silence
from coso.newsroom.adapters.audio_frames import RATE, blocks_of, decoded, encode
from coso.newsroom.adapters.voice import EspeakVoice

CODECS = [("wav", "pcm_s16le"), ("mp3", "libmp3lame"), ("ogg", "libopus"), ("ipod", "aac"), ("webm", "libopus")]


@pytest.fixture(scope="module")
def speech():
    return EspeakVoice().speak("Thông báo. Chiều nay xã ta có mưa to, bà con không đi qua ngầm tràn.")


@pytest.fixture(scope="module")
def told():
    """Collect what is told while `made` is made."""
    return []


@pytest.fixture(scope="module")
def made(speech, told):
    return audio.master_speech(speech, on_progress=lambda stage, share: told.append((stage, share)))


def _tone(level, seconds=2.0, pitch=440):
    t = np.arange(int(RATE * seconds)) / RATE
    return (level * np.sin(2 * np.pi * pitch * t)).astype(np.float32)


def _clicks(seconds=4.0):
    """Make speech-like noise bursts with peaks far above their loudness."""
    noise = np.random.default_rng(1).normal(0, 0.02, int(RATE * seconds)).astype(np.float32)
    noise[:: RATE // 8] = 0.95
    return noise


def test_a_spoken_bulletin_is_even_and_whole(speech, made):
    for data in (made.mp3, made.opus):
        heard = audio.measure(data)
        assert heard.integrated_lufs == pytest.approx(-16, abs=1)
        assert heard.true_peak_dbtp <= -1
        assert heard.duration_s * 1000 == pytest.approx(made.duration_ms, abs=60)
    # chime 2.0, pause 0.4, speech, pause 0.8, chime 2.0
    assert made.duration_ms / 1000 == pytest.approx(speech.duration_s + 5.2, abs=0.1)
    assert made.mp3_sha256 == hashlib.sha256(made.mp3).hexdigest()
    assert made.opus_sha256 == hashlib.sha256(made.opus).hexdigest()


def test_files_are_what_their_names_say(made):
    kbits = len(made.mp3) * 8 / made.duration_ms
    assert (audio_frames.sniff(made.mp3), audio_frames.sniff(made.opus)) == ("mp3", "ogg")
    assert b"OpusHead" in made.opus[:64]
    assert 64 <= kbits <= 96


def test_progress_is_told_from_start_to_end(told, made):
    shares = [share for _, share in told]

    assert told[0] == ("measure", 0.0)
    assert told[-1] == ("done", 1.0)
    assert shares == sorted(shares)


def test_without_chimes_only_the_words_are_heard(speech):
    words = sum(len(block) for block in audio.bulletin(speech, chime=False)())

    assert words / RATE == pytest.approx(speech.duration_s, abs=0.01)


@pytest.mark.parametrize(("container", "codec"), CODECS)
def test_a_recording_in_any_usual_format_is_prepared(container, codec):
    recording = encode(blocks_of(_tone(0.05))(), container=container, codec=codec, bit_rate=96_000)

    made = audio.prepare_recording(recording)

    assert made.loudness.integrated_lufs == pytest.approx(-16, abs=1)
    assert made.loudness.true_peak_dbtp <= -1
    assert made.duration_ms == pytest.approx(2000, abs=150)


@pytest.mark.parametrize("sound", [_tone(0.99), _tone(0.01), _clicks()], ids=["loud", "faint", "uneven"])
def test_loud_faint_and_uneven_recordings_end_alike(sound):
    recording = audio.encode_as(blocks_of(sound), "wav")

    made = audio.prepare_recording(recording)

    assert made.loudness.integrated_lufs == pytest.approx(-16, abs=1)
    assert made.loudness.true_peak_dbtp <= -1


def test_a_stereo_recording_at_another_rate_becomes_mono(tmp_path):
    import wave

    with wave.open(str(tmp_path / "two.wav"), "wb") as file:
        file.setnchannels(2)
        file.setsampwidth(2)
        file.setframerate(22_050)
        file.writeframes(np.random.default_rng(2).integers(-3000, 3000, 22_050 * 4, dtype=np.int16).tobytes())

    made = audio.prepare_recording((tmp_path / "two.wav").read_bytes())

    assert made.duration_ms == pytest.approx(2000, abs=60)


@pytest.mark.parametrize(
    ("data", "error"),
    [
        (b"", audio_errors.SoundUnreadable),
        (b"#EXTM3U\nfile:///etc/passwd\n", audio_errors.SoundUnreadable),
        (b"ID3" + bytes(400), audio_errors.SoundUnreadable),
        (b"RIFF\x00\x00\x00\x00WAVEfmt ", audio_errors.SoundUnreadable),
        (audio.encode_as(blocks_of(_tone(0.2, seconds=0.4)), "wav"), audio_errors.SoundTooShort),
        (audio.encode_as(blocks_of(silence(2)), "wav"), audio_errors.SoundSilent),
    ],
    ids=["empty", "playlist", "torn mp3", "torn wav", "short", "silent"],
)
def test_what_is_no_bulletin_is_refused_with_its_reason(data, error):
    with pytest.raises(error, match=r"\w+ .*[;.]"):
        audio.prepare_recording(data)


def test_too_large_and_too_long_are_refused(monkeypatch):
    recording = audio.encode_as(blocks_of(_tone(0.2)), "wav")
    with pytest.raises(audio_errors.SoundTooLong):
        list(decoded(recording, max_seconds=1.5)())

    monkeypatch.setattr(audio, "MAX_BYTES", 1_000)

    with pytest.raises(audio_errors.SoundTooLarge):
        audio.prepare_recording(recording)


def test_a_picture_without_sound_is_refused():
    import io

    import av

    out = io.BytesIO()
    with av.open(out, "w", format="matroska") as file:
        stream = file.add_stream("mpeg4", rate=5)
        stream.width, stream.height, stream.pix_fmt = 64, 64, "yuv420p"
        for _ in range(5):
            file.mux(stream.encode(av.VideoFrame.from_ndarray(np.zeros((64, 64, 3), np.uint8), format="rgb24")))
        file.mux(stream.encode(None))

    with pytest.raises(audio_errors.SoundMissing):
        audio.prepare_recording(out.getvalue())


def test_the_meter_knows_a_tone_of_known_loudness():
    # EBU Tech 3341, case 1: a 1 kHz sine at −23 dBFS in both channels measures −23 LUFS; in one channel −26.
    tone = _tone(10 ** (-23 / 20), seconds=4.05, pitch=1_000)

    heard = audio.measure(audio.encode_as(blocks_of(tone), "wav"))

    assert heard.integrated_lufs == pytest.approx(-26, abs=0.15)
    assert heard.true_peak_dbtp == pytest.approx(-23, abs=0.2)
    assert heard.duration_s == pytest.approx(4.05)


def test_the_chimes_are_two_seconds_and_end_in_silence():
    for chime in (opening_chime(), closing_chime()):
        assert len(chime) == 2 * RATE
        assert np.abs(chime).max() == pytest.approx(0.35, abs=0.01)
        assert abs(float(chime[-1])) < 0.001

"""Voices speak in processes of their own and say plainly when they cannot."""

import array
import subprocess
import sys

import pytest

from coso.newsroom.adapters import voice
from coso.newsroom.adapters.voice import (
    VOICES,
    EspeakVoice,
    LoaderEspeakVoice,
    VoiceFailed,
    VoiceMissing,
    best_voice,
    read_wav,
)
from coso.newsroom.adapters.voice_chunks import chunks

WORDS = "Mời bà con đến nhà văn hóa thôn lúc bảy giờ."


@pytest.mark.parametrize("engine", [EspeakVoice, LoaderEspeakVoice])
@pytest.mark.parametrize("name", VOICES)
def test_each_engine_speaks_with_each_voice(engine, name):
    said = engine(name).speak(WORDS)

    loudest = max(map(abs, array.array("h", said.samples)))
    assert said.rate == 22_050
    assert 2.0 < said.duration_s < 6.0
    assert 3_000 < loudest <= 32_767


def test_a_quicker_voice_takes_less_time():
    slow, quick = EspeakVoice(speed=110).speak(WORDS), EspeakVoice(speed=180).speak(WORDS)

    assert quick.duration_s < slow.duration_s * 0.8


def test_a_long_text_is_spoken_to_its_end():
    once = EspeakVoice().speak(WORDS).duration_s

    many = EspeakVoice().speak(" ".join([WORDS] * 90)).duration_s

    assert many == pytest.approx(90 * once, rel=0.1)


def test_the_library_never_loads_into_the_process_that_asks():
    script = (
        "import sys; from coso.newsroom.adapters.voice import LoaderEspeakVoice as V;"
        "V().speak('xin chào'); maps = open('/proc/self/maps').read();"
        "sys.exit(1 if 'espeak' in maps or 'espeakng_loader' in sys.modules else 0)"
    )

    done = subprocess.run([sys.executable, "-c", script], timeout=30, check=False)

    assert done.returncode == 0


def test_without_the_program_the_wheel_speaks(monkeypatch):
    assert best_voice().name == "espeak-ng"

    monkeypatch.setattr(voice.shutil, "which", lambda _program: None)

    assert best_voice().name == "espeakng-loader"


def test_without_any_engine_the_answer_says_what_to_install(monkeypatch):
    monkeypatch.setattr(voice.shutil, "which", lambda _program: None)
    monkeypatch.setattr(voice, "find_spec", lambda _name: None)

    with pytest.raises(VoiceMissing, match="apt install espeak-ng"):
        best_voice()
    with pytest.raises(VoiceMissing):
        EspeakVoice().speak(WORDS)
    with pytest.raises(VoiceMissing):
        LoaderEspeakVoice().speak(WORDS)


def test_an_unknown_voice_and_a_wild_speed_are_refused():
    with pytest.raises(VoiceMissing, match="vi-vn-x-south"):
        EspeakVoice("en")
    with pytest.raises(VoiceFailed, match="80 to 260"):
        EspeakVoice(speed=1_000)


def test_a_voice_that_hangs_is_stopped(monkeypatch):
    hanging = EspeakVoice(timeout_s=0.2)
    monkeypatch.setattr(hanging, "_command", lambda: ["sleep", "20"])

    with pytest.raises(VoiceFailed, match="did not finish"):
        hanging.speak(WORDS)


def test_a_voice_that_dies_gives_its_reason(monkeypatch):
    dying = EspeakVoice()
    monkeypatch.setattr(dying, "_command", lambda: ["sh", "-c", "echo no phonemes >&2; exit 3"])

    with pytest.raises(VoiceFailed, match="no phonemes"):
        dying.speak(WORDS)


def test_nothing_to_say_is_said():
    with pytest.raises(VoiceFailed, match="nothing to say"):
        EspeakVoice().speak(" … \n")


def test_noise_in_place_of_sound_is_refused():
    with pytest.raises(VoiceFailed, match="no sound"):
        read_wav(b"not a sound")


def test_pieces_are_whole_sentences_and_lose_no_word():
    text = "Một hai. Ba bốn năm! Sáu\nBảy " + "tám " * 30

    pieces = list(chunks(text, limit=40))

    assert pieces[0] == "Một hai.\nBa bốn năm!\nSáu"
    assert max(map(len, pieces)) <= 40
    assert " ".join(pieces).split() == text.split()

"""What comes out is exactly what went in, at its pace, from its place; and a broken file breaks nothing else."""

from __future__ import annotations

import os
import sys
import time
import wave
from collections.abc import Iterator
from pathlib import Path

import pytest

from coso_agent.decoder import ChildDecoder
from coso_agent.player import AlsaSink, PacedPlayer, Phase, make_player
from coso_agent.wav import WavSink, header
from tests.support.fake_gateway import make_sound
from tests.unit.agent.conftest import until

RATE_BYTES = 48_000


@pytest.fixture
def sound(tmp_path: Path) -> tuple[Path, bytes]:
    data, samples = make_sound(1.0)
    path = tmp_path / "sound"
    path.write_bytes(data)
    return path, samples


@pytest.fixture
def player(tmp_path: Path) -> Iterator[PacedPlayer]:
    made = make_player(f"wav:{tmp_path}/out.wav")
    made.warm()
    yield made
    made.close()


def read_wav(path: Path) -> bytes:
    with wave.open(str(path)) as file:
        assert (file.getnchannels(), file.getsampwidth(), file.getframerate()) == (1, 2, 24_000)
        return file.readframes(file.getnframes())


def test_a_sound_comes_out_sample_for_sample_in_real_time(
    player: PacedPlayer, sound: tuple[Path, bytes], tmp_path: Path
):
    began = time.monotonic()

    player.play(sound[0], offset_ms=0)
    until(lambda: player.heard().phase == Phase.ENDED)

    assert read_wav(tmp_path / "out.wav") == sound[1]
    assert player.heard().position_ms == 1000
    assert 0.95 < time.monotonic() - began < 2.5


def test_a_sound_goes_on_from_its_offset(player: PacedPlayer, sound: tuple[Path, bytes], tmp_path: Path):
    player.play(sound[0], offset_ms=777)
    until(lambda: player.heard().phase == Phase.ENDED)

    assert read_wav(tmp_path / "out.wav") == sound[1][777 * 48 :]
    assert player.heard().position_ms == 1000


def test_a_stopped_sound_tells_how_far_it_came_and_the_next_one_follows_it(
    player: PacedPlayer, sound: tuple[Path, bytes], tmp_path: Path
):
    player.play(sound[0], offset_ms=0)
    until(lambda: player.heard().position_ms >= 250)
    heard = player.stop()
    first = read_wav(tmp_path / "out.wav")
    player.play(sound[0], offset_ms=900)
    until(lambda: player.heard().phase == Phase.ENDED)

    assert 250 <= heard.position_ms < 600
    assert sound[1].startswith(first)
    assert abs(len(first) / 48 - heard.position_ms) <= 100
    assert read_wav(tmp_path / "out.wav") == first + sound[1][900 * 48 :]


def test_the_file_is_whole_at_any_moment(player: PacedPlayer, sound: tuple[Path, bytes], tmp_path: Path):
    player.play(sound[0], offset_ms=0)

    while player.heard().phase in (Phase.OPENING, Phase.SOUNDING):
        if player.heard().phase == Phase.SOUNDING:
            assert sound[1].startswith(read_wav(tmp_path / "out.wav"))
        time.sleep(0.01)

    assert player.heard().phase == Phase.ENDED


def test_what_a_killed_writer_left_is_repaired(tmp_path: Path):
    path = tmp_path / "out.wav"
    path.write_bytes(header(10) + b"0123456789" + b"abc")

    sink = WavSink(path)
    sink.write(b"zz")
    sink.close()

    assert read_wav(path) == b"0123456789abzz"


def test_half_a_header_is_repaired_too(tmp_path: Path):
    path = tmp_path / "out.wav"
    path.write_bytes(b"RIFF")

    WavSink(path).close()

    assert read_wav(path) == b""


def test_a_file_that_grew_large_is_moved_aside(tmp_path: Path):
    sink = WavSink(tmp_path / "out.wav", largest=4)

    sink.open()
    sink.write(b"1234")
    sink.open()
    sink.write(b"56")
    sink.close()

    assert read_wav(tmp_path / "out.1.wav") == b"1234"
    assert read_wav(tmp_path / "out.wav") == b"56"


def test_a_file_that_is_no_sound_fails_and_the_next_one_plays(
    player: PacedPlayer, sound: tuple[Path, bytes], tmp_path: Path
):
    broken = tmp_path / "broken"
    broken.write_bytes(os.urandom(5000))

    player.play(broken, offset_ms=0)
    until(lambda: player.heard().phase == Phase.FAILED)
    player.play(sound[0], offset_ms=800)
    until(lambda: player.heard().phase == Phase.ENDED)

    assert read_wav(tmp_path / "out.wav") == sound[1][800 * 48 :]


def test_an_offset_past_the_end_fails(player: PacedPlayer, sound: tuple[Path, bytes]):
    player.play(sound[0], offset_ms=1000)

    until(lambda: player.heard().phase == Phase.FAILED)

    assert player.heard().problem == "no sound in it"


@pytest.mark.parametrize("body", ["raise SystemExit", "import time; time.sleep(60)"])
def test_a_decoder_that_dies_or_hangs_is_given_up(
    body: str, tmp_path: Path, sound: tuple[Path, bytes], monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("coso_agent.decoder.PATIENCE_S", 0.2)
    player = PacedPlayer(WavSink(tmp_path / "o.wav"), decoder=ChildDecoder((sys.executable, "-c", body)))

    player.play(sound[0], offset_ms=0)
    until(lambda: player.heard().phase == Phase.FAILED)
    problem = player.heard().problem
    player.close()

    assert problem.startswith("the decoder")
    assert read_wav(tmp_path / "o.wav") == b""


def test_a_compressed_sound_comes_out_with_its_length_and_goes_on_in_its_middle(player: PacedPlayer, tmp_path: Path):
    import av

    path = tmp_path / "sound.mp3"
    with av.open(str(path), "w", format="mp3") as file, av.open(str(_tone(tmp_path))) as source:
        stream = file.add_stream("mp3", rate=44_100, layout="mono")
        for frame in source.decode(audio=0):
            file.mux(stream.encode(frame))
        file.mux(stream.encode(None))

    player.play(path, offset_ms=500)
    until(lambda: player.heard().phase == Phase.ENDED)

    assert 900 < player.heard().position_ms < 1200
    assert len(read_wav(tmp_path / "out.wav")) / 48 == pytest.approx(player.heard().position_ms - 500, abs=2)


def _tone(folder: Path) -> Path:
    path = folder / "tone.wav"
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(44_100)
        file.writeframes((b"\x00\x10" * 50 + b"\x00\xf0" * 50) * 441)
    return path


def test_a_sound_card_is_reached_through_its_program(tmp_path: Path, sound: tuple[Path, bytes]):
    program = tmp_path / "aplay"
    program.write_text(f'#!/bin/sh\necho "$@" > {tmp_path}/arguments\nexec cat > {tmp_path}/heard\n')
    program.chmod(0o755)
    player = PacedPlayer(AlsaSink(str(program)), ahead_s=0.15)

    player.play(sound[0], offset_ms=600)
    until(lambda: player.heard().phase == Phase.ENDED)
    player.close()

    assert (tmp_path / "heard").read_bytes() == sound[1][600 * 48 :]
    assert (tmp_path / "arguments").read_text() == "-q -t raw -f S16_LE -r 24000 -c 1 -\n"


def test_a_missing_sound_program_is_a_failure_and_not_a_crash(tmp_path: Path, sound: tuple[Path, bytes]):
    player = PacedPlayer(AlsaSink(str(tmp_path / "nothing")))

    player.play(sound[0], offset_ms=0)
    until(lambda: player.heard().phase == Phase.FAILED)
    player.close()

    assert "nothing" in player.heard().problem or player.heard().phase == Phase.IDLE


@pytest.mark.parametrize("output", ["", "wav:", "mp3:x", "alsa:1"])
def test_an_unknown_output_is_refused(output: str):
    with pytest.raises(ValueError, match="wav:PATH or alsa"):
        make_player(output)

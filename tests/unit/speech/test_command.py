"""`coso speak` from a terminal."""

import pytest
from click.testing import CliRunner

from coso.newsroom.adapters import audio, voice
from coso.newsroom.commands import speak


@pytest.fixture
def run():
    return lambda *arguments, stdin=None: CliRunner().invoke(speak, [str(a) for a in arguments], input=stdin)


def test_the_spoken_text_is_printed(run, tmp_path):
    file = tmp_path / "a.txt"
    file.write_text("UBND xã họp lúc 8h.", encoding="utf-8")

    done = run(file, "--text")

    assert (done.exit_code, done.stdout) == (0, "Ủy ban nhân dân xã họp lúc tám giờ.\n")


def test_text_may_come_through_a_pipe_and_doubts_go_beside_it(run):
    done = run("-", "--text", stdin="ở TT nào".encode())

    assert (done.exit_code, done.stdout) == (0, "ở Thường trực nào\n")
    assert done.stderr.startswith("“TT” ở ký tự thứ 2 được đọc là “Thường trực”; cũng có thể là “")


def test_a_table_of_ones_own_is_used(run, tmp_path):
    table = tmp_path / "own.csv"
    table.write_text("written,spoken\nZQ,giá trị\n", encoding="utf-8")

    assert run("-", "--text", "--lexicon", table, stdin=b"ZQ").stdout == "Giá trị\n"


@pytest.mark.parametrize("suffix", [".wav", ".mp3", ".opus"])
def test_the_sound_is_written_as_its_name_says(run, tmp_path, suffix):
    out = tmp_path / f"x{suffix}"

    done = run("-", "--out", out, "--voice", "vi-vn-x-south", "--speed", 140, stdin="Xin chào bà con.".encode())

    heard = audio.measure(out)
    assert done.exit_code == 0
    assert heard.integrated_lufs == pytest.approx(-16, abs=1)
    assert heard.true_peak_dbtp <= -1


@pytest.mark.parametrize(
    ("arguments", "stdin", "code"),
    [
        (["-"], b"a", 2),
        (["missing.txt", "--text"], None, 2),
        (["-", "--out", "x.doc"], b"a", 2),
        (["-", "--text", "--speed", "9"], b"a", 2),
        (["-", "--text"], b"\xff\xfe", 1),
        (["-", "--text"], b"  ", 1),
        (["-", "--out", "missing/x.wav"], "xin chào bà con".encode(), 1),
    ],
)
def test_what_cannot_be_done_ends_with_its_code(run, arguments, stdin, code, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)

    done = run(*arguments, stdin=stdin)

    assert done.exit_code == code
    assert list(tmp_path.iterdir()) == []


def test_what_is_wrong_is_told_in_vietnamese(run):
    done = run("-", "--text", stdin=b"\xff\xfe")

    assert done.stderr.splitlines()[-1] == "Error: - không phải là văn bản UTF-8. Hãy lưu lại theo UTF-8 rồi thử lại."


@pytest.mark.parametrize(
    ("table", "sentence"),
    [
        ("chu,doc\nZQ,giá trị\n", "Dòng đầu của bảng cách đọc phải có hai cột “written” và “spoken”."),
        ("written,spoken\nZQ,\n", "Dòng 2 của bảng cách đọc thiếu chữ viết hoặc cách đọc."),
        (
            "written,spoken\nZQ,giá 1\n",
            "Dòng 2 của bảng cách đọc có chữ số hoặc dấu “/” trong cách đọc. Hãy viết bằng chữ.",
        ),
    ],
)
def test_a_wrong_table_is_told_with_its_line(run, tmp_path, table, sentence):
    file = tmp_path / "own.csv"
    file.write_text(table, encoding="utf-8")

    done = run("-", "--text", "--lexicon", file, stdin=b"ZQ")

    assert (done.exit_code, done.stdout, done.stderr) == (1, "", f"Error: {sentence}\n")


def test_without_a_voice_nothing_is_written_and_the_way_out_is_told(run, tmp_path, monkeypatch):
    monkeypatch.setattr(voice.shutil, "which", lambda _program: None)
    monkeypatch.setattr(voice, "find_spec", lambda _name: None)

    done = run("-", "--out", tmp_path / "x.wav", stdin="xin chào".encode())

    assert done.exit_code == 1
    assert "apt install espeak-ng" in done.stderr
    assert list(tmp_path.iterdir()) == []

"""Scans and old Word files: said clearly when the programs that read them are absent."""

import io
import time

import pytest
from PIL import Image

from coso.documents import adapters
from coso.documents.adapters import extract_text, tools, writer
from coso.documents.commands import commands

from .files import pdf_of
from .test_the_documents_command import run

OLD_WORD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "WordDocument".encode("utf-16-le") + bytes(400)
RTF = b"{\\rtf1\\ansi Xin chao}"


def scan_of(pages: int) -> bytes:
    buffer = io.BytesIO()
    pictures = [Image.new("L", (200, 280), 255) for _ in range(pages)]
    pictures[0].save(buffer, "PDF", save_all=True, append_images=pictures[1:])
    return buffer.getvalue()


@pytest.fixture
def nothing_installed(monkeypatch):
    monkeypatch.setattr(tools, "find", lambda *names: None)


@pytest.mark.usefixtures("nothing_installed")
@pytest.mark.parametrize(
    ("data", "error"),
    [
        (OLD_WORD, adapters.OfficeMissing),
        (RTF, adapters.OfficeMissing),
        (pdf_of("", ""), adapters.OcrMissing),
        (pdf_of("Ky boi: UBND tinh"), adapters.OcrMissing),
        (scan_of(2), adapters.OcrMissing),
    ],
    ids=["doc", "rtf", "black pages", "stamped page", "scan"],
)
def test_what_needs_an_absent_program_is_refused_by_that_name(data, error):
    with pytest.raises(error) as refused:
        extract_text(data, name="x")

    assert type(refused.value) is error


@pytest.mark.usefixtures("nothing_installed")
def test_the_command_says_what_is_missing(tmp_path):
    (tmp_path / "a.rtf").write_bytes(RTF)

    result = run(tmp_path / "a.rtf")

    assert (result.exit_code, result.stdout.strip()) == (1, "")
    assert "LibreOffice" in result.stderr
    assert commands[0].name == "documents"


def test_a_program_without_vietnamese_reads_no_scan(monkeypatch):
    monkeypatch.setattr(tools, "find", lambda *names: "/bin/echo")
    monkeypatch.setattr(tools, "run", lambda *_, **__: b"List of available languages (1):\neng\n")

    with pytest.raises(adapters.OcrMissing):
        extract_text(scan_of(1), name="x.pdf")


def test_a_scan_is_read_page_by_page_and_said(monkeypatch):
    answers = {"--list-langs": b"eng\nvie\n", "stdout": "Kế hoạch số 5\n\f".encode()}
    monkeypatch.setattr(tools, "find", lambda *names: None if "pdftoppm" in names else "tesseract")
    monkeypatch.setattr(tools, "run", lambda command, **_: answers[next(w for w in command if str(w) in answers)])

    extracted = extract_text(scan_of(2), name="x.pdf")

    assert extracted.text == "Kế hoạch số 5\n\fKế hoạch số 5\n"
    assert (extracted.format, extracted.pages, extracted.hints) == ("pdf", 2, ("ocr",))


def test_a_scan_without_any_word_is_said_to_be_empty_of_text(monkeypatch):
    monkeypatch.setattr(tools, "find", lambda *names: None if "pdftoppm" in names else "tesseract")
    monkeypatch.setattr(tools, "run", lambda command, **_: b"vie\n" if "--list-langs" in command else b" \n")

    with pytest.raises(adapters.NoTextLayer):
        extract_text(scan_of(1), name="x.pdf")


def test_an_endless_scan_is_too_many_pages(monkeypatch):
    monkeypatch.setattr(tools, "find", lambda *names: "tesseract")
    monkeypatch.setattr(tools, "run", lambda *_, **__: b"vie\n")

    with pytest.raises(adapters.TooManyPages):
        extract_text(scan_of(61), name="x.pdf")


def test_a_program_that_fails_or_hangs_gives_nothing(tmp_path):
    assert tools.run(["false"], seconds=5) is None
    assert tools.run(["sleep", "5"], seconds=0.1) is None
    assert tools.run([tmp_path / "absent"], seconds=5) is None
    assert tools.run(["cat"], seconds=5, data=b"x") == b"x"


def test_an_old_word_file_that_libreoffice_cannot_open_is_damaged(monkeypatch):
    monkeypatch.setattr(tools, "find", lambda *names: "false")

    with pytest.raises(adapters.BrokenFile):
        extract_text(OLD_WORD, name="x.doc")


def test_what_a_program_started_ends_with_it(tmp_path):
    mark = tmp_path / "still-at-work"
    script = tmp_path / "soffice"
    script.write_text(f"#!/bin/sh\n(sleep 1; touch '{mark}') &\nsleep 30\n", encoding="utf-8")
    script.chmod(0o755)

    assert tools.run([script], seconds=0.3) is None

    time.sleep(1.2)
    assert not mark.exists()


def test_a_paper_becomes_a_pdf_with_macros_off_and_no_link_followed(tmp_path, monkeypatch):
    script = tmp_path / "soffice"
    script.write_text(
        "#!/bin/sh\n"
        'for word in "$@"; do case "$word" in -env:UserInstallation=file://*) home="${word#*file://}";; esac; done\n'
        'cp "$home/user/registrymodifications.xcu" "$(dirname "$home")/in.pdf"\n',
        encoding="utf-8",
    )
    script.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")

    kept = writer.pdf_of(b"PK").decode()

    assert "DisableMacrosExecution" in kept
    assert "BlockUntrustedRefererLinks" in kept

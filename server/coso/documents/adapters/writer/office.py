"""PDF of a Word file through LibreOffice, where an operator has installed it; nothing here needs it."""

import shutil
import subprocess
import tempfile
from pathlib import Path

_SECONDS = 90


class OfficeFailed(Exception):
    """LibreOffice is absent, took too long, or gave no PDF."""


def has_office() -> bool:
    """Tell whether LibreOffice is installed here."""
    return _program() is not None


def _program() -> str | None:
    return shutil.which("soffice") or shutil.which("libreoffice")


def pdf_of(word: bytes) -> bytes:
    """Give the PDF that LibreOffice makes of a .docx. Raise OfficeFailed."""
    program = _program()
    if program is None:
        raise OfficeFailed("absent")
    with tempfile.TemporaryDirectory(prefix="coso-office-") as folder:
        source = Path(folder) / "paper.docx"
        source.write_bytes(word)
        # A profile of its own: two conversions at once, or an officer's own LibreOffice, would else get in each
        # other's way.
        command = [
            program, "--headless", "--norestore", f"-env:UserInstallation=file://{folder}/profile",
            "--convert-to", "pdf", "--outdir", folder, str(source),
        ]  # fmt: skip
        try:
            subprocess.run(command, check=True, capture_output=True, timeout=_SECONDS, cwd=folder)
            return (Path(folder) / "paper.pdf").read_bytes()
        except (subprocess.SubprocessError, OSError) as error:
            raise OfficeFailed(type(error).__name__) from error

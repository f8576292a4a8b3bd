"""Text of a PDF whose pages are pictures, read by tesseract with its Vietnamese data when both are installed."""

from __future__ import annotations

import io
import tempfile
from pathlib import Path

import pypdf

from . import tools
from .errors import NoTextLayer, OcrMissing, TooManyPages

LANGUAGE = "vie"
MOST_SCANNED_PAGES = 60
_DOTS_PER_INCH = "300"
_SECONDS_A_PAGE = 60
_FORM_FEED = "\f"


def can_read_scans() -> bool:
    """Tell whether tesseract and its Vietnamese data are installed."""
    tesseract = tools.find("tesseract")
    if tesseract is None:
        return False
    known = tools.run([tesseract, "--list-langs"], seconds=20) or b""
    return LANGUAGE in known.decode(errors="replace").split()


def read_scan(data: bytes, pages: int) -> str:
    """Give the text of a scanned PDF, pages parted by form feeds; raise OcrMissing when nothing here can read it."""
    if not can_read_scans():
        raise OcrMissing(f"{pages} pages")
    if pages > MOST_SCANNED_PAGES:
        raise TooManyPages(f"{pages} scanned pages")
    with tempfile.TemporaryDirectory() as folder:
        texts = [_read_picture(picture) for picture in _pictures(data, pages, Path(folder))]
    if not any(text.strip() for text in texts):
        raise NoTextLayer(f"{pages} pages")
    return _FORM_FEED.join(text.strip("\n\f") + "\n" for text in texts)


def _pictures(data: bytes, pages: int, folder: Path) -> list[Path]:
    """Draw the pages as pictures: by pdftoppm where it is installed, else take the largest picture of each page."""
    pdf = folder / "in.pdf"
    pdf.write_bytes(data)
    painter = tools.find("pdftoppm")
    if painter is not None:
        tools.run([painter, "-r", _DOTS_PER_INCH, "-gray", "-png", pdf, folder / "page"], seconds=20 * pages + 20)
        return sorted(folder.glob("page*.png"))
    found: list[Path] = []
    for number, page in enumerate(pypdf.PdfReader(io.BytesIO(data)).pages):
        largest = max(page.images, key=lambda image: len(image.data), default=None)
        if largest is not None and largest.image is not None:
            picture = folder / f"page-{number:04d}.png"
            largest.image.convert("L").save(picture)
            found.append(picture)
    return found


def _read_picture(picture: Path) -> str:
    tesseract = tools.find("tesseract") or "tesseract"
    said = tools.run([tesseract, picture, "stdout", "-l", LANGUAGE, "--psm", "3"], seconds=_SECONDS_A_PAGE)
    return (said or b"").decode("utf-8", errors="replace")

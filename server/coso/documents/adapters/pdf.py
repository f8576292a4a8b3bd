"""Text of a PDF that has a text layer."""

from __future__ import annotations

import io
import logging

import pypdf
from pypdf.errors import LimitReachedError, PyPdfError

from .errors import BrokenFile, DecompressionBomb, EncryptedFile, TooManyPages
from .scanned import read_scan

MOST_PAGES = 1_500
# A stamp or a digital signature leaves a few words even on pages that are pictures.
_FEWEST_LETTERS_A_PAGE = 25
_FORM_FEED = "\f"

# pypdf tells every oddity of a file to its log; a person can't act on them.
logging.getLogger("pypdf").setLevel(logging.CRITICAL)


def read_pdf(data: bytes) -> tuple[str, int, tuple[str, ...]]:
    """Give text, number of pages and hints of a PDF; pages are parted by form feeds."""
    try:
        reader = pypdf.PdfReader(io.BytesIO(data), strict=False)
        # A PDF that only forbids printing opens with the empty password.
        if reader.is_encrypted and not reader.decrypt(""):
            raise EncryptedFile("pdf")
        count = len(reader.pages)
        if count > MOST_PAGES:
            raise TooManyPages(f"{count} pages")
        pages = [page.extract_text() for page in reader.pages]
    except LimitReachedError as error:
        raise DecompressionBomb("pdf") from error
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError, OSError) as error:
        raise BrokenFile("pdf") from error
    except (ZeroDivisionError, AssertionError, NotImplementedError, OverflowError, MemoryError) as error:
        raise BrokenFile("pdf") from error
    bare = [number for number, page in enumerate(pages, 1) if not page.strip()]
    letters = sum(character.isalpha() for page in pages for character in page)
    if letters < _FEWEST_LETTERS_A_PAGE * min(len(pages), 2) or 2 * len(bare) > len(pages):
        return read_scan(data, len(pages)), len(pages), ("ocr",)
    hints = tuple(f"page_without_text:{number}" for number in bare)
    return _FORM_FEED.join(page.strip("\n") + "\n" for page in pages), len(pages), hints

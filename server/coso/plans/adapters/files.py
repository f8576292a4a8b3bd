"""Files handed in as evidence: what they are by their bytes, never by their names; nothing in them is run."""

import io
import zipfile
from dataclasses import dataclass

from django.utils.translation import gettext as _
from PIL import Image

from coso.kit.errors import BadInput

ACCEPTED = (".pdf", ".docx", ".xlsx", ".odt", ".jpg", ".jpeg", ".png", ".webp")
MOST_PIXELS = 60_000_000
MOST_ENTRIES = 5_000
_ODT = "application/vnd.oasis.opendocument.text"
_OFFICE = "application/vnd.openxmlformats-officedocument."


@dataclass(frozen=True)
class Kind:
    """What a file is."""

    suffix: str
    media_type: str


PDF = Kind(".pdf", "application/pdf")
DOCX = Kind(".docx", _OFFICE + "wordprocessingml.document")
XLSX = Kind(".xlsx", _OFFICE + "spreadsheetml.sheet")
ODT = Kind(".odt", _ODT)
IMAGES = {
    "JPEG": Kind(".jpg", "image/jpeg"),
    "PNG": Kind(".png", "image/png"),
    "WEBP": Kind(".webp", "image/webp"),
}


def sniff(data: bytes) -> Kind:
    """Say what a file is; raise BadInput when it is none of those taken, damaged, or carries macros."""
    if not data:
        raise _refused(_("The file is empty."))
    if data[:1024].lstrip(b"\xef\xbb\xbf\r\n \t").startswith(b"%PDF-"):
        return PDF
    if data.startswith(b"PK"):
        return _package(data)
    return _image(data)


def _package(data: bytes) -> Kind:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            entries = package.infolist()
            if len(entries) > MOST_ENTRIES:
                raise _refused(_("The file is damaged and could not be opened."))
            names = {entry.filename for entry in entries}
            if any(
                name.lower().endswith(("vbaproject.bin", ".vbs", ".js", ".exe"))
                or "/Scripts/" in f"/{name}"
                or name.startswith("Basic/")
                for name in names
            ):
                raise _refused(_("The file carries macros. Save a copy without them and hand that in."))
            if "mimetype" in names and package.getinfo("mimetype").file_size < 200:
                return ODT if package.read("mimetype").decode("ascii", "replace").strip() == _ODT else _none()
            if "[Content_Types].xml" in names and "word/document.xml" in names:
                return DOCX
            if "[Content_Types].xml" in names and "xl/workbook.xml" in names:
                return XLSX
    except BadInput:
        raise
    # zipfile raises whatever the bytes make it: BadZipFile, NotImplementedError, RuntimeError, struct.error, …
    except Exception as error:
        raise _refused(_("The file is damaged and could not be opened.")) from error
    return _none()


def _image(data: bytes) -> Kind:
    try:
        with Image.open(io.BytesIO(data), formats=tuple(IMAGES)) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                raise _refused(_("The picture has more than %(most)s million pixels.") % {"most": 60})
            kind = IMAGES[picture.format or ""]
            picture.verify()
            return kind
    except BadInput:
        raise
    # Pillow's readers raise whatever the bytes make them: OSError, SyntaxError, ValueError, struct.error, …
    except Exception as error:
        raise _none_of_them() from error


def _none() -> Kind:
    raise _none_of_them()


def _none_of_them() -> BadInput:
    return _refused(_("This file is none of those taken: PDF, Word, Excel, OpenDocument text, JPEG, PNG, WebP."))


def _refused(sentence: str) -> BadInput:
    return BadInput(fields={"file": [sentence]})

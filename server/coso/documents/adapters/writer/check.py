"""Whether an uploaded Word file may become a template: harmless, with known marks only, and proved on a sample."""

import html
import io
import re
import zipfile

import docx
from docx.opc.exceptions import OpcError
from jinja2 import TemplateError

from coso.documents.adapters.errors import UnreadableFile
from coso.documents.adapters.packages import open_package
from coso.documents.adapters.writer.placeholders import UnknownMark
from coso.documents.adapters.writer.sample import sample_sheet
from coso.documents.adapters.writer.word import write_word

_ACTIVE = re.compile(r"(?:^|/)(?:vbaProject|vbaData|activeX|embeddings|oleObject|afchunk)", re.IGNORECASE)
_EXTERNAL = re.compile(rb'TargetMode\s*=\s*["\']External', re.IGNORECASE)
_FIELDS = re.compile(r'<w:instrText[^>]*>([^<]*)<|w:instr="([^"]*)"')
# Fields that fetch or run something, whatever runs Word has cut them into.
_FETCHING = re.compile(
    r"DDEAUTO|DDE\s|INCLUDE(?:TEXT|PICTURE)|(?<!HYPER)LINK\s|IMPORT\s|DATABASE\s|MACROBUTTON|AUTOTEXT|HYPERLINK\s+\S?http",
    re.IGNORECASE,
)


class TemplateFault(Exception):
    """Why a file can't be a template: a code, and the mark or place it is about."""

    def __init__(self, code: str, about: str = "") -> None:
        super().__init__(code)
        self.code, self.about = code, about


def check_template(data: bytes, kind: str) -> None:
    """Prove that a file may become the template of a kind; raise TemplateFault otherwise."""
    if not data.startswith(b"PK"):
        raise TemplateFault("not_docx")
    try:
        package = open_package(data)
    except UnreadableFile as error:
        raise TemplateFault(error.code) from error
    with package:
        _look_inside(package)
    _try(data, kind)


def _look_inside(package: zipfile.ZipFile) -> None:
    names = package.namelist()
    types = package.read("[Content_Types].xml") if "[Content_Types].xml" in names else b""
    if "word/document.xml" not in names or b"wordprocessingml" not in types:
        raise TemplateFault("not_docx")
    if b"macroEnabled" in types or b"vbaProject" in types or any(_ACTIVE.search(name) for name in names):
        raise TemplateFault("macros")
    for name in names:
        if name.endswith(".rels") and _EXTERNAL.search(package.read(name)):
            raise TemplateFault("external")
        if name.startswith("word/") and name.endswith(".xml"):
            _fields(package.read(name).decode("utf-8", "replace"))


def _fields(xml: str) -> None:
    """Refuse fields that would fetch or run something: DDE, INCLUDETEXT, LINK …"""
    said = "".join(html.unescape(first or second) for first, second in _FIELDS.findall(xml))
    if found := _FETCHING.search(said):
        raise TemplateFault("field", found.group().strip().upper())


def _try(data: bytes, kind: str) -> None:
    sheet = sample_sheet(kind)
    try:
        written = write_word(sheet, data)
        said = "\n".join(
            text.text or "" for text in docx.Document(io.BytesIO(written)).element.body.iter() if text.text
        )
    except UnknownMark as error:
        raise TemplateFault("unknown_mark", error.mark[:60]) from error
    except TemplateError as error:
        raise TemplateFault("marks", str(error)[:120]) from error
    except (ValueError, KeyError, TypeError, AttributeError, IndexError, SyntaxError, OpcError) as error:
        raise TemplateFault("broken") from error
    missing = [mark for mark, value in _needed(kind).items() if value not in said]
    if missing:
        raise TemplateFault("missing", ", ".join(missing))


def _needed(kind: str) -> dict[str, str]:
    """Give what every paper must print, by the mark that prints it, as it stands in the sample."""
    sheet = sample_sheet(kind)
    needed = {
        "country": sheet.country,
        "motto": sheet.motto,
        "issuer": sheet.issuer,
        "number": sheet.number,
        "date": sheet.date,
        "signer": sheet.signer,
        "body": sheet.body[5].text,
        "recipients": sheet.recipients[0],
    }
    return needed | ({"kind": sheet.kind, "title": sheet.title} if sheet.kind else {"about": sheet.about})

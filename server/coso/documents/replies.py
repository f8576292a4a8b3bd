"""A letter that answers a document."""

from coso.documents.models import Document
from coso.documents.ports import Begun, register_paper_source
from coso.documents.queries import get_visible
from coso.documents.rules.papers import Block, Content, Copy, day_words
from coso.kit.errors import NotFound
from coso.organizations.models import Person


def begin_reply(person: Person, ident: str) -> Begun | None:
    """Begin a letter to the body that issued a document, about the same subject."""
    try:
        document = get_visible(person, ident)
    except NotFound:
        return None
    name = _name(document)
    about = document.title.removeprefix("V/v ").removeprefix("Về việc ").strip()
    subject = f" về việc {about[:1].lower()}{about[1:]}" if about else ""
    content = Content(
        addressees=[document.issuer] if document.issuer else [],
        body=[
            Block(
                "text",
                f"Phúc đáp {name}{subject}, có ý kiến như sau:",
            ),
            Block("section", ""),
        ],
        recipients=[Copy("Lưu: VT", "file")],
    )
    return Begun("letter", f"trả lời {document.kind or 'văn bản'} số {document.number}/{document.symbol}", content)


def _name(document: Document) -> str:
    day = f" {day_words(document.issued_on)}" if document.issued_on else ""
    issuer = f" của {document.issuer}" if document.issuer else ""
    return f"{document.kind or 'Văn bản'} số {document.number}/{document.symbol}{day}{issuer}"


def register() -> None:
    """Offer the beginning."""
    register_paper_source("document", begin_reply)

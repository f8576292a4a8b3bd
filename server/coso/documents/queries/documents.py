"""Reading the imported documents."""

import hashlib
import json
from dataclasses import dataclass
from itertools import pairwise
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db.models import QuerySet

from coso.documents import policies
from coso.documents.models import Document
from coso.kit.errors import NotFound


def visible_to(person: object) -> QuerySet[Document]:
    """List the documents that a person may know of."""
    return Document.objects.filter(policies.readable(person)).select_related("imported_by", "confirmed_by")


def get_visible(person: object, document_id: UUID | str) -> Document:
    """Give one document, or raise NotFound when it is out of the person's scope."""
    try:
        document = visible_to(person).filter(pk=document_id).first()
    except (ValueError, ValidationError):
        document = None
    if document is None:
        raise NotFound
    return document


@dataclass(frozen=True)
class Piece:
    """A run of the text: `ways` name the values that were read from it ('tasks.2.lead.0'), none for the rest."""

    text: str
    ways: tuple[str, ...] = ()
    start: int = 0

    @property
    def is_doubt(self) -> bool:
        """Whether only a doubt of the reader points here, and no value."""
        return all(way.startswith("warnings.") for way in self.ways)

    @property
    def key(self) -> str:
        """Give the ways as one word list, for the page to match with its fields."""
        return " ".join(self.ways)


def lit_text(document: Document) -> list[Piece]:
    """Cut a document's text where values and doubts begin and end, so that a page can light up each."""
    spans: dict[str, list[list[int]]] = dict(document.found.get("spans", {}))
    for i, warning in enumerate(document.found.get("warnings", [])):
        if warning.get("spans"):
            spans[f"warnings.{i}"] = warning["spans"]
    edges = sorted({0, len(document.text), *(edge for found in spans.values() for span in found for edge in span)})
    starting: dict[int, list[tuple[int, str]]] = {}
    for way, found in spans.items():
        for start, end in found:
            starting.setdefault(start, []).append((end, way))
    pieces: list[Piece] = []
    open_ways: list[tuple[int, str]] = []
    for start, end in pairwise(edges):
        open_ways = [(until, way) for until, way in open_ways if until > start] + starting.get(start, [])
        pieces.append(Piece(document.text[start:end], tuple(way for _until, way in open_ways), start))
    return pieces


def stand_of(document: Document) -> str:
    """Name what stands of a document now: another text after each correction."""
    written = json.dumps(document.structure, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(written.encode()).hexdigest()[:16]

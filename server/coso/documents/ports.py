"""What upper apps hand to the writer, papers begun from their records, and what they put on a document's page."""

from collections.abc import Callable
from dataclasses import dataclass, field

from django.http import HttpRequest

from coso.documents.models import Document
from coso.documents.rules.papers import Content
from coso.organizations.models import Person


@dataclass(frozen=True)
class Begun:
    """A paper as begun for its writer, who may change all of it."""

    kind: str
    title: str
    content: Content = field(default_factory=Content)


Begin = Callable[[Person, str], Begun | None]
"""(person, id) → the paper's beginning, or None when the person may not know of the record."""

_sources: dict[str, Begin] = {}


def register_paper_source(kind: str, begin: Begin) -> None:
    """Let an app begin papers about its kind of record ('task'); called from `AppConfig.ready`."""
    _sources[kind] = begin


def begin_paper(kind: str, person: Person, ident: str) -> Begun | None:
    """Begin a paper about a record, where an app offers it and the person may know of the record."""
    begin = _sources.get(kind)
    return begin(person, ident) if begin else None


def has_source(kind: str) -> bool:
    """Tell whether papers about this kind of record can be begun."""
    return kind in _sources


Panel = Callable[[HttpRequest, Document], str]

_panels: list[Panel] = []


def register_document_panel(panel: Panel) -> None:
    """Let an app add a panel (safe HTML; "" for none) to a document's page; called from `AppConfig.ready`."""
    if panel not in _panels:
        _panels.append(panel)


def document_panels(request: HttpRequest, document: Document) -> list[str]:
    """Draw the panels that have something to say about a document."""
    return [html for panel in _panels if (html := panel(request, document))]

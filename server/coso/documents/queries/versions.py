"""A document beside the earlier one that it amends or replaces."""

from coso.documents.models import Document, DocumentState
from coso.documents.rules.rows import KEYS
from coso.documents.rules.versions import Difference, compare, likely_amended

_MOST = 500
"""So many confirmed documents are looked at, the latest first."""


def differences(document: Document) -> dict[str, list[Difference]]:
    """Tell what became of the tasks and duties of the document that this one amends; nothing when it amends none.

    Keys: "tasks" and "duties"; places count in the two documents' `structure`.
    """
    earlier = document.replaces
    if earlier is None:
        return {}
    return {key: compare(earlier.structure.get(key, []), document.structure.get(key, [])) for key in KEYS}


def amendable(document: Document) -> list[Document]:
    """List the confirmed documents that this one may amend: issued no later, the latest first."""
    found = Document.objects.filter(state=DocumentState.CONFIRMED).exclude(pk=document.pk)
    if document.issued_on:
        found = found.filter(issued_on__lte=document.issued_on)
    return list(found.order_by("-issued_on", "pk").only("kind", "number", "symbol", "title", "issued_on")[:_MOST])


def likely_earlier(document: Document) -> Document | None:
    """Give the document that this one most likely amends: cited as such, or with nearly its title."""
    known = amendable(document)
    at = likely_amended(document.title, document.text, [(one.number, one.symbol, one.title) for one in known])
    return known[at] if at is not None else None

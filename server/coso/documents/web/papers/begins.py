"""What may be written from a document's page: an answer to it, a report about it."""

from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from coso.documents import ports
from coso.documents.models import Document, DocumentState
from coso.organizations import policies


def begins(person: object, document: Document) -> list[tuple[str, str]]:
    """List the papers that a person may begin from a document: (words, address)."""
    if document.state != DocumentState.CONFIRMED or not policies.may(person, "paper.write"):
        return []
    offered = [("document", _("Answer this document")), ("plan", _("Report on this plan"))]
    address = reverse("documents:new-paper")
    return [
        (words, f"{address}?{urlencode({'about': f'{kind}:{document.pk}'})}")
        for kind, words in offered
        if ports.has_source(kind)
    ]

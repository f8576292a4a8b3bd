"""What a document's page offers about its copies: to whom it goes, or who has it."""

from django.urls import reverse
from django.utils.translation import gettext as _

from coso.documents import policies, queries
from coso.documents.models import Document, DocumentState
from coso.organizations.policies import may


def sends(person: object, document: Document) -> list[tuple[str, str]]:
    """List what a person may do about the copies of a document: (words, address)."""
    if document.state != DocumentState.CONFIRMED or not may(person, "document.send"):
        return []
    if not Document.objects.filter(policies.sendable(person), pk=document.pk).exists():
        return []
    if queries.is_sent(document):
        return [(_("Who has received it"), reverse("documents:copies", args=[document.pk]))]
    return [(_("To whom it goes (Nơi nhận)"), reverse("documents:recipients", args=[document.pk]))]

"""Who may read, import and confirm official documents.

A confirmed document is read by every staff member; one that waits to be confirmed only by who may confirm it.
"""

from django.db.models import Q

from coso.documents.models import DocumentState
from coso.organizations import policies


def readable(person: object) -> Q:
    """Give the filter of documents that a person may know of."""
    if policies.may(person, "document.confirm") or policies.may(person, "document.import"):
        return Q()
    if policies.may(person, "document.read"):
        return Q(state=DocumentState.CONFIRMED)
    return Q(pk__in=[])


def may_import(person: object) -> bool:
    """Tell whether a person may bring a document in."""
    return policies.may(person, "document.import")


def may_confirm(person: object) -> bool:
    """Tell whether a person may correct and confirm what the reader found."""
    return policies.may(person, "document.confirm")

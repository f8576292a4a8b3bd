"""Who may read, import and confirm official documents.

A confirmed document is read by every staff member; one that waits to be confirmed only by who may confirm it.
"""

from django.db.models import Q

from coso.documents.models import DocumentState, Paper, PaperState
from coso.organizations import policies


def readable(person: object) -> Q:
    """Give the filter of documents that a person may know of."""
    if policies.may(person, "document.confirm") or policies.may(person, "document.import"):
        return Q()
    if policies.may(person, "document.read"):
        # What was withdrawn after it held is still read, as withdrawn: whoever acted by it looks for it.
        return Q(state=DocumentState.CONFIRMED) | Q(state=DocumentState.WITHDRAWN, confirmed_at__isnull=False)
    return Q(pk__in=[])


def sendable(person: object, document: str = "") -> Q:
    """Give the filter of documents that a person may send on: those of a body of his places.

    A document of nobody here is sent by whoever may do so in the whole province. `document` is the way to it from the
    filtered model: 'recipient__document__'.
    """
    inside = policies.scope(person, "document.send", f"{document}organization__place__path")
    if policies.may_throughout(person, "document.send"):
        inside |= Q(**{f"{document}organization": None}) | Q(**{f"{document}organization__place": None})
    return inside


def may_import(person: object) -> bool:
    """Tell whether a person may bring a document in."""
    return policies.may(person, "document.import")


def may_confirm(person: object) -> bool:
    """Tell whether a person may correct and confirm what the reader found."""
    return policies.may(person, "document.confirm")


def may_write(person: object, paper: Paper) -> bool:
    """Tell whether a person may write in a paper: while it is a draft, or came back, and within the right's place."""
    return paper.state in (PaperState.DRAFT, PaperState.RETURNED) and policies.may(person, "paper.write", paper.place)


def may_decide(person: object, paper: Paper) -> bool:
    """Tell whether a person may approve or return a paper: somebody else than who wrote it, or wrote in it last."""
    wrote = {paper.written_by_id, paper.changed_by_id}
    return getattr(person, "pk", None) not in wrote and policies.may(person, "paper.approve", paper.place)


def may_issue(person: object, paper: Paper) -> bool:
    """Tell whether a person may give a paper its number and day."""
    return policies.may(person, "paper.issue", paper.place)


def may_change_templates(person: object) -> bool:
    """Tell whether a person may change the Word templates: they are kept once for the whole province."""
    return policies.may_throughout(person, "paper.template")


def may_drop(person: object, paper: Paper) -> bool:
    """Tell whether a person may take back a paper that is not issued yet."""
    return paper.state not in (PaperState.ISSUED, PaperState.WITHDRAWN) and policies.may(
        person, "paper.write", paper.place
    )

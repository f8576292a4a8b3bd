"""Saying which earlier document one amends or replaces, so that only what differs is asked."""

from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from coso.documents import policies
from coso.documents.models import Document, DocumentState
from coso.journal import actions as journal
from coso.kit.errors import BadInput, NotAllowed, NotFound, WrongState
from coso.kit.refs import Ref
from coso.organizations.models import Person


@transaction.atomic
def set_earlier(*, document_id: UUID | str, by: Person, earlier_id: UUID | str | None) -> Document:
    """Say which confirmed document one that waits to be confirmed amends or replaces; None says that it does none.

    Raise BadInput for itself, for one that is not confirmed, and for one that itself follows this document.
    """
    document = Document.objects.select_for_update(of=("self",)).filter(policies.readable(by), pk=document_id).first()
    if document is None:
        raise NotFound
    if not policies.may_confirm(by):
        raise NotAllowed("document.confirm")
    if document.state != DocumentState.READ:
        raise WrongState
    earlier = _earlier(document, by, earlier_id) if earlier_id is not None else None
    if document.earlier_decided and document.replaces == earlier:
        return document
    document.replaces, document.earlier_decided = earlier, True
    document.save(update_fields=["replaces", "earlier_decided"])
    refs = [Ref("document", str(one.pk)) for one in (document, earlier) if one is not None]
    verb = "document.earlier_set" if earlier is not None else "document.earlier_none"
    journal.record(verb, by=by, refs=refs, data={"earlier": str(earlier or "")})
    return document


def _earlier(document: Document, by: Person, earlier_id: UUID | str) -> Document:
    try:
        found = Document.objects.filter(policies.readable(by), pk=earlier_id).first()
    except (ValueError, ValidationError):
        found = None
    if found is None or found.state != DocumentState.CONFIRMED:
        raise BadInput(fields={"earlier": [_("Choose one of the confirmed documents.")]})
    chain: Document | None = found
    seen = set()
    while chain is not None and chain.pk not in seen:
        if chain.pk == document.pk:
            raise BadInput(
                fields={"earlier": [_("That document follows this one: it cannot be the earlier of the two.")]}
            )
        seen.add(chain.pk)
        chain = chain.replaces
    return found

"""What copies of documents tell the rest of the house: their reference, their place on the rail."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy

from coso.documents import actions, queries
from coso.documents.events import DocumentConfirmed
from coso.documents.models import Copy
from coso.journal.bus import subscribe
from coso.kit.refs import Kind, number_in, register_kind
from coso.organizations.policies import may
from coso.ui.ports import NavItem, register_nav


def _when_confirmed(event: DocumentConfirmed) -> None:
    actions.make_recipients(event.document_id)


def _name(ident: str) -> str | None:
    found = Copy.objects.filter(pk=number_in(ident)).select_related("recipient__document").first()
    return str(found.recipient.document) if found else None


def _many(person: Any, idents: Any) -> dict[str, str]:
    wanted = [number_in(ident) for ident in idents]
    return {str(one.pk): str(one.recipient.document) for one in queries.copies_for(person).filter(pk__in=wanted)}


def register() -> None:
    """Called from `AppConfig.ready`."""
    subscribe(DocumentConfirmed, _when_confirmed)
    register_kind(
        "copy",
        Kind(
            name=_name,
            address=lambda ident: reverse("documents:copy", args=[ident]),
            visible=lambda person, ident: queries.copies_for(person).filter(pk=number_in(ident)).exists(),
            many=_many,
        ),
    )
    register_nav(
        NavItem(
            key="arrived",
            label=gettext_lazy("Documents that came in"),
            icon="inbox",
            url_name="documents:arrived",
            order=15,
            right=lambda request: may(request.user, queries.RECEIVE),
            badge=lambda request: queries.new_for(request.user) or None,
        )
    )

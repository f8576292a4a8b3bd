"""Joining the names of units in a document to bodies: proposed by rules, decided by a person."""

from collections.abc import Sequence
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from coso.documents import policies
from coso.documents.models import Document, DocumentState, NamedUnit, UnitKind
from coso.documents.queries.naming import Meaning, names_in, naming_of
from coso.journal import actions as journal
from coso.kit.errors import BadInput, NotAllowed, NotFound, WrongState
from coso.kit.refs import Ref
from coso.organizations.models import Organization, Person


def propose_units(document: Document) -> None:
    """Propose bodies for every name of a stored document that no person decided; part of importing and correcting."""
    naming = naming_of(document)
    known = {unit.folded: unit for unit in document.named_units.all()}
    names = names_in(document.structure)
    meant = {folded: naming.meaning(name) for folded, name in names.items() if not _is_decided(known.get(folded))}
    document.named_units.filter(by_person=False).exclude(folded__in=names).delete()
    changed = [known[folded] for folded in meant if folded in known]
    for unit in changed:
        unit.kind = meant[unit.folded].kind
    NamedUnit.objects.bulk_update(changed, ["kind"])
    made = [
        NamedUnit(document=document, name=names[folded], folded=folded, kind=meaning.kind)
        for folded, meaning in meant.items()
        if folded not in known
    ]
    NamedUnit.objects.bulk_create(made)
    _join([*changed, *made], meant)
    issuer = None if naming.is_foreign else naming.body(document.issuer)
    if document.organization_id != issuer:
        document.organization_id = issuer
        document.save(update_fields=["organization"])


def _is_decided(unit: NamedUnit | None) -> bool:
    return unit is not None and unit.by_person


def _join(units: Sequence[NamedUnit], meant: dict[str, Meaning]) -> None:
    through = NamedUnit.organizations.through
    through.objects.filter(namedunit__in=units).delete()
    through.objects.bulk_create(
        through(namedunit_id=unit.pk, organization_id=body) for unit in units for body in meant[unit.folded].bodies
    )


@transaction.atomic
def decide_unit(*, document_id: UUID | str, unit_id: int, by: Person, bodies: Sequence[int] | None) -> NamedUnit:
    """Say which bodies a name stands for; none of them (an empty list) says that nobody in this system does.

    None takes a decision back: what the rules propose stands again. Only while the document waits to be confirmed.
    """
    document = Document.objects.select_for_update(of=("self",)).filter(policies.readable(by), pk=document_id).first()
    if document is None:
        raise NotFound
    if not policies.may_confirm(by):
        raise NotAllowed("document.confirm")
    if document.state != DocumentState.READ:
        raise WrongState
    unit = document.named_units.filter(pk=unit_id).first()
    if unit is None:
        raise NotFound
    found = list(Organization.objects.filter(pk__in=bodies or []))
    if len(found) != len(set(bodies or [])):
        raise BadInput(fields={"body": [_("Choose a body of the list.")]})
    unit.by_person = bodies is not None
    if bodies is not None:
        unit.kind = UnitKind.GROUP if len(found) > 1 else UnitKind.BODY if found else UnitKind.OUTSIDE
        unit.save(update_fields=["by_person", "kind"])
        unit.organizations.set(found)
    else:
        unit.save(update_fields=["by_person"])
        propose_units(document)
        unit.refresh_from_db()
    journal.record(
        "document.unit_undecided" if bodies is None else "document.unit_decided",
        by=by,
        refs=[Ref("document", str(document.pk))],
        data={"name": unit.name, "bodies": len(found)},
    )
    return unit

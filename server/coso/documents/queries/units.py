"""Reading the units that a document names."""

from coso.documents.models import Document, NamedUnit, UnitKind
from coso.documents.queries.naming import names_in


def named_units(document: Document) -> dict[str, NamedUnit]:
    """Give the named units of a document by their folded name (`kit.text.fold`), with their organizations."""
    units = document.named_units.prefetch_related("organizations__place")
    return {unit.folded: unit for unit in units}


def units_shown(document: Document) -> list[NamedUnit]:
    """List the units that the document names now, in its order: those kept from before a correction are left out."""
    units = named_units(document)
    return [units[folded] for folded in names_in(document.structure) if folded in units]


def is_unclear(unit: NamedUnit) -> bool:
    """Tell whether nobody is known yet for a name, and no person has said that this is right."""
    return not unit.by_person and (unit.kind == UnitKind.UNKNOWN or not list(unit.organizations.all()))

"""How the journal's entries about the registry read."""

from coso.registry.sentences import clusters, coverage, facilities, inspections, units


def register() -> None:
    """Tell the journal."""
    clusters.register()
    coverage.register()
    facilities.register()
    inspections.register()
    units.register()

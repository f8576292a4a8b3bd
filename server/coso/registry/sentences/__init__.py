"""How the journal's entries about the registry read."""

from coso.registry.sentences import clusters, coverage, facilities, inspections


def register() -> None:
    """Tell the journal."""
    clusters.register()
    coverage.register()
    facilities.register()
    inspections.register()

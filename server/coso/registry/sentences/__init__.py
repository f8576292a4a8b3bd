"""How the journal's entries about the registry read."""

from coso.registry.sentences import clusters, coverage, facilities


def register() -> None:
    """Tell the journal."""
    clusters.register()
    coverage.register()
    facilities.register()

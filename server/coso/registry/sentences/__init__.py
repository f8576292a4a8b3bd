"""How the journal's entries about the registry read."""

from coso.registry.sentences import clusters, facilities


def register() -> None:
    """Tell the journal."""
    clusters.register()
    facilities.register()

"""How the journal's entries and the notices about tasks read."""

from coso.plans.sentences import work


def register() -> None:
    """Tell the journal and the notices."""
    work.register()

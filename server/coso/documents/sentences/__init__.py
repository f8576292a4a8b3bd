"""How the journal's entries and the notices about documents read."""

from coso.documents.sentences import papers


def register() -> None:
    """Tell the journal and the notices."""
    papers.register()

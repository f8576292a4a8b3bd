"""How the journal's entries and the notices about documents read."""

from coso.documents.sentences import confirming, copies, papers


def register() -> None:
    """Tell the journal and the notices."""
    confirming.register()
    copies.register()
    papers.register()

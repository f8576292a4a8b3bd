"""How the journal's entries about organizations and people read."""

from coso.organizations.sentences import accounts


def register() -> None:
    """Tell the journal."""
    accounts.register()

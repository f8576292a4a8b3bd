"""How the journal's entries about organizations and people read."""

from coso.organizations.sentences import accounts, deputies


def register() -> None:
    """Tell the journal."""
    accounts.register()
    deputies.register()

"""How the journal's entries about organizations and people read."""

from coso.organizations.sentences import accounts, bodies, deputies, handover, invitations, networks


def register() -> None:
    """Tell the journal."""
    accounts.register()
    bodies.register()
    networks.register()
    deputies.register()
    invitations.register()
    handover.register()

"""How the journal's entries about invitations read."""

from django.utils.translation import gettext as _

from coso.journal.models import Entry
from coso.journal.ports import register_sentence
from coso.kit.refs import Ref
from coso.organizations import queries


def _name(entry: Entry) -> dict[str, str]:
    ident = Ref.parse(entry.refs[0]).id
    return {"person": queries.invitation_name(ident) or ident}


def made(entry: Entry) -> str:
    """Word the making of an invitation."""
    return _("%(person)s was invited to open an account.") % _name(entry)


def renewed(entry: Entry) -> str:
    """Word the sending of a new link."""
    return _("%(person)s got a new link in place of the old one.") % _name(entry)


def withdrawn(entry: Entry) -> str:
    """Word the withdrawal of an invitation."""
    return _("The invitation of %(person)s was withdrawn.") % _name(entry)


def accepted(entry: Entry) -> str:
    """Word the acceptance of an invitation."""
    return _("%(person)s accepted the invitation and opened the account.") % _name(entry)


def register() -> None:
    """Tell the journal."""
    register_sentence("invitation.made", made)
    register_sentence("invitation.renewed", renewed)
    register_sentence("invitation.withdrawn", withdrawn)
    register_sentence("invitation.accepted", accepted)

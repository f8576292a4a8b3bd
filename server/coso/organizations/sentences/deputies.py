"""How the journal's entries about who stands in for whom read."""

from django.utils.translation import gettext as _

from coso.journal.models import Entry
from coso.journal.ports import register_sentence
from coso.kit.refs import Ref
from coso.organizations import queries


def _words(entry: Entry) -> dict[str, str]:
    ident = Ref.parse(entry.refs[0]).id
    gone = dict.fromkeys(("person", "holder", "role", "place", "from", "to"), ident)
    return queries.deputy_words(ident) or gone


def deputy_named(entry: Entry) -> str:
    """Word the naming of a deputy."""
    return _("%(person)s was named to stand in for %(holder)s (%(role)s, %(place)s) from %(from)s to %(to)s.") % _words(
        entry
    )


def deputy_ended(entry: Entry) -> str:
    """Word the early end of a deputy."""
    return _("%(person)s no longer stands in for %(holder)s (%(role)s, %(place)s).") % _words(entry)


def register() -> None:
    """Tell the journal."""
    register_sentence("deputy.named", deputy_named)
    register_sentence("deputy.ended", deputy_ended)

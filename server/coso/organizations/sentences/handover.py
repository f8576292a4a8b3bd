"""How the journal's entries about handovers read."""

from django.utils.translation import gettext as _

from coso.journal.models import Entry
from coso.journal.ports import register_sentence
from coso.kit.refs import Ref
from coso.organizations import queries


def _person(ref: str) -> str:
    ident = Ref.parse(ref).id
    return queries.person_name(f"person:{ident}") or ident


def begun(entry: Entry) -> str:
    """Word the beginning of a handover."""
    return _("The handover of %(person)s was begun.") % {"person": _person(entry.refs[1])}


def passed_on(entry: Entry) -> str:
    """Word the passing on of one duty."""
    return _("%(to)s took over from %(person)s.") % {"person": _person(entry.refs[1]), "to": _person(entry.refs[3])}


def withdrawn(entry: Entry) -> str:
    """Word the withdrawal of a handover."""
    return _("The handover of %(person)s was withdrawn.") % {"person": _person(entry.refs[1])}


def finished(entry: Entry) -> str:
    """Word the end of a handover."""
    return _("The handover of %(person)s was finished.") % {"person": _person(entry.refs[1])}


def register() -> None:
    """Tell the journal."""
    register_sentence("handover.begun", begun)
    register_sentence("handover.passed_on", passed_on)
    register_sentence("handover.withdrawn", withdrawn)
    register_sentence("handover.finished", finished)

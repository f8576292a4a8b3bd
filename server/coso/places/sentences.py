"""How the journal's entries about places read."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from coso.journal.models import Entry
from coso.journal.ports import register_sentence
from coso.kit.refs import Ref
from coso.places import queries


def loaded(entry: Entry) -> str:
    """Word the loading of the lists."""
    return _(
        "The lists of administrative units were loaded: %(places)s units, %(successions)s links to successors."
    ) % {
        "places": entry.data["places"],
        "successions": entry.data["successions"],
    }


def villages_added(entry: Entry) -> str:
    """Word the adding of villages to a commune."""
    count = entry.data["villages"]
    return ngettext(
        "%(count)s village was added to %(commune)s.", "%(count)s villages were added to %(commune)s.", count
    ) % {"count": count, "commune": queries.place_name(Ref.parse(entry.refs[0]).id)}


def register() -> None:
    """Tell the journal."""
    register_sentence("places.loaded", loaded)
    register_sentence("places.villages_added", villages_added)

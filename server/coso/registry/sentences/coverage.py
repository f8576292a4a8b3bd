"""How the journal's entries about signals and boundaries read."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from coso.journal.models import Entry
from coso.journal.ports import register_sentence
from coso.kit.refs import Ref
from coso.places.queries import place_name
from coso.registry.models import SignalStrength


def signal_noted(entry: Entry) -> str:
    """Word the noting of a village's signal."""
    strength = entry.data["strength"]
    word = SignalStrength(strength).label if strength in SignalStrength.values else strength
    place = place_name(Ref.parse(entry.refs[0]).id)
    return _("The phone signal of %(place)s was noted: %(strength)s.") % {"place": place, "strength": word}


def boundaries_added(entry: Entry) -> str:
    """Word the adding of a file of boundaries."""
    count = entry.data["units"]
    return ngettext(
        "The boundaries “%(name)s” of %(count)s unit were added to the maps.",
        "The boundaries “%(name)s” of %(count)s units were added to the maps.",
        count,
    ) % {"name": entry.data["name"], "count": count}


def boundaries_withdrawn(entry: Entry) -> str:
    """Word the withdrawal of a file of boundaries."""
    return _("The boundaries “%(name)s” were taken off the maps.") % {"name": entry.data["name"]}


def register() -> None:
    """Tell the journal."""
    register_sentence("registry.signal_noted", signal_noted)
    register_sentence("registry.boundaries_added", boundaries_added)
    register_sentence("registry.boundaries_withdrawn", boundaries_withdrawn)

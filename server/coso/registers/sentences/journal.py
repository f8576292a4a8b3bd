"""How the journal's entries about imports read."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from coso.journal.models import Entry
from coso.journal.ports import actor_name, register_sentence
from coso.registers.ports import register_of


def _title(entry: Entry) -> str:
    register = register_of(entry.data["kind"])
    return str(register.title) if register else entry.data["kind"]


def brought_in(entry: Entry) -> str:
    """Word an import."""
    return _("A file was brought into “%(register)s”: %(new)s new rows, %(changed)s changed.") % {
        "register": _title(entry),
        "new": entry.data["new"],
        "changed": entry.data["changed"],
    }


def taken_back(entry: Entry) -> str:
    """Word the undoing of an import."""
    count = entry.data["rows"]
    if entry.data.get("made_by"):
        return ngettext(
            "A file that %(person)s brought into “%(register)s” was taken back: %(count)s row.",
            "A file that %(person)s brought into “%(register)s” was taken back: %(count)s rows.",
            count,
        ) % {"person": actor_name(entry.data["made_by"]), "register": _title(entry), "count": count}
    return ngettext(
        "A file brought into “%(register)s” was taken back: %(count)s row.",
        "A file brought into “%(register)s” was taken back: %(count)s rows.",
        count,
    ) % {"register": _title(entry), "count": count}


def erased(entry: Entry) -> str:
    """Word the erasing of a file after its time."""
    words = _("A file brought into “%(register)s” was erased, its time being over; what it brought in stands.")
    return words % {"register": _title(entry)}


def register() -> None:
    """Tell the journal."""
    register_sentence("register.imported", brought_in)
    register_sentence("register.undone", taken_back)
    register_sentence("register.erased", erased)

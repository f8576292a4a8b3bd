"""How the journal's entries about changes of bodies and about who leads the field read."""

from datetime import date

from django.utils.translation import gettext as _

from coso.journal.models import Entry
from coso.journal.ports import register_sentence
from coso.kit.refs import Ref
from coso.organizations.models import Organization


def _bodies(entry: Entry) -> list[Organization]:
    refs = [Ref.parse(ref) for ref in entry.refs]
    ids = [int(ref.id) for ref in refs if ref.kind == "organization"]
    found = Organization.objects.in_bulk(ids)
    return [found[pk] for pk in ids if pk in found]


def _name(entry: Entry) -> str:
    """Name the body that came of it, as it was called then."""
    return str(entry.data["name"])


def _others(entry: Entry) -> str:
    """Name the bodies that ended, beside the one that came of it."""
    first = Ref.parse(entry.refs[0]).id
    return ", ".join(one.name for one in _bodies(entry) if str(one.pk) != first)


def added(entry: Entry) -> str:
    """Word a new body."""
    return _("The body %(body)s was entered.") % {"body": _name(entry)}


def renamed(entry: Entry) -> str:
    """Word a new name."""
    return _("%(old)s is called %(body)s from now on.") % {"old": _others(entry), "body": _name(entry)}


def merged(entry: Entry) -> str:
    """Word a merger."""
    return _("These went into %(body)s: %(old)s.") % {"body": _name(entry), "old": _others(entry)}


def dissolved(entry: Entry) -> str:
    """Word the end of a body."""
    return _("%(body)s was dissolved.") % {"body": _name(entry)}


def moved(entry: Entry) -> str:
    """Word a move."""
    return _("%(body)s stands at another place or under another body.") % {"body": _name(entry)}


def undone(entry: Entry) -> str:
    """Word the undoing of a change."""
    names = ", ".join(one.name for one in _bodies(entry)) or ", ".join(entry.data["names"])
    return _("A change was undone: %(bodies)s.") % {"bodies": names}


def _lead(entry: Entry) -> dict[str, str]:
    body = next((one.name for one in _bodies(entry)), Ref.parse(entry.refs[0]).id)
    return {"body": body, "day": f"{date.fromisoformat(entry.data['day']):%d/%m/%Y}"}


def lead_set(entry: Entry) -> str:
    """Word who leads the field."""
    return _("%(body)s leads grassroots information from %(day)s.") % _lead(entry)


def lead_removed(entry: Entry) -> str:
    """Word that somebody does not lead the field after all."""
    return _("It was taken back that %(body)s leads grassroots information from %(day)s.") % _lead(entry)


def register() -> None:
    """Tell the journal."""
    register_sentence("organizations.body_add", added)
    register_sentence("organizations.body_rename", renamed)
    register_sentence("organizations.body_merge", merged)
    register_sentence("organizations.body_dissolve", dissolved)
    register_sentence("organizations.body_move", moved)
    register_sentence("organizations.change_undone", undone)
    register_sentence("organizations.lead_set", lead_set)
    register_sentence("organizations.lead_removed", lead_removed)

"""The reader's doubts in words a person can act on."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from coso.documents.models import Document, DocumentState
from coso.documents.queries import Piece
from coso.documents.web.review import Doubt, Group, doubts
from coso.documents.web.units import Line
from coso.kit import clock
from coso.kit.dates import last_day


def _day(iso: str) -> str:
    return "/".join(reversed(iso.split("-")))


def sentence(warning: dict[str, Any]) -> str:
    """Word one doubt."""
    code = warning.get("code", "")
    if code == "cited_later_than_document":
        return _(
            "It cites %(document)s, dated %(dated)s, which is later than its own date %(issued_on)s. "
            "Look whether the date was read right."
        ) % {
            "document": warning["document"],
            "dated": _day(warning["dated"]),
            "issued_on": _day(warning["issued_on"]),
        }
    if code == "issuer_inferred":
        return _("The issuer is not printed at the head; “%(issuer)s” follows from the symbol and the signature.") % {
            "issuer": warning["issuer"]
        }
    if code == "kind_contradicts_symbol":
        return _("The document calls itself “%(kind)s” but its symbol is %(symbol)s.") % {
            "kind": warning["kind"],
            "symbol": warning["symbol"],
        }
    if code == "lead_missing":
        return _("Item %(ref)s names no lead unit.") % {"ref": warning["ref"]}
    if code == "time_not_understood":
        return _("The time of item %(ref)s was not understood: “%(text)s”.") % {
            "ref": warning["ref"],
            "text": warning["text"],
        }
    if code == "due_before_issue":
        return _("The deadline of item %(ref)s lies before the date of the document.") % {"ref": warning["ref"]}
    if code == "numbering_hole":
        return _("Between %(after)s and %(before)s the numbering has a hole; a part may be lost.") % {
            "after": warning["after"],
            "before": warning["before"],
        }
    if code == "numbering_repeated":
        return _("The number %(ref)s comes twice; look which of the two a citation means.") % {"ref": warning["ref"]}
    if code == "lead_not_a_body":
        return _("Item %(ref)s names “%(text)s” as its lead, which does not look like the name of a body.") % {
            "ref": warning["ref"],
            "text": warning["text"],
        }
    return {
        "no_leads_found": _(
            "No task names a lead unit; the work is shared out by unit, or must be given to units by hand."
        ),
        "second_document": _(
            "The file holds a second document behind the first; only the first was read. "
            "Import the other one as a file of its own."
        ),
        "date_missing": _("No date of issue was found."),
        "symbol_missing": _("No number and symbol was found."),
        "signer_missing": _("No signer was found."),
        "recipients_missing": _("No list of recipients was found."),
    }.get(code, _("Look at the places that are marked; something there was not understood."))


def all_doubts(document: Document, shown: list[Group], pieces: list[Piece], units: list[Line]) -> list[Doubt]:
    """Gather what a person should look at: the reader's doubts, deadlines that are over, names nobody stands for."""
    warnings = document.found.get("warnings", [])
    found = doubts([(sentence(warning), str(warning.get("ref", ""))) for warning in warnings], shown, pieces)
    if document.state != DocumentState.READ:
        return found
    today = clock.today()
    for group, row in zip(_tasks(shown), document.structure.get("tasks", []), strict=False):
        due = last_day(row.get("due") or "")
        if due is not None and due < today:
            words = _("The deadline of item %(ref)s is over already (%(due)s).") % {
                "ref": row.get("ref") or "",
                "due": f"{due:%d/%m/%Y}",
            }
            found.append(Doubt(words, group=group.key))
    unclear = [line for line in units if line.is_unclear]
    if unclear:
        words = ngettext(
            "%(count)s name stands for no body yet: %(names)s. You may leave it so.",
            "%(count)s names stand for no body yet: %(names)s. You may leave it so.",
            len(unclear),
        ) % {"count": len(unclear), "names": "; ".join(f"“{line.unit.name}”" for line in unclear[:5])}
        found.append(Doubt(words, unit=unclear[0].unit.pk))
    return found


def _tasks(shown: list[Group]) -> list[Group]:
    return [group for group in shown if group.key.startswith("tasks-")]

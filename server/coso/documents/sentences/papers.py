"""How the journal's entries and the notices about papers and templates read."""

from django.utils.translation import gettext as _

from coso.documents.models import PaperKind
from coso.journal.models import Entry
from coso.journal.ports import register_sentence
from coso.notices.models import Notice
from coso.notices.ports import register_wording


def _kind(entry: Entry) -> str:
    return str(dict(PaperKind.choices).get(entry.data.get("kind", ""), ""))


def register() -> None:
    """Word the entries and the notices."""
    register_sentence("paper.written", lambda entry: _("Began to write a paper: %(kind)s.") % {"kind": _kind(entry)})
    register_sentence("paper.changed", lambda entry: _("Changed the paper."))
    register_sentence("paper.submitted", lambda entry: _("Handed the paper in for approval."))
    register_sentence("paper.approved", lambda entry: _("Approved the paper."))
    register_sentence("paper.returned", lambda entry: _("Returned the paper to its writer."))
    register_sentence("paper.withdrawn", lambda entry: _("Withdrew the paper."))
    register_sentence(
        "paper.issued",
        lambda entry: (
            _("Issued the paper as number %(number)s/%(symbol)s.")
            % {"number": entry.data.get("number", ""), "symbol": entry.data.get("symbol", "")}
        ),
    )
    register_sentence(
        "template.changed",
        lambda entry: (
            _("Changed the Word template for %(kind)s to the file “%(file)s”.")
            % {"kind": _kind(entry), "file": entry.data.get("file", "")}
        ),
    )
    register_sentence(
        "template.dropped",
        lambda entry: _("Went back to the shipped Word template for %(kind)s.") % {"kind": _kind(entry)},
    )
    register_wording("paper_submitted", lambda notice: _("“%(title)s” waits for your approval.") % _title(notice))
    register_wording("paper_approved", lambda notice: _("“%(title)s” was approved and may be issued.") % _title(notice))
    register_wording(
        "paper_returned",
        lambda notice: (
            _("“%(title)s” was returned to you: %(words)s") % {**_title(notice), "words": notice.data.get("words", "")}
        ),
    )


def _title(notice: Notice) -> dict[str, str]:
    return {"title": notice.data.get("title", "")}

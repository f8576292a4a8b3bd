"""The journal for who supervises: every entry as a sentence, one entry whole, and whether the chain is whole."""

from datetime import date
from typing import Any, cast
from uuid import UUID

from django.db.models import Q
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from coso.desk import journal
from coso.desk.journal import Told
from coso.journal import queries
from coso.journal.models import Entry
from coso.journal.ports import sentence_of
from coso.kit import clock
from coso.kit.errors import NotFound
from coso.kit.refs import Ref, describe
from coso.organizations import policies
from coso.organizations.doors import StaffRequest, staff
from coso.ui.chips import Chip, Tone
from coso.ui.lists import Column, Empty, Filter, ListSpec, list_response
from coso.ui.parts import Crumb
from coso.ui.rows import MemoryRows

# The verbs of each subject, by how they begin.
SUBJECTS = {
    "people": ("account.", "post."),
    "places": ("places.", "organizations.", "registry."),
    "devices": ("device.", "signer."),
    "documents": ("document.", "plan.", "task."),
    "bulletins": ("bulletin.", "sound.", "lexicon."),
    "broadcast": ("slot.", "alert.", "reach."),
    "feedback": ("feedback.",),
    "journal": ("journal.",),
}
_SUBJECT_WORDS = [
    ("people", _("Accounts and posts")),
    ("places", _("Places and registry")),
    ("devices", _("Devices and signing")),
    ("documents", _("Documents and tasks")),
    ("bulletins", _("Bulletins")),
    ("broadcast", _("On air and reach")),
    ("feedback", _("What people say")),
    ("journal", _("The journal itself")),
]


def sealed_chip(entry: Entry) -> Chip:
    """Tell whether an entry stands in the chain."""
    if entry.number is None:
        return Chip(gettext("Waits for its seal"), Tone.WAITING)
    return Chip(gettext("Sealed, number %(number)s") % {"number": entry.number}, Tone.DONE, icon="lock")


def _about(rows: Told, value: str) -> Told:
    begins = Q()
    for prefix in SUBJECTS[value]:
        begins |= Q(verb__startswith=prefix)
    return rows.filter(begins)


def _sentence(request: HttpRequest) -> str:
    waiting = Entry.objects.filter(number=None).count()
    if not waiting:
        return gettext("Every entry is sealed.")
    return ngettext("%(count)s entry waits for its seal.", "%(count)s entries wait for their seal.", waiting) % {
        "count": waiting
    }


SPEC = ListSpec(
    key="nhat-ky",
    title=_("Journal"),
    sentence=_sentence,
    columns=[
        Column("sentence", _("What happened"), lambda row: capfirst(sentence_of(row))),
        Column("subject", _("About"), "subject"),
        Column("by", _("Who did it"), "actor_words"),
        Column("at", _("When"), "at", kind="when"),
        Column("sealed", _("Seal"), sealed_chip, kind="state"),
        Column("number", _("Number"), "number", kind="number", shown=False),
        Column("verb", _("Verb"), "verb", shown=False),
        Column("refs", _("Records"), lambda row: "; ".join(row.refs), shown=False),
        Column("hash", _("Hash"), "hash", shown=False),
    ],
    search=journal.concerning,
    search_label=_("Search by the record or the person"),
    filters=[
        Filter("subject", _("Subject"), _SUBJECT_WORDS, _about),
        Filter(
            "from",
            _("From the day"),
            None,
            lambda rows, day: rows.filter(at__gte=clock.start_of_day(date.fromisoformat(day))),
        ),
        Filter(
            "to",
            _("Until the day"),
            None,
            lambda rows, day: rows.filter(at__lt=clock.start_of_day(date.fromisoformat(day)) + clock.days(1)),
        ),
    ],
    row_link=lambda row: reverse("desk:journal-entry", args=[row.pk]),
    # Each sentence may look up whom it speaks of, so that a page is kept short.
    page_size=12,
    empty=Empty(_("Nothing happened yet"), _("Whatever people and devices do here is written down."), icon="journal"),
)


@require_safe
@staff("journal.read")
def entry_list(request: StaffRequest) -> HttpResponseBase:
    """List the entries, newest first."""
    # Entries know no place, so that there is no part of them to show to who supervises a part.
    policies.require_throughout(request.person, "journal.read")
    return list_response(
        request, SPEC, cast(MemoryRows, Told(Entry.objects.order_by("-at", "-id"))), template="desk/journal.html"
    )


@require_safe
@staff("journal.read")
def entry(request: StaffRequest, entry_id: UUID) -> HttpResponse:
    """Show one entry whole: its records, its reason, its place in the chain."""
    policies.require_throughout(request.person, "journal.read")
    found = Entry.objects.select_related("reason").filter(pk=entry_id).first()
    if found is None:
        raise NotFound
    journal.named([found])
    reason = getattr(found, "reason", None)
    refs = [Ref.parse(ref) for ref in found.refs]
    names, kinds = journal.names_of(refs), journal.kind_words()
    context: dict[str, Any] = {
        "title": capfirst(sentence_of(found)),
        "entry": found,
        "chip": sealed_chip(found),
        "reason": reason,
        "records": [
            {
                "kind": kinds.get(ref.kind, ref.kind),
                "name": names.get(str(ref), ref.id if ref.kind != "feedback" else ""),
                "url": url,
                "search": f"{reverse('desk:journal')}?q={ref}",
            }
            for ref in refs
            for url in [(describe(ref, request.person) or ("", ""))[1]]
        ],
        "data": sorted(found.data.items()),
        "crumbs": [Crumb(_("Journal"), reverse("desk:journal"))],
    }
    return render(request, "desk/journal_entry.html", context)


def fault_words(fault: str) -> str:
    """Say what is wrong with an entry of the chain, by its number."""
    number, _colon, what = fault.partition(": ")
    words = {
        "does not follow the entry before it": gettext("Entry %(number)s does not follow the entry before it."),
        "was changed after it was sealed": gettext("Entry %(number)s was changed after it was sealed."),
        "its reason was changed": gettext("The reason of entry %(number)s was changed."),
        "its links to records were changed": gettext("The records of entry %(number)s are listed wrongly."),
        "another entry stood here when the head was kept": gettext("Another entry %(number)s was sealed before."),
        "was kept as the head and is gone": gettext("Entry %(number)s was sealed, and is gone from the end."),
    }
    missing = gettext("Entry %(number)s stands where another one is missing.")
    return words.get(what, missing) % {"number": number}


@require_POST
@staff("journal.read")
def verify(request: StaffRequest) -> HttpResponse:
    """Recompute the whole chain and say whether it holds."""
    policies.require_throughout(request.person, "journal.read")
    proof = queries.verify()
    context = {
        "title": gettext("The chain is whole") if proof.whole else gettext("The chain is broken"),
        "sentence": ngettext(
            "%(count)s sealed entry was recomputed.", "%(count)s sealed entries were recomputed.", proof.sealed
        )
        % {"count": proof.sealed},
        "proof": proof,
        "faults": [fault_words(fault) for fault in proof.faults],
        "at": clock.now(),
        "crumbs": [Crumb(_("Journal"), reverse("desk:journal"))],
    }
    return render(request, "desk/journal_proof.html", context)

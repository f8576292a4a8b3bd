"""Who has a document: every copy with what became of it, reminding, handing over, the answers that are awaited."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from coso.documents import actions, queries
from coso.documents.models import Copy, CopyForm, Recipient
from coso.documents.web.copies.chips import for_sender
from coso.documents.web.copies.sending import crumbs, said_of
from coso.documents.web.tabs import tabs_for
from coso.kit import clock
from coso.kit.errors import WrongState
from coso.kit.text import fold
from coso.organizations.doors import StaffRequest, staff
from coso.ui.lists import Column, Empty, Filter, ListSpec, list_response
from coso.ui.units import told_by_units

MOST_BY_HAND = 100
BY_HAND = Q(form=CopyForm.PAPER) | Q(organization=None)


def search(rows: QuerySet[Copy], query: str) -> QuerySet[Copy]:
    """Find copies by the words of their body or of their line."""
    words = query.split()
    lines = Recipient.objects.filter(pk__in=rows.order_by().values("recipient")).values_list("pk", "name")
    named = [pk for pk, name in lines if all(word in fold(name) for word in words)]
    bodies = rows
    for word in words:
        bodies = bodies.filter(organization__folded__contains=word)
    return rows.filter(pk__in=bodies.order_by().values("pk")) | rows.filter(recipient__in=named)


def _state(rows: QuerySet[Copy], value: str) -> QuerySet[Copy]:
    match value:
        case "away":
            return rows.filter(queries.NOT_ARRIVED)
        case "unread":
            return rows.filter(read_at=None)
        case "awaited":
            return rows.filter(queries.AWAITED)
        case "late":
            return rows.filter(queries.AWAITED, answer_due__lt=clock.today())
        case _:
            return rows.filter(answered_at__isnull=False)


def _counted(rows: QuerySet[Copy]) -> str:
    count = queries.counts(rows)
    said = ngettext("%(all)s copy was sent", "%(all)s copies were sent", count["all"])
    said += ": " + gettext("%(arrived)s arrived, %(read)s were read, %(away)s were not received yet.")
    if count["asked"]:
        said += " " + ngettext("%(awaited)s answer is awaited", "%(awaited)s answers are awaited", count["awaited"])
        said += gettext(", %(late)s of them late.") if count["late"] else "."
    return said % count


def _who(person: Any, moment: Any) -> str:
    return f"{person.full_name}, {clock.local(moment):%d/%m/%Y %H:%M}" if person and moment else ""


COLUMNS = [
    Column("unit", _("Body"), lambda copy: said_of(copy, then=False), sort=("organization__sort_key", "pk")),
    Column("line", _("Line of the list"), "recipient.name", sort=("recipient__position", "pk"), shown=False),
    Column("form", _("In which form"), lambda copy: copy.get_form_display(), sort="form"),
    Column("state", _("State"), for_sender, kind="state"),
    Column("sent", _("Sent"), "sent_at", sort="sent_at", kind="when", shown=False),
    Column("received", _("Received by"), lambda copy: _who(copy.received_by, copy.received_at), sort="received_at"),
    Column("number", _("Arrival number (số đến)"), "arrival_number", shown=False),
    Column("read", _("Read by"), lambda copy: _who(copy.read_by, copy.read_at), sort="read_at"),
    Column("due", _("Answer wanted until"), "answer_due", sort="answer_due", kind="date"),
    Column("answer", _("Answer"), "answer"),
]

STANDING = ListSpec(
    key="ai-da-nhan",
    title=_("Who has received it"),
    columns=COLUMNS,
    search=search,
    search_label=_("Search for a body"),
    filters=[
        Filter(
            "state", _("State"),
            [
                ("away", _("Not received yet")), ("unread", _("Not read yet")), ("awaited", _("Waits for an answer")),
                ("late", _("Answer is late")), ("answered", _("Answered")),
            ],
            _state,
        ),
        Filter("form", _("In which form"), CopyForm.choices, lambda rows, value: rows.filter(form=value)),
    ],
    empty=Empty(_("Not sent yet"), _("Once the document is sent, every copy stands here."), icon="send"),
)  # fmt: skip


@require_safe
@staff("document.send")
def standing(request: StaffRequest, document_id: UUID) -> HttpResponseBase:
    """Show every copy of a document."""
    document = queries.get_sendable(request.person, document_id)
    rows = queries.copies_of(document)
    by_hand = rows.filter(received_at=None).filter(BY_HAND)
    extra = {
        "title": gettext("Who has received it"),
        "sentence": f"{document}. {_counted(rows)}",
        "document": document,
        "missing": queries.outstanding(rows).exclude(organization=None).count(),
        "by_hand": [{"copy": copy, "name": said_of(copy, then=False)} for copy in by_hand[:MOST_BY_HAND]],
        "crumbs": crumbs(document),
    }
    spec = told_by_units(request, STANDING, unit=said_of)
    return list_response(request, spec, rows, template="documents/copies/standing.html", extra=extra)


@require_POST
@staff("document.send")
def remind(request: StaffRequest, document_id: UUID) -> HttpResponse:
    """Remind those from whom something is missing."""
    count = actions.remind_recipients(document_id=document_id, by=request.person)
    if count:
        said = ngettext("%(count)s person was reminded.", "%(count)s people were reminded.", count)
        messages.success(request, said % {"count": count})
    else:
        messages.info(request, gettext("Nobody was told: they were reminded today, or have no account here."))
    return redirect("documents:copies", document_id)


@require_POST
@staff("document.send")
def hand_over(request: StaffRequest, copy_id: int) -> HttpResponse:
    """Mark a copy as handed over."""
    sent = queries.copies_sent_by(request.person).filter(pk=copy_id)
    back = sent.values_list("recipient__document", flat=True).first()
    try:
        copy = actions.hand_over(copy_id=copy_id, by=request.person)
    except WrongState:
        messages.info(request, gettext("This copy was marked before."))
    else:
        messages.success(request, gettext("Marked as handed over: %(body)s.") % {"body": copy})
    return redirect("documents:copies", back)


def _awaited_sentence(request: HttpRequest) -> str:
    count = queries.counts(queries.copies_sent_by(request.user))
    if not count["awaited"]:
        return gettext("No answer is awaited.")
    said = ngettext("%(awaited)s answer is awaited", "%(awaited)s answers are awaited", count["awaited"])
    said += gettext(", %(late)s of them late.") if count["late"] else "."
    return said % count


def _document(copy: Copy) -> str:
    return str(copy.recipient.document)


AWAITED = ListSpec(
    key="cho-tra-loi",
    title=_("Answers awaited"),
    sentence=_awaited_sentence,
    columns=[
        Column("document", _("Document"), _document, sort="recipient__document__number"),
        Column("title", _("Title"), "recipient.document.title"),
        Column("unit", _("Body"), lambda copy: said_of(copy, then=False), sort=("organization__sort_key", "pk")),
        Column("due", _("Answer wanted until"), "answer_due", sort="answer_due", kind="date"),
        Column("state", _("State"), for_sender, kind="state"),
        Column("read", _("Read by"), lambda copy: _who(copy.read_by, copy.read_at), sort="read_at"),
        Column("answer", _("Answer"), "answer", kind="long", shown=False),
    ],
    search=lambda rows, query: _search_awaited(rows, query),
    search_label=_("Search for a body or a document"),
    filters=[
        Filter(
            "state", _("State"),
            [("awaited", _("Waits for an answer")), ("late", _("Answer is late")), ("answered", _("Answered"))],
            _state, default="awaited",
        ),
    ],
    default_sort="due",
    empty=Empty(
        _("No answer is awaited"),
        _("When you send a document and ask for an answer until a day, those who have not answered stand here."),
        icon="comment",
    ),
    row_link=lambda copy: reverse("documents:copies", args=[copy.recipient.document_id]),
)  # fmt: skip


def _search_awaited(rows: QuerySet[Copy], query: str) -> QuerySet[Copy]:
    found = rows
    for word in query.split():
        by_document = rows.filter(recipient__document__folded__contains=word)
        found = found.filter(pk__in=(by_document | rows.filter(organization__folded__contains=word)).values("pk"))
    return found


@require_safe
@staff("document.send")
def awaited(request: StaffRequest) -> HttpResponseBase:
    """List the answers that are awaited of what a person may send."""
    rows = queries.copies_sent_by(request.person).filter(answer_due__isnull=False)
    spec = told_by_units(request, AWAITED, unit=said_of)
    above: dict[str, Any] = {"template": "documents/tabbed.html", "extra": {"tabs": tabs_for(request)}}
    return list_response(request, spec, rows, **above)

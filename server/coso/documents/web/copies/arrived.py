"""What came in: the list for one's own bodies, the page of a copy, entering, reading and answering it."""

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from coso.documents import actions, queries
from coso.documents.models import Copy
from coso.documents.web.copies.chips import for_receiver
from coso.documents.web.copies.forms import AnswerForm, ArrivalForm
from coso.documents.web.copies.sending import said_of
from coso.documents.web.tabs import tabs_for
from coso.journal import queries as journal
from coso.kit import clock
from coso.kit.errors import BadInput, WrongState
from coso.kit.refs import Ref, describe
from coso.organizations.doors import StaffRequest, staff
from coso.ui.lists import Column, Empty, Filter, ListSpec, list_response
from coso.ui.parts import Crumb
from coso.ui.units import told_by_units


def _sentence(request: HttpRequest) -> str:
    count = queries.counts(queries.copies_for(request.user))
    unread = count["all"] - count["read"]
    if not unread and not count["awaited"]:
        return gettext("Everything that came in was read.")
    said = ngettext("%(count)s document was not read yet", "%(count)s documents were not read yet", unread)
    said %= {"count": unread}
    if count["awaited"]:
        said += gettext(", %(awaited)s wait for your answer") % count
    return said + "."


def _in_state(rows: QuerySet[Copy], value: str) -> QuerySet[Copy]:
    match value:
        case "unread":
            return rows.filter(read_at=None)
        case "unentered":
            return rows.filter(received_at=None)
        case "awaited":
            return rows.filter(queries.AWAITED)
        case _:
            return rows.filter(queries.AWAITED, answer_due__lt=clock.today())


def _document(copy: Copy) -> str:
    return str(copy.recipient.document)


ARRIVED = ListSpec(
    key="van-ban-den",
    title=_("Documents that came in"),
    sentence=_sentence,
    columns=[
        Column("document", _("Document"), _document, sort="recipient__document__number"),
        Column("title", _("Title"), "recipient.document.title"),
        Column("issuer", _("Issuer"), "recipient.document.issuer", sort="recipient__document__issuer"),
        Column("unit", _("For"), lambda copy: said_of(copy, then=False), sort="organization__sort_key"),
        Column("sent", _("Sent"), "sent_at", sort="sent_at", kind="when"),
        Column("state", _("State"), for_receiver, kind="state"),
        Column("number", _("Arrival number (số đến)"), "arrival_number", sort="arrival_number"),
        Column("due", _("Answer wanted until"), "answer_due", sort="answer_due", kind="date"),
    ],
    search=("recipient__document__folded",),
    search_label=_("Search by number, title or issuer"),
    filters=[
        Filter(
            "state", _("State"),
            [
                ("unread", _("Not read yet")), ("unentered", _("Not entered yet")),
                ("awaited", _("Waits for an answer")), ("late", _("Answer is late")),
            ],
            _in_state,
        ),
    ],
    empty=Empty(
        _("Nothing came in yet"),
        _("Documents that are sent to a body whose post you hold stand here."),
        icon="inbox",
    ),
    row_link=lambda copy: reverse("documents:copy", args=[copy.pk]),
)  # fmt: skip


@require_safe
@staff("document.receive")
def arrived(request: StaffRequest) -> HttpResponseBase:
    """List what came to the person's bodies, the unread first."""
    spec = told_by_units(request, ARRIVED, unit=said_of)
    above: dict[str, Any] = {"template": "documents/tabbed.html", "extra": {"tabs": tabs_for(request)}}
    return list_response(request, spec, queries.copies_for(request.person), **above)


@require_safe
@staff("document.receive")
def copy(request: StaffRequest, copy_id: int) -> HttpResponse:
    """Show one copy that came in; looking at it marks nothing."""
    return _page(request, queries.get_copy_for(request.person, copy_id))


def _page(request: StaffRequest, found: Copy, status: int = 200, **forms: Any) -> HttpResponse:
    document = found.recipient.document
    is_asked = found.answer_due is not None and found.answered_at is None
    context = {
        "title": str(document),
        "sentence": document.title,
        "copy": found,
        "document": document,
        "body": said_of(found, then=False),
        "chip": for_receiver(found),
        "arrival": forms.get("arrival") or (ArrivalForm() if found.received_at is None else None),
        "answer": forms.get("answer") or (AnswerForm(person=request.person) if is_asked else None),
        "answered_with": describe(Ref.parse(found.answer_ref), request.person) if found.answer_ref else None,
        "history": journal.told(Ref("copy", str(found.pk)), most=50),
        "crumbs": [Crumb(gettext("Documents that came in"), reverse("documents:arrived"))],
    }
    return render(request, "documents/copies/copy.html", context, status=status)


@require_POST
@staff("document.receive")
def receive(request: StaffRequest, copy_id: int) -> HttpResponse:
    """Enter a copy into the book."""
    found = queries.get_copy_for(request.person, copy_id)
    form = ArrivalForm(request.POST)
    if not form.is_valid():
        return _page(request, found, 422, arrival=form)
    try:
        actions.receive_copy(copy_id=copy_id, by=request.person, **form.cleaned_data)
    except WrongState:
        messages.info(request, gettext("A colleague entered it before you."))
    else:
        messages.success(request, gettext("The document is entered."))
    return redirect("documents:copy", copy_id)


@require_POST
@staff("document.receive")
def read(request: StaffRequest, copy_id: int) -> HttpResponse:
    """Say that it was read."""
    try:
        actions.read_copy(copy_id=copy_id, by=request.person)
    except WrongState:
        messages.info(request, gettext("A colleague read it before you."))
    else:
        messages.success(request, gettext("Marked as read."))
    return redirect("documents:copy", copy_id)


@require_POST
@staff("document.receive")
def answer(request: StaffRequest, copy_id: int) -> HttpResponse:
    """Take the answer."""
    found = queries.get_copy_for(request.person, copy_id)
    form = AnswerForm(request.POST, person=request.person)
    status = 422
    if form.is_valid():
        sent = {"words": form.cleaned_data["words"], "paper_id": form.cleaned_data["paper"]}
        try:
            actions.answer_copy(copy_id=copy_id, by=request.person, **sent)
        except BadInput as error:
            form.take_errors(error.fields)
        except WrongState:
            status = 409
            form.add_error(None, gettext("A colleague answered before you. Copy what you typed if you still need it."))
        else:
            messages.success(request, gettext("Your answer went to whoever sent the document."))
            return redirect("documents:copy", copy_id)
    return _page(request, found, status, answer=form)

"""Importing a document, reading it side by side with its structure, correcting and confirming it."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse, reverse_lazy
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from coso.documents import actions, policies, ports, queries
from coso.documents.models import Document, DocumentState
from coso.documents.web.copies.links import sends
from coso.documents.web.forms import Correction, ImportForm
from coso.documents.web.papers.begins import begins
from coso.documents.web.reshaping import reshaped
from coso.documents.web.review import groups
from coso.documents.web.tabs import tabs_for
from coso.documents.web.units import lines
from coso.documents.web.versions import compared
from coso.documents.web.warnings import all_doubts
from coso.journal import queries as journal
from coso.kit.errors import BadInput
from coso.kit.refs import Ref
from coso.organizations.doors import StaffRequest, staff
from coso.ui.chips import Chip, Tone
from coso.ui.lists import Action, Column, Empty, Filter, ListSpec, list_response
from coso.ui.parts import Crumb

_TONES = {
    DocumentState.READ: Tone.NEED,
    DocumentState.CONFIRMED: Tone.DONE,
    DocumentState.WITHDRAWN: Tone.OFF,
}


def _chip(document: Document) -> Chip:
    return Chip(document.get_state_display(), _TONES[DocumentState(document.state)])


def _sentence(request: HttpRequest) -> str:
    waiting = queries.visible_to(request.user).filter(state=DocumentState.READ).count()
    if not waiting:
        return gettext("Nothing waits to be confirmed.")
    return ngettext(
        "%(count)s document waits to be confirmed.", "%(count)s documents wait to be confirmed.", waiting
    ) % {"count": waiting}


def _primary(request: HttpRequest) -> Action | None:
    if not policies.may_import(request.user):
        return None
    return Action(_("Import a document"), reverse("documents:import"))


SPEC = ListSpec(
    key="van-ban",
    title=_("Official documents"),
    sentence=_sentence,
    columns=[
        Column("name", _("Document"), str, sort=("number", "symbol")),
        Column("title", _("Title"), "title"),
        Column("issuer", _("Issuer"), "issuer", sort="issuer"),
        Column("issued_on", _("Date of issue"), "issued_on", sort="issued_on", kind="date"),
        Column("state", _("State"), _chip, sort="state", kind="state"),
        Column("imported", _("Imported"), "imported_at", sort="imported_at", kind="when"),
    ],
    search=("folded",),
    search_label=_("Search by number, title or issuer"),
    filters=[
        Filter("state", _("State"), DocumentState.choices, lambda rows, value: rows.filter(state=value)),
    ],
    default_sort="-imported",
    empty=Empty(
        _("No document yet"),
        _("Import a plan: its tasks, units and deadlines are read, you correct and confirm them."),
        _("Import a document"),
        reverse_lazy("documents:import"),
        icon="document",
    ),
    row_link=lambda document: reverse("documents:document", args=[document.pk]),
    primary=_primary,
)


@staff("document.read")
def document_list(request: StaffRequest) -> HttpResponseBase:
    """List the documents."""
    above: dict[str, Any] = {"template": "documents/tabbed.html", "extra": {"tabs": tabs_for(request)}}
    return list_response(request, SPEC, queries.visible_to(request.person), **above)


@staff("document.import")
def import_(request: StaffRequest) -> HttpResponse:
    """Take a file, read it, and go to what was found."""
    form = ImportForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            document = actions.import_document(data=file.read(), file_name=file.name, by=request.person)
        except BadInput as error:
            for sentence_ in error.fields.get("file", [str(error)]):
                form.add_error("file", sentence_)
        else:
            messages.success(request, _("The document was read. Look it through and confirm it."))
            return redirect("documents:document", document.pk)
    context = {
        "title": _("Import a document"),
        "sentence": _("The file is read here, on this system; nothing becomes work before you confirm it."),
        "form": form,
        "waiting": queries.waiting_uploads(request.person).count(),
        "crumbs": [Crumb(_("Official documents"), reverse("documents:documents"))],
    }
    return render(request, "documents/import.html", context, status=422 if form.errors else 200)


@staff("document.read")
def document(request: StaffRequest, document_id: UUID) -> HttpResponse:
    """Show text and structure side by side; take corrections while it is not confirmed."""
    found = queries.get_visible(request.person, document_id)
    editable = found.state == DocumentState.READ and policies.may_confirm(request.person)
    if request.method == "POST" and editable:
        correction = Correction(found.structure, request.POST)
        if correction.is_valid():
            try:
                return _take(request, document_id, correction)
            except BadInput as error:
                for line in {line for lines in error.fields.values() for line in lines}:
                    correction.head.add_error(None, line)
        return _side_by_side(request, found, correction, editable, status=422)
    return _side_by_side(request, found, Correction(found.structure, blank="them" in request.GET), editable)


def _take(request: StaffRequest, document_id: UUID, correction: Correction) -> HttpResponse:
    """Keep the corrections and do what was pressed with them: confirm, split, join, add, choose a unit."""
    structure, over = correction.corrected(), request.POST.get("over", "")
    if "confirm" in request.POST:
        confirmed = actions.confirm_document(document_id=document_id, by=request.person, over=over, structure=structure)
        return _to_work(request, confirmed)
    at = ""
    for way in ("split", "join"):
        if way in request.POST:
            structure, at = reshaped(way, request.POST[way], correction, structure, document_id)
    actions.correct_document(document_id=document_id, by=request.person, structure=structure, over=over)
    if "earlier" in request.POST:
        return _set_earlier(request, document_id)
    if "unit" in request.POST and request.POST["unit"].isdigit():
        return redirect("documents:unit", document_id, int(request.POST["unit"]))
    messages.success(request, _("Your corrections are kept."))
    address = reverse("documents:document", args=[document_id])
    if at:
        return redirect(f"{address}?mo={at}#muc-{at}")
    return redirect(address + ("?them=1#them" if "add" in request.POST else ""))


def _set_earlier(request: StaffRequest, document_id: UUID) -> HttpResponse:
    """Keep which document this one amends: the one proposed, one chosen of the list, or none."""
    said = request.POST["earlier"]
    earlier_id = {"chosen": request.POST.get("earlier_chosen", ""), "none": None}.get(said, said)
    try:
        actions.set_earlier(document_id=document_id, by=request.person, earlier_id=earlier_id)
    except BadInput as error:
        for line in {line for lines in error.fields.values() for line in lines}:
            messages.error(request, line)
    else:
        messages.success(request, _("What you said of the earlier document is kept."))
    return redirect(f"{reverse('documents:document', args=[document_id])}#van-ban-truoc")


def _to_work(request: StaffRequest, found: Document) -> HttpResponse:
    count = len(found.structure.get("tasks", []))
    messages.success(
        request,
        ngettext("Confirmed. %(count)s task is now work.", "Confirmed. %(count)s tasks are now work.", count)
        % {"count": count},
    )
    return redirect("plans:tasks")


def _side_by_side(
    request: StaffRequest, found: Document, correction: Correction, editable: bool, status: int = 200
) -> HttpResponse:
    count = len(found.structure.get("tasks", []))
    pieces = queries.lit_text(found)
    shown = groups(correction, pieces, gettext("The head of the document"), request.GET.get("mo", ""))
    shown, earlier = compared(found, shown, editable)
    asked = (one.key for one in shown if not one.is_head and not (one.change and one.change.is_same))
    units = lines(found)
    context = {
        "title": f"{found}: {found.title}",
        "sentence": ngettext("%(count)s task was read.", "%(count)s tasks were read.", count) % {"count": count},
        "document": found,
        "chip": _chip(found),
        "pieces": pieces,
        "groups": shown,
        "earlier": earlier,
        "begin": next(asked, "head"),
        "doubts": all_doubts(found, shown, pieces, units),
        "units": units,
        "correction": correction,
        # A form that comes back keeps what it was written over: its rows count from there.
        "over": request.POST.get("over") or queries.stand_of(found),
        "editable": editable,
        "begins": begins(request.person, found),
        "sends": sends(request.person, found),
        "panels": ports.document_panels(request, found),
        "history": journal.told(Ref("document", str(found.pk)), with_reasons=False, most=50),
        "crumbs": [Crumb(_("Official documents"), reverse("documents:documents"))],
    }
    return render(request, "documents/document.html", context, status=status)


@require_POST
@staff("document.confirm")
def confirm(request: StaffRequest, document_id: UUID) -> HttpResponse:
    """Confirm: the tasks become work."""
    try:
        found = actions.confirm_document(document_id=document_id, by=request.person, over=request.POST.get("over", ""))
    except BadInput as error:
        for line in {line for lines in error.fields.values() for line in lines}:
            messages.error(request, line)
        return redirect("documents:document", document_id)
    return _to_work(request, found)


@require_POST
@staff("document.confirm")
def withdraw(request: StaffRequest, document_id: UUID) -> HttpResponse:
    """Take an import back."""
    try:
        actions.withdraw_document(document_id=document_id, by=request.person, reason=request.POST.get("reason", ""))
    except BadInput as error:
        messages.error(request, str(error))
        return redirect("documents:document", document_id)
    messages.success(request, _("The import was taken back."))
    return redirect("documents:documents")

"""To whom a document goes, and sending it."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext, ngettext

from coso.documents import actions, queries
from coso.documents.models import Copy, Document, Purpose
from coso.documents.web.copies.forms import LineForm, SendForm
from coso.kit.errors import BadInput, WrongState
from coso.organizations.doors import StaffRequest, staff
from coso.organizations.models import Organization
from coso.ui.parts import Crumb

BLANK_LINES = 2
MOST_NAMED = 3
Lines = forms.formset_factory(LineForm, extra=BLANK_LINES, max_num=200, absolute_max=220)


def crumbs(document: Document | None = None) -> list[Crumb]:
    """Give the way to what belongs to the copies of a document."""
    found = [Crumb(gettext("Official documents"), reverse("documents:documents"))]
    if document is not None:
        found.append(Crumb(str(document), reverse("documents:document", args=[document.pk])))
    return found


def _bodies(found: list[Organization]) -> str:
    if not found:
        return gettext("Nobody in this system: handed over by hand.")
    if len(found) <= MOST_NAMED:
        return "; ".join(body.name for body in found)
    return ngettext("%(count)s body", "%(count)s bodies", len(found)) % {"count": len(found)}


@staff("document.send")
def recipients(request: StaffRequest, document_id: UUID) -> HttpResponse:
    """Show to whom a document goes, and take what is changed of it, until it is sent."""
    document = queries.get_sendable(request.person, document_id)
    if queries.is_sent(document):
        return redirect("documents:copies", document_id)
    lines = queries.lines_of(document)
    initial = [{"name": line.name, "purpose": line.purpose, "form": line.form} for line in lines]
    rows: Any = Lines(request.POST or None, initial=initial, prefix="lines")
    wrong: list[str] = []
    if request.method == "POST":
        if rows.is_valid():
            try:
                told = [row.cleaned_data for row in rows if row.cleaned_data.get("name")]
                actions.change_recipients(document_id=document_id, by=request.person, lines=told)
            except BadInput as error:
                wrong = [line for found in error.fields.values() for line in found]
            else:
                messages.success(request, gettext("The recipients are kept."))
                return redirect("documents:recipients", document_id)
        else:
            wrong = [gettext("Some lines cannot be kept. What is wrong stands beside them.")]
    meant = queries.Meant(document)
    means = [_bodies(meant.of(line.name)) if line.purpose != Purpose.FILE else "" for line in lines]
    context = {
        "title": gettext("To whom it goes (Nơi nhận)"),
        "sentence": f"{document}: {document.title}",
        "document": document,
        "rows": rows,
        "shown": list(zip(rows.forms, [*means, *[""] * len(rows.forms)], strict=False)),
        "wrong": wrong,
        "back": reverse("documents:document", args=[document_id]),
        "crumbs": crumbs(document),
    }
    return render(request, "documents/copies/recipients.html", context, status=422 if wrong else 200)


def _will_go(document: Document) -> tuple[int, int, int]:
    """Count the bodies, the lines for which nobody stands, and the bodies for which nobody can receive here."""
    meant, holders = queries.Meant(document), queries.Holders(queries.RECEIVE)
    bodies: set[int] = set()
    alone = 0
    for line in queries.lines_of(document):
        if line.purpose == Purpose.FILE:
            continue
        found = meant.of(line.name)
        alone += not found
        bodies |= {body.pk for body in found}
    return len(bodies), alone, sum(not holders.of(body) for body in bodies)


def _sentence(document: Document) -> str:
    bodies, alone, unreached = _will_go(document)
    said = ngettext("It goes to %(count)s body.", "It goes to %(count)s bodies.", bodies) % {"count": bodies}
    if alone:
        said += " " + ngettext(
            "%(count)s line names nobody in this system: hand that copy over yourself and mark it.",
            "%(count)s lines name nobody in this system: hand those copies over yourself and mark them.",
            alone,
        ) % {"count": alone}
    if unreached:
        said += " " + ngettext(
            "At %(count)s body nobody has an account to receive it.",
            "At %(count)s bodies nobody has an account to receive it.",
            unreached,
        ) % {"count": unreached}
    return said


@staff("document.send")
def send(request: StaffRequest, document_id: UUID) -> HttpResponse:
    """Send a document on."""
    document = queries.get_sendable(request.person, document_id)
    if queries.is_sent(document):
        if request.method == "POST":
            raise WrongState
        return redirect("documents:copies", document_id)
    form = SendForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            count = actions.send_document(document_id=document_id, by=request.person, **form.cleaned_data)
        except BadInput as error:
            form.take_errors(error.fields)
        else:
            said = ngettext("Sent: %(count)s copy is on its way.", "Sent: %(count)s copies are on their way.", count)
            messages.success(request, said % {"count": count})
            return redirect("documents:copies", document_id)
    context = {
        "title": gettext("Send it on"),
        "sentence": _sentence(document),
        "form": form,
        "submit": gettext("Send"),
        "icon": "send",
        "back": reverse("documents:recipients", args=[document_id]),
        "crumbs": [
            *crumbs(document),
            Crumb(gettext("To whom it goes (Nơi nhận)"), reverse("documents:recipients", args=[document_id])),
        ],
    }
    return render(request, "documents/copies/form.html", context, status=422 if form.errors else 200)


def said_of(copy: Copy, then: bool) -> str:
    """Name whom a copy is for: the body of then or of today, or the line for which nobody here stands."""
    if copy.organization is None:
        return copy.recipient.name
    return copy.organization.name if then else copy.organization.said_today

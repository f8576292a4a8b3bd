"""The page of one paper: how it looks, where it stands, its files, and the decisions about it."""

from typing import Any
from urllib.parse import quote
from uuid import UUID

from django.contrib import messages
from django.core.cache import cache
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from coso.documents import actions, policies, queries
from coso.documents.models import Paper, PaperState
from coso.documents.rules.papers import Content
from coso.documents.web.papers.chips import stand, state_chip
from coso.documents.web.papers.editing import crumbs
from coso.documents.web.papers.forms import IssueForm, ReturnForm, WithdrawForm
from coso.journal import queries as journal
from coso.kit import blobs
from coso.kit.errors import BadInput, NotFound, WrongState
from coso.kit.refs import Ref, describe
from coso.organizations.doors import StaffRequest, staff

SHOWN_PAGES, KEPT_SECONDS = 12, 600
TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
}


def _pictures(paper: Paper) -> list[bytes]:
    """Give the pictures of the pages, set once for each state that the paper was in."""
    key = f"paper-pages:{paper.pk}:{paper.version}:{paper.number}:{paper.issued_on}"
    found: list[bytes] | None = cache.get(key)
    if found is None:
        found = actions.pictures_of(paper)
        cache.set(key, found[:SHOWN_PAGES], KEPT_SECONDS)
    return found[:SHOWN_PAGES]


@require_safe
@staff("paper.read")
def paper(request: StaffRequest, paper_id: UUID) -> HttpResponse:
    """Show one paper."""
    found = queries.get_paper(request.person, paper_id)
    person, content = request.person, Content.of(found.content)
    is_over = found.state in (PaperState.ISSUED, PaperState.WITHDRAWN)
    context: dict[str, Any] = {
        "title": found.title,
        "paper": found,
        "chip": state_chip(found, person),
        "sentence": stand(found),
        "pages": range(1, len(_pictures(found)) + 1),
        "sheet": queries.sheet_of(found),
        "content": content,
        "about": describe(Ref.parse(found.about), person) if found.about else None,
        "document": queries.visible_to(person).filter(pk=found.document_id).first() if found.document_id else None,
        "may_write": policies.may_write(person, found),
        "may_decide": found.state == PaperState.SUBMITTED and policies.may_decide(person, found),
        "may_return": found.state in (PaperState.SUBMITTED, PaperState.APPROVED) and policies.may_decide(person, found),
        "may_issue": found.state == PaperState.APPROVED and policies.may_issue(person, found),
        "may_withdraw": policies.may_issue(person, found)
        if found.state == PaperState.ISSUED
        else not is_over and policies.may_drop(person, found),
        "history": journal.told(Ref("paper", str(found.pk)), most=50),
        "crumbs": crumbs(),
    }
    return render(request, "documents/papers/paper.html", context)


@require_safe
@staff("paper.read")
def picture(request: StaffRequest, paper_id: UUID, page: int) -> HttpResponse:
    """Give the picture of one page."""
    pictures = _pictures(queries.get_paper(request.person, paper_id))
    if not 1 <= page <= len(pictures):
        raise NotFound
    return HttpResponse(pictures[page - 1], content_type="image/png", headers={"Cache-Control": "private, no-cache"})


@require_safe
@staff("paper.read")
def download(request: StaffRequest, paper_id: UUID, suffix: str) -> HttpResponse:
    """Give the Word file or the PDF: the frozen one of an issued paper, else of what stands now."""
    found = queries.get_paper(request.person, paper_id)
    if suffix not in TYPES:
        raise NotFound
    sha256 = found.docx_sha256 if suffix == "docx" else found.pdf_sha256
    if sha256:
        with blobs.open_blob(sha256) as file:
            data = file.read()
    else:
        files = actions.files_of(found)
        data = files.word if suffix == "docx" else files.pdf
    name = f"{found.number}-{found.symbol.replace('/', '-')}" if found.number else str(found.pk)
    answer = HttpResponse(data, content_type=TYPES[suffix])
    answer.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name, safe='')}.{suffix}"
    return answer


@require_POST
@staff("paper.write")
def submit(request: StaffRequest, paper_id: UUID) -> HttpResponse:
    """Hand a paper in for approval."""
    try:
        actions.submit_paper(paper_id=paper_id, by=request.person)
    except BadInput as error:
        messages.error(request, str(error))
    else:
        messages.success(request, gettext("The paper waits for approval; whoever may approve it was told."))
    return redirect("documents:paper", paper_id)


@require_POST
@staff("paper.approve")
def approve(request: StaffRequest, paper_id: UUID) -> HttpResponse:
    """Approve a paper as it was read."""
    version = request.POST.get("version", "")
    actions.approve_paper(
        paper_id=paper_id, by=request.person, version=int(version) if version.isascii() and version.isdigit() else None
    )
    messages.success(request, gettext("The paper is approved and may be issued."))
    return redirect("documents:paper", paper_id)


@staff("paper.approve")
def return_(request: StaffRequest, paper_id: UUID) -> HttpResponse:
    """Return a paper with words."""
    found = queries.get_paper(request.person, paper_id)
    if found.state not in (PaperState.SUBMITTED, PaperState.APPROVED):
        raise WrongState
    form = ReturnForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.return_paper(paper_id=paper_id, by=request.person, words=form.cleaned_data["words"])
        except BadInput as error:
            form.take_errors(error.fields)
        else:
            messages.success(request, gettext("The paper went back to %(person)s.") % _writer(found))
            return redirect("documents:paper", paper_id)
    return _form_page(request, found, form, title=gettext("Return the paper"), submit=gettext("Return it"))


def _writer(found: Paper) -> dict[str, str]:
    return {"person": found.written_by.full_name}


@staff("paper.issue")
def issue(request: StaffRequest, paper_id: UUID) -> HttpResponse:
    """Give an approved paper its number and day."""
    found = queries.get_paper(request.person, paper_id)
    if found.state != PaperState.APPROVED:
        raise WrongState
    form = IssueForm(request.POST or None, paper=found)
    if request.method == "POST" and form.is_valid():
        try:
            issued = actions.issue_paper(paper_id=paper_id, by=request.person, **form.cleaned_data)
        except BadInput as error:
            form.take_errors(error.fields)
        else:
            said = {"number": f"{issued.number}/{issued.symbol}"}
            messages.success(request, gettext("The paper was issued as number %(number)s.") % said)
            return redirect("documents:paper", paper_id)
    sentence = gettext("From then on its files do not change any more, and it stands among the official documents.")
    return _form_page(
        request, found, form, title=gettext("Issue the paper"), submit=gettext("Issue it"), sentence=sentence
    )


@staff("paper.write")
def withdraw(request: StaffRequest, paper_id: UUID) -> HttpResponse:
    """Withdraw a paper with a reason."""
    found = queries.get_paper(request.person, paper_id)
    if found.state == PaperState.WITHDRAWN:
        raise WrongState
    form = WithdrawForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.withdraw_paper(paper_id=paper_id, by=request.person, reason=form.cleaned_data["reason"])
        except BadInput as error:
            form.take_errors(error.fields)
        else:
            messages.success(request, gettext("The paper was withdrawn."))
            return redirect("documents:paper", paper_id)
    return _form_page(
        request, found, form, title=gettext("Withdraw the paper"), submit=gettext("Withdraw it"), tone="danger"
    )


def _form_page(
    request: StaffRequest, found: Paper, form: Any, *, title: str, submit: str, sentence: str = "", tone: str = ""
) -> HttpResponse:
    context = {
        "title": title,
        "sentence": sentence or found.title,
        "form": form,
        "submit": submit,
        "tone": tone,
        "back": reverse("documents:paper", args=[found.pk]),
        "crumbs": crumbs(found),
    }
    return render(request, "documents/papers/form.html", context, status=422 if form.errors else 200)

"""Writing a paper: choosing its kind, filling it in, writing on in a draft."""

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from coso.documents import actions, policies, ports, queries
from coso.documents.models import Paper, PaperKind
from coso.documents.rules.papers import Content, start_of
from coso.documents.web.papers import forms
from coso.documents.web.papers.rows import Rows
from coso.kit.errors import BadInput, NotFound, WrongState
from coso.kit.refs import Ref, describe
from coso.organizations.doors import StaffRequest, staff
from coso.ui.lists import Line
from coso.ui.parts import Crumb

EXPLAINED = {
    PaperKind.LETTER: _("To ask, answer or report to another body; it has no kind above its text."),
    PaperKind.PLAN: _("What is to be done, by whom and until when."),
    PaperKind.REPORT: _("What was done, what stands in the way, what is asked."),
    PaperKind.DECISION: _("Articles that order something: Điều 1, Điều 2 …"),
    PaperKind.MINUTES: _("What was said and settled at a meeting; two people sign."),
    PaperKind.SUBMISSION: _("Puts something before a higher body, to be decided there."),
    PaperKind.SCHEME: _("A larger undertaking, with its reasons, aims and means."),
    PaperKind.NOTIFICATION: _("Tells something, or the conclusions of a meeting."),
    PaperKind.DIRECTIVE: _("Orders the bodies below what to do."),
}


def crumbs(paper: Paper | None = None) -> list[Crumb]:
    """Give the way to a page about papers, or about one of them."""
    way = [Crumb(_("Papers we write"), reverse("documents:papers"))]
    if paper is not None:
        way.append(Crumb(paper.title, reverse("documents:paper", args=[paper.pk])))
    return way


def _begun(request: StaffRequest) -> tuple[str, ports.Begun | None]:
    """Read what the paper is about, and how a paper about it begins."""
    about = request.GET.get("about", "")[:120]
    try:
        ref = Ref.parse(about)
    except ValueError:
        return "", None
    begun = ports.begin_paper(ref.kind, request.person, ref.id)
    if begun is None and describe(ref, request.person) is None:
        raise NotFound
    return about, begun


@staff("paper.write")
def new_paper(request: StaffRequest) -> HttpResponse:
    """Choose the kind, or fill in a paper of the kind that was chosen or that its occasion asks for."""
    about, begun = _begun(request)
    kind = request.GET.get("kind", "")
    if kind not in PaperKind.values and begun is None:
        return _choose_kind(request, about)
    kind = kind if kind in PaperKind.values else begun.kind if begun else PaperKind.LETTER
    if request.method == "POST":
        return _sent(request, None, kind=kind, about=about)
    organization = queries.body_of_writer(request.person) or queries.bodies_of_writer(request.person).first()
    content = begun.content if begun and begun.content.body else start_of(kind)
    initial: dict[str, Any] = {name: getattr(begun.content, name) for name in forms.OF_CONTENT} if begun else {}
    if organization is not None:
        house = queries.house_words(organization)
        initial |= {
            "organization": organization.pk,
            "place_name": house.place_name,
            "parent_body": house.parent_body,
            "collective": house.collective,
            "head": house.head,
            "signer_position": house.position,
            "signing_mode": "TM." if house.collective else "",
        }
    initial["title"] = begun.title if begun else ""
    form = forms.PaperForm(initial=initial, kind=kind, person=request.person, is_new=True)
    rows = Rows.of(content)
    if not rows.recipients:
        rows.do("add-recipients-0")
    return _page(request, form, rows, None, kind=kind, about=about)


def _choose_kind(request: StaffRequest, about: str) -> HttpResponse:
    address = reverse("documents:new-paper")
    more = {"about": about} if about else {}
    context = {
        "title": gettext("Write a paper"),
        "sentence": gettext("Of which kind is it to be?"),
        "lines": [
            Line(kind.label, f"{address}?{urlencode({'kind': kind.value, **more})}", EXPLAINED[kind])
            for kind in PaperKind
        ],
        "crumbs": crumbs(),
    }
    return render(request, "documents/papers/kinds.html", context)


@staff("paper.write")
def edit_paper(request: StaffRequest, paper_id: UUID) -> HttpResponse:
    """Write on in a draft."""
    paper = queries.get_paper(request.person, paper_id)
    if not policies.may_write(request.person, paper):
        raise WrongState
    if request.method == "POST":
        return _sent(request, paper, kind=paper.kind, about=paper.about)
    form = forms.PaperForm(initial=forms.shown(paper), kind=paper.kind, person=request.person, is_new=False)
    return _page(request, form, Rows.of(Content.of(paper.content)), paper, kind=paper.kind, about=paper.about)


def _sent(request: StaffRequest, paper: Paper | None, *, kind: str, about: str) -> HttpResponse:
    """Do what the pressed button says: something with the rows, or keep all of it."""
    rows = Rows.sent(request.POST)
    form = forms.PaperForm(request.POST, kind=kind, person=request.person, is_new=paper is None)
    what = request.POST.get("do", "save")
    if what != "save" and rows.do(what, request.POST.get("pasted", "")):
        # Shown again as it was typed, without being told yet what is still missing.
        typed = {name: form[name].data for name in form.fields}
        typed |= {name: (value or "").splitlines() for name, value in typed.items() if name in ("addressees", "bases")}
        again = forms.PaperForm(initial=typed, kind=kind, person=request.person, is_new=paper is None)
        return _page(request, again, rows, paper, kind=kind, about=about)
    if form.is_valid():
        try:
            kept = _keep(request, form, rows, paper, kind=kind, about=about)
        except BadInput as error:
            form.take_errors(error.fields)
        else:
            messages.success(request, gettext("The paper was saved."))
            return redirect("documents:paper", kept.pk)
    return _page(request, form, rows, paper, kind=kind, about=about, status=422)


def _keep(
    request: StaffRequest, form: forms.PaperForm, rows: Rows, paper: Paper | None, *, kind: str, about: str
) -> Paper:
    told = form.told | {"content": {**form.content, **rows.content()}}
    if paper is None:
        organization = told.pop("organization")
        return actions.write_paper(by=request.person, kind=kind, organization_id=organization.pk, about=about, **told)
    version = form.cleaned_data["version"] or 0
    return actions.change_paper(paper_id=paper.pk, by=request.person, version=version, **told)


def _page(
    request: StaffRequest,
    form: forms.PaperForm,
    rows: Rows,
    paper: Paper | None,
    *,
    kind: str,
    about: str,
    status: int = 200,
) -> HttpResponse:
    occasion = None
    if about:
        occasion = describe(Ref.parse(about), request.person)
    label = PaperKind(kind).label
    context = {
        "title": gettext("Write: %(kind)s") % {"kind": label} if paper is None else gettext("Write on in the paper"),
        "sentence": paper.title if paper else "",
        "form": form,
        "head": [form[name] for name in forms.HEAD if name in form.fields],
        "before": [form[name] for name in forms.BEFORE if name in form.fields],
        "delivery": [form[name] for name in forms.DELIVERY],
        "signing": [form[name] for name in forms.SIGNING if name in form.fields],
        "parts": rows.forms("body"),
        "recipients": rows.forms("recipients"),
        "annexes": rows.forms("annexes"),
        "occasion": occasion,
        "back": reverse("documents:paper", args=[paper.pk]) if paper else reverse("documents:papers"),
        "crumbs": crumbs(paper),
    }
    return render(request, "documents/papers/edit.html", context, status=status)

"""The Word templates: which hold, what may stand in them, uploading a changed one, going back to ours."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from coso.documents import actions, policies, queries
from coso.documents.adapters import writer
from coso.documents.models import PaperKind
from coso.documents.web.papers.forms import TemplateForm
from coso.documents.web.papers.page import TYPES
from coso.journal import queries as journal
from coso.kit.errors import BadInput, NotAllowed, NotFound
from coso.kit.refs import Ref
from coso.organizations.doors import StaffRequest, staff
from coso.ui.lists import Line
from coso.ui.parts import Crumb


@dataclass(frozen=True)
class Mark:
    """One mark that may stand in a template."""

    written: str
    means: str | Promise


MARKS = [
    Mark("{{ country }}, {{ motto }}", _("Quốc hiệu and Tiêu ngữ")),
    Mark("{{ parent_body }}, {{ issuer }}", _("The superior body and the issuing body, in capitals")),
    Mark("{{ number }}", _("“Số: 82/KH-UBND”")),
    Mark("{{ date }}", _("“Hà Tĩnh, ngày 05 tháng 02 năm 2026”")),
    Mark("{{ kind }}, {{ title }}", _("The kind in capitals, and the subject")),
    Mark("{{ about }}", _("The subject of a letter: “V/v …”")),
    Mark("{{ authority }}, {{ resolves }}", _("Who decides, and “QUYẾT ĐỊNH:”")),
    Mark("{{ addressee }}", _("The only addressee; several stand in the list addressees")),
    Mark("{%p for one in bases %} {{ one }} {%p endfor %}", _("The bases, each a paragraph")),
    Mark("{%p for line in body %} … {%p endfor %}", _("The text: line.style, line.label, line.text, line.bold; "
         "a table has line.head and line.rows")),
    Mark("{%p for one in signature %}, {{ signer }}", _("Capacity and position, a line each; the signer's name")),
    Mark("{{ secretary_title }}, {{ secretary }}", _("Who signs minutes at the left")),
    Mark("{%p for one in recipients %}", _("The lines of “Nơi nhận”")),
    Mark("{%p for annex in annexes %}", _("Annexes: annex.name, annex.title, annex.note, annex.paragraphs, annex.head, "
         "annex.rows")),
]  # fmt: skip


@require_safe
@staff("paper.template")
def template_list(request: StaffRequest) -> HttpResponse:
    """Show for each kind which template holds."""
    changed = queries.templates_in_use()
    lines = [
        Line(
            kind.label,
            reverse("documents:paper-template", args=[kind.value]),
            gettext("changed: %(file)s") % {"file": changed[kind.value].file_name}
            if kind.value in changed
            else gettext("as shipped"),
        )
        for kind in PaperKind
    ]
    context = {
        "title": gettext("Word templates"),
        "sentence": gettext("Each kind of paper has a Word template that may be changed in Word and put back here."),
        "lines": lines,
        "crumbs": [],
    }
    return render(request, "documents/papers/kinds.html", context)


def _kind(kind: str) -> PaperKind:
    if kind not in PaperKind.values:
        raise NotFound
    return PaperKind(kind)


@staff("paper.template")
def template(request: StaffRequest, kind: str) -> HttpResponse:
    """Show the template of a kind, and take a changed one."""
    found = _kind(kind)
    may_change = policies.may_change_templates(request.person)
    form = TemplateForm(request.POST or None, request.FILES or None) if may_change else None
    if request.method == "POST":
        if form is None:
            raise NotAllowed("paper.template")
        if form.is_valid():
            file = form.cleaned_data["file"]
            try:
                actions.change_template(kind=kind, data=file.read(), file_name=file.name, by=request.person)
            except BadInput as error:
                form.take_errors(error.fields)
            else:
                messages.success(request, gettext("The template is in use from now on."))
                return redirect("documents:paper-template", kind)
    in_use = queries.templates_in_use().get(kind)
    context = {
        "title": gettext("Word template: %(kind)s") % {"kind": found.label},
        "sentence": gettext("The changed template “%(file)s” is in use.") % {"file": in_use.file_name}
        if in_use
        else gettext("The shipped template is in use."),
        "kind": kind,
        "in_use": in_use,
        "earlier": queries.templates(kind).exclude(ended_at=None)[:20],
        "has_office": writer.has_office(),
        "marks": MARKS,
        "form": form,
        "history": journal.told(Ref("paper_template", kind)),
        "crumbs": [Crumb(_("Word templates"), reverse("documents:paper-templates"))],
    }
    return render(
        request, "documents/papers/template.html", context, status=422 if form is not None and form.errors else 200
    )


@require_safe
@staff("paper.template")
def download_template(request: StaffRequest, kind: str, which: str) -> HttpResponse:
    """Give the Word file of a kind's template: the one in use, the shipped one, or an earlier one by its number."""
    found = _kind(kind)
    if which == "goc":
        data = writer.shipped_template(found.value)
    elif which == "dang-dung":
        data = actions.template_file(found.value)
    else:
        earlier = queries.templates(kind).filter(pk=int(which)).first() if which.isdigit() and len(which) < 10 else None
        if earlier is None:
            raise NotFound
        data = actions.template_file(found.value, earlier)
    answer = HttpResponse(data, content_type=TYPES["docx"])
    answer.headers["Content-Disposition"] = f'attachment; filename="mau-{kind}-{which}.docx"'
    return answer


@require_POST
@staff("paper.template")
def drop_template(request: StaffRequest, kind: str) -> HttpResponse:
    """Go back to the shipped template."""
    actions.drop_template(kind=_kind(kind).value, by=request.person)
    messages.success(request, gettext("The shipped template is in use again."))
    return redirect("documents:paper-template", kind)

"""Files that could not be read: the list, one of them, reading it again, taking it away."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from coso.documents import actions, queries
from coso.documents.models import Upload
from coso.kit.errors import BadInput
from coso.organizations.doors import StaffRequest, staff
from coso.ui.lists import Column, Empty, ListSpec, list_response
from coso.ui.parts import Crumb


def _sentence(request: HttpRequest) -> str:
    count = queries.waiting_uploads(request.user).count()
    if not count:
        return gettext("No file waits to be read again.")
    return ngettext(
        "%(count)s file could not be read; it is kept for 30 days.",
        "%(count)s files could not be read; they are kept for 30 days.",
        count,
    ) % {"count": count}


def _problem(upload: Upload) -> str:
    return actions.sentence_of_problem(upload.problem)


SPEC = ListSpec(
    key="tep-chua-doc",
    title=_("Files not read"),
    sentence=_sentence,
    columns=[
        Column("name", _("File"), "file_name", sort="file_name"),
        Column("problem", _("What is wrong"), _problem),
        Column("by", _("Handed in by"), "uploaded_by"),
        Column("at", _("Handed in"), "uploaded_at", sort="uploaded_at", kind="when"),
    ],
    search=("file_name",),
    search_label=_("Search by the file's name"),
    default_sort="-at",
    empty=Empty(
        _("No file waits"),
        _("A file that cannot be read is kept here, so that you can try again once the cause is mended."),
        icon="document",
    ),
    row_link=lambda upload: reverse("documents:upload", args=[upload.pk]),
)


@staff("document.import")
def upload_list(request: StaffRequest) -> HttpResponseBase:
    """List the files that wait."""
    return list_response(request, SPEC, queries.waiting_uploads(request.person))


@staff("document.import")
def upload(request: StaffRequest, upload_id: UUID) -> HttpResponse:
    """Show one file, what was wrong with it, and what can be done."""
    found = queries.get_upload(request.person, upload_id)
    context = {
        "title": found.file_name,
        "sentence": _problem(found),
        "upload": found,
        "crumbs": [
            Crumb(_("Official documents"), reverse("documents:documents")),
            Crumb(_("Files not read"), reverse("documents:uploads")),
        ],
    }
    return render(request, "documents/upload.html", context)


@require_POST
@staff("document.import")
def retry(request: StaffRequest, upload_id: UUID) -> HttpResponse:
    """Read a file once more."""
    try:
        document = actions.retry_upload(upload_id=upload_id, by=request.person)
    except BadInput as error:
        for line in {line for lines in error.fields.values() for line in lines}:
            messages.error(request, line)
        return redirect("documents:upload", upload_id)
    messages.success(request, _("The document was read. Look it through and confirm it."))
    return redirect("documents:document", document.pk)


@require_POST
@staff("document.import")
def drop(request: StaffRequest, upload_id: UUID) -> HttpResponse:
    """Take a file away."""
    actions.drop_upload(upload_id=upload_id, by=request.person)
    messages.success(request, _("The file was taken away."))
    return redirect("documents:uploads")

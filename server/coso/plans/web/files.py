"""Files handed in as evidence: saved by whoever may read the part, never shown in the browser."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from coso.kit.errors import NotFound, WrongState
from coso.kit.ranges import serve_blob
from coso.organizations.doors import StaffRequest, staff
from coso.plans import actions, queries
from coso.plans.models import Attachment


def _visible(request: StaffRequest, attachment_id: int) -> Attachment:
    found = Attachment.objects.filter(pk=attachment_id).first()
    if found is None:
        raise NotFound
    queries.get_visible_part(request.person, found.part_id)
    return found


@require_safe
@staff("task.read")
def download(request: StaffRequest, attachment_id: int) -> HttpResponseBase:
    """Give a file to be saved."""
    found = _visible(request, attachment_id)
    try:
        answer = serve_blob(request, found.sha256, found.media_type, fresh_s=0)
    except FileNotFoundError:
        raise NotFound from None
    answer["Content-Disposition"] = content_disposition_header(True, found.name) or "attachment"
    answer["X-Content-Type-Options"] = "nosniff"
    # Whatever a viewer in the browser makes of it runs nothing and asks nobody.
    answer["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return answer


@require_POST
@staff("task.report")
def remove(request: StaffRequest, attachment_id: int) -> HttpResponse:
    """Take a file away."""
    found = _visible(request, attachment_id)
    part_id = found.part_id
    try:
        actions.remove_file(attachment_id=attachment_id, by=request.person)
    except WrongState:
        messages.warning(request, _("The part is done: its evidence stays."))
    else:
        messages.success(request, _("The file was taken away."))
    return redirect("plans:part", part_id)

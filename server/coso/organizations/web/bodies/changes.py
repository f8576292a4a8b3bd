"""The list of changes of bodies, and the page of one, where it is undone while nothing depends on it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from coso.kit import clock
from coso.kit.errors import NotFound
from coso.organizations import actions, policies, queries
from coso.organizations.doors import StaffRequest, staff
from coso.organizations.models import BodyChange, BodyChangeKind
from coso.organizations.web.bodies.forms import ReasonForm
from coso.organizations.web.bodies.reorganizing import crumbs_of
from coso.ui.chips import Chip, Tone
from coso.ui.lists import Column, Empty, Filter, ListSpec, list_response
from coso.ui.parts import Crumb


def change_chip(change: BodyChange) -> Chip:
    """Tell whether a change holds, is to come, or was undone."""
    if change.undone_at is not None:
        return Chip(gettext("Undone"), Tone.OFF, icon="undo")
    if change.from_on > clock.today():
        return Chip(gettext("Not in force yet"), Tone.WAITING)
    return Chip(gettext("In force"), Tone.DONE)


def _sentence(request: HttpRequest) -> str:
    count = queries.body_changes().filter(undone_at=None).count()
    return ngettext("%(count)s change was made here.", "%(count)s changes were made here.", count) % {"count": count}


SPEC = ListSpec(
    key="thay-doi-co-quan",
    title=_("Changes of bodies"),
    sentence=_sentence,
    columns=[
        Column("from", _("From the day"), "from_on", sort="from_on", kind="date"),
        Column("kind", _("Kind of change"), lambda row: row.get_kind_display(), sort="kind"),
        Column("ended", _("Bodies that ended"), lambda row: ", ".join(one.name for one in row.ended.all())),
        Column("begun", _("Bodies that began"), lambda row: ", ".join(one.name for one in row.begun.all())),
        Column("decision", _("Decision"), "decision"),
        Column("state", _("State"), change_chip, kind="state"),
    ],
    filters=[
        Filter("kind", _("Kind of change"), BodyChangeKind.choices, lambda rows, value: rows.filter(kind=value)),
    ],
    default_sort="-from",
    row_link=lambda row: reverse("organizations:body-change", args=[row.pk]),
    empty=Empty(_("No change yet"), _("Changes begin on the page of a body."), icon="organization"),
)


@require_safe
@staff("organization.edit")
def change_list(request: StaffRequest) -> HttpResponseBase:
    """List what was changed, the latest first."""
    policies.require_throughout(request.person, "organization.edit")
    extra = {"crumbs": crumbs_of()}
    return list_response(
        request, SPEC, queries.body_changes(), template="organizations/bodies/changes.html", extra=extra
    )


@staff("organization.edit")
def change(request: StaffRequest, change_id: int) -> HttpResponse:
    """Show one change, and undo it."""
    policies.require_throughout(request.person, "organization.edit")
    found = queries.body_changes().filter(pk=change_id).first()
    if found is None:
        raise NotFound
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.undo_body_change(by=request.person, change=found, reason=form.cleaned_data["reason"])
        messages.success(request, gettext("The change was undone."))
        return redirect("organizations:body-changes")
    context = {
        "title": f"{found.get_kind_display()}, {found.from_on:%d/%m/%Y}",
        "change": found,
        "chip": change_chip(found),
        "hindrance": actions.undo_hindrance(found),
        "form": form,
        "crumbs": [*crumbs_of(), Crumb(_("Changes of bodies"), reverse("organizations:body-changes"))],
    }
    return render(request, "organizations/bodies/change.html", context, status=422 if form.errors else 200)

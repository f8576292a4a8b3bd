"""The list of papers that we write."""

from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from coso.documents import queries
from coso.documents.models import Paper, PaperKind, PaperState
from coso.documents.web.papers.chips import state_chip
from coso.organizations import policies
from coso.organizations.doors import StaffRequest, staff
from coso.registers.ports import import_link
from coso.ui.lists import Action, Choices, Column, Empty, Filter, ListSpec, list_response


def _sentence(request: HttpRequest) -> str:
    rows = queries.papers_seen_by(request.user)
    count = rows.filter(state=PaperState.ISSUED).count()
    said = ngettext("%(count)s paper was issued.", "%(count)s papers were issued.", count) % {"count": count}
    waiting = queries.waiting_for(request.user).count()
    if waiting:
        words = ngettext("%(count)s waits for your approval.", "%(count)s wait for your approval.", waiting)
        said += " " + words % {"count": waiting}
    return said


def _years(request: HttpRequest) -> Choices:
    years = queries.papers_seen_by(request.user).exclude(issued_on=None).dates("issued_on", "year", order="DESC")
    return [(str(day.year), str(day.year)) for day in years]


def _in_year(rows: Any, value: str) -> Any:
    return rows.filter(issued_on__year=int(value)) if value.isascii() and value.isdigit() else rows


def _write(request: HttpRequest) -> Action | None:
    may = policies.may(request.user, "paper.write")
    return Action(gettext("Write a paper"), reverse("documents:new-paper")) if may else None


def _number(paper: Paper) -> str:
    return f"{paper.number}/{paper.symbol}" if paper.number else ""


SPEC = ListSpec(
    key="van-ban-di",
    title=_("Papers we write"),
    sentence=_sentence,
    columns=[
        Column("title", _("Title"), "title", sort="folded"),
        Column("number", _("Number, symbol"), _number, sort=("issued_on", "number")),
        Column("kind", _("Kind"), lambda paper: paper.get_kind_display(), sort="kind"),
        Column("body", _("Issuing body"), "organization.name", sort="organization__sort_key"),
        Column("day", _("Date of issue"), "issued_on", sort="issued_on", kind="date"),
        Column("state", _("State"), state_chip, sort="state", kind="state"),
        Column("changed", _("Last changed"), "changed_at", sort="changed_at", kind="when"),
        Column("writer", _("Writer"), "written_by.full_name", shown=False),
        Column(
            "approver", _("Approved by"), lambda paper: paper.approved_by.full_name if paper.approved_by else "",
            shown=False,
        ),
        Column("signer", _("Signer"), "signer_name", shown=False),
    ],
    search=("folded",),
    search_label=_("Search by number, symbol or title"),
    filters=[
        Filter("state", _("State"), PaperState.choices, lambda rows, value: rows.filter(state=value)),
        Filter("kind", _("Kind"), PaperKind.choices, lambda rows, value: rows.filter(kind=value)),
        Filter("year", _("Year of issue"), _years, _in_year),
    ],
    default_sort="-changed",
    empty=Empty(
        _("No paper yet"),
        _("Write a letter, a plan, a report or another paper; it comes out in Word and as PDF in the official layout."),
        icon="signature",
    ),
    row_link=lambda paper: reverse("documents:paper", args=[paper.pk]),
    primary=_write,
    import_url=import_link("so-van-ban"),
)  # fmt: skip


@require_safe
@staff("paper.read")
def paper_list(request: StaffRequest) -> HttpResponseBase:
    """List the papers of a person's places."""
    return list_response(request, SPEC, queries.papers_seen_by(request.person))

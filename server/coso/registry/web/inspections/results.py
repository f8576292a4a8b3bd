"""The result of a round: each facility with its answers and what was found, on the page and as a spreadsheet."""

from typing import Any

from django.db.models import Exists, OuterRef, Prefetch, QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from coso.organizations import policies
from coso.organizations.doors import StaffRequest, staff
from coso.places.queries import commune_name
from coso.registry.models import AnswerKind, Checklist, ChecklistItem, Facility, Inspection, InspectionRound
from coso.registry.queries import inspections as queries
from coso.registry.queries.facilities import commune_of
from coso.registry.rules import answers
from coso.registry.web.facilities.listing import in_commune
from coso.registry.web.inspections.chips import answer_chip, inspection_chip, value_words
from coso.registry.web.inspections.rounds import crumbs
from coso.ui.lists import Choices, Column, Empty, Filter, ListSpec, list_response
from coso.ui.units import Way, by_units

STATES = [
    ("none", _("Not looked at")),
    ("begun", _("Begun")),
    ("done", _("Finished")),
    ("found", _("With findings")),
]


@require_safe
@staff("inspection.read")
def results(request: StaffRequest, round_id: int) -> HttpResponseBase:
    """Show what the round found at each facility within the person's scope."""
    found = queries.get_round(request.person, round_id)
    by_kind = queries.checklists_of(found)
    lists = {one.code: one for one in by_kind.values()}
    asked = request.GET.get("checklist", "")
    shown = lists.get(asked) or next(iter(lists.values()), None)
    kinds = [kind for kind, one in by_kind.items() if one == shown]
    rows = queries.facilities_of(request.person, found, kinds, "inspection.read").prefetch_related(
        Prefetch("inspections", Inspection.objects.filter(round=found).select_related("by"), to_attr="looked")
    )
    communes = [
        (str(row["place"].pk), row["place"].name)
        for row in queries.progress(found, queries.facilities_of(request.person, found, by_kind, "inspection.read"))
    ]
    spec = _spec(request, found, shown, list(lists.values()), communes)
    items = list(shown.items.all()) if shown else []
    may_write = policies.may(request.person, "paper.write")
    extra = {"round": found, "checklist": shown, "items": items, "may_write": may_write, "crumbs": crumbs(found)}
    told = by_units(request, spec, rows, commune=Way("place", told=commune_name, joins=("parent",)))
    return list_response(request, *told, template="registry/inspections/results.html", extra=extra)


def _spec(
    request: HttpRequest, round_: InspectionRound, shown: Checklist | None, lists: list[Checklist], communes: Choices
) -> ListSpec:
    items = list(shown.items.all()) if shown else []
    as_file = request.GET.get("export") == "xlsx"
    return ListSpec(
        key="ket-qua-kiem-tra",
        title=gettext("Result of the inspection"),
        sentence=f"{round_.title} · {shown.title}" if shown else round_.title,
        columns=[
            Column("name", _("Facility"), "name", sort="sort_key"),
            Column("commune", _("Commune or ward"), lambda row: commune_of(row.place).name),
            Column("state", _("State"), lambda row: inspection_chip(_looked(row)), kind="state"),
            *(_column(item, as_file) for item in items),
            Column("findings", _("Findings"), lambda row: _findings(row, items), shown=False),
            Column("by", _("Filled in by"), lambda row: str(one.by) if (one := _looked(row)) else "", shown=False),
            Column(
                "at", _("Filled in at"), lambda row: one.filled_at if (one := _looked(row)) else None,
                kind="when", shown=False,
            ),
        ],
        search=["folded"],
        search_label=_("Search by name or code"),
        filters=[
            Filter(
                "checklist", _("Checklist"), [(one.code, one.title) for one in lists],
                lambda rows, _value: rows, default=lists[0].code if lists else "",
            ),
            Filter("commune", _("Commune or ward"), communes, in_commune("place")),
            Filter("state", _("State"), STATES, lambda rows, value: _in_state(rows, value, round_)),
        ],
        default_sort="name",
        row_link=lambda row: _address(row, round_),
        empty=Empty(_("No facility of these kinds stands here"), icon="facility"),
    )  # fmt: skip


def _looked(row: Any) -> Inspection | None:
    return row.looked[0] if row.looked else None


def _address(row: Any, round_: InspectionRound) -> str:
    looked = _looked(row)
    if looked is not None:
        return reverse("registry:inspection", args=[looked.pk])
    return reverse("registry:facility", args=[row.pk])


def _column(item: ChecklistItem, as_file: bool) -> Column:
    number = str(item.number)

    def chip(row: Any) -> Any:
        looked = _looked(row)
        answer = looked.answers.get(number) if looked else None
        return answer_chip(answer) if answer and "value" in answer else None

    def value(row: Any) -> Any:
        looked = _looked(row)
        answer = looked.answers.get(number) if looked else None
        note = (answer or {}).get("note", "")
        words = value_words((answer or {}).get("value"))
        return f"{words} ({note})" if note and words else words or note

    if as_file:
        return Column(f"q{number}", f"{number}. {item.question}", value)
    label = gettext("Question %(number)s") % {"number": number}
    if item.answer == AnswerKind.YES_NO:
        return Column(f"q{number}", label, chip, kind="state")
    # Words and numbers are read on the inspection's own page; the table stays one that can be surveyed.
    return Column(f"q{number}", label, value, shown=False)


def _findings(row: Any, items: list[ChecklistItem]) -> str:
    """Say what was found: each finding's question, and its note."""
    looked = _looked(row)
    said = []
    for item in items:
        answer = looked.answers.get(str(item.number), {}) if looked else {}
        if answer.get("value") == answers.NO:
            note = answer.get("note", "")
            said.append(f"{item.number}. {note or item.question}")
    return "; ".join(said)


def _in_state(rows: QuerySet[Facility], value: str, round_: InspectionRound) -> QuerySet[Facility]:
    looked = Inspection.objects.filter(round=round_, facility=OuterRef("pk"))
    if value == "none":
        return rows.filter(~Exists(looked))
    if value == "found":
        return rows.filter(Exists(looked.filter(findings__gt=0)))
    return rows.filter(Exists(looked.filter(is_done=value == "done")))

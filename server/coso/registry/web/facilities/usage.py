"""How institutions are used: the list, a month's counts of a commune in one form, the page of one, tours."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from coso.kit import clock
from coso.kit.errors import BadInput, NotFound
from coso.kit.refs import number_in
from coso.organizations import policies
from coso.organizations.choosing import Offer, PlaceField, register_offer
from coso.organizations.doors import StaffRequest, staff
from coso.organizations.models import Person
from coso.places import queries as units
from coso.places.models import Place
from coso.registers.ports import import_link
from coso.registry import actions, queries
from coso.registry.actions.usage import most_in_words
from coso.registry.models import Facility, MonthOfUse
from coso.registry.rules import usage
from coso.registry.web.facilities.editing import form_page, get_edited
from coso.registry.web.facilities.listing import communes_choices, in_commune
from coso.registry.web.facilities.page import facility_crumbs, use_figures
from coso.registry.web.facilities.tabs import tabs_for
from coso.registry.web.facilities.words import STANDS_IN, state_chip
from coso.registry.web.forms import whole_field
from coso.ui.forms import HouseForm
from coso.ui.lists import Action, Column, Empty, Filter, ListSpec, list_response
from coso.ui.parts import Crumb
from coso.ui.units import by_units

COUNTS = {"activities": _("Activities held"), "visits": _("Visits"), "loans": _("Loans")}


def _sentence(request: HttpRequest) -> str:
    rows = queries.use_seen_by(request.user, clock.today())
    count, idle = rows.count(), rows.filter(queries.unused()).count()
    if not idle:
        return ngettext(
            "%(count)s institution counts its use; none stands unused.",
            "%(count)s institutions count their use; none stands unused.",
            count,
        ) % {"count": count}
    return ngettext(
        "%(idle)s of %(count)s institutions had no activity in the last 3 months.",
        "%(idle)s of %(count)s institutions had no activity in the last 3 months.",
        idle,
    ) % {"idle": idle, "count": count}


def _tell(request: HttpRequest) -> Action | None:
    may = policies.may(request.user, "registry.edit")
    return Action(gettext("Enter a month"), reverse("registry:tell-month")) if may else None


def _unused(rows: Any, value: str) -> Any:
    return rows.filter(queries.unused()) if value == "unused" else rows.exclude(queries.unused())


SPEC = ListSpec(
    key="su-dung",
    import_url=import_link("su-dung"),
    title=_("Use of the institutions"),
    sentence=_sentence,
    columns=[
        Column("name", _("Facility"), "name", sort="sort_key"),
        Column("place", _("Stands in"), "place.name", sort="place__sort_key"),
        Column("state", _("State"), state_chip, kind="state"),
        Column("activities", _("Activities, 12 months"), "activities_12", sort="activities_12", kind="number"),
        Column("visits", _("Visits, 12 months"), "visits_12", sort="visits_12", kind="number"),
        Column("loans", _("Loans, 12 months"), "loans_12", sort="loans_12", kind="number"),
        Column("last", _("Last month told"), lambda row: f"{row.last_told:%m/%Y}" if row.last_told else ""),
        Column("kind", _("Kind"), lambda row: row.get_kind_display(), shown=False),
        Column("keeper", _("Keeper"), "keeper", shown=False),
        Column("opening_hours", _("Opening hours"), "opening_hours", shown=False),
    ],
    search=["folded", "place__folded"],
    search_label=_("Search by name, code or place"),
    filters=[
        Filter("commune", _("Commune or ward"), communes_choices, in_commune("place")),
        Filter("use", _("Use"), [("unused", _("Unused")), ("used", _("Used"))], _unused),
    ],
    default_sort="name",
    row_link=lambda row: reverse("registry:facility-use", args=[row.pk]),
    primary=_tell,
    empty=Empty(
        _("Nothing counts its use yet"),
        _("Culture houses, post and culture points, libraries and law bookcases count their use by month."),
        icon="calendar",
    ),
)


@require_safe
@staff("registry.read")
def use_list(request: StaffRequest) -> HttpResponseBase:
    """List the institutions that count their use, with their sums of twelve months."""
    rows = queries.use_seen_by(request.person, clock.today())
    extra = {"tabs": tabs_for(request)}
    told = by_units(request, SPEC, rows, place=STANDS_IN)
    return list_response(request, *told, template="registry/list.html", extra=extra)


@require_safe
@staff("registry.read")
def facility_use(request: StaffRequest, facility_id: int) -> HttpResponse:
    """Show what one institution counted, month by month."""
    found = queries.get_facility(request.person, facility_id)
    if not usage.counts(found.group):
        raise NotFound
    months = queries.months_of(found, clock.today())
    context = {
        "title": gettext("Use of %(facility)s") % {"facility": found.name},
        "facility": found,
        "chip": state_chip(found),
        "commune": queries.commune_of(found.place),
        "figures": use_figures(found),
        "lends": found.group == "lending",
        "months": list(zip(reversed(months.months), reversed(months.told), strict=True)),
        "may_edit": policies.may(request.person, "registry.edit", found.place) and not found.is_closed,
        "crumbs": facility_crumbs(found),
    }
    return render(request, "registry/facilities/use.html", context)


@dataclass(frozen=True)
class Cell:
    """One count of the table: its field's name, what stands in it, what is wrong with it."""

    name: str
    label: str
    value: str
    error: str = ""


@dataclass(frozen=True)
class Row:
    """One facility of the table; `loans` is None for what lends nothing."""

    facility: Facility
    activities: Cell
    visits: Cell
    loans: Cell | None
    seen: str
    """What was told when the page was opened, so that saving a row that nobody touched changes nothing."""


class WhenAndWhereForm(HouseForm, forms.Form):
    """Which month of which commune is told."""

    warn_unsaved = False

    commune = forms.ModelChoiceField(label=_("Commune or ward"), queryset=Place.objects.none(), empty_label=None)
    month = forms.ChoiceField(label=_("Month"))

    def __init__(self, *args: Any, request: StaffRequest, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        today = clock.today()
        inside = policies.scope(request.person, "registry.edit", "path")
        self.fields["commune"].queryset = units.communes().filter(inside)  # type: ignore[attr-defined]
        months = [*reversed(usage.closed_months(today, 12)), usage.month_of(today)]
        self.fields["month"] = forms.ChoiceField(
            label=_("Month"), choices=[(f"{month:%Y-%m}", f"{month:%m/%Y}") for month in months]
        )
        for field in self.fields.values():
            field.widget.attrs["class"] = "form-select"


@staff("registry.edit")
def tell_month(request: StaffRequest) -> HttpResponse:
    """Tell a month's counts of a commune's institutions, all in one small table."""
    asked = WhenAndWhereForm(request.POST if request.method == "POST" else _asked(request), request=request)
    if not asked.is_valid():
        raise NotFound
    commune, month = asked.cleaned_data["commune"], date.fromisoformat(f"{asked.cleaned_data['month']}-01")
    facilities = list(queries.counting_in(request.person, commune).order_by("sort_key", "pk"))
    wrong: dict[str, str] = {}
    if request.method == "POST":
        try:
            counts = _read(request.POST, facilities)
            many = actions.tell_month(by=request.person, month=month, counts=counts)
        except BadInput as error:
            wrong = {name: " ".join(lines) for name, lines in error.fields.items()}
        else:
            said = ngettext(
                "The counts of %(month)s are noted; %(count)s institution changed.",
                "The counts of %(month)s are noted; %(count)s institutions changed.",
                many,
            )
            messages.success(request, said % {"month": f"{month:%m/%Y}", "count": many})
            return redirect(f"{reverse('registry:tell-month')}?commune={commune.pk}&month={month:%Y-%m}")
    names = {one.pk: one.name for one in facilities}
    told = {} if request.method == "POST" else queries.told_in(month, facilities)
    context = {
        "title": gettext("Counts of a month"),
        "sentence": gettext("%(month)s · %(commune)s") % {"month": f"{month:%m/%Y}", "commune": commune.name},
        "asked": asked,
        "commune": commune,
        "month": f"{month:%Y-%m}",
        "rows": [_row(one, told.get(one.pk), request.POST, wrong) for one in facilities],
        "errors": [(f"id_{key}" if "-" in key else "", _summed(key, words, names)) for key, words in wrong.items()],
        "crumbs": [Crumb(_("Use of the institutions"), reverse("registry:use"))],
    }
    return render(request, "registry/facilities/tell_month.html", context, status=422 if wrong else 200)


def _summed(key: str, words: str, names: dict[int, str]) -> str:
    """Say which count of which institution is meant."""
    name, _dash, ident = key.partition("-")
    return f"{COUNTS[name]}, {names[number_in(ident)]}: {words}" if name in COUNTS else words


def _asked(request: StaffRequest) -> QueryDict | dict[str, str]:
    """Give what the address asks for; the first commune of the person and the month before where it says nothing."""
    first = units.communes().filter(policies.scope(request.person, "registry.edit", "path")).first()
    return {
        "commune": request.GET.get("commune") or (str(first.pk) if first else ""),
        "month": request.GET.get("month") or f"{usage.closed_months(clock.today(), 1)[0]:%Y-%m}",
    }


def _read(typed: QueryDict, facilities: list[Facility]) -> dict[int, actions.Counts | None]:
    """Read what was changed in the table. An institution with no figure at all is not told. Raise BadInput."""
    read: dict[int, actions.Counts | None] = {}
    wrong = {}
    field = whole_field("", most=usage.MOST_COUNTED)
    for facility in facilities:
        values: dict[str, int] = {}
        for name in COUNTS:
            key = f"{name}-{facility.pk}"
            try:
                value = field.clean(field.widget.value_from_datadict(typed, {}, key))
            except forms.ValidationError:
                wrong[key] = [most_in_words()]
                continue
            if value is not None:
                values[name] = value
        counts = actions.Counts(**values) if values else None
        # Somebody else may have told it meanwhile: an untouched row says nothing.
        if typed.get(f"seen-{facility.pk}") != _written(counts):
            read[facility.pk] = counts
    if wrong:
        raise BadInput(fields=wrong)
    return read


def _written(counts: actions.Counts | MonthOfUse | None) -> str:
    return f"{counts.activities} {counts.visits} {counts.loans}" if counts else ""


def _row(facility: Facility, told: MonthOfUse | None, typed: QueryDict, wrong: dict[str, str]) -> Row:
    def cell(name: str) -> Cell:
        key = f"{name}-{facility.pk}"
        value = typed.get(key, "") if typed else str(getattr(told, name)) if told else ""
        label = f"{COUNTS[name]}, {facility.name}"
        return Cell(key, label, value, wrong.get(key, ""))

    loans = cell("loans") if facility.group == "lending" else None
    seen = typed.get(f"seen-{facility.pk}", "") if typed else _written(told)
    return Row(facility, cell("activities"), cell("visits"), loans, seen)


# A team goes wherever it is asked to, beyond the places of whoever notes it.
TOUR_PLACES = register_offer(Offer("luot-luu-dong", "registry.edit", lambda person, about: units.communes()))


class TourForm(HouseForm, forms.Form):
    """One tour of a mobile team."""

    on = forms.DateField(label=_("On which day?"))
    commune = PlaceField(offer=TOUR_PLACES, label=_("To which commune or ward?"))
    topic = forms.CharField(label=_("What was it about?"), max_length=200)
    people = whole_field(_("How many came, about?"), _("A number only: no list of people is kept."))

    def __init__(self, *args: Any, by: Person, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"on": clock.today()})
        super().__init__(*args, **kwargs)
        self.fields["commune"].offer_to(by)  # type: ignore[attr-defined]


@staff("registry.edit")
def add_tour(request: StaffRequest, facility_id: int) -> HttpResponse:
    """Note a tour of a mobile team."""
    found = get_edited(request, facility_id)
    if found.group != "team":
        raise NotFound
    form = TourForm(request.POST or None, by=request.person)
    back = reverse("registry:facility", args=[found.pk])
    if request.method == "POST" and form.is_valid():
        told = dict(form.cleaned_data)
        try:
            actions.add_tour(by=request.person, team=found, place=told.pop("commune"), **told)
        except BadInput as error:
            form.take_errors(error.fields)
        else:
            messages.success(request, gettext("The tour was noted."))
            return redirect(f"{back}#tours")
    return form_page(
        request, form, title=gettext("Note a tour"), sentence=found.name, back=back, crumbs=facility_crumbs(found)
    )


@staff("registry.edit")
def take_back_tour(request: StaffRequest, tour_id: int) -> HttpResponse:
    """Take back a tour that was noted by mistake, after asking once."""
    tour = queries.tours_seen_by(request.person).filter(pk=tour_id).first()
    if tour is None:
        raise NotFound
    policies.require(request.person, "registry.edit", tour.team.place)
    back = reverse("registry:facility", args=[tour.team_id])
    if request.method == "POST":
        actions.take_back_tour(by=request.person, tour=tour)
        messages.success(request, gettext("The tour was taken back."))
        return redirect(back)
    return form_page(
        request,
        EmptyForm(),
        title=gettext("Take back the tour"),
        sentence=f"{tour.on:%d/%m/%Y} · {tour.place.name} · {tour.topic}",
        submit=gettext("Take back the tour"),
        tone="danger",
        back=back,
        crumbs=facility_crumbs(tour.team),
    )


class EmptyForm(HouseForm, forms.Form):
    """Asks nothing but whether."""

    warn_unsaved = False

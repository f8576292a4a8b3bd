"""The labels of areas: which area carries which, by which decision; giving, ending, naming new ones."""

from django.contrib import messages
from django.db.models import Q, QuerySet
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from coso.kit import clock
from coso.kit.errors import BadInput, NotFound
from coso.organizations import policies
from coso.organizations.choosing import communes_with
from coso.organizations.doors import StaffRequest, staff
from coso.places import actions
from coso.places import queries as units
from coso.places.models import AreaLabel, LabelFamily, LabelKind, Level, Place
from coso.registers.ports import import_link
from coso.registry import queries
from coso.registry.web.chips import sample_chip
from coso.registry.web.places.forms import EndLabelForm, LabelForm, LabelKindForm
from coso.registry.web.places.label_words import known_chip, label_chip, verified_chip
from coso.registry.web.places.tabs import tabs_for
from coso.ui.lists import Action, Choices, Column, Empty, Filter, ListSpec, list_response
from coso.ui.parts import Crumb


def crumbs(*more: Crumb) -> list[Crumb]:
    """Give the way to the pages of labels."""
    first = Crumb(_("Places"), reverse("places:places"))
    return [first, Crumb(_("Labels of areas"), reverse("places:labels")), *more]


def _seen_by(person: object) -> QuerySet[AreaLabel]:
    inside = policies.scope(person, "place.read", "place__path")
    return AreaLabel.objects.filter(inside).select_related("kind", "place__parent")


def _sentence(request: HttpRequest) -> str:
    found = _seen_by(request.user).filter(valid_to=None)
    count = found.count()
    said = ngettext("%(count)s label holds.", "%(count)s labels hold.", count) % {"count": count}
    if then := found.exclude(place__valid_to=None).count():
        said += " " + ngettext(
            "%(count)s is of a unit of then and waits to be renewed.",
            "%(count)s are of units of then and wait to be renewed.",
            then,
        ) % {"count": then}
    return said


def _kinds(request: HttpRequest) -> Choices:
    return [(kind.pk, kind.name) for kind in units.label_kinds()]


def _under(rows: QuerySet[AreaLabel], value: str) -> QuerySet[AreaLabel]:
    commune = Place.objects.filter(pk=value).first()
    return rows.filter(place__current_path__startswith=commune.current_path) if commune else rows


def _state(rows: QuerySet[AreaLabel], value: str) -> QuerySet[AreaLabel]:
    if value == "ended":
        return rows.exclude(valid_to=None)
    return rows.filter(valid_to=None, place__valid_to__isnull=value == "holds")


def _area(label: AreaLabel) -> str:
    place = label.place
    return f"{place.name}, {place.parent.name}" if place.level == Level.VILLAGE and place.parent else place.name


SPEC = ListSpec(
    key="nhan-dia-ban",
    import_url=import_link("nhan-dia-ban"),
    title=_("Labels of areas"),
    sentence=_sentence,
    columns=[
        Column("area", _("Place"), _area, sort="place__sort_key"),
        Column("label", _("Label"), "kind.name", sort="kind__name"),
        Column("family", _("Kind"), lambda row: row.kind.get_family_display(), shown=False),
        Column("decision", _("Decision"), "decision", kind="long"),
        Column("from", _("Since"), "valid_from", sort="valid_from", kind="date"),
        Column("to", _("Until"), "valid_to", sort="valid_to", kind="date", shown=False),
        Column("state", _("State"), label_chip, kind="state"),
        Column("verified", _("Verified"), lambda row: known_chip(row.kind), kind="state"),
        Column("sample", _("Data"), sample_chip, kind="state"),
        Column("code", _("Code"), "place.code", shown=False),
    ],
    search=["place__folded", "place__parent__folded"],
    search_label=_("Search for a place, with or without marks"),
    filters=[
        Filter("family", _("Kind"), LabelFamily.choices, lambda rows, value: rows.filter(kind__family=value)),
        Filter("kind", _("Label"), _kinds, lambda rows, value: rows.filter(kind=value)),
        Filter("commune", _("Commune or ward"), communes_with("place.read"), _under),
        Filter(
            "state",
            _("State"),
            [("holds", _("Holds")), ("then", _("Of a unit of then")), ("ended", _("Holds no longer"))],
            _state,
        ),
    ],
    default_sort="area",
    row_link=lambda row: reverse("places:label", args=[row.pk]),
    primary=lambda request: (
        Action(_("Give a label"), reverse("places:label-where")) if policies.may(request.user, "place.label") else None
    ),
    empty=Empty(
        _("No label yet"), _("A label is given on the page of a commune or a village, by a decision."), icon="tag"
    ),
)

WHERE = ListSpec(
    key="noi-gan-nhan",
    title=_("Give a label"),
    sentence=_("To which commune or village?"),
    columns=[
        Column("name", _("Place"), "name", sort="sort_key"),
        Column("level", _("Level"), lambda row: row.get_level_display(), sort="level"),
        Column("parent", _("Lies under"), "parent.name", sort="parent__sort_key"),
    ],
    search=["folded", "parent__folded"],
    search_label=_("Search for a place, with or without marks"),
    filters=[
        Filter(
            "level",
            _("Level"),
            [(level.value, level.label) for level in (Level.COMMUNE, Level.VILLAGE)],
            lambda rows, value: rows.filter(level=value),
        )
    ],
    default_sort="name",
    row_link=lambda row: reverse("places:give-label", args=[row.pk]),
    exports=False,
)


@require_safe
@staff("place.read")
def label_list(request: StaffRequest) -> HttpResponseBase:
    """List the labels within the person's scope."""
    extra = {"tabs": tabs_for(request)}
    return list_response(request, SPEC, _seen_by(request.person), template="registry/places/labels.html", extra=extra)


@require_safe
@staff("place.label")
def where(request: StaffRequest) -> HttpResponseBase:
    """Ask which area gets a label."""
    rows = units.now().filter(
        policies.scope(request.person, "place.label", "path"), level__in=[Level.COMMUNE, Level.VILLAGE]
    )
    return list_response(
        request,
        WHERE,
        rows.select_related("parent"),
        template="registry/places/list.html",
        extra={"crumbs": crumbs()},
    )


@staff("place.label")
def give(request: StaffRequest, place_id: int) -> HttpResponse:
    """Give an area a label, by a decision."""
    found = queries.get_place(request.person, place_id)
    policies.require(request.person, "place.label", found)
    form = LabelForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            label = actions.give_label(place=found, by=request.person, **form.cleaned_data)
        except BadInput as error:
            form.take_errors(error.fields)
        else:
            said = {"name": found.name, "label": label.kind.name}
            messages.success(request, gettext("%(name)s carries the label “%(label)s”.") % said)
            return redirect("places:place", found.pk)
    return _form_page(
        request,
        form,
        title=gettext("Give a label"),
        sentence=f"{found.name}, {found.parent.name}" if found.parent else found.name,
        submit=gettext("Give the label"),
        back=reverse("places:place", args=[found.pk]),
    )


@require_safe
@staff("place.read")
def label(request: StaffRequest, label_id: int) -> HttpResponse:
    """Show one label with its decision and its document."""
    found = _get(request, label_id)
    context = {
        "title": found.kind.name,
        "label": found,
        "chip": label_chip(found),
        "verified": verified_chip(found.kind),
        "sample": sample_chip(found),
        "villages": found.place.level == Level.COMMUNE,
        "may_end": found.valid_to is None and policies.may(request.person, "place.label", found.place),
        "crumbs": crumbs(),
    }
    return render(request, "registry/places/label.html", context)


@staff("place.label")
def end(request: StaffRequest, label_id: int) -> HttpResponse:
    """Let a label hold no longer after a day."""
    found = _get(request, label_id)
    policies.require(request.person, "place.label", found.place)
    form = EndLabelForm(request.POST or None, initial={"valid_to": clock.today()})
    back = reverse("places:label", args=[found.pk])
    if request.method == "POST" and form.is_valid():
        try:
            actions.end_label(label_id=found.pk, by=request.person, **form.cleaned_data)
        except BadInput as error:
            form.take_errors(error.fields)
        else:
            messages.success(request, gettext("The label was ended."))
            return redirect(back)
    return _form_page(
        request,
        form,
        title=gettext("End the label"),
        sentence=f"{found.kind.name}, {found.place.name}",
        submit=gettext("End the label"),
        back=back,
    )


@require_safe
@staff("place.read")
def kind_list(request: StaffRequest) -> HttpResponseBase:
    """List the labels that areas may carry, with their documents."""
    return list_response(
        request, KINDS, units.label_kinds(), template="registry/places/list.html", extra={"crumbs": crumbs()}
    )


def _may_add(request: HttpRequest) -> Action | None:
    may = policies.may_throughout(request.user, "place.label")
    return Action(_("Add an audience or a language"), reverse("places:add-label-kind")) if may else None


KINDS = ListSpec(
    key="loai-nhan",
    title=_("Labels that areas may carry"),
    sentence=_("A label tells of an area. It names and counts nobody by religion or ethnicity."),
    columns=[
        Column("name", _("Label"), "name", sort="name"),
        Column("family", _("Kind"), lambda row: row.get_family_display(), sort="family"),
        Column("source", _("Source"), "source"),
        Column("verified", _("Verified"), known_chip, kind="state"),
        Column("code", _("Code"), "code", shown=False),
    ],
    filters=[Filter("family", _("Kind"), LabelFamily.choices, lambda rows, value: rows.filter(family=value))],
    row_link=lambda row: f"{reverse('places:labels')}?kind={row.pk}",
    primary=_may_add,
)


@staff("place.label")
def add_kind(request: StaffRequest) -> HttpResponse:
    """Name a new audience or language."""
    policies.require_throughout(request.person, "place.label")
    form = LabelKindForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made: LabelKind = actions.add_label_kind(by=request.person, **form.cleaned_data)
        except BadInput as error:
            form.take_errors(error.fields)
        else:
            messages.success(request, gettext("Areas may carry the label “%(label)s” now.") % {"label": made.name})
            return redirect("places:label-kinds")
    return _form_page(
        request,
        form,
        title=gettext("Add an audience or a language"),
        sentence=gettext("Vietnamese is always there and needs no label."),
        submit=gettext("Add the label"),
        back=reverse("places:label-kinds"),
    )


def _get(request: StaffRequest, label_id: int) -> AreaLabel:
    found = _seen_by(request.person).filter(Q(pk=label_id)).first()
    if found is None:
        raise NotFound
    return found


def _form_page(
    request: StaffRequest, form: BaseForm, *, title: str, sentence: str, submit: str, back: str
) -> HttpResponse:
    context = {
        "title": title,
        "sentence": sentence,
        "form": form,
        "submit": submit,
        "icon": "save",
        "back": back,
        "crumbs": crumbs(),
    }
    return render(request, "registry/places/form.html", context, status=422 if form.errors else 200)

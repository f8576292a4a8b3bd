"""What may be brought in and given out, the page of one register, its files, and the list of past imports."""

from typing import Any

from django import forms
from django.db.models import CharField, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Cast, Concat
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from coso.desk.web.registers.shown import state_chip
from coso.kit import clock
from coso.kit.errors import BadInput, NotFound
from coso.organizations.doors import StaffRequest, staff
from coso.organizations.models import Person
from coso.registers import actions, queries
from coso.registers.models import Import, ImportState
from coso.registers.ports import Register, register_of, registers
from coso.registers.rules.limits import MOST_BYTES, MOST_ROWS
from coso.ui.forms import DateInput, HouseForm
from coso.ui.lists import Action, Column, Empty, Filter, Line, ListSpec, list_response
from coso.ui.parts import Crumb
from coso.ui.show import number

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_MOST_RECENT = 5


def home() -> Crumb:
    """Give the way to the list of registers."""
    return Crumb(_("Data in and out"), reverse("desk:registers"))


def mine(person: Any) -> list[Register]:
    """List the registers that a person may bring files into."""
    return sorted((one for one in registers() if one.may_import(person)), key=lambda one: str(one.title))


def chosen(person: Any, kind: str) -> Register:
    """Give one of the person's registers. Raise NotFound."""
    register = register_of(kind)
    if register is None or not register.may_import(person):
        raise NotFound
    return register


def list_page(register: Register) -> str:
    """Give the address of the page that lists a register's records; "" when it has none."""
    try:
        return reverse(str(register.page)) if register.page else ""
    except NoReverseMatch:
        return ""


@require_safe
@staff("register.import")
def register_list(request: StaffRequest) -> HttpResponse:
    """List the registers that a person may bring in and give out."""
    found = mine(request.person)
    recent = list(queries.made_by(request.person)[:_MOST_RECENT])
    sentence = ngettext(
        "%(count)s register can be filled from a spreadsheet.", "%(count)s registers can be filled from a spreadsheet.",
        len(found),
    )  # fmt: skip
    context = {
        "title": gettext("Data in and out"),
        "sentence": sentence % {"count": len(found)},
        "lines": [Line(one.title, reverse("desk:register", args=[one.kind])) for one in found],
        "recent": [line_of(run) for run in recent],
    }
    return render(request, "desk/registers/registers.html", context)


def line_of(run: Import) -> Line:
    """Tell an import in one line."""
    register = register_of(run.kind)
    return Line(
        run.file_name,
        reverse("desk:import", args=[run.pk]),
        register.title if register else run.kind,
        chip=state_chip(run),
        aside=f"{clock.local(run.made_at):%d/%m/%Y %H:%M}",
    )


class UploadForm(HouseForm, forms.Form):
    """A file, and the day whose unit names it uses."""

    file = forms.FileField(
        label=_("The file"),
        widget=forms.FileInput(attrs={"accept": ".xlsx"}),
    )
    day = forms.DateField(
        label=_("The file uses the unit names of the day"),
        help_text=_("A list made before 01/07/2025 names the old communes: choose a day on which they existed."),
        widget=DateInput,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].help_text = gettext("An .xlsx file of at most %(megabytes)s MB and %(rows)s rows.") % {
            "megabytes": MOST_BYTES // (1024 * 1024),
            "rows": number(MOST_ROWS),
        }


@require_http_methods(["GET", "HEAD", "POST"])
@staff("register.import")
def register_page(request: StaffRequest, kind: str) -> HttpResponse:
    """Offer a register's template and its rows, and take a file."""
    register = chosen(request.person, kind)
    form = UploadForm(request.POST or None, request.FILES or None, initial={"day": clock.today()})
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            run = actions.start_import(
                kind=register.kind,
                data=file.read(MOST_BYTES + 1),
                file_name=file.name or "",
                by=request.person,
                day=form.cleaned_data["day"],
            )
        except BadInput as error:
            form.take_errors(error.fields)
        else:
            return redirect("desk:import", run.pk)
    recent = queries.made_by(request.person).filter(kind=register.kind)[:_MOST_RECENT]
    context = {
        "title": register.title,
        "sentence": gettext("Fill in the template or export the list and change it, then bring the file in."),
        "register": register,
        "form": form,
        "list_url": list_page(register),
        "recent": [line_of(run) for run in recent],
        "crumbs": [home()],
    }
    return render(request, "desk/registers/register.html", context, status=422 if form.errors else 200)


@require_safe
@staff("register.import")
def template_file(request: StaffRequest, kind: str) -> HttpResponseBase:
    """Give the empty file to fill in."""
    register = chosen(request.person, kind)
    name = f"mau-{register.kind}.xlsx"
    return FileResponse(actions.template_file(register), as_attachment=True, filename=name, content_type=_XLSX)


@require_safe
@staff("register.import")
def rows_file(request: StaffRequest, kind: str) -> HttpResponseBase:
    """Give the register's rows within the person's scope, as a file that can be brought in again."""
    register = chosen(request.person, kind)
    file = actions.rows_file(register, request.person)
    name = f"{register.kind}-{clock.today():%Y-%m-%d}.xlsx"
    return FileResponse(file, as_attachment=True, filename=name, content_type=_XLSX)


def _title_of(run: Import) -> str:
    register = register_of(run.kind)
    return str(register.title) if register else run.kind


def _kinds(request: HttpRequest) -> list[tuple[str, Any]]:
    return [(one.kind, one.title) for one in mine(request.user)]


def _sentence(request: HttpRequest) -> str:
    count = queries.made_by(request.user).filter(state=ImportState.CHECKED).count()
    if not count:
        return gettext("No file waits to be brought in.")
    return ngettext("%(count)s file waits to be brought in.", "%(count)s files wait to be brought in.", count) % {
        "count": count
    }


def _makers(request: HttpRequest) -> list[tuple[str, Any]]:
    me = queries.actor(request.user)
    return [(me, gettext("Me")), (f"-{me}", gettext("Others"))]


def _made_by(rows: QuerySet[Import], value: str) -> QuerySet[Import]:
    if value.startswith("-"):
        return rows.exclude(made_by=value.removeprefix("-"))
    return rows.filter(made_by=value)


def _with_makers(rows: QuerySet[Import]) -> QuerySet[Import]:
    """Name who made each, in the same question."""
    people = Person.objects.annotate(actor=Concat(Value("person:"), Cast("pk", CharField())))
    return rows.annotate(maker=Subquery(people.filter(actor=OuterRef("made_by")).values("full_name")[:1]))


IMPORTS = ListSpec(
    key="lan-nhap",
    title=_("Files brought in"),
    sentence=_sentence,
    columns=[
        Column("file", _("File"), "file_name"),
        Column("register", _("Register"), _title_of),
        Column("by", _("Brought in by"), lambda run: run.maker or gettext("The system")),
        Column("at", _("When"), "made_at", sort="made_at", kind="when"),
        Column("new", _("New"), "rows_new", kind="number"),
        Column("changed", _("Changed"), "rows_changed", kind="number"),
        Column("wrong", _("Wrong"), "rows_wrong", kind="number"),
        Column("state", _("State"), state_chip, sort="state", kind="state"),
    ],
    filters=[
        Filter("kind", _("Register"), _kinds, lambda rows, value: rows.filter(kind=value)),
        Filter("by", _("Brought in by"), _makers, _made_by),
        Filter("state", _("State"), list(ImportState.choices), lambda rows, value: rows.filter(state=value)),
    ],
    default_sort="-at",
    row_link=lambda row: reverse("desk:import", args=[row.pk]),
    primary=lambda request: Action(gettext("Bring a file in"), reverse("desk:registers")),
    empty=Empty(
        _("No file yet"),
        _("Choose a register, fill in its template, and bring the file in; you see what it will do first."),
        icon="spreadsheet",
    ),
)


@require_safe
@staff("register.import")
def import_list(request: StaffRequest) -> HttpResponseBase:
    """List the files that the person brought in, and those of others that he may take back."""
    return list_response(request, IMPORTS, _with_makers(queries.seen_by(request.person)))

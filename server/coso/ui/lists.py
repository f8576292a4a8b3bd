"""One pattern for every list page: search, filters, sorting, pages, export, and kind words when there is nothing.

    SPEC = ListSpec(key="tasks", title=_("Tasks"), columns=[Column("title", _("Task"), "title", sort="sort_key")], …)

    def tasks(request): return list_response(request, SPEC, Task.objects.select_related("lead"))

In the address: `q`, `sort` (a column's name, '-' before it for descending), `page`, each filter's name, `export=xlsx`.
What cannot be understood there is ignored, never an error.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, cast
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import FieldDoesNotExist
from django.core.paginator import Page, Paginator
from django.db.models import F, Q, QuerySet
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.cache import patch_vary_headers
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from coso.kit import clock, text
from coso.ui import export, show
from coso.ui.rows import MemoryRows

Text = str | Promise
Rows = QuerySet[Any] | MemoryRows
Choices = Sequence[tuple[str, Text]]

PAGE_SIZE = 25
_LONGEST_QUERY = 200
_MOST_WORDS = 8
RESULTS_ID = "results"


@dataclass(frozen=True)
class Column:
    """One thing told about each row."""

    name: str
    label: Text
    value: str | Callable[[Any], Any]
    """A dotted way ("lead.name") or a callable on the row."""
    sort: str | Sequence[str] | None = None
    """The database column(s) to sort by; None: this column does not sort."""
    link: Callable[[Any], str | None] | None = None
    kind: str = "text"
    """text, long (words that need room), number, money, date, when, state (a Chip), bool, share (0 to 1)."""
    shown: bool = True
    """False: only in the export."""


@dataclass(frozen=True)
class Filter:
    """One way to narrow the list."""

    name: str
    label: Text
    choices: Choices | Callable[[HttpRequest], Choices] | None
    """(value, label) pairs; None makes it a date, handed to `apply` as "2026-11-24"."""
    apply: Callable[[Any, str], Any]
    """(rows, value) → rows."""
    default: str = ""
    """The value when the address does not say; the empty choice then means all."""
    is_switch: bool = False
    """One of the choices always holds (`default` at first): it says how the list is told, and takes no row away."""

    def options(self, request: HttpRequest) -> Choices:
        """Give the choices for this request."""
        if self.choices is None:
            return []
        return self.choices(request) if callable(self.choices) else self.choices


@dataclass(frozen=True)
class Action:
    """A button that leads somewhere."""

    label: Text
    url: str


@dataclass(frozen=True)
class Empty:
    """What the page says before the first row exists, and what to do about it."""

    title: Text
    text: Text = ""
    action_label: Text = ""
    action_url: Text = ""
    icon: str = "inbox"


@dataclass(frozen=True)
class Line:
    """One row told as a sentence: "3 cụm loa im lặng từ 05:10 · Xã Sơn Kim 1"."""

    text: Text
    url: str = ""
    about: Text = ""
    """What follows the dot: the place, the unit, the moment."""
    chip: Any = None
    aside: Text | SafeString = ""
    """A short word at the right: a time, a count."""


@dataclass(frozen=True)
class ListSpec:
    """All that makes one list page."""

    key: str
    """ASCII, unique: names the export and the page's parts."""
    title: Text
    sentence: Text | Callable[[HttpRequest], Text] = ""
    """Where things stand, in one sentence."""
    columns: Sequence[Column] = ()
    search: Sequence[str] | Callable[[Any, str], Any] | None = None
    """Folded columns in which each word must occur, or (rows, folded query) → rows; None: no search field."""
    search_label: Text = ""
    filters: Sequence[Filter] = ()
    default_sort: str = ""
    """A column's name, '-' before it for descending; empty keeps the queryset's own order."""
    page_size: int = PAGE_SIZE
    empty: Empty | None = None
    row_link: Callable[[Any], str | None] | None = None
    """The page of a row; its first column becomes the link."""
    row_key: Callable[[Any], str] | None = None
    """What a map beside the list knows a row by; the row and the map light each other up."""
    primary: Action | Callable[[HttpRequest], Action | None] | None = None
    line: Callable[[Any], Line] | None = None
    """Tell each row as a sentence instead of a table row; the export keeps the columns."""
    prepare: Callable[[Sequence[Any]], None] | None = None
    """Look up together what the rows of the page shown need, before each of them is told."""
    keys_first: bool = False
    """Find the rows of the page by their keys alone and read the rest of these few afterwards: for lists of which the
    database would else join and sort some thousand wide rows to throw them away again."""
    counted_along: str = ""
    """The annotation by which each row says how many were found (`Window(Count("pk"))`): the page then asks once for
    rows and number, where it is the finding that is dear."""
    exports: bool = True
    import_url: Callable[[HttpRequest], str] | None = None
    """Where this person brings rows in from a file; "" for nowhere."""


@dataclass(frozen=True)
class Asked:
    """What the address asks for, after what makes no sense was dropped."""

    query: str = ""
    sort: str = ""
    page: str = "1"
    chosen: Mapping[str, str] = field(default_factory=dict)
    narrowed: bool = False
    """Whether a search or a filter (other than its default) is in force."""


@dataclass(frozen=True)
class Cell:
    """One value of one row, ready to be shown."""

    label: Text
    kind: str
    shown: SafeString | str
    url: str | None = None


def list_response(
    request: HttpRequest,
    spec: ListSpec,
    queryset: Rows,
    *,
    template: str = "ui/list.html",
    extra: Mapping[str, Any] | None = None,
) -> HttpResponseBase:
    """Answer with the page of a list, with its results alone (for htmx), or with the .xlsx of all that was found."""
    options = {filter_.name: filter_.options(request) for filter_ in spec.filters}
    asked = understand(request, spec, options)
    rows = _sorted(_narrowed(spec, queryset, asked), spec, asked.sort)
    if spec.exports and request.GET.get("export") == "xlsx":
        return _exported(request, spec, rows, asked)
    page = _paginator(rows, spec).get_page(asked.page)
    if spec.keys_first and isinstance(queryset, QuerySet):
        page.object_list = _in_order(queryset, list(page.object_list.values_list("pk", flat=True)))
    context = {**_context(request, spec, asked, options, page), **(extra or {})}
    partial = request.headers.get("HX-Target") == RESULTS_ID and "HX-History-Restore-Request" not in request.headers
    response: HttpResponse = render(request, "ui/list_results.html" if partial else template, context)
    if partial:
        response["HX-Push-Url"] = context["here"]
    patch_vary_headers(response, ["HX-Request", "HX-Target"])
    return response


def narrowed_rows(request: HttpRequest, spec: ListSpec, queryset: Rows) -> tuple[Rows, dict[str, Any]]:
    """Give the rows that the search and filters of a list leave, and what its form shows: for other views of a list."""
    options = {filter_.name: filter_.options(request) for filter_ in spec.filters}
    asked = understand(request, spec, options)
    return _narrowed(spec, queryset, asked), {
        "spec": spec,
        "asked": asked,
        "searches": spec.search is not None,
        "filters": [_shown_filter(filter_, asked, options[filter_.name]) for filter_ in spec.filters],
        "results_id": RESULTS_ID,
    }


class _CountedAlong(Paginator[Any]):
    """Take the number of all rows from the rows of the page; asked for on their own where the page has none."""

    def __init__(self, rows: Rows, size: int, told: str) -> None:
        super().__init__(rows, size)
        self.told = told

    def get_page(self, number: Any) -> Page[Any]:
        """Give a page by its number, 1 or more."""
        first = (int(number) - 1) * self.per_page
        rows = list(self.object_list[first : first + self.per_page])
        if not rows:
            return super().get_page(number)
        self.count = getattr(rows[0], self.told)
        return Page(rows, int(number), self)


def _paginator(rows: Any, spec: ListSpec) -> Any:
    return (
        _CountedAlong(rows, spec.page_size, spec.counted_along)
        if spec.counted_along
        else Paginator(rows, spec.page_size)
    )


def _in_order(rows: QuerySet[Any], keys: Sequence[Any]) -> list[Any]:
    """Read the rows of these keys, in the order of the keys; whoever was deleted meanwhile is left out."""
    found = rows.in_bulk(keys)
    return [found[key] for key in keys if key in found]


def understand(request: HttpRequest, spec: ListSpec, options: Mapping[str, Choices]) -> Asked:
    """Read the address; whatever makes no sense falls back to the ordinary list."""
    query = text.squeeze(request.GET.get("q", "").replace("\x00", ""))[:_LONGEST_QUERY] if spec.search else ""
    chosen = {}
    for filter_ in spec.filters:
        value = request.GET.get(filter_.name, filter_.default) or (filter_.default if filter_.is_switch else "")
        if value and not _makes_sense(filter_, value, options[filter_.name]):
            value = filter_.default
        chosen[filter_.name] = value
    sort = request.GET.get("sort", "")
    if sort.removeprefix("-") not in {column.name for column in spec.columns if column.sort}:
        sort = spec.default_sort
    narrowing = [filter_ for filter_ in spec.filters if not filter_.is_switch]
    changed = any(chosen[filter_.name] != filter_.default for filter_ in narrowing)
    return Asked(
        query=query,
        sort=sort,
        page=_page_number(request.GET.get("page", "")),
        chosen=chosen,
        narrowed=bool(query) or changed or any(chosen[filter_.name] for filter_ in narrowing),
    )


def _page_number(text_: str) -> str:
    # Django sends page 0 and -1 to the last page; whoever types them means the first.
    return text_ if text_.isascii() and text_.isdigit() and text_.strip("0") and len(text_) < 10 else "1"


def _makes_sense(filter_: Filter, value: str, options: Choices) -> bool:
    if filter_.choices is not None:
        return any(str(known) == value for known, _label in options)
    try:
        day = date.fromisoformat(value)
    except ValueError:
        return False
    # Nearer to the ends of the calendar a day has no beginning in UTC.
    return 1900 <= day.year <= 2999


def _narrowed(spec: ListSpec, rows: Any, asked: Asked) -> Any:
    folded = text.fold(asked.query)
    if folded and callable(spec.search):
        rows = spec.search(rows, folded)
    elif folded and spec.search:
        rows = _matching(rows, folded.split()[:_MOST_WORDS], cast("Sequence[str]", spec.search))
    for filter_ in spec.filters:
        if value := asked.chosen[filter_.name]:
            rows = filter_.apply(rows, value)
    return rows


def _matching(rows: Any, words: list[str], columns: Sequence[str]) -> Any:
    if isinstance(rows, MemoryRows):
        return rows.matching(words, columns)
    for word in words:
        anywhere = Q()
        for name in columns:
            anywhere |= Q(**{f"{name}__contains": word})
        rows = rows.filter(anywhere)
    return rows


def _sorted(rows: Any, spec: ListSpec, sort: str) -> Any:
    column = next((column for column in spec.columns if column.name == sort.removeprefix("-")), None)
    if column is None or not column.sort:
        return rows if rows.ordered else rows.order_by("pk")
    fields = [column.sort] if isinstance(column.sort, str) else list(column.sort)
    if sort.startswith("-"):
        fields = [name.removeprefix("-") if name.startswith("-") else f"-{name}" for name in fields]
    # The key at the end keeps equal rows from changing places between two pages.
    return rows.order_by(*(_ordering(rows, name) for name in fields), "pk")


def _ordering(rows: Any, name: str) -> Any:
    """Put missing values last, up and down, on either database; MemoryRows do so by themselves."""
    path = name.removeprefix("-")
    if not isinstance(rows, QuerySet) or not _may_be_missing(rows.model, path):
        return name
    return F(path).desc(nulls_last=True) if name.startswith("-") else F(path).asc(nulls_last=True)


def _may_be_missing(model: Any, path: str) -> bool:
    for part in path.split("__"):
        try:
            field_ = model._meta.get_field(part)
        except FieldDoesNotExist:  # an annotation, or the key
            return False
        if getattr(field_, "null", False):
            return True
        model = field_.related_model or model
    return False


def _exported(request: HttpRequest, spec: ListSpec, rows: Any, asked: Asked) -> HttpResponseBase:
    found = rows.count()
    if found > export.LIMIT:
        sentence = _("The list has %(found)s rows; one file holds %(most)s. Narrow the list first.")
        messages.warning(request, sentence % {"found": show.number(found), "most": show.number(export.LIMIT)})
        return redirect(address(request, spec, asked))
    file = export.write(str(spec.title), spec.columns, rows.iterator(chunk_size=2000))
    return FileResponse(
        file,
        as_attachment=True,
        filename=f"{spec.key}-{clock.today():%Y-%m-%d}.xlsx",
        content_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    )


def address(request: HttpRequest, spec: ListSpec, asked: Asked, **changes: str) -> str:
    """Write the shortest address of this list as asked, with changes ("" takes a parameter away)."""
    wanted: dict[str, str] = {}
    if asked.query:
        wanted["q"] = asked.query
    for filter_ in spec.filters:
        if asked.chosen[filter_.name] != filter_.default:
            wanted[filter_.name] = asked.chosen[filter_.name]
    if asked.sort != spec.default_sort:
        wanted["sort"] = asked.sort
    wanted |= changes
    # An emptied filter with a default must stay in the address, or the default would come back.
    kept = {f.name for f in spec.filters if f.default} - set(changes)
    written = urlencode([(name, value) for name, value in wanted.items() if value or name in kept])
    return f"{request.path}?{written}" if written else request.path


def _context(
    request: HttpRequest, spec: ListSpec, asked: Asked, options: Mapping[str, Choices], page: Page[Any]
) -> dict[str, Any]:
    page_now = {"page": str(page.number)} if page.number > 1 else {}
    rows = list(page)
    if spec.prepare:
        spec.prepare(rows)
    return {
        "spec": spec,
        "title": spec.title,
        "sentence": spec.sentence(request) if callable(spec.sentence) else spec.sentence,
        "primary": spec.primary(request) if callable(spec.primary) else spec.primary,
        "asked": asked,
        # A template calls what is callable, and a search may be a function.
        "searches": spec.search is not None,
        "filters": [_shown_filter(filter_, asked, options[filter_.name]) for filter_ in spec.filters],
        "heads": [_head(request, spec, asked, column) for column in spec.columns if column.shown],
        "sorts": list(_sorts(spec, asked)),
        "rows": [] if spec.line else [_row(spec, row) for row in rows],
        "lines": [spec.line(row) for row in rows] if spec.line else [],
        "page": page,
        "found": page.paginator.count,
        "here": address(request, spec, asked, **page_now),
        "everything_url": request.path,
        "import_url": spec.import_url(request) if spec.import_url else "",
        "export_url": address(request, spec, asked, export="xlsx") if spec.exports else "",
        "pages": pages(page, lambda number: address(request, spec, asked, page=str(number) if number > 1 else "")),
        "results_id": RESULTS_ID,
    }


def _shown_filter(filter_: Filter, asked: Asked, options: Choices) -> dict[str, Any]:
    chosen = asked.chosen[filter_.name]
    return {
        "name": filter_.name,
        "label": filter_.label,
        "is_date": filter_.choices is None,
        "is_switch": filter_.is_switch,
        "value": chosen,
        "options": [(value, label, str(value) == chosen) for value, label in options],
    }


def _head(request: HttpRequest, spec: ListSpec, asked: Asked, column: Column) -> dict[str, Any]:
    ascending, descending = asked.sort == column.name, asked.sort == f"-{column.name}"
    other = f"-{column.name}" if ascending else column.name
    return {
        "label": column.label,
        "kind": column.kind,
        "url": address(request, spec, asked, sort="" if other == spec.default_sort else other) if column.sort else "",
        "order": "ascending" if ascending else "descending" if descending else "",
    }


def _sorts(spec: ListSpec, asked: Asked) -> Any:
    for column in spec.columns:
        if column.sort:
            for name in (column.name, f"-{column.name}"):
                yield {"value": name, "label": column.label, "down": name.startswith("-"), "chosen": name == asked.sort}


def _row(spec: ListSpec, row: Any) -> dict[str, Any]:
    url = spec.row_link(row) if spec.row_link else None
    shown = [column for column in spec.columns if column.shown]
    cells = []
    for place, column in enumerate(shown):
        own = column.link(row) if column.link else url if place == 0 else None
        cells.append(Cell(column.label, column.kind, show.cell(column.kind, show.read(row, column.value)), own))
    return {"cells": cells, "url": url, "record": row, "key": spec.row_key(row) if spec.row_key else ""}


def pages(page: Page[Any], address_of: Callable[[int], str]) -> dict[str, Any]:
    """Give what the pagination shows: the pages near this one, first and last, and the ways back and on."""
    numbers: list[dict[str, Any]] = []
    for number in page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1):
        if isinstance(number, int):
            numbers.append({"number": number, "url": address_of(number), "current": number == page.number})
        else:
            numbers.append({"number": None})
    return {
        "many": page.paginator.num_pages > 1,
        "numbers": numbers,
        "number": page.number,
        "total": page.paginator.num_pages,
        "previous": address_of(page.number - 1) if page.has_previous() else "",
        "next": address_of(page.number + 1) if page.has_next() else "",
    }

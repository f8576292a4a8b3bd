"""What an app tells about a register of its own, so that it can be brought in and given out as .xlsx."""

from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeVar, cast

from django.db.models import Model, Q, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from coso.kit.refs import Ref

Text = str | Promise


@dataclass(frozen=True)
class Field:
    """One column of a register's file."""

    name: str
    label: Text
    """The header of the template, in the reader's language."""
    words: Sequence[str] = ()
    """Other headers that mean it ('tên thôn', 'tên đơn vị'); compared without accents, case and punctuation."""
    kind: str = "text"
    """text, whole, number (a decimal comma or point), money (whole đồng), date, yes_no, choice, list (with ';').

    A row holds str, int, float, int, date, bool, the choice's value, a list of str (of values, where it has choices).
    `Register.read` gives the same.
    """
    required: bool = False
    choices: Sequence[tuple[str, Text]] | Callable[[], Sequence[tuple[str, Text]]] = ()
    """(value, label) of a choice; a cell may hold either, with or without accents."""
    help: Text = ""
    example: Text = ""
    max_length: int = 0


@dataclass(frozen=True)
class Row:
    """One row of the file, its cells read and converted by kind; required cells hold something."""

    number: int
    """As the sheet counts: the header is usually 1."""
    values: Mapping[str, Any]
    """A cell left empty is None. A field whose column the file lacks isn't in here (and None when asked for all the
    same): a file of codes and populations must leave everything else as it is, so ask `"name" in row.values` before
    a change takes a value away."""


@dataclass
class Plan:
    """What one row would do: make a record, change one, leave one as it is; or why it can't."""

    row: Row
    record: Any = None
    """The app's own object, ready to be written; None when the row is wrong or changes nothing."""
    is_new: bool = False
    key: str = ""
    """The id of the record that is changed or left; "" for a new one."""
    was: Mapping[str, Any] = field(default_factory=dict)
    """The values that a change replaces, as JSON can hold them; under the fields' names a person sees them."""
    now: Mapping[str, Any] = field(default_factory=dict)
    """The values that it puts there. The same file planned again must give the same."""
    errors: Mapping[str, str] = field(default_factory=dict)
    """Sentences by field name; the engine adds the cell's name. "" is the whole row."""
    warnings: Sequence[str] = ()
    where: Sequence[int] = ()
    """Of a new record: the ids of the units, facilities and bodies under which it goes, where `now` doesn't say so. A
    unit that is merged after the preview makes another outcome of the same file."""


@dataclass(frozen=True)
class Written:
    """One record as an import wrote it: enough to take it back."""

    key: str
    is_new: bool
    was: Mapping[str, Any]
    now: Mapping[str, Any]


class Blocked(Exception):
    """Something depends on what an import made, or was changed since; `reason` is a sentence for a person."""

    def __init__(self, key: str, reason: str) -> None:
        super().__init__(reason)
        self.key, self.reason = key, reason


class Changed(Blocked):
    """Somebody changed what an import wrote; the engine says who."""


@dataclass(frozen=True)
class Kept:
    """What a register says of its records, so that the engine can hold them, and take back what a file made of them."""

    about: Callable[[Any], Ref]
    """What the journal's entries about a change of a record refer to: the record itself, or its place."""
    verbs: Sequence[str]
    """The verbs of those entries; they tell who changed a record meanwhile."""
    records: Callable[[], QuerySet[Any]]
    """Every record, in whatever state, with what `told` reads joined and prefetched."""
    told: Callable[[Any], Mapping[str, Any]]
    """What is kept of a record under the names of `Plan.was` and `Plan.now`, as JSON can hold it."""
    put_back: Callable[[Any, Mapping[str, Any]], Any]
    """Set what a change replaced, without saving; give what `save` takes."""
    save: Callable[[Sequence[Any]], None]
    """Store what `put_back` gave, in few statements."""
    remove: Callable[[Sequence[Any]], None]
    """Delete records that a file made. Raise Blocked where something hangs on one."""
    inside: Callable[[Any], Q]
    """The filter of the records that a person may bring in and take back."""
    gone: Text
    """The sentence where a record is no longer there."""
    changed: Text = ""
    """The sentence where somebody changed it, with its %(name)s; "" for the usual one."""
    name: Callable[[Any], str] = str
    grown: Callable[[Any, Written], bool] = lambda record, one: False
    """Whether something that `told` doesn't tell happened to a record since: it was closed, linked, retired."""


@dataclass(frozen=True)
class Register:
    """One register: its columns, who may bring it in, and how rows become records."""

    kind: str
    """What `coso import KIND` calls it: 'thon', 'thiet-che'."""
    title: Text
    fields: Sequence[Field]
    may_import: Callable[[Any], bool]
    """Whether a person may bring it in at all; `plan` asks row by row where."""
    rows: Callable[[Any], QuerySet[Any]]
    """What a person ('system': everything) may see, in the order of an export."""
    read: Callable[[Any], Mapping[str, Any]]
    """A record's values by field name, for an export."""
    plan: Callable[[Sequence[Row], Any, date], Sequence[Plan]]
    """(some hundred rows, by, the day whose unit names they use) → a plan for each; writes nothing.

    `by` is a person or 'system'. A row outside the person's places is an error of that row. What every chunk looks up
    anew, such as the units of a day, is kept by `shared`.
    """
    write: Callable[[Sequence[Plan], Any], Sequence[Written]]
    """Write the plans that make or change something, in the caller's transaction, in few statements.

    One `Written` for each plan, in their order.
    """
    kept: Kept
    """How its records are held and taken back."""
    key_of: Callable[[Row], str] | None = None
    """What makes two rows of one file the same record ("" when nothing does): the engine refuses doubles."""
    page: Text = ""
    """The name of the list page ('registry:facilities'), for the way back; "" for none."""


_kept: ContextVar[dict[Hashable, Any] | None] = ContextVar("kept", default=None)
T = TypeVar("T")


def shared(key: Hashable, make: Callable[[], T]) -> T:
    """Give what all plans of one file share, made at the first asking: a `PlaceFinder`, the organizations by code.

    It must not depend on what the same file writes. Outside the engine it is made anew each time.
    """
    kept = _kept.get()
    if kept is None:
        return make()
    if key not in kept:
        kept[key] = make()
    return cast(T, kept[key])


@contextmanager
def sharing(kept: dict[Hashable, Any]) -> Iterator[None]:
    """Let `shared` keep things in a dictionary for a while; the engine's own."""
    token = _kept.set(kept)
    try:
        yield
    finally:
        _kept.reset(token)


_holding: ContextVar[bool] = ContextVar("holding", default=False)


def held(rows: QuerySet[Any]) -> QuerySet[Any]:
    """Lock the records that a plan reads while the engine writes a file; in a preview give them as they are.

    A plan puts every query of records that a row may change, or under which it may make one, through this: what it
    reads is then what it overwrites, and an edit meanwhile comes before it or after it. What points at a record may
    still be written, so a long import stops no loudspeaker's report. A query with DISTINCT can't be held.
    """
    if not _holding.get():
        return rows
    # One order for everybody, so that two who hold several rows don't wait for each other.
    return (rows if rows.query.order_by else rows.order_by("pk")).select_for_update(of=("self",), no_key=True)


@contextmanager
def holding() -> Iterator[None]:
    """Let `held` lock for a while, within the transaction that writes; the engine's own."""
    token = _holding.set(True)
    try:
        yield
    finally:
        _holding.reset(token)


def take_back(register: Register, written: Sequence[Written]) -> None:
    """Take records back as a file found them, within the caller's transaction.

    They are locked first, and compared with what the file wrote. Raise Changed where somebody changed one since,
    Blocked where one is gone or something hangs on it.
    """
    kept = register.kept
    rows = kept.records().filter(pk__in=[one.key for one in written]).order_by("pk")
    there = {str(record.pk): record for record in rows.select_for_update(of=("self",))}
    restored, new = [], []
    for one in written:
        record = there.get(one.key)
        if record is None:
            raise Blocked(one.key, str(kept.gone))
        told = kept.told(record)
        if kept.grown(record, one) or any(told[name] != value for name, value in one.now.items()):
            raise Changed(one.key, str(kept.changed or _("%(name)s was changed since.")) % {"name": kept.name(record)})
        if one.is_new:
            new.append(record)
        else:
            restored.append(kept.put_back(record, one.was))
    if restored:
        kept.save(restored)
    if new:
        kept.remove(new)


def put_back(*days: str) -> Callable[[Any, Mapping[str, Any]], Any]:
    """Make a `Kept.put_back` that sets each value on the record itself; the named ones are days, kept as ISO."""

    def put(record: Any, was: Mapping[str, Any]) -> Any:
        for name, value in was.items():
            setattr(record, name, date.fromisoformat(value) if name in days and value else value)
        if hasattr(record, "index_name"):
            record.index_name()
        return record

    return put


def save(model: type[Model], *columns: str) -> Callable[[Sequence[Any]], None]:
    """Make a `Kept.save` that stores some columns of many records in few statements."""

    def stored(records: Sequence[Any]) -> None:
        model._default_manager.bulk_update(records, columns, batch_size=200)

    return stored


def remove(model: type[Model]) -> Callable[[Sequence[Any]], None]:
    """Make a `Kept.remove` that deletes; where something may hang on a record, look for it first."""

    def removed(records: Sequence[Any]) -> None:
        model._default_manager.filter(pk__in=[record.pk for record in records]).delete()

    return removed


_registers: dict[str, Register] = {}


def register(table: Register) -> None:
    """Let an app's register be brought in and given out; called from `AppConfig.ready`."""
    _registers[table.kind] = table


def registers() -> list[Register]:
    """List every register by its word."""
    return [_registers[kind] for kind in sorted(_registers)]


def register_of(kind: str) -> Register | None:
    """Give one register by its word, or None."""
    return _registers.get(kind)


def import_address(kind: str) -> str:
    """Give the page where a file is brought into a register, for a link "Nhập từ tệp" on the register's own list."""
    return reverse("desk:register", args=[kind])


def import_link(kind: str) -> Callable[[HttpRequest], str]:
    """Make a list's link to the page where a file is brought into its register; "" for whoever may not."""

    def link(request: HttpRequest) -> str:
        table = register_of(kind)
        return import_address(kind) if table and table.may_import(request.user) else ""

    return link

"""What an app tells about a register of its own, so that it can be brought in and given out as .xlsx."""

from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeVar, cast

from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise

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
    undo: Callable[[Sequence[Written], Any], None]
    """Take them back, the last first, in the caller's transaction. Raise Blocked when one can't be."""
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

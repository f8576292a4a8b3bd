"""What the side-by-side page shows: the text in pieces, each field with the pieces it was read from, the doubts."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any, cast

from django.forms.boundfield import BoundField
from django.utils import formats

from coso.documents.queries import Piece
from coso.documents.web.forms import Correction

HEAD = "head"


@dataclass(frozen=True)
class LitField:
    """One field and the numbers of the pieces that it came from, as the page's module wants them."""

    field: BoundField
    spans: str

    @property
    def shown(self) -> str:
        """Write the value for a reader: a choice by its label, a date as papers do."""
        value = self.field.value()
        choices = dict(getattr(self.field.field, "choices", []))
        if value in choices:
            return str(choices[value])
        return formats.localize(value) if isinstance(value, date) else str(value)


@dataclass(frozen=True)
class Group:
    """The fields of one task, one duty, or the head."""

    key: str
    """Names it on the page: 'head', 'tasks-3'."""
    title: str
    fields: list[LitField]
    hidden: list[BoundField] = field(default_factory=list)
    drop: BoundField | None = None
    accepted: BoundField | None = None
    is_new: bool = False
    is_open: bool = False
    is_last: bool = False
    """The last of its kind: there is no next one to join."""
    way: str = ""
    change: Any = None
    """What became of it since the earlier document, where there is one."""

    @property
    def pieces(self) -> set[int]:
        """The numbers of the pieces that any of its fields came from."""
        return {int(one) for lit in self.fields for one in lit.spans.split()}

    @property
    def is_head(self) -> bool:
        """Whether these are the fields of the head."""
        return self.key == HEAD


@dataclass(frozen=True)
class Doubt:
    """A doubt in words, with where it is about: the number of a piece, the key of a group."""

    words: str
    piece: int | None = None
    group: str = ""
    unit: int | None = None
    """The id of a named unit that is unclear."""


def groups(correction: Correction, pieces: list[Piece], head_title: str, open_key: str = "") -> list[Group]:
    """Give every group of fields in the order of the document."""
    head = Group(
        HEAD,
        head_title,
        [_lit(one, pieces, one.name) for one in correction.head.visible_fields()],
        is_open=not open_key or bool(correction.head.errors),
        way=HEAD,
    )
    tasks = _many(correction, "tasks", pieces, open_key)
    return [head, *tasks, *_many(correction, "duties", pieces, open_key)]


def _many(correction: Correction, key: str, pieces: list[Piece], open_key: str) -> Iterator[Group]:
    formset: Any = correction.tasks if key == "tasks" else correction.duties
    rows = correction.structure.get(key, [])
    for i, form in enumerate(formset.forms):
        row = _row_of(form["origin"].value(), rows)
        way = f"{key}.{row['read']}" if row and "read" in row else ""
        shown = [one for one in form.visible_fields() if one.name not in ("DELETE", "accepted")]
        source = _within(row.get("source", []), pieces) if row and not way else ""
        yield Group(
            key=f"{key}-{i}",
            title=str(form["ref"].value() or ""),
            fields=[_lit(one, pieces, f"{way}.{one.name}" if way else "", source) for one in shown],
            hidden=form.hidden_fields(),
            drop=_box(form, "DELETE") if "DELETE" in form.fields else None,
            accepted=_box(form, "accepted"),
            is_new=form["origin"].value() in (None, ""),
            is_open=form["origin"].value() in (None, "") or bool(form.errors) or open_key == f"{key}-{i}",
            is_last=i + 1 >= len(formset.forms),
            way=way,
        )


def _row_of(origin: Any, rows: list[dict[str, Any]]) -> dict[str, Any] | None:
    """Give the row that a form came from; none for a new one, or where the rows changed meanwhile."""
    try:
        number = int(origin)
    except (TypeError, ValueError):
        return None
    return rows[number] if 0 <= number < len(rows) else None


def _box(form: Any, name: str) -> BoundField:
    """Give a box of a row; what the formset made looks like ours only from here on."""
    form.fields[name].widget.attrs["class"] = "form-check-input"
    return cast(BoundField, form[name])


def _lit(one: BoundField, pieces: list[Piece], way: str, source: str = "") -> LitField:
    numbers = [
        str(i)
        for i, piece in enumerate(pieces)
        if way and any(each == way or each.startswith(f"{way}.") for each in piece.ways)
    ]
    return LitField(one, " ".join(numbers) or source)


def _within(source: list[list[int]], pieces: list[Piece]) -> str:
    """Give the numbers of the lit pieces that begin within some spans: a row put together by hand knows no more."""
    return " ".join(
        str(i)
        for i, piece in enumerate(pieces)
        if piece.ways and any(start <= piece.start < end for start, end in source)
    )


def doubts(said: list[tuple[str, str]], shown: list[Group], pieces: list[Piece]) -> list[Doubt]:
    """Tie each doubt of the reader, its words with the number of the item it names, to its place on the page."""
    found = []
    for i, (words, ref) in enumerate(said):
        places = [n for n, piece in enumerate(pieces) if f"warnings.{i}" in piece.ways]
        by_place = (group.key for group in shown if group.pieces & set(places))
        by_ref = (group.key for group in shown if ref and group.title == ref)
        key = next(by_ref, None) or next(by_place, "")
        found.append(Doubt(words, places[0] if places else None, key))
    return found

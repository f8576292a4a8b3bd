"""What the side-by-side page shows: the text in pieces, and each field with the pieces it was read from."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, cast

from django.forms.boundfield import BoundField
from django.utils import formats

from coso.documents.queries import Piece
from coso.documents.web.forms import Correction


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

    title: str
    fields: list[LitField]
    hidden: list[BoundField]
    drop: BoundField | None = None
    is_new: bool = False


def groups(correction: Correction, pieces: list[Piece], head_title: str) -> list[Group]:
    """Give every group of fields in the order of the document."""
    head = Group(head_title, [_lit(field, field.name, pieces) for field in correction.head.visible_fields()], [])
    return [head, *_many(correction.tasks, "tasks", pieces), *_many(correction.duties, "duties", pieces)]


def _many(formset: Any, key: str, pieces: list[Piece]) -> Iterator[Group]:
    for form in formset.forms:
        origin = form["origin"].value()
        way = f"{key}.{origin}" if origin not in (None, "") else ""
        shown = [field for field in form.visible_fields() if field.name != "DELETE"]
        yield Group(
            title=str(form["ref"].value() or ""),
            fields=[_lit(field, f"{way}.{field.name}" if way else "", pieces) for field in shown],
            hidden=form.hidden_fields(),
            drop=_drop(form) if "DELETE" in form.fields else None,
            is_new=not way,
        )


def _drop(form: Any) -> BoundField:
    """Give the box that leaves a group out; the formset made it, so it looks like ours only from here on."""
    form.fields["DELETE"].widget.attrs["class"] = "form-check-input"
    return cast(BoundField, form["DELETE"])


def _lit(field: BoundField, way: str, pieces: list[Piece]) -> LitField:
    numbers = [
        str(i)
        for i, piece in enumerate(pieces)
        if way and any(one == way or one.startswith(f"{way}.") for one in piece.ways)
    ]
    return LitField(field, " ".join(numbers))

"""Reading imports and what registers say of themselves."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import TypeVar

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db.models import BigIntegerField, Exists, Model, OuterRef, Q, QuerySet, UUIDField, Value
from django.db.models.functions import Cast, Replace
from django.utils import translation

from coso.registers.models import Import, ImportedRow, ImportState
from coso.registers.ports import Field, Register, registers
from coso.registers.rules.cells import Shape
from coso.registers.rules.columns import Heading

T = TypeVar("T")


def actor(by: object) -> str:
    """Write who acts as the journal does: 'person:ID', 'system'."""
    return by if isinstance(by, str) else f"person:{getattr(by, 'pk', by)}"


def maker(run: Import) -> object:
    """Give back who made an import: the person, or 'system'; None when the account is gone."""
    return actor_of(run.made_by)


def actor_of(written: str) -> object:
    """Give back who acts from what the journal writes: the person, or 'system'; None when the account is gone."""
    kind, _colon, ident = written.partition(":")
    return get_user_model()._default_manager.filter(pk=ident).first() if kind == "person" else written


def made_by(by: object) -> QuerySet[Import]:
    """List the imports of one person, the latest first."""
    return Import.objects.filter(made_by=actor(by))


def seen_by(by: object) -> QuerySet[Import]:
    """List the imports of a person, those that he took back for somebody else, and those that he may take back.

    He may where every record that the file touched lies within the places into which he may bring the register.
    """
    own = Q(made_by=actor(by)) | Q(undone_by=actor(by))
    if isinstance(by, str):
        return Import.objects.filter(own)
    for register in registers():
        if register.may_import(by):
            own |= _inside(register, by)
    return Import.objects.filter(own)


def _inside(register: Register, by: object) -> Q:
    """Give the filter of the standing imports of a register that touched nothing outside a person's places."""
    records = register.kept.records().filter(register.kept.inside(by)).order_by().values("pk")
    rows = ImportedRow.objects.filter(run=OuterRef("pk"))
    outside = rows.annotate(record=_id(records.model)).exclude(record__in=records)
    # A file that touched nothing that can be looked at is its maker's alone.
    return Q(Exists(rows), ~Q(Exists(outside)), kind=register.kind, state=ImportState.DONE, erased_at=None)


def _id(model: type[Model]) -> Cast:
    """Read the id that a row keeps as text as the kind of id that its records have."""
    if isinstance(model._meta.pk, UUIDField):
        # SQLite keeps an id of this kind without hyphens, PostgreSQL reads it either way.
        return Cast(Replace("key", Value("-"), Value("")), UUIDField())
    return Cast("key", BigIntegerField())


def choices_of(field: Field) -> Sequence[tuple[str, str]]:
    """List a field's choices as (value, label)."""
    choices = field.choices() if callable(field.choices) else field.choices
    return [(str(value), str(label)) for value, label in choices]


def headings(register: Register) -> list[Heading]:
    """Give a register's fields as headers may name them, in any language of the house."""
    labels = _in_each_language(lambda: [str(one.label) for one in register.fields])
    return [
        Heading(one.name, [*words, one.name, *one.words], one.required)
        for one, words in zip(register.fields, zip(*labels, strict=True), strict=True)
    ]


def shapes(register: Register) -> dict[str, Shape]:
    """Give what each field of a register holds, its choices looked up once."""
    return {
        one.name: Shape(
            one.kind,
            one.required,
            one.max_length,
            choices_of(one),
            [choice for choices in _in_each_language(partial(choices_of, one)) for choice in choices],
        )
        for one in register.fields
    }


def _in_each_language(give: Callable[[], T]) -> list[T]:
    """Ask once in each language: a file doesn't change with the language of whoever brings it in."""
    given = []
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            given.append(give())
    return given

"""Reading imports and what registers say of themselves."""

from collections.abc import Sequence

from django.contrib.auth import get_user_model
from django.db.models import QuerySet

from coso.registers.models import Import
from coso.registers.ports import Field, Register
from coso.registers.rules.cells import Shape
from coso.registers.rules.columns import Heading


def actor(by: object) -> str:
    """Write who acts as the journal does: 'person:ID', 'system'."""
    return by if isinstance(by, str) else f"person:{getattr(by, 'pk', by)}"


def maker(run: Import) -> object:
    """Give back who made an import: the person, or 'system'; None when the account is gone."""
    kind, _colon, ident = run.made_by.partition(":")
    return get_user_model()._default_manager.filter(pk=ident).first() if kind == "person" else run.made_by


def made_by(by: object) -> QuerySet[Import]:
    """List the imports of one person, the latest first."""
    return Import.objects.filter(made_by=actor(by))


def choices_of(field: Field) -> Sequence[tuple[str, str]]:
    """List a field's choices as (value, label)."""
    choices = field.choices() if callable(field.choices) else field.choices
    return [(str(value), str(label)) for value, label in choices]


def headings(register: Register) -> list[Heading]:
    """Give a register's fields as headers may name them."""
    return [Heading(one.name, [str(one.label), one.name, *one.words], one.required) for one in register.fields]


def shapes(register: Register) -> dict[str, Shape]:
    """Give what each field of a register holds, its choices looked up once."""
    return {one.name: Shape(one.kind, one.required, one.max_length, choices_of(one)) for one in register.fields}

"""References to any record, by kind and id, without importing its app."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.core.exceptions import ValidationError


class Ref(NamedTuple):
    """A record of any app: `kind` is registered by the app that owns it."""

    kind: str
    id: str

    def __str__(self) -> str:
        return f"{self.kind}:{self.id}"

    @classmethod
    def parse(cls, text: str) -> "Ref":
        """Read 'kind:id'. Raise ValueError when it is something else."""
        kind, _, ident = text.partition(":")
        if not kind or not ident:
            raise ValueError(text)
        return cls(kind, ident)


def number_in(ident: str) -> int:
    """Read the number that an id is; 0, which no record has, when it is none."""
    return int(ident) if ident.isascii() and ident.isdigit() and len(ident) < 19 else 0


@dataclass(frozen=True)
class Kind:
    """What the owner of a kind tells about its records."""

    name: Callable[[str], str | None]
    """The record's name, or None when it is gone."""
    address: Callable[[str], str]
    """The address of its page on the desk."""
    visible: Callable[[Any, str], bool]
    """Whether a person may know that the record exists: (person, id) → bool."""
    many: Callable[[Any, Sequence[str]], Mapping[str, str]] | None = None
    """The names of those of many records that a person may know of, in one question: (person, ids) → {id: name}."""


_kinds: dict[str, Kind] = {}


def register_kind(kind: str, owner: Kind) -> None:
    """Let an app answer for its kind of record; called from `AppConfig.ready`."""
    _kinds[kind] = owner


def describe(ref: Ref, person: Any) -> tuple[str, str] | None:
    """Give a record's (name, address), or None when it is gone, unknown or out of the person's scope."""
    owner = _kinds.get(ref.kind)
    try:
        if owner is None or not owner.visible(person, ref.id):
            return None
    except (ValueError, ValidationError):
        # References come in addresses too; an id that is no number or UUID names nothing.
        return None
    name = owner.name(ref.id)
    return None if name is None else (name, owner.address(ref.id))


def describe_many(refs: Iterable[Ref], person: Any) -> dict[Ref, tuple[str, str]]:
    """Give (name, address) of each record that a person may know of: one question for each kind that can."""
    by_kind: dict[str, list[Ref]] = {}
    for ref in dict.fromkeys(refs):
        by_kind.setdefault(ref.kind, []).append(ref)
    found: dict[Ref, tuple[str, str]] = {}
    for kind, same in by_kind.items():
        owner = _kinds.get(kind)
        if owner and owner.many:
            names = owner.many(person, [ref.id for ref in same])
            found |= {ref: (names[ref.id], owner.address(ref.id)) for ref in same if ref.id in names}
        else:
            found |= {ref: known for ref in same if (known := describe(ref, person))}
    return found

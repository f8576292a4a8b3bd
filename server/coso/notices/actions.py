"""Telling people, and noting that they saw it."""

from collections.abc import Iterable
from typing import Any

from coso.kit import clock
from coso.kit.refs import Ref
from coso.notices.models import Notice
from coso.organizations.models import Person


def tell(people: Iterable[Person], kind: str, ref: Ref, data: dict[str, Any] | None = None) -> int:
    """Give each person one notice about a record; return how many were told."""
    notices = [Notice(person=person, kind=kind, ref=str(ref), data=data or {}) for person in people]
    Notice.objects.bulk_create(notices)
    return len(notices)


def settle(ref: Ref) -> None:
    """Mark every notice about a record as seen: what it asked for is done."""
    Notice.objects.filter(ref=str(ref), seen_at=None).update(seen_at=clock.now())


def see(person: Person, *, ids: Iterable[int] | None = None) -> int:
    """Mark a person's notices as seen, all of them when no ids are given; return how many."""
    mine = Notice.objects.filter(person=person, seen_at=None)
    return (mine if ids is None else mine.filter(pk__in=ids)).update(seen_at=clock.now())

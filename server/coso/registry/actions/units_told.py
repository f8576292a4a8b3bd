"""Telling the people with duties in some units that these change, have changed, or go on after all."""

from collections.abc import Iterable

from django.db.models import Q

from coso.kit import clock
from coso.kit.refs import Ref
from coso.notices import actions as notices
from coso.organizations import policies
from coso.organizations.models import Person, Post
from coso.places.models import Change

PLANNED, CHANGED, UNDONE = "units.planned", "units.changed", "units.undone"


def tell_planned(*, change: Change) -> int:
    """Tell whoever holds a post in a unit that will end which day that is; return how many were told."""
    return _tell(change, PLANNED, list(change.ended.values_list("pk", flat=True)))


def tell_changed(*, change: Change) -> int:
    """Tell them that the change is in force and what to look at now; what told of the plan is settled."""
    ended = list(change.ended.values_list("pk", flat=True))
    begun = list(change.begun.values_list("pk", flat=True))
    return _tell(change, CHANGED, [*ended, *begun])


def tell_undone(*, change: Change, units: Iterable[int]) -> int:
    """Tell them that the units go on as before."""
    return _tell(change, UNDONE, list(units))


def _tell(change: Change, kind: str, units: list[int]) -> int:
    ref = Ref("change", str(change.pk))
    notices.settle(ref)
    return notices.tell(_concerned(units), kind, ref, {"day": change.from_on.isoformat(), "units": change.before})


def _concerned(units: list[int]) -> list[Person]:
    """List whoever has a post in the units or in one that became one of them, and who stands in for such a person."""
    today = clock.today()
    there = Q(place__in=units) | Q(place__current__in=units)
    held = Post.objects.filter(there, policies.held_on(today))
    stand_ins = policies.deputies_on(today).filter(post__in=held)
    by_post = Q(pk__in=held.values("person")) | Q(pk__in=stand_ins.values("person"))
    return list(Person.objects.filter(by_post, is_active=True).order_by("pk"))

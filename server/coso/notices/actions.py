"""Telling people, and noting that they saw it."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from coso.kit import clock
from coso.kit.errors import BadInput, NotFound, WrongState
from coso.kit.refs import Ref
from coso.notices import ports
from coso.notices.models import Delivery, DeliveryState, Notice, RouteChoice, Wanted
from coso.organizations.models import Person
from coso.organizations.policies import require
from coso.places.queries import province


def tell(people: Iterable[Person], kind: str, ref: Ref, data: dict[str, Any] | None = None) -> int:
    """Give each person one notice about a record; return how many were told."""
    notices = [Notice(person=person, kind=kind, ref=str(ref), data=data or {}) for person in people]
    Notice.objects.bulk_create(notices)
    _send_along(kind, notices)
    return len(notices)


def _send_along(kind: str, notices: list[Notice]) -> None:
    """Let the notices wait for each route by which their readers want them; nothing is sent in this transaction."""
    for route in ports.routes():
        if not notices or not route.is_on():
            continue
        wanted = dict(
            RouteChoice.objects.filter(route=route.key, person__in=[one.person_id for one in notices]).values_list(
                "person", "wanted"
            )
        )
        default = Wanted.PRESSING if ports.is_pressing(kind) else Wanted.ALL
        going = [
            one
            for one in notices
            if wanted.get(one.person_id, Wanted.PRESSING) in (default, Wanted.ALL) and route.has_address(one.person)
        ]
        Delivery.objects.bulk_create(Delivery(notice=one, route=route.key) for one in going)


@transaction.atomic
def choose_route(*, person: Person, route: str, wanted: str) -> RouteChoice:
    """Let a person say for himself which notices he wants by a route; those that wait and he no longer wants go."""
    if ports.route_of(route) is None or wanted not in Wanted.values:
        raise BadInput(fields={"wanted": [_("Choose one of the list.")]})
    choice, _is_new = RouteChoice.objects.update_or_create(person=person, route=route, defaults={"wanted": wanted})
    if wanted == Wanted.NONE:
        Delivery.objects.filter(notice__person=person, route=route, state=DeliveryState.WAITING).delete()
    return choice


@transaction.atomic
def try_again(*, delivery_id: int, by: Person) -> Delivery:
    """Let a delivery that was given up wait for the next round; by whoever keeps the accounts."""
    require(by, "account.manage", province())
    delivery = Delivery.objects.select_for_update().filter(pk=delivery_id).first()
    if delivery is None:
        raise NotFound
    if delivery.state != DeliveryState.FAILED:
        raise WrongState
    delivery.state, delivery.tries, delivery.next_try_at = DeliveryState.WAITING, 0, clock.now()
    delivery.save(update_fields=["state", "tries", "next_try_at"])
    return delivery


def settle(ref: Ref) -> None:
    """Mark every notice about a record as seen: what it asked for is done."""
    Notice.objects.filter(ref=str(ref), seen_at=None).update(seen_at=clock.now())


def see(person: Person, *, ids: Iterable[int] | None = None) -> int:
    """Mark a person's notices as seen, all of them when no ids are given; return how many."""
    mine = Notice.objects.filter(person=person, seen_at=None)
    return (mine if ids is None else mine.filter(pk__in=ids)).update(seen_at=clock.now())

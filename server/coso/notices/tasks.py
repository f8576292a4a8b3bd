"""Carrying notices by the other routes: again and again, each at its time, never inside a transaction."""

from datetime import timedelta

from django.db import transaction

from coso.kit import clock
from coso.kit.periodic import register_job
from coso.notices import ports, rules
from coso.notices.models import Delivery, DeliveryState

BATCH = 50
LEASE = timedelta(minutes=10)
"""Whoever takes a delivery has so long to send it; after a crash it is taken again."""


def deliver_due() -> int:
    """Send what waits and whose time has come; give how many were sent."""
    waiting = Delivery.objects.filter(state=DeliveryState.WAITING, next_try_at__lte=clock.now())
    on = [route.key for route in ports.routes() if route.is_on()]
    return sum(_deliver(pk) for pk in list(waiting.filter(route__in=on).values_list("pk", flat=True)[:BATCH]))


def _deliver(delivery_id: int) -> int:
    taken = _take(delivery_id)
    route = ports.route_of(taken.route) if taken else None
    if taken is None or route is None:
        return 0
    try:
        route.send(taken)
    except ports.Refused as refused:
        _settle(taken, DeliveryState.FAILED, problem=str(refused))
        return 0
    except ports.NotNow as later:
        wait = rules.wait_after(taken.tries)
        if wait is None:
            _settle(taken, DeliveryState.FAILED, problem=str(later))
        else:
            Delivery.objects.filter(pk=taken.pk).update(next_try_at=clock.now() + wait, problem=str(later)[:200])
        return 0
    _settle(taken, DeliveryState.SENT)
    return 1


@transaction.atomic
def _take(delivery_id: int) -> Delivery | None:
    """Take one delivery for this process alone; what its reader saw on the desk meanwhile is not sent any more."""
    found = (
        Delivery.objects.select_for_update(of=("self",))
        .select_related("notice__person")
        .filter(pk=delivery_id, state=DeliveryState.WAITING, next_try_at__lte=clock.now())
        .first()
    )
    if found is None:
        return None
    if found.notice.seen_at is not None or not found.notice.person.is_active:
        found.delete()
        return None
    found.tries += 1
    found.next_try_at = clock.now() + LEASE
    found.save(update_fields=["tries", "next_try_at"])
    return found


def _settle(taken: Delivery, state: DeliveryState, *, problem: str = "") -> None:
    sent_at = clock.now() if state is DeliveryState.SENT else None
    Delivery.objects.filter(pk=taken.pk).update(state=state, sent_at=sent_at, problem=problem[:200])


def register() -> None:
    """Called from `AppConfig.ready`."""
    register_job("notices.deliver", every=timedelta(minutes=1), run=deliver_due)

"""Reading parts as a board, a chart and a calendar show them, and whose a calendar address is."""

from collections.abc import Iterable
from datetime import date
from hashlib import sha256

from django.db.models import Count, Q, QuerySet

from coso.organizations.models import Person
from coso.plans import policies
from coso.plans.models import CalendarAddress, Occurrence, Part
from coso.plans.queries.tasks import HEAVY
from coso.plans.queries.work import NEAREST, parts_of
from coso.plans.rules import State


def counts_by_state(rows: QuerySet[Part]) -> dict[str, int]:
    """Count parts by their state."""
    return dict(rows.order_by().values_list("state").annotate(Count("pk")))


def due_between(rows: QuerySet[Part], first: date, last: date) -> QuerySet[Part]:
    """Keep the parts whose deadline lies in a span; `rows` carry `until`."""
    return rows.filter(Q(until__gte=first), Q(until__lte=last)).order_by(*NEAREST)


def occurrences_with(rows: QuerySet[Part], first: date, last: date) -> QuerySet[Occurrence]:
    """List the occurrences of some parts that touch a span, by document and task; each counts its parts (`all`)."""
    found = Occurrence.objects.filter(pk__in=rows.order_by().values("occurrence"), period_from__lte=last)
    standing = Q(parts__dropped_at=None)
    return (
        found.filter(Q(due_on=None) | Q(due_on__gte=first) | Q(period_to__gte=first))
        .select_related("task__document")
        .defer(*(f"task__document__{name}" for name in HEAVY))
        .annotate(
            all=Count("parts", filter=standing), done=Count("parts", filter=standing & Q(parts__state=State.DONE))
        )
        .order_by("-task__document__issued_on", "task__document", "task__position", "period_from", "pk")
    )


def digest_of(secret: str) -> str:
    """Hash the secret of a calendar's address as it is stored."""
    return sha256(secret.encode("utf-8", "replace")).hexdigest()


def calendar_owner(secret: str) -> Person | None:
    """Give whose calendar an address reads: somebody active who may read tasks today; None for everybody else."""
    found = CalendarAddress.objects.select_related("person").filter(digest=digest_of(secret)).first()
    if found is None or not found.person.is_active or not policies.may_read(found.person):
        return None
    return found.person


def deadlines_for(person: Person, since: date, most: int) -> Iterable[Part]:
    """List the deadlines of a person's own bodies from a day on."""
    return parts_of(person).filter(Q(until__gte=since)).order_by(*NEAREST)[:most]
